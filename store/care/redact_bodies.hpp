// The bytes that an archive holds, without what was taken down: blacked out where pages of others hold it,
// erased where a forgotten site alone served them. Visits of blacked out pages say `redacted`, those of
// forgotten sites go, and dictionaries are trained anew on pages that hold nothing black. Files that were taken
// down still stand (taken_files.hpp).
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "store/care/replay.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct RedactedBodies {
  std::set<std::string> pages;    // digests of those that were blacked out or erased
  std::int64_t dictionaries = 0;  // trained anew, or dropped
};

// Looks through all bodies by what `forgotten` tells. What was cut off before is finished by the next call.
// REQUIRES: open for writing.
[[nodiscard]] Result<RedactedBodies> redact_bodies(Database& database, const ReplayOptions& options);

}  // namespace boardwalk::store
