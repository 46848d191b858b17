// Whether an archive is whole: every checksum of its files, every body against its digest, every row against
// its grammar, every reference, every count against what it counts, the full-text index against the records;
// and whether a merge or forget has not come to its end (unsettled.hpp). Reads only; also beside a crawl,
// over the state of the moment of opening.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "store/care/digest_set.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// One thing that is wrong, in words for a person.
struct Finding {
  std::string what;     // which file or row, and how it fails
  std::string affects;  // what cannot be relied on because of it
};

struct Verified {
  std::int64_t tables = 0;
  std::int64_t bodies = 0;
  std::int64_t visits = 0;
  std::int64_t records = 0;
  std::int64_t findings = 0;
};

// Calls `tell` for each finding, from this thread; a second one reads beside it. Whether records, threads and
// indexes fit each other is added up first (sums.hpp), and looked at row by row where it does not. An error
// only when the archive cannot be read at all.
[[nodiscard]] Result<Verified> verify(const Database& database,
                                      const std::function<void(const Finding&)>& tell);

// Its parts; each counts what it looked at. The last three go row by row. `bodies` is given the pages whose
// bytes are there, sorted, as far as that family can be read; 8 bytes each.
using Tell = std::function<void(const Finding&)>;
[[nodiscard]] Result<void> verify_tables(const Database& database, Verified& verified, const Tell& tell);
[[nodiscard]] Result<void> verify_pages(const Database& database, Verified& verified, DigestSet& bodies,
                                        const Tell& tell);
[[nodiscard]] Result<void> verify_text(const Database& database, const Tell& tell);
[[nodiscard]] Result<void> verify_records(const Database& database, const Tell& tell);
[[nodiscard]] Result<void> verify_threads(const Database& database, const Tell& tell);
[[nodiscard]] Result<void> verify_likeness(const Database& database, const Tell& tell);

}  // namespace boardwalk::store
