// Where on its site an article stands, by what the page says or by the last step of its breadcrumb, which is
// known by its name or its words, and holds no text.
#pragma once

#include "parsers/news/context.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/title.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::news {

[[nodiscard]] OptionalString read_section(const Context& context, const PageText& page,
                                          const Headline& headline, const Metadata& data);

}  // namespace boardwalk::parsers::news
