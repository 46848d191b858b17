#include "parsers/news/article_or_listing.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "parsers/news/key_text.hpp"
#include "parsers/news/links.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

// Weights of the kept lines that are sentences, and of all lines of the page that are links.
struct Shape {
  int sentences = 0;
  int sentence_lines = 0;
  int longest = 0;
  int links = 0;
};

bool is_sentence(const Line& line) { return line.marks > 0 && 2 * line.link_weight <= line.weight; }

Shape shape_of(const PageText& page, const Body& body) {
  Shape shape;
  for (const int index : body.lines) {
    const Line& line = page.line_at(index);
    if (!is_sentence(line)) continue;
    shape.sentences += line.weight;
    ++shape.sentence_lines;
    shape.longest = std::max(shape.longest, line.weight);
  }
  for (const Line& line : page.lines) shape.links += line.link_weight;
  return shape;
}

// `[详细]`, `Read more »`: the words of a link from a teaser to its article, without what stands around them.
bool leads_to_rest(std::string_view words) {
  constexpr auto kWords = std::to_array<std::u32string_view>(
      {U"详细", U"详情", U"详细内容", U"全文", U"阅读全文", U"查看全文", U"查看详情", U"查看详细",
       U"阅读更多", U"查看更多", U"继续阅读", U"更多", U"more", U"read more", U"continue reading"});
  constexpr std::size_t kLongest = 60;  // bytes
  if (words.size() > kLongest) return false;
  const KeyText key(words);
  constexpr std::u32string_view kAround = U" []()【】<>《》«»‹›.…:+|→";
  const std::size_t begin = std::min(key.view().find_first_not_of(kAround), key.view().size());
  const std::size_t end = key.view().find_last_not_of(kAround) + 1;
  return begin < end &&
         std::find(kWords.begin(), kWords.end(), key.view().substr(begin, end - begin)) != kWords.end();
}

