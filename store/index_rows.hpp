// The rows of `by_time` and `by_author` that belong to a record. They follow from its key and its JSON alone,
// so that whoever writes a record keeps them true, and whoever doubts them can derive them again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace boardwalk::store {

struct IndexRow {
  Family family;
  std::string key;
  std::string value;
  friend bool operator==(const IndexRow&, const IndexRow&) = default;
};

// `key` is the record's in `records`. Boards have none.
[[nodiscard]] std::vector<IndexRow> index_rows(std::string_view key, std::string_view json);

// When a record was published, by its JSON; kNoTime when it does not tell. `kind` as in keys.
[[nodiscard]] std::int64_t published_at(char kind, std::string_view json);

// Puts the rows of a record as it is now in the place of those that it had; a record that is new had none,
// one that goes has none: both views of it are empty then.
void reindex(Batch& batch, std::string_view key_before, std::string_view json_before, std::string_view key,
             std::string_view json);

}  // namespace boardwalk::store
