// Threads and boards of forums that a site file describes.
#pragma once

#include "parsers/news/context.hpp"
#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"

namespace boardwalk::parsers::site {

// The page's thread and posts; kUnreadable when no post is found, or one without an id. A page that nothing
// tells the number of, and whose URL goes on behind the thread's id with a number, is kThreadFiltered. A link
// to the next page tells, in the thread_page alone, that there is one.
void read_thread(const Rules& rules, const news::Context& context, const UrlMatch& url, dom::Node root,
                 ParsedPage& page);

// The page's board and the threads of its rows. Rows that lead to no thread (headings, advertisements) are
// passed over; a board without rows is an empty board.
void read_board(const Rules& rules, const news::Context& context, const UrlMatch& url, dom::Node root,
                ParsedPage& page);

}  // namespace boardwalk::parsers::site
