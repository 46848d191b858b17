// An archive's pages read again, as a crawl would read them today: without the network, in the order in which
// they were fetched.
#pragma once

#include <cstddef>
#include <optional>

#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// How pages are read: what a crawl takes from its job.
struct ReplayOptions {
  const parsers::site::RuleSet* rules = nullptr;
  std::optional<int> zone;
  std::size_t min_chars = 16;
  // Threads that parse, each with a few pages at a time; 0: as many as usable_cores(), at most four, as more
  // outrun the one that writes.
  int workers = 0;
  // Fetches whose place in time is held in memory, some 300 bytes each. REQUIRES: at least one.
  std::size_t at_once = 500'000;
};

// Puts everything that the pages of `from` say into `into`, which may be the same archive's or another's and
// is open for writing. What is forgotten in `from` stays out. How many pages were read. A page whose bytes
// are damaged ends it.
[[nodiscard]] Result<std::int64_t> replay(const Database& from, const ReplayOptions& options, Database& into);

}  // namespace boardwalk::store
