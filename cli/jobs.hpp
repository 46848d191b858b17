// `crawl --jobs DIR`: every job file of a directory that is due, one after the other.
#pragma once

#include <functional>
#include <string>

#include "cli/crawl_run.hpp"
#include "config/error.hpp"
#include "config/job.hpp"

namespace boardwalk::cli {

// Runs the `*.toml` files of `directory` in the order of their names, each when its `schedule.every` is over
// since its last run began, as its archive tells. `prepare` lays the command line's options over a job;
// `archive_of` says where its archive is. A job that cannot be run is reported and the next one is tried; an
// interrupted one ends it. Gives the exit code: 130 when interrupted, else the largest of the jobs' own; 0
// when nothing was due.
[[nodiscard]] int run_due_jobs(const std::string& directory,
                               const std::function<Result<void>(config::Job&)>& prepare,
                               const std::function<std::string(const config::Job&)>& archive_of,
                               const RunFiles& files);

}  // namespace boardwalk::cli