// The teasers of a list: a link to another article of the site, then words of that article; or, where the page
// does not say that it is an article, cards: a headline that is no link, such words, and a link to the rest of
// them. Each line of sentences is told the teaser that it stands in.
class Teasers {
 public:
  Teasers(const Context& context, const Metadata& data, const PageText& page, bool cards)
      : context_(context), page_(page) {
    const auto canonical =
        data.canonical.empty() ? std::nullopt : resolve_url(context.base, data.canonical, context.charset);
    own_path_ = canonical ? canonical->path : context.url.path;
    heads_.push_back(0);
    for (const Line& line : page.lines) heads_.push_back(heads_.back() + (is_head(line) ? 1 : 0));
    opens_.assign(page.lines.size() + 1, false);
    for (int i = static_cast<int>(page.lines.size()) - 1; i >= 0; --i) {
      const auto at = static_cast<std::size_t>(i);
      opens_[at] = heads_in(i, i + 1) > 0 || (!is_sentence(page.lines[at]) && opens_[at + 1]);
    }
    for (int i = 0; i < static_cast<int>(page.lines.size()); ++i)
      if (const Line& line = page.line_at(i); line.heading > 0 && heads_in(i, i + 1) > 0)
        headings_[page.block_at(line.block).parent].push_back(i);
    rests_.push_back(0);
    for (const Line& line : page.lines)
      rests_.push_back(rests_.back() + (cards && ends_with_rest(line) ? 1 : 0));
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const Line& line = page.lines[i];
      if (!is_sentence(line) || page.noise(line)) continue;
      if (const auto teaser = teaser_or_card(static_cast<int>(i))) weights_[*teaser] += line.weight;
    }
  }

  // Several, none of which says as much as all others, and they make up most of what is taken for the text.
  [[nodiscard]] bool are_the_text(const Body& body) const {
    constexpr std::size_t kLeastTeasers = 3;
    if (weights_.size() < kLeastTeasers) return false;
    int all = 0;
    int most = 0;
    for (const auto& [teaser, weight] : weights_) {
      all += weight;
      most = std::max(most, weight);
    }
    int text = 0;
    int told = 0;
    for (const int index : body.lines) {
      const Line& line = page_.line_at(index);
      text += line.weight;
      if (line.marks > 0 && teaser_or_card(index)) told += line.weight;
    }
    constexpr int kWhole = 250;  // where each says as much on average, they are posts that stand there whole
    return all <= kWhole * static_cast<int>(weights_.size()) && 2 * most <= all && 10 * told >= 6 * text;
  }

 private:
  [[nodiscard]] int heads_in(int begin, int end) const {
    return heads_[static_cast<std::size_t>(end)] - heads_[static_cast<std::size_t>(begin)];
  }

  // Whether the link around some words leads to an article, and whether the rest of a text may stand there;
  // neither where it leads to this page.
  struct Target {
    bool article = false;
    bool rest = false;
  };

  // One link may stand around many lines.
  [[nodiscard]] Target target_of(dom::Node words) {
    const dom::Node anchor = words.closest([](dom::Node node) { return node.is("a"); });
    if (!anchor) return {};
    const auto [known, fresh] = targets_.try_emplace(anchor.address());
    if (fresh) known->second = read_target(anchor);
    return known->second;
  }

  [[nodiscard]] Target read_target(dom::Node anchor) const {
    const auto url = resolve_url(context_.base, strip(anchor.attr_or("href")), context_.charset);
    if (!url || url->path == own_path_ || url->path == context_.url.path) return {};
    return {link_role(context_, anchor, *url) == LinkRole::kArticle,
            url->site() == context_.site && !url->path.ends_with('/')};
  }

  [[nodiscard]] bool is_head(const Line& line) {
    constexpr int kLeast = 4;
    return line.weight >= kLeast && 10 * line.link_weight >= 8 * line.weight && target_of(line.begin).article;
  }

  // The last words of the line are its one link, and that leads to the rest of a text of this site.
  [[nodiscard]] bool ends_with_rest(const Line& line) {
    return line.link_weight > 0 && !page_.noise(line) && leads_to_rest(line.end.value()) &&
           weigh(line.end.value()).weight == line.link_weight && target_of(line.end).rest;
  }

  // The smallest block around the line in which such a link stands before it, and before any sentence; where
  // several of them are headings beside the line, the last.
  [[nodiscard]] std::optional<int> teaser_of(int index) const {
    constexpr int kHighest = 6;
    int block = page_.line_at(index).block;
    for (int level = 0; level < kHighest && block > 0; ++level, block = page_.block_at(block).parent) {
      const int first = page_.block_at(block).first_line;
      if (heads_in(first, index) == 0) continue;
      if (const auto heading = last_heading(block, index)) return -1 - *heading;
      return opens_[static_cast<std::size_t>(first)] ? std::optional(block) : std::nullopt;
    }
    return std::nullopt;
  }

  // The line of the last such link that is a heading right in the block, and before `index`.
  [[nodiscard]] std::optional<int> last_heading(int block, int index) const {
    const auto found = headings_.find(block);
    if (found == headings_.end()) return std::nullopt;
    const auto behind = std::lower_bound(found->second.begin(), found->second.end(), index);
    return behind == found->second.begin() ? std::nullopt : std::optional(*std::prev(behind));
  }

  [[nodiscard]] std::optional<int> teaser_or_card(int index) const {
    const auto teaser = teaser_of(index);
    return teaser ? teaser : card_of(index);
  }

  // The smallest block around the line that opens with a headline and holds one link to the rest of a text.
  [[nodiscard]] std::optional<int> card_of(int index) const {
    constexpr int kHighest = 4;
    int block = page_.line_at(index).block;
    for (int level = 0; level < kHighest && block > 0; ++level, block = page_.block_at(block).parent) {
      const int first = page_.block_at(block).first_line;
      const int rests = rests_[static_cast<std::size_t>(page_.block_at(block).last_line)] -
                        rests_[static_cast<std::size_t>(first)];
      if (rests > 1) return std::nullopt;
      const Line& head = page_.line_at(first);
      constexpr int kLeast = 4;
      if (rests == 1 && first < index && head.weight >= kLeast && head.link_weight == 0 &&
          (head.heading > 0 || !is_sentence(head)))
        return block;
    }
    return std::nullopt;
  }

  const Context& context_;
  const PageText& page_;
  std::string own_path_;
  std::unordered_map<const void*, Target> targets_;     // of each link that was asked for
  std::vector<int> heads_;                              // how many such links stand before each line
  std::vector<bool> opens_;                             // whether one stands there, or before any sentence
  std::unordered_map<int, std::vector<int>> headings_;  // of each block, those that are headings in it
  std::vector<int> rests_;                              // how many lines that end with a link to the rest
  std::map<int, int> weights_;                          // of each teaser's sentences
};

}  // namespace

bool is_front(const Url& url) {
  const std::string_view path = url.path;
  return url.query.empty() && (path == "/" || path == "/index.html" || path == "/index.htm" ||
                               path == "/index.php" || path == "/index.shtml" || path == "/default.aspx");
}

namespace {

// A headline above the text, and between the two a time.
bool is_headed(const PageText& page, const Body& body, const Headline& headline) {
  if (headline.line < 0) return false;
  for (int i = headline.line + headline.lines; i < body.first; ++i)
    if (find_time(page.line_at(i).text)) return true;
  return false;
}

}  // namespace

bool is_article(const Context& context, const Metadata& data, const PageText& page, const Body& body,
                const Headline& headline) {
  const Shape shape = shape_of(page, body);
  const std::string_view type = data.meta({"og:type"});
  const bool says_listing = type == "website" || type == "blog";
  const bool says_article = type == "article" || type == "news" || !data.linked.type.empty() ||
                            !data.meta({"article:published_time"}).empty();
  constexpr int kLeastText = 40;
  constexpr int kLeastFlash = 10;  // of news that are a sentence long
  const bool headed = !is_front(context.url) && is_headed(page, body, headline);
  if (shape.sentences < (says_article && headed ? kLeastFlash : kLeastText) ||
      Teasers(context, data, page, !says_article && !headed).are_the_text(body))
    return false;
  if (is_front(context.url)) return !says_listing && shape.sentences > 4 * shape.links;
  if (says_article) return true;
  constexpr int kManyLinks = 12;
  const bool drowned = shape.links > kManyLinks * shape.sentences;
  return !drowned && shape.longest >= kLeastText / 2;
}

}  // namespace boardwalk::parsers::news
