// Pages read as a site file says. What it pins, it decides; what it leaves open is read as on any page.
#pragma once

#include "parsers/news/context.hpp"
#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"

namespace boardwalk::parsers::site {

// True when the rules know the page, by its URL or by the article's body: then `page` is complete but for
// digests. A page that should hold posts or an article, but where their selectors find nothing, is
// kUnreadable, and its detail names the key.
[[nodiscard]] bool read_page(const Rules& rules, const news::Context& context, dom::Node root,
                             ParsedPage& page);

// What the rules say of a page that the built-in parsers have read: the roles of its links, and that a page
// whose URL is none of `article_urls`, or that shows a thread's posts, is no article.
void correct(const Rules& rules, const news::Context& context, dom::Node root, ParsedPage& page);

}  // namespace boardwalk::parsers::site
