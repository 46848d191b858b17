// Whether a record passes a filter, by its key and its JSON alone. Whatever index found it, this is what
// decides.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/query.hpp"

namespace boardwalk::store {

// The letter of a kind in keys.
[[nodiscard]] char row_letter(RecordKind kind);

// A filter made ready for one kind of record. Valid as long as the filter.
class RecordMatch {
 public:
  RecordMatch(const Filter& filter, RecordKind kind);

  [[nodiscard]] bool passes(std::string_view key, std::string_view json) const;

 private:
  [[nodiscard]] bool key_passes(std::string_view key) const;
  [[nodiscard]] bool board_passes(std::string_view json) const;
  [[nodiscard]] bool time_passes(std::string_view json) const;
  [[nodiscard]] bool author_passes(std::string_view json) const;
  [[nodiscard]] bool fold_passes(std::string_view json) const;

  const Filter& filter_;
  RecordKind kind_;
  std::optional<std::string> fold_;
};

}  // namespace boardwalk::store
