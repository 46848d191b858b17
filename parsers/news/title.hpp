// An article's headline: the visible line that <title> begins with or holds, before metadata, before <title>
// without its suffixes.
#pragma once

#include <string>

#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"

namespace boardwalk::parsers::news {

struct Headline {
  std::string text;  // empty when the page has none
  int line = -1;     // of PageText::lines, the first that it takes; -1 when it is not visible
  int lines = 1;     // that it takes: long headlines are broken by hand
};

// `first_of_body` is the first line of the article's text, or the number of lines when there is none.
[[nodiscard]] Headline read_headline(const PageText& page, const Metadata& data, int first_of_body);

}  // namespace boardwalk::parsers::news
