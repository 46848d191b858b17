#include "store/recent_rows.hpp"

#include <functional>

namespace boardwalk::store {

std::size_t RecentRows::place_of(Family family, std::string_view key) {
  return (std::hash<std::string_view>{}(key) + static_cast<std::size_t>(family)) % kPlaces;
}

const RecentRows::Value* RecentRows::find(Family family, std::string_view key) const {
  const Row& row = rows_[place_of(family, key)];
  return row.family == family && row.key == key ? &row.value : nullptr;
}

void RecentRows::note(Family family, std::string_view key, std::optional<std::string_view> value) {
  Row& row = rows_[place_of(family, key)];
  if (key.size() + value.value_or("").size() > kLongest) {
    if (row.family == family && row.key == key) row = {};
    return;
  }
  row.family = family;
  row.key = key;
  if (value)
    row.value.emplace(*value);
  else
    row.value.reset();
}

}  // namespace boardwalk::store
