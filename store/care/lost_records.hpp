// Records that go because all are derived anew by another reading than the crawl's, though nobody asked for
// that: before, as far as they can be told from the rows; and behind it.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "store/care/reparse.hpp"
#include "store/care/replay.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// kUsage when records were read by a site file, and `reading` has none for their pages: it gives them no more.
[[nodiscard]] Result<void> check_site_files(const Database& database, const ReplayOptions& reading);

// How many runs fetched pages and do not tell how they read them (run_reading.hpp).
[[nodiscard]] Result<std::int64_t> untold_runs(const Database& database);

class LostRecords {
 public:
  void note(const RecordChange& change) {
    if (change.kind == RecordChange::Kind::kGone) gone_.insert(change.record_id);
  }
  // How many of them are gone: a post that has moved to another thread is not. REQUIRES: what was told has
  // been made so.
  [[nodiscard]] Result<std::int64_t> count(const Database& database) const;

 private:
  std::set<std::string> gone_;
};

}  // namespace boardwalk::store
