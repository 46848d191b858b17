// What stands in a Xapian database (text_documents.hpp): its metadata and documents. For sources that know
// Xapian.
#pragma once

#include "store/text_documents.hpp"

namespace Xapian {
class Database;
class Document;
class WritableDatabase;
}  // namespace Xapian

namespace boardwalk::store {

// Throws Xapian::Error.
[[nodiscard]] TextIndexState state_of(const Xapian::Database& index);
void set_state(Xapian::WritableDatabase& index, const TextIndexState& state);

// Makes an empty document that of a record; how many terms it has.
std::size_t fill(Xapian::Document& document, std::string_view record_key, std::string_view json);

// The newest document of a record; nullopt where there is none. One without data says that the record is
// gone.
[[nodiscard]] std::optional<std::uint32_t> newest_document(const Xapian::Database& index,
                                                           const std::string& document_term);

}  // namespace boardwalk::store
