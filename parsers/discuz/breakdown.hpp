// The page that Discuz! prints in place of any other when it has failed itself, mostly for want of its
// database. Servers send it with status 200, and it has nothing of a forum's page about it.
#pragma once

#include <string>

#include "parsers/discuz/signs.hpp"
#include "parsers/dom.hpp"

namespace boardwalk::parsers::discuz {

// Its words on one line, the beginning of them where they are many; empty for any other page. X:
// `<title>HOST - Database Error</title>` and `<h1>Discuz! Database Error</h1>`, or System Error; 6.x and 7.x:
// `Discuz! info: … MySQL …` first of all. A page that tells of such an error has other words before it.
[[nodiscard]] std::string breakdown_words(const Signs& signs, dom::Node root);

}  // namespace boardwalk::parsers::discuz
