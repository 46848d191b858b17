#include "parsers/news/article_or_listing.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "parsers/news/links.hpp"
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
    const Line& line = page.lines[static_cast<std::size_t>(index)];
    if (!is_sentence(line)) continue;
    shape.sentences += line.weight;
    ++shape.sentence_lines;
    shape.longest = std::max(shape.longest, line.weight);
  }
  for (const Line& line : page.lines) shape.links += line.link_weight;
  return shape;
}

// The teasers of a list: a link to another article of the site, then words of that article. Each line of
// sentences is told the teaser that it stands in.
class Teasers {
 public:
  Teasers(const Context& context, const Metadata& data, const PageText& page)
      : context_(context), page_(page) {
    const auto canonical =
        data.canonical.empty() ? std::nullopt : resolve_url(context.base, data.canonical, context.charset);
    own_path_ = canonical ? canonical->path : context.url.path;
    heads_.push_back(0);
    for (const Line& line : page.lines) heads_.push_back(heads_.back() + (is_head(line) ? 1 : 0));
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const Line& line = page.lines[i];
      if (!is_sentence(line) || page.noise(line)) continue;
      if (const auto teaser = teaser_of(static_cast<int>(i))) weights_[*teaser] += line.weight;
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
      const Line& line = page_.lines[static_cast<std::size_t>(index)];
      text += line.weight;
      if (line.marks > 0 && teaser_of(index)) told += line.weight;
    }
    constexpr int kWhole = 250;  // where each says as much on average, they are posts that stand there whole
    return all <= kWhole * static_cast<int>(weights_.size()) && 2 * most <= all && 10 * told >= 6 * text;
  }

 private:
  [[nodiscard]] const Block& block_at(int index) const {
    return page_.blocks[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] int heads_in(int begin, int end) const {
    return heads_[static_cast<std::size_t>(end)] - heads_[static_cast<std::size_t>(begin)];
  }

  [[nodiscard]] bool is_head(const Line& line) const {
    constexpr int kLeast = 4;
    if (line.weight < kLeast || 10 * line.link_weight < 8 * line.weight) return false;
    const dom::Node anchor = line.begin.closest([](dom::Node node) { return node.is("a"); });
    const auto url =
        anchor ? resolve_url(context_.base, strip(anchor.attr_or("href")), context_.charset) : std::nullopt;
    return url && url->path != own_path_ && url->path != context_.url.path &&
           link_role(context_, anchor, *url) == LinkRole::kArticle;
  }

  // The smallest block around the line in which such a link stands before it, and before any sentence; where
  // several of them are headings beside the line, the last.
  [[nodiscard]] std::optional<int> teaser_of(int index) const {
    constexpr int kHighest = 6;
    int block = page_.lines[static_cast<std::size_t>(index)].block;
    for (int level = 0; level < kHighest && block > 0; ++level, block = block_at(block).parent) {
      const int first = block_at(block).first_line;
      if (heads_in(first, index) == 0) continue;
      for (int i = index - 1; i >= first; --i) {
        const Line& line = page_.lines[static_cast<std::size_t>(i)];
        if (line.heading > 0 && heads_in(i, i + 1) > 0 && block_at(line.block).parent == block) return -1 - i;
      }
      return opens_with_head(first) ? std::optional(block) : std::nullopt;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool opens_with_head(int line) const {
    while (heads_in(line, line + 1) == 0)
      if (is_sentence(page_.lines[static_cast<std::size_t>(line++)])) return false;
    return true;
  }

  const Context& context_;
  const PageText& page_;
  std::string own_path_;
  std::vector<int> heads_;      // how many such links stand before each line
  std::map<int, int> weights_;  // of each teaser's sentences
};

}  // namespace

bool is_front(const Url& url) {
  const std::string_view path = url.path;
  return url.query.empty() && (path == "/" || path == "/index.html" || path == "/index.htm" ||
                               path == "/index.php" || path == "/index.shtml" || path == "/default.aspx");
}

bool is_article(const Context& context, const Metadata& data, const PageText& page, const Body& body) {
  const Shape shape = shape_of(page, body);
  const std::string_view type = data.meta({"og:type"});
  const bool says_listing = type == "website" || type == "blog";
  const bool says_article = type == "article" || type == "news" || !data.linked.type.empty() ||
                            !data.meta({"article:published_time"}).empty();
  constexpr int kLeastText = 40;
  if (shape.sentences < kLeastText || Teasers(context, data, page).are_the_text(body)) return false;
  if (is_front(context.url)) return !says_listing && shape.sentences > 4 * shape.links;
  if (says_article) return true;
  constexpr int kManyLinks = 12;
  const bool drowned = shape.links > kManyLinks * shape.sentences;
  return !drowned && shape.longest >= kLeastText / 2;
}

}  // namespace boardwalk::parsers::news
