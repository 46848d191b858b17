// What stands in a Xapian database's metadata (text_documents.hpp). For sources that know Xapian.
#pragma once

#include "store/text_documents.hpp"

namespace Xapian {
class Database;
class WritableDatabase;
}  // namespace Xapian

namespace boardwalk::store {

// Throws Xapian::Error.
[[nodiscard]] TextIndexState state_of(const Xapian::Database& index);
void set_state(Xapian::WritableDatabase& index, const TextIndexState& state);

}  // namespace boardwalk::store
