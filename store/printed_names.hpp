// Where a line of a page prints a name as one, behind words that call somebody so: `本帖最后由 江一舟 于 …`,
// `作者：江一舟`, `By Anna Quay`. The same letters elsewhere, as in what somebody says, are none.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace boardwalk::store {

// Where in `line` (UTF-8) the name begins; not where it goes on as a longer word.
[[nodiscard]] std::vector<std::size_t> printed_name(std::string_view line, std::string_view name);

// Whether a tag leads to a person's page or shows a face.
[[nodiscard]] bool names_person(std::string_view tag);

// The same in markup, where it may also be all of the title of such a tag, or stand in its address.
[[nodiscard]] std::vector<std::size_t> printed_title(std::string_view markup, std::string_view name);

}  // namespace boardwalk::store
