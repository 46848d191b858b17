#include "parsers/news/subtitle.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "config/ascii.hpp"
#include "parsers/news/byline.hpp"

namespace boardwalk::parsers::news {
namespace {

bool names_subtitle(dom::Node node) {
  static constexpr std::array<std::string_view, 12> kParts{
      "subtitle", "sub-title", "sub_title", "subhead", "sub-head",    "standfirst",
      "dek",      "deck",      "fubiaoti",  "ftitle",  "description", "summary"};
  const std::string names = ascii::lowered(std::string(node.classes()) + ' ' + std::string(node.id()));
  return std::any_of(kParts.begin(), kParts.end(),
                     [&names](std::string_view part) { return names.find(part) != std::string::npos; });
}

bool is_named(const PageText& page, const Line& line) {
  constexpr int kFarthest = 2;  // blocks around the line's own
  int index = line.block;
  for (int level = 0; level <= kFarthest && index > 0; ++level) {
    const Block& block = page.block_at(index);
    if (block.last_line - block.first_line > 2) return false;
    if (names_subtitle(block.node)) return true;
    index = block.parent;
  }
  return false;
}

bool is_dashed(std::string_view text) {
  return text.starts_with("——") || text.starts_with("--") || text.starts_with("──");
}

}  // namespace

Subtitle read_subtitle(const PageText& page, const Headline& headline, const Metadata& data) {
  Subtitle subtitle;
  if (!data.linked.subtitle.empty()) subtitle.text = data.linked.subtitle;
  if (headline.line < 0) return subtitle;
  constexpr int kFarthest = 8;  // lines
  constexpr int kShortest = 4;  // weight
  constexpr int kLongest = 90;  // weight
  const int begin = headline.line + headline.lines;
  const int end = std::min(begin + kFarthest, static_cast<int>(page.lines.size()));
  const int level = std::max(page.line_at(headline.line).heading, 1);
  for (int i = begin; i < end; ++i) {
    const Line& line = page.line_at(i);
    const bool named = is_named(page, line);
    if (line.marks > 1 && line.weight > kLongest / 2 && !named && !page.noise(line)) break;  // the text
    if (line.weight < kShortest || line.weight > kLongest || line.link_weight > 0) continue;
    if (line.text == headline.text || is_info_text(line.text) || is_byline_only(line.text)) continue;
    const bool heading = line.heading > level && line.heading <= 4 && i <= begin + 1 && !page.noise(line);
    if (!heading && !named && !(is_dashed(line.text) && i <= begin + 1)) continue;
    return {line.text, i};
  }
  return subtitle;
}

}  // namespace boardwalk::parsers::news
