#include "parsers/discuz/breakdown.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/contains.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

constexpr std::size_t kFewLinks = 5;
constexpr std::size_t kLongDetail = 1000;  // bytes; a query and the way to it may follow

// The host stands before the name in the title, so that a page named for such an error is none.
bool is_breakdown_of_x(dom::Node root, std::string_view first_line) {
  static constexpr std::array<std::string_view, 2> kNames{"Discuz! Database Error", "Discuz! System Error"};
  const std::string title = dom::text_of(dom::find_tag(root, "title"));
  if (title.empty()) return is_one_of(first_line, kNames);
  const std::string heading = dom::text_of(dom::find_tag(root, "h1"));
  return is_one_of(heading, kNames) &&
         (title.ends_with(" - Database Error") || title.ends_with(" - System Error"));
}

}  // namespace

std::string breakdown_words(const Signs& signs, dom::Node root) {
  if (signs.numbered() || signs.anchors.size() > kFewLinks) return {};
  const dom::Node body = dom::find_tag(root, "body");
  std::string words = text_lines(body ? body : root);
  const std::string_view first_line = std::string_view(words).substr(0, words.find('\n'));
  const bool old = first_line.starts_with("Discuz! info") && contains(words, "MySQL");
  if (!old && !is_breakdown_of_x(root, first_line)) return {};
  std::replace(words.begin(), words.end(), '\n', ' ');
  std::size_t end = std::min(words.size(), kLongDetail);
  while (end < words.size() && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80) --end;
  words.resize(end);
  return words;
}

}  // namespace boardwalk::parsers::discuz
