// What a run did, as counted while it runs, kept as a row of kRuns in every step's batch, printed at its end.
//
//   kRuns   run number (8 bytes, big-endian)             → RunReport as JSON, without its scope
//           run number (8 bytes, big-endian), "/scope"   → the same with its scope alone, which is as long as
//                                                          the list of seeds: written once, as the run begins
//
// Earlier versions kept the scope in the run's row, where it is still read, and what a run did at one host
// under the run's number and the host.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"
#include "crawler/host_report.hpp"
#include "parsers/outcome.hpp"
#include "store/database.hpp"
#include "store/records.hpp"

namespace boardwalk::crawler {

struct FailedPage {
  std::string url;
  parsers::Outcome outcome = parsers::Outcome::kNetworkError;
  std::string detail;
};

// A host whose session, which the job gave cookies for, was seen to be over, and the first page that showed
// it.
struct LoggedOut {
  std::string site;
  std::string url;
};

struct RunReport {
  int run = 0;
  std::int64_t sweep = 1;
  std::int64_t process = 0;     // pid
  std::int64_t started_at = 0;  // UTC epoch ms
  std::optional<std::int64_t> ended_at;
  std::string stop;  // one of kStopReasons; empty while it runs, or when it was killed or the archive could
                     // not be written
  std::string job;   // the job file's name without its ending; empty when there was none
  std::vector<std::string> scope;  // the job's seeds and scope, as `section.key=value`
  std::string full_behind;         // queueing all known pages anew ended behind this page key; empty: it does
                                   // not go on. Of the run's row alone
  std::string paused;              // why no page is taken just now; empty when pages are
  std::int64_t fetches = 0;        // requests answered or failed, robots.txt included; none is made of a page
                                   // that it forbids
  std::int64_t pages = 0;          // the same without robots.txt: what limits.max_pages counts
  std::int64_t bytes = 0;
  // By parsers::Outcome; a page that was retried counts each time.
  std::array<std::int64_t, parsers::kOutcomes> outcomes{};
  std::int64_t failed = 0;           // pages whose last try in this run failed: what makes the exit code 1
  store::PutCounts records;          // sums
  std::int64_t gone_posts = 0;       // that their pages no longer show
  std::int64_t queued = 0;           // left when the run ended
  std::vector<FailedPage> failures;  // kFailuresKept of `failed`, by their keys
  std::vector<LoggedOut> logged_out;
  std::int64_t incomplete = 0;                  // threads that it met and of which pages are still missing
  std::vector<std::string> incomplete_threads;  // their ids, the first kFailuresKept
  HostReports hosts;                            // not kept in the archive

  std::map<std::string, std::int64_t> kept_out;      // links by what kept them out (scope.hpp)
  std::map<std::string, std::string> hosts_stopped;  // that reached a limit of theirs; kHostsKept of them

  static constexpr std::size_t kFailuresKept = 20;
  static constexpr std::size_t kHostsKept = 20;
  [[nodiscard]] std::int64_t count(parsers::Outcome outcome) const {
    return outcomes[static_cast<std::size_t>(outcome)];
  }
};

// Why a run ends. The last is none of the archive's: error_json() alone says it.
inline constexpr std::string_view kStopReasons[] = {
    "done",       "max_pages",     "max_bytes",  "max_errors", "max_time",    "interrupted", "disk_full",
    "logged_out", "outside_hours", "host_pages", "host_bytes", "host_errors", "host_time",   "error"};

// What `status --json` tells of a run.
[[nodiscard]] std::string to_json(const RunReport& report);
// The same with what it did at each host: what `crawl --report FILE` writes.
[[nodiscard]] std::string full_json(const RunReport& report);
// The report of a run that could not begin, or that an error ended: what it counted is not known. `report` tells
// its process, job and times.
[[nodiscard]] std::string error_json(const RunReport& report, std::string_view error);
[[nodiscard]] Result<RunReport> report_from_json(std::string_view json);

// The first row of a run, and its scope.
void begin_run(store::Batch& batch, const RunReport& report);
// The row as it has become since.
void put_run(store::Batch& batch, const RunReport& report);
// All runs, oldest first.
[[nodiscard]] Result<std::vector<RunReport>> runs(const store::Database& database);

// The last of these that was a run of that job: it has its name or, where one of them has none, its scope.
// nullptr when there is none; else good as long as `runs`.
[[nodiscard]] const RunReport* last_run_of(const std::vector<RunReport>& runs, const std::string& job,
                                           const std::vector<std::string>& scope);
// The number of the run that follows these, and of the one that asks now, which a killed one is taken for.
[[nodiscard]] int next_run(const std::vector<RunReport>& runs);
[[nodiscard]] int asking_run(const std::vector<RunReport>& runs);

// Adds one step's counts.
void add(store::PutCounts& sum, const store::PutCounts& step);

}  // namespace boardwalk::crawler
