#include "store/xapian_state.hpp"

#include <xapian.h>

#include <charconv>

#include "store/text_grams.hpp"

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
          number_in<std::uint64_t>(index.get_metadata("changes")),
          number_in<std::int64_t>(index.get_metadata("outdated"))};
}

void set_state(Xapian::WritableDatabase& index, const TextIndexState& state) {
  index.set_metadata("layout", state.layout);
  index.set_metadata("id", state.id);
  index.set_metadata("updates", std::to_string(state.updates));
  index.set_metadata("changes", std::to_string(state.changes));
  index.set_metadata("outdated", std::to_string(state.outdated));
}

std::size_t fill(Xapian::Document& document, std::string_view record_key, std::string_view json) {
  const auto grams = grams_of_text(indexed_text(record_key.front(), json));
  for (const auto& gram : grams) document.add_boolean_term(gram);
  document.add_boolean_term(document_term(record_key));
  document.set_data(document_data(record_key, json));
  return grams.size() + 1;
}

std::optional<std::uint32_t> newest_document(const Xapian::Database& index,
                                             const std::string& document_term) {
  std::optional<std::uint32_t> newest;
  for (auto posting = index.postlist_begin(document_term); posting != index.postlist_end(document_term);
       ++posting)
    newest = *posting;
  return newest;
}

}  // namespace boardwalk::store
