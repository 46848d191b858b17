#include "parsers/news/article_pages.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr int kMostPages = 200;
constexpr std::size_t kMostLinks = 5 * kMostPages;

// Parameters of the query that count pages.
constexpr std::array<std::string_view, 8> kPageNames{"page",    "pn",      "pageno",      "pagenum",
                                                     "page_no", "pageNum", "currentpage", "pg"};

std::optional<int> page_number(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  return whole && !digits.empty() && digits.size() <= 3 && number <= kMostPages ? std::optional(number)
                                                                                : std::nullopt;
}

// A URL as what all pages of an article have in common, and the number that this one has.
struct Spelling {
  std::string whole;
  std::string stem;  // `whole` when there is no number
  std::optional<int> number;
  bool counts = false;  // surely pages: behind `_`, or in the query
  bool slug = false;    // `-2` at the end of words: another article of the same title, or a page
};

std::string joined(const Url& url, std::string_view path, std::string_view query) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return url.site() + std::string(path) + (query.empty() ? "" : "?" + std::string(query));
}

// `page=2` taken out of the query, where one of the names stands before the number.
template <std::size_t N>
std::optional<int> take_parameter(std::string& query, const std::array<std::string_view, N>& names) {
  std::size_t begin = 0;
  while (begin < query.size()) {
    const std::size_t end = std::min(query.find('&', begin), query.size());
    const std::string_view pair = std::string_view(query).substr(begin, end - begin);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const bool named = std::find(names.begin(), names.end(), pair.substr(0, equals)) != names.end();
    if (const auto number = page_number(pair.substr(std::min(equals + 1, pair.size()))); named && number) {
      query.erase(begin > 0 ? begin - 1 : 0, end - begin + 1);
      return number;
    }
    begin = end + 1;
  }
  return std::nullopt;
}

// `p` counts pages, or it is the number of the whole article (WordPress): the other names go first.
std::optional<int> take_parameter(std::string& query) {
  static constexpr std::array<std::string_view, 1> kShort{"p"};
  const auto number = take_parameter(query, kPageNames);
  return number ? number : take_parameter(query, kShort);
}

// `/2024/01`, `/2024-1`, behind which stands a day.
bool names_month(std::string_view path) {
  const auto digits_at_end = [](std::string_view text) {
    return text.substr(text.find_last_not_of("0123456789") + 1);
  };
  const std::string_view month = digits_at_end(path);
  path.remove_suffix(month.size());
  const bool is_month =
      month.size() == 2 ? month >= "01" && month <= "12" : month.size() == 1 && month != "0";
  if (!is_month || path.empty() || std::string_view("/-_").find(path.back()) == std::string_view::npos)
    return false;
  path.remove_suffix(1);
  const std::string_view year = digits_at_end(path);
  return year.size() == 4 && (year.starts_with("19") || year.starts_with("20"));
}

// `_2` before the extension, `/2`, `/page/2` taken out of the path.
std::optional<int> take_ending(std::string& path, Spelling& spelling) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = std::min(path.find('.', slash), path.size());
  std::size_t begin = dot;
  while (begin > slash + 1 && ascii::is_digit(path[begin - 1])) --begin;
  const auto number = page_number(std::string_view(path).substr(begin, dot - begin));
  if (!number) return std::nullopt;
  const char before = path[begin - 1];
  if (before == '/' && dot == path.size()) {
    path.erase(begin - 1);
    if (names_month(path)) return std::nullopt;
    if (path.ends_with("/page")) path.erase(path.size() - 5);
    return number;
  }
  if (before != '_' && before != '-') return std::nullopt;
  if (names_month(std::string_view(path).substr(0, begin - 1))) return std::nullopt;
  spelling.counts = before == '_';
  spelling.slug = before == '-' && dot == path.size();
  path.erase(begin - 1, dot - begin + 1);
  return number;
}

