// Searching a text for many lines at once: what one place costs grows with the logarithm of their number, so that
// a page of a hundred thousand lines is searched for all of them in one pass.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::store {

class LineSearch {
 public:
  // REQUIRES: no line is shorter than two bytes.
  explicit LineSearch(const std::set<std::string>& lines);

  // The length of the longest line that `text` begins with; 0 when it begins with none.
  [[nodiscard]] std::size_t longest_at_start_of(std::string_view text) const;
  [[nodiscard]] bool empty() const { return lines_.empty(); }

 private:
  struct Line {
    std::string words;
    std::size_t shorter;  // of those that it begins with, the place of the longest; kNone
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::vector<Line> lines_;        // ascending
  std::vector<bool> first_pairs_;  // by the first two bytes of a line
};

}  // namespace boardwalk::store
