// How the pages of an archive are read again: the options by which reparse, merge and forget learn what a
// crawl takes from its job.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "config/error.hpp"
#include "parsers/site/rules.hpp"
#include "store/care/replay.hpp"

namespace boardwalk::cli {

struct JobOptions {
  std::string job;
  std::vector<std::string> sets;
};
void add_job_options(CLI::App& command, JobOptions& options);

// `options` refers to `rules`.
struct JobReplay {
  parsers::site::RuleSet rules;
  store::ReplayOptions options;
};
// kUsage when job or site files do not check.
[[nodiscard]] Result<std::unique_ptr<JobReplay>> replay_from(const JobOptions& options);

}  // namespace boardwalk::cli
