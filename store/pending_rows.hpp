// The rows that a batch has written and that are not committed: of each family in key order. Keys and values
// are copied one behind another into memory that goes as a whole: a value that was written over stays till
// then. Not for threads.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory_resource>
#include <optional>
#include <string_view>

#include "store/database.hpp"

namespace boardwalk::store {

class PendingRows {
 public:
  // nullopt: erased.
  using Value = std::optional<std::string_view>;
  // Views are valid until clear(), also those of a value that has been written over.
  using Rows = std::pmr::map<std::string_view, Value>;

  PendingRows();
  PendingRows(const PendingRows&) = delete;
  PendingRows& operator=(const PendingRows&) = delete;

  void write(Family family, std::string_view key, Value value);
  [[nodiscard]] const Rows& of(Family family) const { return rows_[static_cast<std::size_t>(family)]; }
  // Of all keys and values written since the last clear().
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  void clear();

 private:
  std::string_view kept(std::string_view bytes);

  std::pmr::monotonic_buffer_resource memory_;
  std::array<Rows, kFamilies> rows_;
  std::size_t bytes_ = 0;
};

}  // namespace boardwalk::store
