// Records as a person reads them: a thread's head, a post with its floor, quotes indented, an article.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/records.hpp"

namespace boardwalk::cli {

// Any record, from its JSON. A text that is no record comes back as it is.
[[nodiscard]] std::string read_record(std::string_view json);
[[nodiscard]] std::string read_post(const parsers::Post& post);

// `page.url` of a record's JSON.
[[nodiscard]] std::optional<std::string> page_url_of(std::string_view json);

}  // namespace boardwalk::cli
