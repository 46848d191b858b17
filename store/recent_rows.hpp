// The rows that a crawl asks for over and over, as they stand in the database: of some families those that
// were read or written last. Each has a place by its key's hash, and drives out what stood there. Not for
// threads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace boardwalk::store {

class RecentRows {
 public:
  using Value = std::optional<std::string>;  // nullopt: there is no such row

  static constexpr std::size_t kPlaces = 4096;
  static constexpr std::size_t kLongest = 1024;  // bytes of a key and its value that are kept

  RecentRows() : rows_(kPlaces) {}

  // Whether rows of this family are kept at all: pages that every page links, and `meta`.
  [[nodiscard]] static bool keeps(Family family) {
    return family == Family::kUrls || family == Family::kMeta;
  }

  // nullptr: the database has to be asked. Valid until the next call that changes anything. REQUIRES:
  // keeps(family), here and below.
  [[nodiscard]] const Value* find(Family family, std::string_view key) const;
  // That this is what the database holds now.
  void note(Family family, std::string_view key, std::optional<std::string_view> value);
  // The database may hold anything.
  void forget() { rows_.assign(kPlaces, {}); }

 private:
  struct Row {
    std::optional<Family> family;  // nullopt: none
    std::string key;
    Value value;
  };

  [[nodiscard]] static std::size_t place_of(Family family, std::string_view key);

  std::vector<Row> rows_;
};

}  // namespace boardwalk::store
