#include "store/line_search.hpp"

#include <algorithm>

namespace boardwalk::store {
namespace {

constexpr std::size_t kPairs = std::size_t{1} << 16;

std::size_t first_pair(std::string_view text) {
  return static_cast<std::size_t>(static_cast<unsigned char>(text[0])) << 8U |
         static_cast<unsigned char>(text[1]);
}

}  // namespace

LineSearch::LineSearch(const std::set<std::string>& lines) : first_pairs_(lines.empty() ? 0 : kPairs) {
  lines_.reserve(lines.size());
  for (const auto& words : lines) {
    std::size_t shorter = lines_.size() - 1;  // kNone at first
    while (shorter != kNone && !words.starts_with(lines_[shorter].words)) shorter = lines_[shorter].shorter;
    lines_.push_back({words, shorter});
    first_pairs_[first_pair(words)] = true;
  }
}

// What stands between a line that the text begins with and the text itself, in order, begins with that line
// too: so it is the last one before the text, or one of those that this one begins with.
std::size_t LineSearch::longest_at_start_of(std::string_view text) const {
  if (lines_.empty() || text.size() < 2 || !first_pairs_[first_pair(text)]) return 0;
  const auto behind =
      std::upper_bound(lines_.begin(), lines_.end(), text,
                       [](std::string_view some, const Line& line) { return some < line.words; });
  if (behind == lines_.begin()) return 0;
  const std::string_view last = (behind - 1)->words;
  const auto shared = static_cast<std::size_t>(
      std::mismatch(last.begin(), last.end(), text.begin(), text.end()).first - last.begin());
  auto at = static_cast<std::size_t>(behind - 1 - lines_.begin());
  while (at != kNone && lines_[at].words.size() > shared) at = lines_[at].shorter;
  return at == kNone ? 0 : lines_[at].words.size();
}

}  // namespace boardwalk::store
