// Which of a page's lines are the article's words. The place is found as readability does it, by scoring
// paragraphs into their ancestors, made fit for Chinese (weights, full-width marks, text without <p>); then
// what stands inside that place without belonging to the text goes: captions, related links, editor and
// source lines, disclaimers, pagers.
#pragma once

#include <string>
#include <vector>

#include "parsers/news/page_text.hpp"
#include "parsers/news/title.hpp"

namespace boardwalk::parsers::news {

struct Body {
  int block = -1;          // of PageText::blocks; -1: no article text on the page
  std::vector<int> lines;  // of PageText::lines, ascending: what is kept
  int weight = 0;          // of the kept lines
  int first = -1;          // the first kept line inside the block, behind any standfirst; -1: none
  [[nodiscard]] std::string text(const PageText& page) const;
};

// The place of the text; -1 when the page has none.
[[nodiscard]] int find_body(const PageText& page);
// The first line of that place that is kept, be it the headline; the number of lines when none is.
[[nodiscard]] int first_line(const PageText& page, int block);
// Takes a line out of the kept ones, if it is among them.
void drop_line(const PageText& page, int line, Body& body);
// The kept lines of that place. The text does not repeat the headline.
[[nodiscard]] Body read_body(const PageText& page, int block, const Headline& headline);

}  // namespace boardwalk::parsers::news
