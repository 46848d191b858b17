#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "cli/site_rules.hpp"
#include "config/quantity.hpp"
#include "crawler/engine.hpp"
#include "crawler/scope.hpp"
#include "parsers/url.hpp"

namespace boardwalk::cli {
namespace {

struct CrawlLine {
  std::vector<std::string> targets;
  std::vector<std::string> sets;
  std::int64_t max_pages = -1;
  std::string max_time;
};

std::atomic<bool> interrupted{false};

// The first signal ends the run in order, the second at once: every step that is committed stays.
extern "C" void on_interrupt(int) {
  if (interrupted.exchange(true)) std::_Exit(kInterrupted);
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool looks_like_url(const std::string& word) { return word.find("://") != std::string::npos; }

// The job that the words of the line describe: a job file or bare URLs, then --set and the short options over
// it.
Result<config::Job> job_from(const CrawlLine& line) {
  config::Job job = config::default_job();
  if (line.targets.size() == 1 && !looks_like_url(line.targets.front())) {
    if (std::filesystem::is_directory(line.targets.front()))
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
  for (const auto& assignment : line.sets)
    if (auto set = config::set_key(job, assignment); !set) return tl::unexpected(set.error());
  if (line.max_pages >= 0) job.limits.max_pages = line.max_pages;
  if (!line.max_time.empty()) {
    const auto time = config::duration_from(line.max_time);
    if (!time)
      return fail(ErrorKind::kUsage,
                  fmt::format("--max-time {}: not a duration; write 30s, 10m or 2h", line.max_time));
    job.limits.max_time = *time;
  }
  return job;
}

int exit_of(const crawler::RunReport& report) {
  if (report.stop == "interrupted") return kInterrupted;
  return report.failed > 0 ? kPagesFailed : kDone;
}

int crawl(const CrawlLine& words, const Line& line) {
  const auto job = job_from(words);
  if (!job) return report_error(job.error());
  if (const auto scope = crawler::Scope::make(*job); !scope) return report_error(scope.error());
  const auto rules = load_rules(job->site.files);
  if (!rules) return report_error(rules.error());
  const std::string path = line.archive_or(job->archive.path);
  auto database = store::Database::open(path, store::Database::Access::kWrite, job->archive.sync);
  if (!database) return report_error(database.error());
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  Progress progress;
  crawler::CrawlOptions options{
      now_ms, &interrupted,
      [&progress](const crawler::RunReport& report) { progress.show(report, now_ms()); }, &*rules};
  const auto report = crawler::crawl(**database, *job, options);
  progress.end();
  // RocksDB asserts while it closes files that a full disk did not take: what is committed needs no closing.
  if (!report) std::_Exit(report_error(report.error()));
  for (const auto& failure : report->failures)
    tell(fmt::format("boardwalk: {}: {}: {}\n", failure.url, to_string(failure.outcome), failure.detail));
  (void)print(summary(*report, path));  // a reader who left changes nothing of how the run went
  return exit_of(*report);
}

}  // namespace

void add_crawl(CLI::App& app, Line& line) {
  auto words = std::make_shared<CrawlLine>();
  auto* command = app.add_subcommand(
      "crawl", "crawl a job or URLs into the archive; goes on where an earlier run stopped");
  command->add_option("target", words->targets, "a job file (TOML), or one or more URLs")->required();
  command
      ->add_option("--set", words->sets,
                   "any job key, as section.key=value; see the annotated default job file")
      ->take_all()
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--max-pages", words->max_pages, "stop after this many pages (0: no limit)")
      ->check(not_negative());
  command->add_option("--max-time", words->max_time, "stop after this time, as 30s, 10m or 2h");
  command->callback([words, &line] { line.chosen = [words, &line] { return crawl(*words, line); }; });
}

}  // namespace boardwalk::cli
