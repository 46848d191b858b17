#include "cli/word_diff.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "parsers/utf8.hpp"

namespace boardwalk::cli {
namespace {

constexpr int kMostEdits = 2000;  // words removed or added; the trace takes the square of it

using Words = std::vector<std::string_view>;

bool in_word(char32_t c) {
  if (c == parsers::kMalformed) return false;
  const auto u = static_cast<UChar32>(c);
  return u_isalnum(u) != 0 && u_hasBinaryProperty(u, UCHAR_IDEOGRAPHIC) == 0;
}

Words words_of(std::string_view text) {
  Words words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    if (in_word(parsers::next_code_point(text, at)))
      for (std::size_t next = at; next < text.size() && in_word(parsers::next_code_point(text, next));)
        at = next;
    words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

// Myers' greedy search: how far each diagonal is reached with so many edits. Empty when there are too many.
class Search {
 public:
  Search(const Words& before, const Words& after)
      : before_(before),
        after_(after),
        n_(static_cast<int>(before.size())),
        m_(static_cast<int>(after.size())) {}

  // False when more edits than kMostEdits are needed.
  bool run() {
    const int most = std::min(n_ + m_, kMostEdits);
    std::vector<int> reach(2 * static_cast<std::size_t>(most) + 3, 0);
    middle_ = most + 1;
    for (int edits = 0; edits <= most; ++edits) {
      trace_.push_back(reach);
      for (int k = -edits; k <= edits; k += 2)
        if (follow(reach, k, edits)) return true;
    }
    return false;
  }

  // From the end back to the beginning.
  [[nodiscard]] std::vector<Piece> path() const {
    std::vector<Piece> pieces;
    int x = n_;
    int y = m_;
    for (int edits = static_cast<int>(trace_.size()) - 1; edits >= 0; --edits) {
      const auto& reach = trace_[static_cast<std::size_t>(edits)];
      const int k = x - y;
      const bool down = k == -edits || (k != edits && at(reach, k - 1) < at(reach, k + 1));
      const int from = edits == 0 ? 0 : (down ? at(reach, k + 1) : at(reach, k - 1));
      const int from_y = edits == 0 ? 0 : from - (down ? k + 1 : k - 1);
      while (x > from && y > from_y)
        pieces.push_back(piece(Change::kKept, before_[static_cast<std::size_t>(--x)])), --y;
      if (edits == 0) break;
      if (down)
        pieces.push_back(piece(Change::kAdded, after_[static_cast<std::size_t>(--y)]));
      else
        pieces.push_back(piece(Change::kRemoved, before_[static_cast<std::size_t>(--x)]));
    }
    std::reverse(pieces.begin(), pieces.end());
    return pieces;
  }

 private:
  static Piece piece(Change change, std::string_view text) { return {change, std::string(text)}; }

  [[nodiscard]] int at(const std::vector<int>& reach, int k) const {
    return reach[static_cast<std::size_t>(middle_ + k)];
  }

  bool follow(std::vector<int>& reach, int k, int edits) const {
    const bool down = k == -edits || (k != edits && at(reach, k - 1) < at(reach, k + 1));
    int x = down ? at(reach, k + 1) : at(reach, k - 1) + 1;
    int y = x - k;
    while (x < n_ && y < m_ && before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(y)])
      ++x, ++y;
    reach[static_cast<std::size_t>(middle_ + k)] = x;
    return x >= n_ && y >= m_;
  }

  const Words& before_;
  const Words& after_;
  int n_;
  int m_;
  int middle_ = 0;
  std::vector<std::vector<int>> trace_;
};

// Between two kept pieces, all that was removed stands before all that was added.
std::vector<Piece> joined(const std::vector<Piece>& pieces) {
  std::vector<Piece> all;
  std::string removed, added;
  const auto flush = [&] {
    if (!removed.empty()) all.push_back({Change::kRemoved, std::exchange(removed, {})});
    if (!added.empty()) all.push_back({Change::kAdded, std::exchange(added, {})});
  };
  for (const auto& piece : pieces) {
    if (piece.change == Change::kRemoved) removed += piece.text;
    if (piece.change == Change::kAdded) added += piece.text;
    if (piece.change != Change::kKept) continue;
    flush();
    if (!all.empty() && all.back().change == Change::kKept)
      all.back().text += piece.text;
    else
      all.push_back(piece);
  }
  flush();
  return all;
}

}  // namespace

std::vector<Piece> word_diff(std::string_view before, std::string_view after) {
  const Words old_words = words_of(before);
  const Words new_words = words_of(after);
  Search search(old_words, new_words);
  if (search.run()) return joined(search.path());
  return {{Change::kRemoved, std::string(before)}, {Change::kAdded, std::string(after)}};
}

}  // namespace boardwalk::cli
