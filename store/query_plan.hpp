// How a query is answered: which rows are walked to find the records that may pass, and what that will cost.
// The cheapest way is taken; every record found is still checked against the whole filter. The full-text
// index is asked last, for no more than may make it the cheapest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/query.hpp"
#include "store/text_documents.hpp"
#include "store/walk.hpp"

namespace boardwalk::store {

enum class Index {
  kRecords,   // the records themselves: by site, thread and id
  kByTime,    // site and time
  kByAuthor,  // author and time
  kFullText,  // what texts are made of
};

struct Way {
  Index index = Index::kRecords;
  // Walked pass after pass; the ranges of one pass are merged into the query's order, those of kRecords stand
  // in it, those of kFullText are the marks of what it does not know yet.
  std::vector<std::vector<KeyRange>> passes;
  std::vector<Candidate> found;  // by the full-text index
  Direction direction = Direction::kForwards;
  bool gathers = false;                // finds them all before the first, and sorts them
  std::uint64_t rows = 0;              // about how many are walked; 0 where there was no choice
  std::vector<std::string_view> used;  // options of the command line that it narrows by
};

struct Plan {
  std::vector<Way> ways;        // that would do, the cheapest first
  std::string no_text;          // why the full-text index is not among them, though texts are asked about
  bool is_trouble = false;      // it would have been, were it whole and up to date
  std::optional<Error> unread;  // met among the rows by which ways are made and judged
};

// With `judges` the rows of a single way are counted as well.
[[nodiscard]] Plan plan_query(const Database& database, const Query& query, bool judges = false);

// The plan for a person, a line each: index, rows, order, what is checked afterwards, what else was
// considered. An error when rows that this is told by cannot be read; a full-text index that is damaged is a
// line like others, as a query does without it.
[[nodiscard]] Result<std::string> explain(const Database& database, const Query& query);

}  // namespace boardwalk::store
