// Whether a page is an article, or a home, section, tag or search page that only leads to articles.
#pragma once

#include "parsers/news/body.hpp"
#include "parsers/news/context.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/title.hpp"

namespace boardwalk::parsers::news {

// The site's own front page.
[[nodiscard]] bool is_front(const Url& url);

// A list whose teasers say more than anything else on the page is none. A text of a sentence or less is one
// where metadata says so, and the page prints a headline and a time above it.
[[nodiscard]] bool is_article(const Context& context, const Metadata& data, const PageText& page,
                              const Body& body, const Headline& headline);

}  // namespace boardwalk::parsers::news
