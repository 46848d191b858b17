#include "cli/job_replay.hpp"

#include <utility>

#include "cli/command.hpp"
#include "cli/site_rules.hpp"
#include "config/job.hpp"

namespace boardwalk::cli {

void add_job_options(CLI::App& command, JobOptions& options) {
  command
      .add_option(
          "--job", options.job,
          "the job that the pages were crawled by: its site files, time zone, min_chars and parse_workers")
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
  auto made = std::make_unique<JobReplay>(JobReplay{std::move(*rules), {}});
  made->options = {&made->rules, job.site.timezone_minutes,
                   static_cast<std::size_t>(job.duplicates.min_chars),
                   static_cast<int>(job.limits.parse_workers)};
  return made;
}

}  // namespace boardwalk::cli
