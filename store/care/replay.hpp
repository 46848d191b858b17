// An archive's pages read again, as a crawl would read them today: without the network, in the order in which
// they were fetched.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"
#include "store/database.hpp"
#include "store/run_reading.hpp"

namespace boardwalk::store {

// How pages are read: what a crawl takes from its job.
struct ReplayOptions {
  const parsers::site::RuleSet* rules = nullptr;
  // Of runs that do not tell theirs (run_reading.hpp), and of all runs where that is said below.
  std::optional<int> zone;
  std::size_t min_chars = 16;
  // Threads that parse, each with a few pages at a time; 0: as many as usable_cores(), at most four, as more
  // outrun the one that writes.
  int workers = 0;
  // Fetches whose place in time is held in memory, some 300 bytes each. REQUIRES: at least one.
  std::size_t at_once = 500'000;
  bool is_zone_of_all = false, is_min_chars_of_all = false;
};

// How the pages of each run are read: what the runs tell, and what the options say beside and against it.
class ReadingOfRuns {
 public:
  [[nodiscard]] static Result<ReadingOfRuns> load(const Database& database, const ReplayOptions& options);
  [[nodiscard]] RunReading of(int run) const;

 private:
  ReadingOfRuns(const ReplayOptions& options, std::map<int, RunReading> told)
      : options_(options), told_(std::move(told)) {}

  const ReplayOptions& options_;
  std::map<int, RunReading> told_;
};

struct Replayed {
  std::int64_t pages = 0;
  std::set<int> runs;  // that fetched them
};

// Puts everything that the pages of `from` say into `into`, which may be the same archive's or another's and
// is open for writing. What is forgotten in `from` stays out. A page whose bytes are damaged ends it.
[[nodiscard]] Result<Replayed> replay(const Database& from, const ReplayOptions& options, Database& into);

}  // namespace boardwalk::store
