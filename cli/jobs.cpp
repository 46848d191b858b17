#include "cli/jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/run_outputs.hpp"
#include "config/toml_files.hpp"
#include "crawler/schedule.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::cli {
namespace {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> job_files(const std::string& directory) {
  std::error_code error;
  auto files = config::toml_files(directory, error);
  if (error)
    return fail(ErrorKind::kUsage,
                fmt::format("cannot read the job directory {}: {}", directory, error.message()));
  if (files.empty())
    return fail(ErrorKind::kUsage,
                fmt::format("no job file in {}; a job is a file that ends in .toml", directory));
  return files;
}

// 0: at once. An archive that is not there has seen no run. One of more tables than this process may hold
// open, which a reader does, is opened as the run itself will.
Result<std::int64_t> due_at(const config::Job& job, const std::string& name, const std::string& archive) {
  using Access = store::Database::Access;
  auto database = store::Database::open(archive, Access::kRead);
  if (!database && database.error().kind == ErrorKind::kIo)
    database = store::Database::open(archive, Access::kWrite, job.archive.sync);
  if (!database && database.error().kind == ErrorKind::kNotFound) return 0;
  if (!database) return tl::unexpected(database.error());
  const auto runs = crawler::runs(**database);
  if (!runs) return tl::unexpected(runs.error());
  return crawler::next_start(*runs, name, job, now_ms());
}

// The job in the file, as the line changes it.
Result<config::Job> prepared_job(const fs::path& path,
                                 const std::function<Result<void>(config::Job&)>& prepare) {
  auto job = config::load_job(path);
  if (!job) return fail(ErrorKind::kUsage, job.error().message);
  if (auto prepared = prepare(*job); !prepared) return tl::unexpected(prepared.error());
  return job;
}

// What a job throws ends that job alone.
int run_by_itself(const config::Job& job, const RunFiles& files, bool& left_open) {
  try {
    return run_job(job, files, left_open);
  } catch (const std::exception& error) {
    return report_thrown(error);
  }
}

}  // namespace

int run_due_jobs(const std::string& directory, const std::function<Result<void>(config::Job&)>& prepare,
                 const std::function<std::string(const config::Job&)>& archive_of, const RunFiles& files) {
  const auto paths = job_files(directory);
  if (!paths) return report_error(paths.error());
  std::vector<std::pair<fs::path, Result<config::Job>>> jobs;
  std::vector<std::string> read{directory}, archives;  // of any of them: what one writes another may read
  for (const auto& path : *paths) {
    const auto& job = jobs.emplace_back(path, prepared_job(path, prepare)).second;
    if (!job) continue;
    for (auto& file : files_read(*job)) read.push_back(std::move(file));
    archives.push_back(archive_of(*job));
  }
  if (const auto checked = check_outputs(files, read, archives); !checked)
    return report_error(checked.error());
  int exit_code = kDone;
  bool left_open = false;
  std::string reports;
  for (const auto& [path, job] : jobs) {
    RunFiles own = files;
    own.job_name = path.stem();
    own.archive = job ? archive_of(*job) : std::string{};
    own.reports = &reports;
    const auto due = job ? due_at(*job, own.job_name, own.archive) : tl::unexpected(job.error());
    if (due && *due > now_ms()) {
      tell(fmt::format("{} is not due before {}\n", own.job_name, parsers::utc_rfc3339(*due / 1000)));
      continue;
    }
    tell(fmt::format("job {}\n", own.job_name));
    if (job && !due) write_error_report(due.error(), now_ms(), own);
    const int ended = due ? run_by_itself(*job, own, left_open) : report_error(due.error());
    exit_code = std::max(exit_code, ended);
    if (ended == kInterrupted) break;
  }
  if (reports.empty() && exit_code != kDone) write_no_report(files);
  if (left_open) std::_Exit(exit_code);
  return exit_code;
}

}  // namespace boardwalk::cli
