// Bringing the full-text index up to date: documents of the records that are marked, or all of them anew. One
// process at a time, the one that writes the archive.
#pragma once

#include <cstdint>
#include <functional>

#include "store/database.hpp"

namespace boardwalk::store {

struct TextUpdate {
  bool anew = false;                                // also where what is there would do
  std::function<bool()> stop = {};                  // asked while there is more to do; true ends it in order
  std::function<void(std::int64_t)> progress = {};  // with how many records are done
};

struct TextUpdated {
  bool anew = false;  // there was none that fitted, or it was asked for
  bool whole = true;  // false: stopped; what is missing is still marked
  std::int64_t put = 0;
  std::int64_t removed = 0;  // of records that are gone
};

// kIo when the index cannot be written; it is then as it was, or will be found unfit. REQUIRES: not opened
// with kRead.
[[nodiscard]] Result<TextUpdated> update_text_index(Database& database, const TextUpdate& update = {});

// Whether the archive has one, fit or not.
[[nodiscard]] bool has_text_index(const Database& database);
// Without a trace of what stood in it, marks included: the next update makes it anew.
[[nodiscard]] Result<void> drop_text_index(Database& database);
// Where there is one, fit or not: rewrites it without the room that changes have left, or makes it anew where
// it would still hold what was superseded, or cannot be read.
[[nodiscard]] Result<void> compact_text_index(Database& database);

}  // namespace boardwalk::store
