// What a body is, as its Content-Type says; and when it is no HTML, as its first bytes (WHATWG MIME Sniffing
// §6), then its Content-Type tell.
#pragma once

#include <string>
#include <string_view>

namespace boardwalk::parsers {

// The type and subtype of a Content-Type in lower case, without parameters (RFC 9110 §8.3.1).
[[nodiscard]] std::string media_type(std::string_view content_type);

// `image`, `pdf`, `archive`, `json`, `wml`, `binary`, `text`, `empty body`, …; empty when it may be HTML or
// XML. Static storage.
[[nodiscard]] std::string_view sniff_other_than_html(std::string_view body, std::string_view content_type);

}  // namespace boardwalk::parsers
