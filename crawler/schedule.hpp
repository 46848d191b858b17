// When a job of `crawl --jobs` is to run again: a pure function of its runs so far.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/job.hpp"
#include "crawler/report.hpp"

namespace boardwalk::crawler {

// Epoch ms; 0 when it never ran, or when its last run was cut short (killed, interrupted, no room on the
// disk) and is to be gone on with, or when it was started by a clock that was ahead of `now`. Counted from
// the start of the last run, so that a job that takes an hour does not move through the day; a quarter of
// schedule.every early, ten minutes at most, as looks for what is due come no two at the same distance. What a
// run left because of fetch.hours is gone on with as soon as hours open that were closed when it ended. `runs`
// are those of its archive, oldest first; those of jobs with another `name` are passed over.
[[nodiscard]] std::int64_t next_start(const std::vector<RunReport>& runs, const std::string& name,
                                      const config::Job& job, std::int64_t now);

}  // namespace boardwalk::crawler
