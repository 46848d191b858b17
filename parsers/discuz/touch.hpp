// The mobile template (`mobile=2`, touch) of X3.1 to X3.5: another tree for the same threads. It numbers its
// pages otherwise than the desktop's and leaves out much, so what it tells is taken as it stands and nothing
// is concluded from what it lacks: a thread's page here says nothing of which pages of the thread have been
// read.
#pragma once

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"

namespace boardwalk::parsers::discuz {

// `list` is the box of the rows: `li.list` and `li.list_top` (X3.5), `li` with `span.by` and `span.num`
// (before).
void read_touch_board(const Context& context, dom::Node root, dom::Node list, ParsedPage& page);

// Posts are `div.plc#pidN`: `ul.authi` with floor, author and time, `div.message` with the words. With
// `mobile=1` `div.bm_user#pidN` has the facts and #postmessage_N, behind it, the words.
void read_touch_thread(const Context& context, dom::Node root, ParsedPage& page);

}  // namespace boardwalk::parsers::discuz
