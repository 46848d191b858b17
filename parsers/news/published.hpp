// When an article was published and last changed: the visible line near the headline, metadata, <time>, and
// the date in the URL as the last resort.
#pragma once

#include <optional>

#include "parsers/news/body.hpp"
#include "parsers/news/context.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/title.hpp"

namespace boardwalk::parsers::news {

struct Published {
  std::optional<Moment> at;
  std::optional<Moment> modified_at;
};

// On Chinese pages the visible minute wins, seconds come from metadata that agrees with it, and the zone is
// the job's or +08:00. Elsewhere metadata speaks first, and without an offset only the day is known. A day
// in the headline is what the article is about: it counts only where nothing else tells.
[[nodiscard]] Published read_published(const Context& context, const PageText& page, const Body& body,
                                       const Headline& headline, const Metadata& data, bool chinese);

}  // namespace boardwalk::parsers::news
