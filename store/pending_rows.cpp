#include "store/pending_rows.hpp"

#include <utility>

namespace boardwalk::store {
namespace {

constexpr std::size_t kFirstBlock = 16 * 1024;  // bytes; each further one is larger

template <std::size_t... family>
std::array<PendingRows::Rows, kFamilies> rows_in(std::pmr::memory_resource& memory,
                                                 std::index_sequence<family...>) {
  return {(static_cast<void>(family), PendingRows::Rows(&memory))...};
}

}  // namespace

PendingRows::PendingRows()
    : memory_(kFirstBlock), rows_(rows_in(memory_, std::make_index_sequence<kFamilies>())) {}

void PendingRows::write(Family family, std::string_view key, Value value) {
  bytes_ += key.size() + (value ? value->size() : 0);
  if (value) value = kept(*value);
  Rows& rows = rows_[static_cast<std::size_t>(family)];
  const auto at = rows.lower_bound(key);
  if (at != rows.end() && at->first == key)
    at->second = value;
  else
    rows.emplace_hint(at, kept(key), value);
}

void PendingRows::clear() {
  for (Rows& rows : rows_) rows.clear();
  memory_.release();
  bytes_ = 0;
}

std::string_view PendingRows::kept(std::string_view bytes) {
  char* const at = static_cast<char*>(memory_.allocate(bytes.size(), 1));
  bytes.copy(at, bytes.size());
  return {at, bytes.size()};
}

}  // namespace boardwalk::store
