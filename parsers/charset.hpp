// From a page's bytes to UTF-8. What is declared is checked against the bytes before it is believed: BOM,
// then the Content-Type header, then <meta> in the first KiB (WHATWG labels: gb2312 and gbk mean gb18030,
// big5 means Big5-HKSCS as ICU has it), then detection (uchardet). A declared charset that the bytes
// contradict (GBK said, UTF-8 valid with non-ASCII present; UTF-8 said, invalid, and gb18030, big5 or the
// <meta>'s charset decodes cleanly) loses to the bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "parsers/records.hpp"

namespace boardwalk::parsers {

struct Decoded {
  // Valid UTF-8, without BOM and without NUL; malformed input is U+FFFD. Where nothing had to be changed, a
  // view of the body, valid as long as that; else of `made`.
  std::string_view text;
  CharsetUse use;
  bool clean = false;  // known to be what markup::is_clean_utf8() asks for
  std::unique_ptr<const std::string> made;
};

[[nodiscard]] Decoded decode(std::string_view body, std::string_view content_type);

// The same where a person has said what it is (an IANA name as charset_of gives it; empty: nobody has): only
// a BOM says otherwise.
[[nodiscard]] Decoded decode_as(std::string_view body, std::string_view content_type,
                                std::string_view charset);

// `text` (UTF-8) in `charset`; characters that it has not are left out as `?`. For query strings of GBK
// sites.
[[nodiscard]] std::string encode(std::string_view text, std::string_view charset);

}  // namespace boardwalk::parsers
