// Where on its site an article stands, by what the page says or by the last step of its breadcrumb, which is
// known by its name or its words, and holds no text.
#pragma once

#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::news {

// `head` is the index of the headline's line, -1 when it is not among the lines.
[[nodiscard]] OptionalString read_section(const PageText& page, int head, const Metadata& data);

}  // namespace boardwalk::parsers::news
