// What a page needs to be shown: style sheets, scripts, images, fonts (HTML5, and `url()` and `@import` of
// CSS). For archives that are to be looked at again; nothing here becomes a record. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/page.hpp"
#include "parsers/url.hpp"

namespace boardwalk::parsers {

// Absolute URLs, each once, in page order. Empty for what is no HTML or too complex. Frames are pages, not
// requisites.
[[nodiscard]] std::vector<std::string> requisites_of_page(const PageInput& input, Workspace& workspace);

// The same of a style sheet at `url`.
[[nodiscard]] std::vector<std::string> requisites_of_css(std::string_view css, const Url& url);

}  // namespace boardwalk::parsers
