// Several archives become one: the pages that were fetched into any of them, each visit once, and what they
// say. Records are derived from the pages anew, by today's parsers, so that the result follows from the union
// of the pages alone: whatever is merged in whatever order, and again, gives the same records.
//
// What comes along: pages, files that records name (of two states of one file that which was fetched last),
// what was taken down, and how each run read (run_reading.hpp). What does not: cookies, which are another
// crawl's sessions, and frontiers, which are another job's plans: the next crawl asks for the pages of the
// other archives as for new ones, as far as its scope wants them.
#pragma once

#include <cstdint>
#include <functional>

#include "store/care/reparse.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct Merged {
  std::int64_t visits = 0;  // that `into` did not have
  std::int64_t bodies = 0;
  std::int64_t lost = 0;  // visits that were left out, as the bytes that came with them are missing
  std::int64_t files = 0;
  std::int64_t forgotten = 0;  // taken down in `from`, and now here
};

// Copies pages, files and what was taken down. A run's number means something in its own archive alone: each
// run of the other archive becomes a number below zero here, unless visits of it are here already, whose
// number the others then get. To be followed, after the last of them, by settle_merge: until then a mark says
// that the archive is not whole (unsettled.hpp).
[[nodiscard]] Result<Merged> merge_pages(Database& into, const Database& from);

// Blacks out what is forgotten in any of them, and derives the records; tells each that differs from what was
// held, as reparse does. REQUIRES: open for writing.
[[nodiscard]] Result<Reparsed> settle_merge(
    Database& into, const ReplayOptions& reading,
    const std::function<void(const RecordChange&)>& tell = [](const RecordChange&) {});

}  // namespace boardwalk::store
