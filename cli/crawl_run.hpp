// One run of one job, as the commands `crawl JOB` and `crawl --jobs` do it: archive, signals, the live line,
// the log, the report, the exit code.
#pragma once

#include <cstdint>
#include <string>

#include "config/error.hpp"
#include "config/job.hpp"
#include "parsers/site/rules.hpp"

namespace boardwalk::cli {

struct RunFiles {
  std::string archive;
  std::string job_name;  // of the job file; empty when there is none
  std::string log;       // empty: none
  std::string report;
  std::string* reports = nullptr;  // of the jobs before this one: its own is put behind them
  bool full = false;               // every page that is known is fetched again
};

// What the job asks for, and the files that it names, are right. Gives the rules of its site files.
[[nodiscard]] Result<parsers::site::RuleSet> check_job(const config::Job& job);

// Everything is checked before anything is fetched. Gives the exit code; errors have been reported, the one that
// ended the run or let none begin in the file of the report as well. Ends the process with the exit code when the
// archive cannot be written any more.
[[nodiscard]] int run_job(const config::Job& job, const RunFiles& files);
// The same for one of several jobs: an archive that cannot be written any more is left open instead, and
// `left_open` set. The process is then to end by std::_Exit: RocksDB asserts while it closes files that a
// full disk did not take, and what is committed needs no closing.
[[nodiscard]] int run_job(const config::Job& job, const RunFiles& files, bool& left_open);

// Puts the report of a run that the error ended, or let none begin, into its file, which is not to go on telling
// of a run before: where it cannot be written it is removed.
void write_error_report(const Error& error, std::int64_t began, const RunFiles& files);
// Empties the file of the report: of several jobs none was run.
void write_no_report(const RunFiles& files);

[[nodiscard]] std::int64_t now_ms();  // UTC epoch

}  // namespace boardwalk::cli
