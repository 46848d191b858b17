// Archives of older layouts, brought to kLayout. Every step can be done again: an opening that was cut off
// in the middle of it starts it anew, as the LAYOUT is written last.
#pragma once

#include "store/database.hpp"

namespace boardwalk::store {

// REQUIRES: opened for writing, with all families there; 1 <= layout < kLayout.
[[nodiscard]] Result<void> migrate(Database& database, int layout);

}  // namespace boardwalk::store
