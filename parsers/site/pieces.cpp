#include "parsers/site/pieces.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/news/links.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/page_key.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::site {
namespace {

using NodeSet = std::unordered_set<const void*>;

// A time's words are few; a selector that picks half the page is not searched to its end.
std::string_view beginning(std::string_view text) {
  constexpr std::size_t kMost = 400;
  std::size_t end = std::min(text.size(), kMost);
  while (end > 0 && end < text.size() && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::optional<Moment> read_time(const Rules& rules, const news::Context& context, std::string_view text) {
  text = beginning(text);
  for (const TimeFormat& format : rules.times)
    if (const auto moment = format.find(text, context.zone, context.fetched_at)) return moment;
  if (!rules.times.empty()) return std::nullopt;
  if (auto found = news::find_time(text)) {
    if (!found->moment.offset_minutes) found->moment.offset_minutes = context.zone;
    return found->moment;
  }
  return context.zone ? discuz::read_time(text, context.fetched_at, *context.zone) : std::nullopt;
}

std::optional<Moment> machine_time(const news::Context& context, dom::Node node) {
  for (const char* attribute : {"datetime", "content", "title"}) {
    auto found = news::find_time(beginning(node.attr_or(attribute)));
    if (!found) continue;
    if (!found->moment.offset_minutes) found->moment.offset_minutes = context.zone;
    return found->moment;
  }
  return std::nullopt;
}

void add_link(const news::Context& context, dom::Node anchor, std::vector<TextLink>& links) {
  const std::string_view href = anchor.attr_or("href");
  std::string words = dom::text_of(anchor);
  if (href.empty() || href.starts_with('#') || words.empty()) return;
  if (auto url = context.absolute(href)) links.push_back({*std::move(url), std::move(words)});
}

void add_quote(dom::Node element, std::vector<Quote>& quotes) {
  if (std::string text = text_lines(element); !text.empty())
    quotes.push_back({std::nullopt, std::nullopt, std::move(text)});
}

// Whether the first number of the text is a part of one that is not told in full.
bool is_rounded(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_of("0123456789"), text.size());
  const std::size_t end = std::min(text.find_first_not_of("0123456789.,", begin), text.size());
  const std::string_view behind = text.substr(end);
  if (behind.find_first_of("kKmM+") != 0) return false;
  return behind.front() == '+' || behind.size() == 1 || !ascii::is_letter(behind[1]);
}

NodeSet set_of(const std::vector<dom::Node>& nodes) {
  NodeSet set;
  for (const dom::Node node : nodes) set.insert(node.address());
  return set;
}

}  // namespace

std::optional<Moment> time_in(const Rules& rules, const news::Context& context, const Field& field,
                              dom::Node root) {
  for (const dom::Node node : field.nodes(root)) {
    if (const auto moment = read_time(rules, context, field.text_of(node))) return moment;
    if (const auto moment = machine_time(context, node)) return moment;
  }
  return std::nullopt;
}

std::optional<std::int64_t> number_in(const Field& field, dom::Node root) {
  return first_number(field.text_in(root));
}

std::optional<std::int64_t> count_in(const Field& field, dom::Node root) {
  const std::string text = field.text_in(root);
  return is_rounded(text) ? std::nullopt : first_number(text);
}

Words words_in(const news::Context& context, const Field& body, const std::vector<Selector>& remove,
               const Field* quote, dom::Node root) {
  Words words;
  TextLines lines;
  news::ImageReader pictures(context);
  const std::vector<dom::Node> places = outermost(body.nodes(root));
  words.found = !places.empty();
  for (const dom::Node place : places) {
    NodeSet dropped;
    for (const Selector& selector : remove) dropped.merge(set_of(selector.all(place)));
    const NodeSet quotes = quote != nullptr ? set_of(quote->nodes(place)) : NodeSet{};
    lines.end_line();
    read_text(place, lines, [&](dom::Node element) {
      if (dropped.contains(element.address())) return Visit::kSkip;
      if (quotes.contains(element.address())) {
        add_quote(element, words.quotes);
        return Visit::kSkip;
      }
      if (element.is("a")) add_link(context, element, words.links);
      if (element.is("img"))
        if (auto image = pictures.read(element)) words.images.push_back(*std::move(image));
      return Visit::kDescend;
    });
  }
  words.text = lines.take();
  return words;
}

std::vector<dom::Node> outermost(const std::vector<dom::Node>& nodes) {
  std::vector<dom::Node> kept;
  for (const dom::Node node : nodes)
    if (kept.empty() || !node.inside(kept.back())) kept.push_back(node);
  return kept;
}

std::optional<UrlMatch> match_any(const std::vector<UrlPattern>& patterns, const std::string& url) {
  for (const UrlPattern& pattern : patterns)
    if (auto match = pattern.match(url)) return match;
  return std::nullopt;
}

bool goes_on_behind_id(const Rules& rules, const Url& url) {
  const auto goes_on = [&rules](const std::string& text) {
    const auto match = match_any(rules.thread_urls, text);
    if (!match) return true;
    const std::string_view behind = std::string_view(text).substr(match->id_end);
    return behind != "/" && behind.find_first_of("/?&") != std::string_view::npos;
  };
  return goes_on(url.str()) && goes_on(without_tracking(url).str());
}

std::optional<std::string> link_in(const news::Context& context, const Field& field, dom::Node root) {
  for (const dom::Node node : field.nodes(root)) {
    const dom::Node anchor =
        node.attr("href") ? node : dom::find(node, [](dom::Node n) { return n.attr("href").has_value(); });
    if (!anchor) continue;
    if (auto url = context.absolute(anchor.attr_or("href"))) return url;
  }
  return std::nullopt;
}

std::vector<Link> links_of(const Rules& rules, const news::Context& context, dom::Node root) {
  std::vector<Link> links = news::page_links(context, root);
  const auto next = link_in(context, rules.next_page, root);
  for (Link& link : links) {
    if (link.role == LinkRole::kExternal) continue;
    if (match_any(rules.thread_urls, link.url)) {
      link.role = LinkRole::kThread;
    } else if (match_any(rules.board_urls, link.url)) {
      link.role = LinkRole::kBoard;
    } else if (match_any(rules.article_urls, link.url)) {
      link.role = LinkRole::kArticle;
    } else if (match_any(rules.list_urls, link.url)) {
      link.role = LinkRole::kListing;
    }
    if (link.url == next) link.role = LinkRole::kNextPage;
  }
  return links;
}

}  // namespace boardwalk::parsers::site
