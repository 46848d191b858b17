// What changed between two versions of a text, word by word: Latin words are words, each Chinese character is
// one (its words have no spaces between them), white space and punctuation stand for themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::cli {

enum class Change { kKept, kRemoved, kAdded };

struct Piece {
  Change change;
  std::string text;
  friend bool operator==(const Piece&, const Piece&) = default;
};

// The fewest removed and added words that lead from `before` to `after` (Myers 1986), neighbours of one kind
// joined, what was removed before what was added. Texts that differ too much to be compared word by word are
// removed and added whole.
[[nodiscard]] std::vector<Piece> word_diff(std::string_view before, std::string_view after);

}  // namespace boardwalk::cli
