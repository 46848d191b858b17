#include "parsers/news/links.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "config/ascii.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

using ascii::is_digit;

bool is_attachment(std::string_view path) {
  static constexpr std::array<std::string_view, 10> kEndings{".pdf", ".doc", ".docx", ".xls", ".xlsx",
                                                             ".zip", ".rar", ".ppt",  ".mp3", ".mp4"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [path](std::string_view end) { return path.ends_with(end); });
}

// What stands between the slash that `path` begins with and the next, which it begins with then.
std::string_view take_segment(std::string_view& path) {
  if (!path.empty()) path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool is_number(std::string_view segment, int least, int most) {
  constexpr std::size_t kLongest = 4;  // digits
  if (segment.empty() || segment.size() > kLongest || !ascii::all_digits(segment)) return false;
  const auto value = first_number(segment);
  return value && *value >= least && *value <= most;
}

// `/2024/05/10/lamp/`, `/2024/05/lamp`: a name behind directories of a year and a month, and maybe of a day. No
// name there, a page's number or an index is of the archive.
bool is_behind_day(std::string_view path) {
  constexpr int kFirstYear = 1980;
  constexpr int kLastYear = 2199;
  constexpr int kAnyNumber = 9999;
  while (!path.empty()) {
    if (!is_number(take_segment(path), kFirstYear, kLastYear)) continue;
    std::string_view rest = path;
    if (!is_number(take_segment(rest), 1, 12)) continue;
    std::string_view name = take_segment(rest);
    if (is_number(name, 1, 31)) name = take_segment(rest);
    return !name.empty() && name != "page" && name != "feed" && !name.starts_with("index.") &&
           !is_number(name, 0, kAnyNumber);
  }
  return false;
}

// The path names one thing: a date, a long number, or a slug of several words.
bool names_one_thing(const Url& url) {
  std::size_t run = 0;
  std::size_t longest = 0;
  for (const char c : url.path) longest = std::max(longest, run = is_digit(c) ? run + 1 : 0);
  const std::size_t slash = url.path.rfind('/', url.path.size() - 2);
  const std::string_view last = std::string_view(url.path).substr(slash + 1);
  const auto hyphens = std::count(last.begin(), last.end(), '-') + std::count(last.begin(), last.end(), '_');
  constexpr std::size_t kLongNumber = 5;
  return longest >= kLongNumber || hyphens >= 3 || is_behind_day(url.path);
}

bool leads_on(dom::Node anchor, const std::string& words) {
  if (anchor.attr_or("rel") == "next") return true;
  const KeyText key(words);
  const auto text = key.view();
  return text == U"下一页" || text == U"下页" || text == U"下一页>" || text == U"后一页" || text == U"next" ||
         text == U"next page" || text == U"next »" || text == U"older posts";
}

LinkRole role_of(const Context& context, dom::Node anchor, const Url& url, const std::string& words) {
  if (url.site() != context.site) return LinkRole::kExternal;
  if (leads_on(anchor, words)) return LinkRole::kNextPage;
  if (is_attachment(url.path)) return LinkRole::kAttachment;
  if (url.path == "/") return LinkRole::kListing;
  constexpr int kHeadlineWeight = 8;
  const bool headline = weigh(words).weight >= kHeadlineWeight;
  if (names_one_thing(url)) return LinkRole::kArticle;
  if (url.path.ends_with('/') || url.path.find("/index.") != std::string::npos) return LinkRole::kListing;
  return headline ? LinkRole::kArticle : LinkRole::kOther;
}

std::optional<int> pixels(dom::Node image, std::string_view attribute) {
  const auto value = first_number(image.attr_or(attribute));
  return value && *value < 100'000 ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::string_view source_of(dom::Node image) {
  for (const char* name :
       {"data-original", "data-src", "data-lazy-src", "data-actualsrc", "data-url", "_src", "src"})
    if (const std::string_view value = strip(image.attr_or(name));
        !value.empty() && !value.starts_with("data:"))
      return value;
  return {};
}

// The elements of that name in `place` that stand in no noise there.
std::vector<dom::Node> find_outside_noise(dom::Node place, std::string_view tag) {
  std::vector<dom::Node> found;
  for (dom::Node node = place.first_child(); node;) {
    const bool noise = is_block(node) && is_noise(node);
    if (node.is(tag)) found.push_back(node);
    node = noise ? node.next_skipping(place) : node.next_in(place);
  }
  return found;
}

}  // namespace

