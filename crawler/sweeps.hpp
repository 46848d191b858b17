// The rounds in which a job looks at its listings again, each once a round. A run that follows one that came
// to its end begins a new one; a run that was cut short is gone on with. Hosts that a run left at a limit or
// outside hours of theirs, with pages that may be fetched at any time, go on with their own round while the
// others begin the next.
//
//   kRuns   run number (8 bytes, big-endian), "/left"   → (such hosts, the sweep of each), as they were when
//                                                         the run began or, once it came to its end, then
//                                                         (of a job's last run alone)
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/report.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

using SweepsByHost = std::map<std::string, std::int64_t>;

struct Sweeps {
  Sweeps(std::int64_t of_run = 1) : run(of_run) {}  // NOLINT(google-explicit-constructor): of all hosts
  [[nodiscard]] std::int64_t of(const std::string& site) const;

  std::int64_t run;
  SweepsByHost left;  // that are in an older one
};

// Whether a run that stopped so asked every host for all that this one gave.
[[nodiscard]] bool came_to_its_end(std::string_view stop);

// The sweep of a run that follows these, `last` being the last one of its job, whatever other jobs did since.
[[nodiscard]] std::int64_t next_sweep(const std::vector<RunReport>& runs, const RunReport* last);
[[nodiscard]] std::int64_t new_sweep(const std::vector<RunReport>& runs);
// The same with its hosts'. A run of an earlier version, which kept nothing of them, is gone on with at all
// hosts unless it came to `done`.
[[nodiscard]] Result<Sweeps> next_sweeps(const store::Database& database, const std::vector<RunReport>& runs,
                                         const RunReport* last);

void put_left(store::Batch& batch, int run, const SweepsByHost& left);
// Of a run that has been followed by another one of its job.
void erase_left(store::Batch& batch, int run);

}  // namespace boardwalk::crawler
