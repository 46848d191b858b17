// How a query is answered: which rows are walked to find the records that may pass, and what that will cost.
// The cheapest way is taken; every record found is still checked against the whole filter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/query.hpp"
#include "store/walk.hpp"

namespace boardwalk::store {

enum class Index {
  kRecords,   // the records themselves: by site, thread and id
  kByTime,    // site and time
  kByAuthor,  // author and time
};

struct Way {
  Index index = Index::kRecords;
  // Walked pass after pass; the ranges of one pass are merged into the query's order, those of kRecords stand
  // in it.
  std::vector<std::vector<KeyRange>> passes;
  Direction direction = Direction::kForwards;
  bool gathers = false;    // finds them all before the first, and sorts them
  std::uint64_t rows = 0;  // about how many are walked; 0 where there was no choice
  std::vector<std::string_view> used;  // options of the command line that it narrows by
};

// All that would do, the cheapest first.
[[nodiscard]] std::vector<Way> ways_of(const Database& database, const Query& query);
[[nodiscard]] Way choose_way(const Database& database, const Query& query);

// The way for a person, a line each: index, rows, order, what is checked afterwards, what else was considered.
[[nodiscard]] std::string explain(const Database& database, const Query& query);

}  // namespace boardwalk::store
