// What the readers of articles and forums by site files share: words, times, numbers and links of fields.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/news/context.hpp"
#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"

namespace boardwalk::parsers::site {

// A field's time: its words by the file's formats, or as times stand on pages when the file has none; else
// its datetime, content or title attribute.
[[nodiscard]] std::optional<Moment> time_in(const Rules& rules, const news::Context& context,
                                            const Field& field, dom::Node root);
[[nodiscard]] std::optional<std::int64_t> number_in(const Field& field, dom::Node root);
// The same of a count that grows; absent where the page rounds it: `1.2K`, `3M`, `99+`.
[[nodiscard]] std::optional<std::int64_t> count_in(const Field& field, dom::Node root);

// The text of a body field in `root`, with the links and images in it. Elements that `remove` or `quote` pick
// are left out, the words of the latter kept as quotes.
struct Words {
  bool found = false;  // the field selects anything
  std::string text;
  std::vector<Quote> quotes;
  std::vector<TextLink> links;
  std::vector<Image> images;
};
[[nodiscard]] Words words_in(const news::Context& context, const Field& body,
                             const std::vector<Selector>& remove, const Field* quote, dom::Node root);

// Without those that stand inside another one; `nodes` in document order.
[[nodiscard]] std::vector<dom::Node> outermost(const std::vector<dom::Node>& nodes);

// The first pattern that covers the URL.
[[nodiscard]] std::optional<UrlMatch> match_any(const std::vector<UrlPattern>& patterns,
                                                const std::string& url);

// Whether the URL of a thread goes on behind the thread's id (`&start=10`, `/page-2`), parameters aside that
// only track: then it may be that of a single post, or of a page that tells no number.
[[nodiscard]] bool goes_on_behind_id(const Rules& rules, const Url& url);

// Where the first element of the field leads: its own href, or the first inside it.
[[nodiscard]] std::optional<std::string> link_in(const news::Context& context, const Field& field,
                                                 dom::Node root);

// The page's links with the roles that the patterns give them.
[[nodiscard]] std::vector<Link> links_of(const Rules& rules, const news::Context& context, dom::Node root);

}  // namespace boardwalk::parsers::site
