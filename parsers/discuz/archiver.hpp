// The archiver (`/archiver/`): every thread as bare text for robots. A post there has neither number nor
// floor, its author no number, and quotes, smilies and lists are mixed into the words: it makes no record of
// its own, only the facts of the thread are told.
#pragma once

#include <vector>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"

namespace boardwalk::parsers::discuz {

// The front page with its boards, a board's list, or a page of a thread; which one the links behind
// 查看完整版本 tell.
void read_archiver(const Context& context, dom::Node root, ParsedPage& page);

// The posts of a thread's page in their order: author, time and words, the edit notice taken out of them.
[[nodiscard]] std::vector<Post> read_archived_posts(const Context& context, dom::Node root);

}  // namespace boardwalk::parsers::discuz
