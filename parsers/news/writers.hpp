// The writers that a page in another language than Chinese names: in JSON-LD, in metadata, in the elements
// that are named for them (rel=author, itemprop=author, classes of `author` and `byline`), or behind `By`,
// `Von`, `Par`, ….
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/news/body.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"

namespace boardwalk::parsers::news {

[[nodiscard]] std::vector<std::string> read_writers(const PageText& page, const Body& body, int head,
                                                    const Metadata& data);

// `Von Anna Gull`, and nothing else.
[[nodiscard]] bool is_spoken_byline(std::string_view line);

}  // namespace boardwalk::parsers::news
