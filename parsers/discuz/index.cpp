#include "parsers/discuz/board_list.hpp"
#include "parsers/discuz/context.hpp"

namespace boardwalk::parsers::discuz {

void read_index(const Context& context, dom::Node root, ParsedPage& page) {
  page.kind = PageKind::kIndex;
  read_board_lists(context, root, page);
  if (!page.boards.empty()) return;
  page.outcome = Outcome::kUnreadable;
  page.detail = "a front page whose lists name no board";
}

}  // namespace boardwalk::parsers::discuz
