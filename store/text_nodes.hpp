// The text nodes of a page, each with a mark of its own: when the marked page is parsed, the marks in a
// record's fields tell which nodes made it, whatever the parser does with markup, smilies and hidden text. A
// mark is one character of Unicode's private planes before the first visible character of the node; a page's
// own characters of these planes are left out of the marked copy.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::store {

struct TextNode {
  std::size_t begin = 0;  // bytes of the page, white space at both ends aside
  std::size_t end = 0;
};

// Those with something to see, in page order: not the insides of comments, scripts, style sheets and the
// title. `page` is UTF-8.
[[nodiscard]] std::vector<TextNode> text_nodes(std::string_view page);

// The page with the mark of each node; nodes beyond the 131,068 that there are marks for get none.
[[nodiscard]] std::string marked(std::string_view page, const std::vector<TextNode>& nodes);

// The numbers of the nodes whose marks stand in `text`, which loses them.
[[nodiscard]] std::vector<std::size_t> take_marks(std::string& text);

}  // namespace boardwalk::store
