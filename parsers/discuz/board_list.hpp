// The lists of boards on a front page and of sub-boards on a board page: `#category_N` or `#subforum_N` with
// a row, a cell or a list item per board (X, also in its grid layout), `tbody#forumN` (6.x, 7.x),
// `#sub-forum_N` (mobile).
#pragma once

#include <optional>
#include <string>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"

namespace boardwalk::parsers::discuz {

// Appends the boards of every such list in `root` to `page.boards`, with the category (itself appended as a
// board when the page names it) or the upper board as their parent. A board that only redirects to another
// site is noted as an external link and is no record; one below another board is noted as kSubBoard.
void read_board_lists(const Context& context, dom::Node root, ParsedPage& page);

// A number as Discuz! prints it: the exact one of a title attribute (`<span title="123456">12万</span>`),
// else its words.
[[nodiscard]] std::optional<std::int64_t> count_in(dom::Node element);

}  // namespace boardwalk::parsers::discuz
