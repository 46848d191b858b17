// The archiver (`/archiver/`): boards and threads as bare text for robots, 6.x to X3.5.
#pragma once

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"

namespace boardwalk::parsers::discuz {

// The front page with its boards, a board's list, or a page of a thread (archived_posts.hpp tells what its
// posts are), by the URL that was asked for.
void read_archiver(const Context& context, dom::Node root, ParsedPage& page);

}  // namespace boardwalk::parsers::discuz
