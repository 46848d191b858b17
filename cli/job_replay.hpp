// How the pages of an archive are read again: the options by which reparse, merge and forget learn what a
// crawl takes from its job.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "config/error.hpp"
#include "config/job.hpp"
#include "parsers/site/rules.hpp"
#include "store/care/replay.hpp"
#include "store/database.hpp"

namespace boardwalk::cli {

struct JobOptions {
  std::string job;
  std::vector<std::string> sets;
};
void add_job_options(CLI::App& command, JobOptions& options);

// `options` refers to `rules`.
struct JobReplay {
  config::Job job;
  parsers::site::RuleSet rules;
  store::ReplayOptions options;
};
// Time zone and min_chars are of runs that do not tell theirs. kUsage when job or site files do not check.
[[nodiscard]] Result<std::unique_ptr<JobReplay>> replay_from(const JobOptions& options);
// The same, but what the job file or --set names of these two is of all runs.
[[nodiscard]] Result<std::unique_ptr<JobReplay>> replay_of_all_from(const JobOptions& options);

// Says on standard error, where the options name nothing, how many runs of the archive do not tell theirs.
[[nodiscard]] Result<void> tell_untold_runs(const store::Database& database, const JobOptions& options);

}  // namespace boardwalk::cli
