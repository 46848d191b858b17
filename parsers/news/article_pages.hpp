// Articles that sites spread over several pages: which page of which article this one is, by its pager. A
// link counts when its URL is the page's own with a page number put in, taken out or changed (`a.html` →
// `a_2.html`, `/story/2`, `?page=2`) and its words say which page it leads to: a number, next or back. What
// the URLs alone look like proves nothing: `story-12` and `story-13` may be two stories. A first page whose
// own URL has a number, `a_1.html`, is known by numbered links to the others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/dom.hpp"
#include "parsers/news/context.hpp"

namespace boardwalk::parsers::news {

struct ArticlePages {
  int number = 1;                 // of this page
  int pages = 1;                  // that there are, as far as its pager goes
  std::string first;              // the first one's URL
  std::vector<std::string> urls;  // of the others that it links
};

// nullopt for an article of one page.
[[nodiscard]] std::optional<ArticlePages> read_pages(const Context& context, dom::Node root);

}  // namespace boardwalk::parsers::news
