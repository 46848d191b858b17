// What a page declares its charset to be, and what the label means (WHATWG Encoding §4.2, HTML §13.2.3). Only
// reading: whether the declaration is believed is decided in charset.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::parsers {

// The charset that a label means, by its IANA name in lower case: `gb2312`, `gbk` → `gb18030`. Empty for a
// label that is unknown or that web pages may not use (UTF-7, HZ, …).
[[nodiscard]] std::string charset_of(std::string_view label);

struct DeclaredCharset {
  std::optional<std::string> label;  // as written, in lower case; the header's, else the page's
  std::string charset;               // what it means; empty when it means nothing
  std::string instead;               // what the page's own word means when the header says utf-8; empty when
                                     // it is that too, or Latin-1, which templates say of any text
};

// The Content-Type header speaks before the page's <meta> (first KiB) or <?xml encoding?>, save that servers
// say Latin-1 of pages that they know nothing of: then the page's own word counts.
[[nodiscard]] DeclaredCharset declared_charset(std::string_view body, std::string_view content_type);

}  // namespace boardwalk::parsers
