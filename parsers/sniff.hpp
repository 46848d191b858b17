// What a body is when it is no HTML: told by its first bytes (WHATWG MIME Sniffing §6), then by its
// Content-Type.
#pragma once

#include <string_view>

namespace boardwalk::parsers {

// `image`, `pdf`, `archive`, `json`, `wml`, `binary`, `text`, `empty body`, …; empty when it may be HTML or
// XML. Static storage.
[[nodiscard]] std::string_view sniff_other_than_html(std::string_view body, std::string_view content_type);

}  // namespace boardwalk::parsers
