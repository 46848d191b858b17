// The second headline: between headline and text, as a heading, by its name (`subtitle`, `standfirst`), or
// behind a dash (`——…`).
#pragma once

#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/title.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::news {

struct Subtitle {
  OptionalString text;
  int line = -1;  // of PageText::lines; -1 when it is not visible
};

[[nodiscard]] Subtitle read_subtitle(const PageText& page, const Headline& headline, const Metadata& data);

}  // namespace boardwalk::parsers::news
