// The article that a page keeps in a script instead of showing it: pages drawn by scripts, whose HTML is a
// shell. Found by what objects of the script's state hold (script_values.hpp), not by where frameworks put
// them: an object with a title around texts is an article.
#pragma once

#include <string>
#include <string_view>

#include "parsers/dom.hpp"
#include "parsers/news/metadata.hpp"

namespace boardwalk::parsers::news {

// `body` is HTML; empty when the page keeps no article, or several of which none is named in `claims`, what
// the page calls itself.
[[nodiscard]] LinkedData read_state(dom::Node root, std::string_view claims);

}  // namespace boardwalk::parsers::news
