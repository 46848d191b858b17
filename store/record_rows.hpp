// Rows of the family `records`: found by record id, read and written whole. Versions and clusters hang on
// their flags.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace boardwalk::store {

struct RecordRow {
  char flags = 0;  // kInCluster, kHasVersions, kHasNear
  std::string json;

  [[nodiscard]] bool has(char flag) const { return (flags & flag) != 0; }
};

// Takes a value apart; the view of the JSON points into it.
struct RecordValue {
  char flags = 0;
  std::string_view json;
};
[[nodiscard]] Result<RecordValue> parse_record_value(std::string_view value);

[[nodiscard]] Result<std::optional<RecordRow>> read_record(const Batch& batch, std::string_view key);
void write_record(Batch& batch, std::string_view key, const RecordRow& row);

// The key in `records` under which a record of that id stands, or would stand; nullopt for an unknown post.
[[nodiscard]] Result<std::optional<std::string>> find_key(const Batch& batch, const std::string& record_id);
[[nodiscard]] Result<std::optional<std::string>> find_key(const Database& database,
                                                          const std::string& record_id);

// Sets or clears one flag of a record that is held.
[[nodiscard]] Result<void> mark_record(Batch& batch, const std::string& record_id, char flag, bool on);

}  // namespace boardwalk::store
