// The bytes that an archive holds, without what was taken down: blacked out where pages of others hold it,
// erased where a forgotten site alone served them. Visits of blacked out pages say `redacted`, those of
// forgotten sites go, dictionaries are trained anew on pages that hold nothing black, and files that were
// taken down go with their visits.
#pragma once

#include <cstdint>

#include "store/care/replay.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct RedactedBodies {
  std::int64_t pages = 0;         // blacked out or erased
  std::int64_t dictionaries = 0;  // trained anew, or dropped
  std::int64_t files = 0;
};

// Looks through all bodies by what `forgotten` tells. What was cut off before is finished by the next call.
// REQUIRES: open for writing.
[[nodiscard]] Result<RedactedBodies> redact_bodies(Database& database, const ReplayOptions& reading);

}  // namespace boardwalk::store
