// The time of publication as the lines around an article's headline and text print it, told from the day of a
// change, of something else that a label names, and from that on which the page is read.
#pragma once

#include <optional>

#include "parsers/moment.hpp"
#include "parsers/news/body.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/title.hpp"

namespace boardwalk::parsers::news {

// What the lines around headline and text tell.
struct Visible {
  std::optional<Moment> time;
  std::optional<Moment> changed;  // the first that is of a change
};

// The time of the line nearest to the headline: below it first, then above, then at the text's end.
// Long lines of the text speak of other days too: only asked when nothing else tells. Above stands the day on
// which the page is read, too: a day there that is later than `told` is that.
[[nodiscard]] Visible visible_time(const PageText& page, const Body& body, const Headline& headline,
                                   const std::optional<Moment>& told);

// The time that the headline's own lines tell.
[[nodiscard]] std::optional<Moment> headline_time(const PageText& page, const Headline& headline);

}  // namespace boardwalk::parsers::news
