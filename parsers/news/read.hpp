// A news page, read: its article when it is one, and its links. No rule here knows a site.
#pragma once

#include "parsers/dom.hpp"
#include "parsers/news/context.hpp"

namespace boardwalk::parsers::news {

// Fills kind (kArticle, kListing, kOther), articles and links of `page`.
void read_page(const Context& context, dom::Node root, ParsedPage& page);

}  // namespace boardwalk::parsers::news
