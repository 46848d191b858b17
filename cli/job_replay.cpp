#include "cli/job_replay.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "cli/command.hpp"
#include "cli/site_rules.hpp"
#include "store/care/lost_records.hpp"

namespace boardwalk::cli {
namespace {

// `job` overlaid with what the options name.
Result<config::Job> overlaid(config::Job job, const JobOptions& options) {
  if (!options.job.empty()) {
    auto loaded = config::load_job(options.job, std::move(job));
    if (!loaded) return fail(ErrorKind::kUsage, loaded.error().message);
    job = std::move(*loaded);
  }
  for (const auto& assignment : options.sets)
    if (auto set = config::set_key(job, assignment); !set) return tl::unexpected(set.error());
  return job;
}

Result<std::unique_ptr<JobReplay>> replay_of(config::Job job) {
  auto rules = load_rules(job.site.files);
  if (!rules) return tl::unexpected(rules.error());
  auto made = std::make_unique<JobReplay>(JobReplay{std::move(job), std::move(*rules), {}});
  made->options = {&made->rules, made->job.site.timezone_minutes,
                   static_cast<std::size_t>(made->job.duplicates.min_chars),
                   static_cast<int>(made->job.limits.parse_workers)};
  return made;
}

}  // namespace

void add_job_options(CLI::App& command, JobOptions& options) {
  command
      .add_option("--job", options.job,
                  "the job that the pages were crawled by: its archive, site files, time zone, min_chars and "
                  "parse_workers")
      ->check(not_empty());
  command.add_option("--set", options.sets, "any job key, as section.key=value")->allow_extra_args(false);
}

Result<std::unique_ptr<JobReplay>> replay_from(const JobOptions& options) {
  auto job = overlaid(config::default_job(), options);
  if (!job) return tl::unexpected(job.error());
  return replay_of(std::move(*job));
}

Result<std::unique_ptr<JobReplay>> replay_of_all_from(const JobOptions& options) {
  // What no job says is still there where the options do not name the key. A job may be a pipe, which is read
  // once.
  config::Job unnamed = config::default_job();
  unnamed.site.timezone_minutes = std::numeric_limits<int>::max();
  unnamed.duplicates.min_chars = -1;
  auto job = overlaid(unnamed, options);
  if (!job) return tl::unexpected(job.error());
  const bool zone = job->site.timezone_minutes != unnamed.site.timezone_minutes;
  const bool min_chars = job->duplicates.min_chars != unnamed.duplicates.min_chars;
  if (!zone) job->site.timezone_minutes = config::default_job().site.timezone_minutes;
  if (!min_chars) job->duplicates.min_chars = config::default_job().duplicates.min_chars;
  auto made = replay_of(std::move(*job));
  if (!made) return made;
  (*made)->options.is_zone_of_all = zone;
  (*made)->options.is_min_chars_of_all = min_chars;
  return made;
}

Result<void> tell_untold_runs(const store::Database& database, const JobOptions& options) {
  if (!options.job.empty() || !options.sets.empty()) return {};
  const auto runs = store::untold_runs(database);
  if (!runs) return tl::unexpected(runs.error());
  if (*runs > 0)
    tell(fmt::format(
        "boardwalk: {} runs of {} are of an earlier version, which did not keep site.timezone and "
        "duplicates.min_chars: their pages are read by the defaults; where the crawl's job says otherwise, "
        "boardwalk reparse with --job brings back what it said\n",
        *runs, database.directory().string()));
  return {};
}

}  // namespace boardwalk::cli
