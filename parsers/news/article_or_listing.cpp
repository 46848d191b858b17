#include "parsers/news/article_or_listing.hpp"

#include <algorithm>

namespace boardwalk::parsers::news {
namespace {

// Weights of the kept lines that are sentences, and of all lines of the page that are links.
struct Shape {
  int sentences = 0;
  int sentence_lines = 0;
  int longest = 0;
  int links = 0;
};

Shape shape_of(const PageText& page, const Body& body) {
  Shape shape;
  for (const int index : body.lines) {
    const Line& line = page.lines[static_cast<std::size_t>(index)];
    if (line.marks == 0 || 2 * line.link_weight > line.weight) continue;
    shape.sentences += line.weight;
    ++shape.sentence_lines;
    shape.longest = std::max(shape.longest, line.weight);
  }
  for (const Line& line : page.lines) shape.links += line.link_weight;
  return shape;
}

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
  if (shape.sentences < kLeastText) return false;
  if (is_front(context.url)) return !says_listing && shape.sentences > 4 * shape.links;
  if (says_article) return true;
  constexpr int kManyLinks = 12;
  const bool drowned = shape.links > kManyLinks * shape.sentences;
  return !drowned && shape.longest >= kLeastText / 2;
}

}  // namespace boardwalk::parsers::news
