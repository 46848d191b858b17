#include "cli/job_replay.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/command.hpp"
#include "cli/site_rules.hpp"
#include "store/care/lost_records.hpp"

namespace boardwalk::cli {

void add_job_options(CLI::App& command, JobOptions& options) {
  command
      .add_option("--job", options.job,
                  "the job that the pages were crawled by: its archive, site files, time zone, min_chars and "
                  "parse_workers")
      ->check(not_empty());
  command.add_option("--set", options.sets, "any job key, as section.key=value")->allow_extra_args(false);
}

Result<std::unique_ptr<JobReplay>> replay_from(const JobOptions& options) {
  config::Job job = config::default_job();
  if (!options.job.empty()) {
    auto loaded = config::load_job(options.job);
    if (!loaded) return fail(ErrorKind::kUsage, loaded.error().message);
    job = std::move(*loaded);
  }
  for (const auto& assignment : options.sets)
    if (auto set = config::set_key(job, assignment); !set) return tl::unexpected(set.error());
  auto rules = load_rules(job.site.files);
  if (!rules) return tl::unexpected(rules.error());
  auto made = std::make_unique<JobReplay>(JobReplay{std::move(job), std::move(*rules), {}});
  made->options = {&made->rules, made->job.site.timezone_minutes,
                   static_cast<std::size_t>(made->job.duplicates.min_chars),
                   static_cast<int>(made->job.limits.parse_workers)};
  return made;
}

Result<std::unique_ptr<JobReplay>> replay_of_all_from(const JobOptions& options) {
  auto made = replay_from(options);
  if (!made) return made;
  const auto& named = (*made)->job.named;
  (*made)->options.is_zone_of_all = named.contains("site.timezone");
  (*made)->options.is_min_chars_of_all = named.contains("duplicates.min_chars");
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
