// A text that a page tells beside what it shows (JSON-LD's articleBody, a script's state), made HTML.
#pragma once

#include <string>
#include <string_view>

namespace boardwalk::parsers::news {

// HTML stays as it is, escaped HTML is unescaped (`&lt;p&gt;`, twice if need be), of plain text each line is
// a paragraph.
[[nodiscard]] std::string as_markup(std::string_view told);

}  // namespace boardwalk::parsers::news