LinkRole link_role(const Context& context, dom::Node anchor, const Url& url) {
  return role_of(context, anchor, url, dom::text_of(anchor));
}

std::vector<Link> page_links(const Context& context, dom::Node root) {
  std::vector<Link> links;
  std::unordered_map<std::string, std::size_t> seen;  // where in `links`
  for (dom::Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is("a") && !node.is("area")) continue;
    const std::string_view href = strip(node.attr_or("href"));
    if (href.empty() || href.starts_with('#')) continue;
    const auto url = resolve_url(context.base, href, context.charset);
    if (!url) continue;
    const auto [at, fresh] = seen.try_emplace(url->str(), links.size());
    if (fresh) links.push_back({at->first, link_role(context, node, *url), std::nullopt, true});
    Link& link = links[at->second];
    link.nofollow = link.nofollow && dom::says(node, "rel", "nofollow");
  }
  return links;
}

std::vector<TextLink> text_links(const Context& context, dom::Node place, const std::string& text) {
  constexpr std::size_t kMost = 500;
  constexpr std::size_t kMostAnchors = 5000;
  constexpr std::size_t kMostSearched = 100'000'000;  // bytes of the text; an article's links take far less
  std::vector<TextLink> links;
  std::unordered_set<std::string> missed;
  std::size_t anchors = 0;
  std::size_t searched = 0;
  for (const dom::Node anchor : find_outside_noise(place, "a")) {
    if (links.size() == kMost || anchors++ == kMostAnchors || searched > kMostSearched) break;
    const std::string_view href = strip(anchor.attr_or("href"));
    if (href.empty() || href.starts_with('#')) continue;  // a target, a button, a place on the page itself
    const std::string words = dom::text_of(anchor);
    if (words.empty() || missed.contains(words)) continue;
    const std::size_t at = text.find(words);
    searched += std::min(at, text.size());
    if (at == std::string::npos) {
      missed.insert(words);
      continue;
    }
    if (auto url = context.absolute(href)) links.push_back({*std::move(url), words});
  }
  return links;
}

OptionalString ImageReader::caption_of(dom::Node image) {
  constexpr std::size_t kLongest = 1024;
  const dom::Node figure = image.closest([](dom::Node n) { return n.is("figure"); });
  if (!figure) return std::nullopt;
  const auto [at, fresh] = captions_.try_emplace(figure.address());
  if (!fresh) return at->second;
  const dom::Node caption = dom::find_tag(figure, "figcaption");
  std::string text = caption ? dom::text_of(caption) : std::string();
  if (text.size() <= kLongest) at->second = text_or_null(std::move(text));
  return at->second;
}

std::optional<Image> ImageReader::read(dom::Node image) {
  constexpr int kSmallest = 60;  // pixels of an icon's side
  const std::string_view source = source_of(image);
  if (source.empty() || pixels(image, "width").value_or(kSmallest) < kSmallest ||
      pixels(image, "height").value_or(kSmallest) < kSmallest)
    return std::nullopt;
  auto url = context_.absolute(source);
  if (!url) return std::nullopt;
  return Image{*std::move(url), text_or_null(std::string(strip(image.attr_or("alt")))), caption_of(image)};
}

std::vector<Image> text_images(const Context& context, dom::Node place) {
  std::vector<Image> images;
  ImageReader reader(context);
  for (const dom::Node node : find_outside_noise(place, "img"))
    if (auto image = reader.read(node)) images.push_back(*std::move(image));
  return images;
}

}  // namespace boardwalk::parsers::news
