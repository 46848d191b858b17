// Who first published a Chinese article, as the page prints it: behind a label (`来源：某某日报`), beside the
// time where no label does, in metadata, or as the account that a self-media page names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/news/body.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"

namespace boardwalk::parsers::news {

// `told` are the lines around the beginning and the end of the text that are short enough to tell of it, in
// their order; `headed` is what labels tell in the headline's own line. Beside the time, the name of one of
// `authors` is no source.
[[nodiscard]] std::optional<std::string> read_source(const PageText& page, const Body& body,
                                                     const std::vector<int>& told, std::string_view headed,
                                                     const std::vector<std::string>& authors,
                                                     const Metadata& data);

}  // namespace boardwalk::parsers::news
