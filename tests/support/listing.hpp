// What the index and the board pages share: a board's row, its totals, a poster's name.
#pragma once

#include <string>

#include "tests/support/markup.hpp"

namespace boardwalk::sample {

// As the index prints them; posts include those that guests cannot open, as Discuz counts them.
struct Totals {
  int threads = 0;
  int posts = 0;
  int today = 0;                 // posted on the model's last day
  const Thread* last = nullptr;  // with the newest post; nullptr: empty
};

[[nodiscard]] Totals totals_of(const Model& model, const Board& board);

// A `tr` of `table.fl_tb`.
[[nodiscard]] std::string board_row(const PageContext& page, const Board& board);

// Linked by name, as lists do; "匿名" without a link.
[[nodiscard]] std::string poster(const PageContext& page, const Author& author);

}  // namespace boardwalk::sample
