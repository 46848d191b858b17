#include "cli/crawl_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <utility>

#include "cli/command.hpp"
#include "cli/live_line.hpp"
#include "cli/progress.hpp"
#include "cli/site_rules.hpp"
#include "cli/terminal.hpp"
#include "cli/url_log.hpp"
#include "config/whole_file.hpp"
#include "crawler/engine.hpp"
#include "crawler/scope.hpp"
#include "crawler/sessions.hpp"
#include "store/text_update.hpp"

namespace boardwalk::cli {
namespace {

std::atomic<bool> interrupted{false};
std::atomic<bool> hung_up{false};

// The first signal ends the run in order, the second at once: every step that is committed stays.
extern "C" void on_interrupt(int) {
  if (interrupted.exchange(true)) std::_Exit(kInterrupted);
}

extern "C" void on_hangup(int) { hung_up = true; }

int exit_of(const crawler::RunReport& report) {
  if (report.stop == "interrupted") return kInterrupted;
  if (report.stop == "disk_full") return kArchiveTrouble;
  return report.failed > 0 || !report.logged_out.empty() ? kPagesFailed : kDone;
}

// The index is derived: a run that cannot write it has done its work.
void update_index(store::Database& database) {
  LiveLine live;
  store::TextUpdate update;
  update.stop = [] { return interrupted.load(); };
  update.progress = [&live](std::int64_t done) {
    if (live.is_due()) live.show(fmt::format("full-text index: {} records", done));
  };
  if (const auto updated = store::update_text_index(database, update); !updated)
    tell(fmt::format("boardwalk: {}; boardwalk index does it later\n", updated.error().message));
}

// errno says why.
Error unwritten(const std::string& report) {
  return {ErrorKind::kIo, fmt::format("cannot write the report {}: {}", report, std::strerror(errno))};
}

// Behind those of the jobs before it. False, and errno says why, when it cannot be written: what still stands
// there from an earlier invocation goes then.
bool write_report(const RunFiles& files, const std::string& before, const std::string& text) {
  if (files.report.empty() || config::write_whole_file(files.report, before + text)) return true;
  const int reason = errno;
  const auto place = config::place_of(files.report);
  if (before.empty() && !place.in_place) ::unlink(place.target.c_str());
  errno = reason;
  return false;
}

bool add_report(const RunFiles& files, const std::string& json) {
  const std::string before = files.reports != nullptr ? *files.reports : "";
  const std::string line = json + "\n";
  if (files.reports != nullptr) *files.reports += line;
  return write_report(files, before, line);
}

int finish(const crawler::RunReport& report, const config::Job& job, const RunFiles& files) {
  for (const auto& failure : report.failures)
    tell(fmt::format("boardwalk: {}: {}: {}\n", shown(failure.url), to_string(failure.outcome),
                     shown(failure.detail)));
  for (const auto& session : report.logged_out)
    tell(fmt::format("boardwalk: {}: its session is not logged in, as {} shows; export its cookies anew\n",
                     session.site, session.url));
  if (report.stop == "disk_full")
    tell(fmt::format("boardwalk: less than {:.1f} GiB free on the disk of {}; make room and run again\n",
                     static_cast<double>(job.archive.min_free) / (1 << 30), files.archive));
  (void)print(summary(report, files.archive));  // a reader who left changes nothing of how the run went
  if (!add_report(files, full_json(report))) return report_error(unwritten(files.report));
  return exit_of(report);
}

Result<crawler::RunReport> crawl_in_sight(store::Database& database, const config::Job& job,
                                          crawler::CrawlOptions options, UrlLog& log) {
  Progress progress;
  options.on_progress = [&](const crawler::RunReport& report) {
    if (hung_up.exchange(false)) log.open_anew();
    progress.show(report, now_ms());
  };
  return crawler::crawl(database, job, options);
}

Result<int> checked_run(const config::Job& job, const RunFiles& files, bool& left_open) {
  const auto rules = check_job(job);
  if (!rules) return tl::unexpected(rules.error());
  auto log = UrlLog::open(files.log);
  if (!log) return tl::unexpected(log.error());
  if (!files.report.empty() && !config::may_write_whole_file(files.report))
    return tl::unexpected(unwritten(files.report));
  auto database = store::Database::open(files.archive, store::Database::Access::kWrite, job.archive.sync);
  if (!database) return tl::unexpected(database.error());
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  std::signal(SIGHUP, on_hangup);
  crawler::CrawlOptions options;
  options.now = now_ms;
  options.interrupted = &interrupted;
  options.rules = &*rules;
  options.on_step = [&](const crawler::LogLine& line) { log->write(line); };
  options.free_bytes = [&files] { return crawler::free_bytes(files.archive); };
  options.full = files.full;
  options.job_name = files.job_name;
  options.on_trouble = [](const std::string& trouble) { tell(fmt::format("boardwalk: {}\n", trouble)); };
  const auto report = crawl_in_sight(**database, job, std::move(options), *log);
  if (!report && report.error().kind == ErrorKind::kIo) {
    left_open = true;
    (void)database->release();
  }
  if (!report) return tl::unexpected(report.error());
  const bool has_index = job.archive.fulltext && store::has_text_index(**database);
  if (has_index && report->stop != "disk_full" && !interrupted) update_index(**database);
  return finish(*report, job, files);
}

}  // namespace

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<parsers::site::RuleSet> check_job(const config::Job& job) {
  if (const auto scope = crawler::Scope::make(job); !scope) return tl::unexpected(scope.error());
  if (const auto cookies = crawler::read_cookie_files(crawler::HostSettings(job)); !cookies)
    return tl::unexpected(cookies.error());
  return load_rules(job.site.files);
}

int run_job(const config::Job& job, const RunFiles& files) {
  bool left_open = false;
  const int exit_code = run_job(job, files, left_open);
  if (left_open) std::_Exit(exit_code);
  return exit_code;
}

int run_job(const config::Job& job, const RunFiles& files, bool& left_open) {
  const std::int64_t began = now_ms();
  try {
    const auto ended = checked_run(job, files, left_open);
    if (ended) return *ended;
    write_error_report(ended.error(), began, files);
    return report_error(ended.error());
  } catch (const std::exception& thrown) {
    write_error_report({ErrorKind::kIo, thrown.what()}, began, files);
    throw;
  }
}

void write_error_report(const Error& error, std::int64_t began, const RunFiles& files) {
  crawler::RunReport report;
  report.process = ::getpid();
  report.job = files.job_name;
  report.started_at = began;
  report.ended_at = now_ms();
  (void)add_report(files, error_json(report, error.message));  // what ended the run is told all the same
}

void write_no_report(const RunFiles& files) { (void)write_report(files, "", ""); }

}  // namespace boardwalk::cli
