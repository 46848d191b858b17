// Threads of a board that shows each by its cover (`ul#waterfall`, X2 to X3.5): `li` with the title in an
// `h3`, replies and author in `.auth`. Stickies stand in a table above them.
#pragma once

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"

namespace boardwalk::parsers::discuz {

// Appends the threads and returns how many there are.
int read_picture_rows(const Context& context, const BoardRef& board, dom::Node list, ParsedPage& page);

}  // namespace boardwalk::parsers::discuz
