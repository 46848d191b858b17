#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "cli/command.hpp"
#include "cli/crawl_run.hpp"
#include "cli/jobs.hpp"
#include "cli/plan.hpp"
#include "cli/run_outputs.hpp"
#include "config/quantity.hpp"

namespace boardwalk::cli {
namespace {

struct CrawlLine {
  std::vector<std::string> targets;
  std::vector<std::string> sets;
  std::int64_t max_pages = -1;
  std::string max_time;
  std::string jobs, log, report;
  bool full = false;
  bool plan = false;
};

bool looks_like_url(const std::string& word) { return word.find("://") != std::string::npos; }

// --set and the short options over a job.
Result<void> set_by_line(config::Job& job, const CrawlLine& line) {
  for (const auto& assignment : line.sets)
    if (auto set = config::set_key(job, assignment); !set) return set;
  if (line.max_pages >= 0) job.limits.max_pages = line.max_pages;
  if (line.max_time.empty()) return {};
  const auto time = config::duration_from(line.max_time);
  if (!time)
    return fail(ErrorKind::kUsage,
                fmt::format("--max-time {}: not a duration; write 30s, 10m or 2h", line.max_time));
  job.limits.max_time = *time;
  return {};
}

// The job that the words of the line describe: a job file or bare URLs, then --set and the short options over
// it.
Result<config::Job> job_from(const CrawlLine& line) {
  config::Job job = config::default_job();
  if (line.targets.size() == 1 && !looks_like_url(line.targets.front())) {
    std::error_code unknown;  // why it cannot be told, reading it tells
    if (std::filesystem::is_directory(line.targets.front(), unknown))
      return fail(ErrorKind::kUsage,
                  fmt::format("{} is a directory; name a TOML job file or a URL", line.targets.front()));
    auto loaded = config::load_job(line.targets.front());
    if (!loaded) return fail(ErrorKind::kUsage, loaded.error().message);
    job = std::move(*loaded);
  } else {
    for (const auto& target : line.targets)
      if (!looks_like_url(target))
        return fail(
            ErrorKind::kUsage,
            fmt::format("\"{}\" is not a URL; give one job file, or URLs such as http://bbs.example.cn/",
                        target));
    job.seeds = line.targets;
  }
  const std::vector<std::string> named = job.seeds;
  if (auto set = set_by_line(job, line); !set) return tl::unexpected(set.error());
  if (looks_like_url(line.targets.front()) && job.seeds != named)
    return fail(ErrorKind::kUsage, "give URLs, or --set seeds with a job file, not both");
  return job;
}

int crawl(const CrawlLine& words, const Line& line) {
  RunFiles files;
  files.log = words.log;
  files.report = words.report;
  files.full = words.full;
  const auto archive_of = [&line](const config::Job& job) { return line.archive_of(job); };
  if (!words.jobs.empty()) {
    if (!words.targets.empty()) return report_usage("give --jobs, or a job file or URLs, not both");
    return run_due_jobs(
        words.jobs, [&words](config::Job& job) { return set_by_line(job, words); }, archive_of, files);
  }
  if (words.targets.empty())
    return report_usage("nothing to crawl: name a job file, URLs, or a directory of jobs with --jobs");
  const auto job = job_from(words);
  if (!job) return report_error(job.error());
  files.archive = archive_of(*job);
  std::vector<std::string> read = files_read(*job);
  if (const std::string& target = words.targets.front(); !looks_like_url(target)) {
    files.job_name = std::filesystem::path(target).stem();
    read.push_back(target);
  }
  if (const auto checked = check_outputs(files, read, {files.archive}); !checked)
    return report_error(checked.error());
  return words.plan ? show_plan(*job, files) : run_job(*job, files);
}

}  // namespace

void add_crawl(CLI::App& app, Line& line) {
  auto words = std::make_shared<CrawlLine>();
  auto* command = app.add_subcommand(
      "crawl", "crawl a job or URLs into the archive; goes on where an earlier run stopped");
  command->add_option("target", words->targets, "a job file (TOML), or one or more URLs");
  command->add_option("--jobs", words->jobs, "run every job file of this directory that is due");
  command->add_flag("--full", words->full, "fetch again every page that is known, whatever listings tell");
  command->add_flag("--plan", words->plan, "tell what would be fetched and why; fetches and writes nothing")
      ->excludes("--jobs");
  command->add_option("--log", words->log, "append a JSON line per URL to this file; SIGHUP opens it anew")
      ->check(not_empty());
  command->add_option("--report", words->report, "write what the run did to this file, as JSON")
      ->check(not_empty());
  command
      ->add_option("--set", words->sets,
                   "any job key, as section.key=value; see the annotated default job file")
      ->allow_extra_args(false);
  command->add_option("--max-pages", words->max_pages, "stop after this many pages (0: no limit)")
      ->check(not_negative());
  command->add_option("--max-time", words->max_time, "stop after this time, as 30s, 10m or 2h")
      ->check(not_empty());
  command->callback([words, &line] { line.chosen = [words, &line] { return crawl(*words, line); }; });
}

}  // namespace boardwalk::cli
