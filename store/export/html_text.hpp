// Archived text inside HTML: nothing of it can be taken for markup, and no link of it leads to anything but a
// page of the web or of the export.
#pragma once

#include <string>
#include <string_view>

namespace boardwalk::store {

// Good between tags and in quoted attributes. Control characters but tab and line end become U+FFFD.
[[nodiscard]] std::string html_escaped(std::string_view text);

// `http://…` or `https://…`, as an absolute address; anything else (javascript:, data:, …) is not to be
// linked.
[[nodiscard]] bool is_web_address(std::string_view url);

}  // namespace boardwalk::store
