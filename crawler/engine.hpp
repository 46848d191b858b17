// The crawl: fill the free slots, wait for one answer, finish it, repeat. The one file pair that knows all
// parts: frontier, fetcher, parse workers, archive. Everything that a finished page changes goes into one
// batch (the crawl step).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "config/job.hpp"
#include "crawler/actions.hpp"
#include "crawler/disk_room.hpp"
#include "crawler/fetcher.hpp"
#include "crawler/log_line.hpp"
#include "crawler/report.hpp"
#include "parsers/site/rules.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

struct CrawlOptions {
  std::function<std::int64_t()> now;                  // UTC epoch ms
  const std::atomic<bool>* interrupted = nullptr;     // set from outside: finish what is in flight and stop
  std::function<void(const RunReport&)> on_progress;  // after each step, `queued` up to date, and a few times
                                                      // a second while nothing happens; may be empty
  const parsers::site::RuleSet* rules = nullptr;      // of the job's site files; must outlive the crawl
  std::function<void(const LogLine&)> on_step{};      // of each step that was committed; may be empty
  DiskRoom::FreeBytes free_bytes{};                   // of the archive's disk; empty: not watched
  std::string job_name{};                             // RunReport::job
  NetworkSeam network = {};                           // tests' own; see fetcher.hpp
  bool full = false;             // every page that is known and in scope is fetched again
  ActionBox::Tell on_trouble{};  // with what others ask of the crawl, which goes on; may be empty
};

// One run over `database`, which is open for writing. kUsage when the job's scope or cookie file does not
// check, kNotFound when that file cannot be read (nothing was fetched or written then); kIo, kDamaged when
// the archive fails: what was committed before stays.
[[nodiscard]] Result<RunReport> crawl(store::Database& database, const config::Job& job,
                                      const CrawlOptions& options);

}  // namespace boardwalk::crawler