Spelling spelling_of(const Url& url) {
  Spelling spelling;
  spelling.whole = joined(url, url.path, url.query);
  std::string path = url.path;
  std::string query = url.query;
  spelling.number = take_parameter(query);
  spelling.counts = spelling.number.has_value();
  if (!spelling.number) spelling.number = take_ending(path, spelling);
  spelling.stem = spelling.number ? joined(url, path, query) : spelling.whole;
  return spelling;
}

enum class Words { kNone, kNumber, kNext, kBack };

struct Label {
  Words words = Words::kNone;
  int number = 0;
  bool of_pages = false;  // says so: `下一页`, `Next page`
};

bool names_page(std::u32string_view key) {
  if (key.find(U'页') != std::u32string_view::npos) return true;
  constexpr auto kPages = std::to_array<std::u32string_view>(
      {U"page", U"seite", U"página", U"pagina", U"strona", U"sida", U"side"});
  return std::any_of(kPages.begin(), kPages.end(), [key](std::u32string_view word) {
    const auto is_letter = [](char32_t c) { return (c >= U'a' && c <= U'z') || c > 0xBF; };
    const std::size_t at = key.find(word);
    if (at == std::u32string_view::npos || (at > 0 && is_letter(key[at - 1]))) return false;
    return at + word.size() == key.size() || !is_letter(key[at + word.size()]);
  });
}

Words words_of(std::string_view rel, std::u32string_view key) {
  const auto has = [key](std::u32string_view words) { return key.find(words) != std::u32string_view::npos; };
  if (rel == "next" || has(U"下一页") || has(U"下页") || has(U"后一页") || key.starts_with(U"next"))
    return Words::kNext;
  if (rel == "prev" || has(U"上一页") || has(U"上页") || has(U"前一页") || key.starts_with(U"prev"))
    return Words::kBack;
  return Words::kNone;
}

Label label_of(dom::Node link) {
  const std::string text = dom::text_of(link);
  constexpr std::size_t kLongest = 32;  // bytes
  const KeyText key(text.size() <= kLongest ? std::string_view(text) : std::string_view());
  std::string bare;
  for (const char32_t c : key.view())
    if (c >= U'0' && c <= U'9') bare += static_cast<char>(c);
  constexpr std::u32string_view kAround = U"0123456789 []()【】第页";
  const bool numeric = key.view().find_first_not_of(kAround) == std::u32string_view::npos;
  if (const auto number = page_number(bare); number && numeric) return {Words::kNumber, *number, true};
  return {words_of(link.attr_or("rel"), key.view()), 0, names_page(key.view())};
}

struct PageLink {
  dom::Node node;
  Url url;
  Spelling spelling;
  Label label;
};

// Those of `links`, which are in page order, that stand in no reader's comments.
std::vector<PageLink> outside_comments(dom::Node root, std::vector<PageLink> links) {
  std::vector<PageLink> outside;
  auto link = links.begin();
  for (dom::Node node = root.first_child(); node && link != links.end();) {
    const bool comments = is_block(node) && noise_of(node) == Noise::kComments;
    if (node == link->node) outside.push_back(std::move(*link++));
    while (comments && link != links.end() && link->node.inside(node)) ++link;
    node = comments ? node.next_skipping(root) : node.next_in(root);
  }
  return outside;
}

// Whether a label tells more than that an article is beside this one. WordPress prints such links with the
// same words and `rel`, and gives articles of one title the URLs `words` and `words-2`.
bool is_of_pages(const Label& label, const Spelling& own, const Spelling& there) {
  return label.of_pages || !(there.stem == own.whole ? there.slug : own.slug);
}

// Links whose words and URLs both say that they are pages of the article at `own`.
std::vector<PageLink> page_links_of(const Context& context, dom::Node root, const Spelling& own) {
  std::vector<PageLink> links;
  for (dom::Node node = root.first_child(); node && links.size() < kMostLinks; node = node.next_in(root)) {
    if (!node.is("a") && !node.is("link")) continue;
    const Label label = label_of(node);
    if (label.words == Words::kNone) continue;
    auto url = resolve_url(context.base, strip(node.attr_or("href")), context.charset);
    if (!url || url->site() != context.site) continue;
    Spelling there = spelling_of(*url);
    const bool numbered = there.number && (there.stem == own.whole || (own.number && there.stem == own.stem));
    const bool bare = own.number && there.whole == own.stem;
    if (!numbered) there.number.reset();  // of the article among others, `?p=12`
    if ((numbered || bare) && there.whole != own.whole && is_of_pages(label, own, there))
      links.push_back({node, *std::move(url), std::move(there), label});
  }
  return outside_comments(root, std::move(links));
}

