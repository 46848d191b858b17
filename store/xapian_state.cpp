#include "store/xapian_state.hpp"

#include <xapian.h>

#include <charconv>

namespace boardwalk::store {
namespace {

template <typename Number>
Number number_in(const std::string& text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

TextIndexState state_of(const Xapian::Database& index) {
  return {index.get_metadata("layout"), index.get_metadata("id"),
          number_in<std::int64_t>(index.get_metadata("updates")),
          number_in<std::uint64_t>(index.get_metadata("changes"))};
}

void set_state(Xapian::WritableDatabase& index, const TextIndexState& state) {
  index.set_metadata("layout", state.layout);
  index.set_metadata("id", state.id);
  index.set_metadata("updates", std::to_string(state.updates));
  index.set_metadata("changes", std::to_string(state.changes));
}

}  // namespace boardwalk::store
