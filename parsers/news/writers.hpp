// The writers that a page in another language than Chinese names: in JSON-LD, in metadata, in the elements
// that are named for them (rel=author, itemprop=author, classes of `author` and `byline`), or behind `By`,
// `Von`, `Par`, ….
#pragma once

#include <string>
#include <vector>

#include "parsers/news/body.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"

namespace boardwalk::parsers::news {

[[nodiscard]] std::vector<std::string> read_writers(const PageText& page, const Body& body, int head,
                                                    const Metadata& data);

}  // namespace boardwalk::parsers::news