// What to add to a URL's number for the page's: some sites count from 0, or leave the first one's out.
// nullopt when no link tells.
std::optional<int> offset_of(const std::vector<PageLink>& links) {
  for (const PageLink& link : links)
    if (link.label.words == Words::kNumber && link.spelling.number)
      return link.label.number - *link.spelling.number;
  return std::nullopt;
}

// Leads on or back to the page beside this one.
bool leads_beside(const PageLink& link, int own) {
  const int step = link.label.words == Words::kNext ? 1 : link.label.words == Words::kBack ? -1 : 0;
  return step != 0 && link.spelling.number == own + step;
}

// Whether a link tells that `number` counts pages: one to the page beside it by that page's number or by words
// of pages, or beside one to a first page without number, or back from the second one to that. An article may
// have a number of its own.
bool is_among_pages(const Spelling& own, int number, const std::vector<PageLink>& links) {
  if (own.counts || number <= 1) return true;
  const bool begun = std::any_of(links.begin(), links.end(), [&own](const PageLink& link) {
    return link.label.number == 1 && link.spelling.whole == own.stem;
  });
  return std::any_of(links.begin(), links.end(), [&](const PageLink& link) {
    const Label& label = link.label;
    if (label.words == Words::kNumber) return std::abs(label.number - number) == 1;
    if (leads_beside(link, *own.number)) return label.of_pages || begun;
    return label.words == Words::kBack && link.spelling.whole == own.stem && number == 2;
  });
}

// This page's number, and the first one's URL, when its links tell.
std::optional<ArticlePages> place_of(const Context& context, const Spelling& own,
                                     const std::vector<PageLink>& links) {
  ArticlePages pages;
  for (const PageLink& link : links) {
    const bool leads_on = link.label.words == Words::kNext || link.label.number > 1;
    if (link.spelling.number && link.spelling.stem == own.whole && leads_on) {
      pages.first = context.url.str();
      return pages;
    }
  }
  if (!own.number) return std::nullopt;
  const auto offset = offset_of(links);
  const int number = *own.number + offset.value_or(0);
  if (!is_among_pages(own, number, links)) return std::nullopt;
  for (const PageLink& link : links) {
    const bool bare = link.spelling.whole == own.stem;
    const bool numbered_one = link.label.words == Words::kNumber && link.label.number == 1;
    if (!numbered_one && !(bare && link.label.words == Words::kBack)) continue;
    pages.first = link.url.str();
    pages.number = bare && !offset ? std::max(number, 2) : number;
    return pages;
  }
  // The first page does not link to itself: the numbers of the others tell.
  if (!offset || number != 1 || *own.number > 1) return std::nullopt;
  pages.first = context.url.str();
  return pages;
}

}  // namespace

std::optional<ArticlePages> read_pages(const Context& context, dom::Node root) {
  const Spelling own = spelling_of(context.url);
  const std::vector<PageLink> links = page_links_of(context, root, own);
  auto pages = place_of(context, own, links);
  if (!pages) return std::nullopt;
  pages->pages = pages->number;
  for (const PageLink& link : links) {
    if (link.label.words == Words::kNumber) pages->pages = std::max(pages->pages, link.label.number);
    if (link.label.words == Words::kNext) pages->pages = std::max(pages->pages, pages->number + 1);
    pages->urls.push_back(link.url.str());
  }
  const bool possible = pages->number >= 1 && pages->pages > 1 && pages->pages <= kMostPages;
  return possible ? pages : std::nullopt;
}

}  // namespace boardwalk::parsers::news
