// What the commands share: the exit codes, where the archive is, how an error reaches the person, and how
// data reaches standard output. Each command is one file that adds itself to the parser of the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "config/error.hpp"
#include "config/job.hpp"
#include "store/database.hpp"

namespace boardwalk::cli {

enum Exit : int {
  kDone = 0,
  kPagesFailed = 1,     // a crawl whose report names failed pages; a record asked for that is not there
  kWrongUsage = 2,      // command line or job file
  kArchiveTrouble = 3,  // cannot be opened, is locked, is damaged, cannot be written; or no more threads
  kInterrupted = 130,
};

// The line of the program so far, handed to every command.
struct Line {
  std::string archive;          // --archive; empty when not given
  std::function<int()> chosen;  // what the command given will do; returns the exit code

  // --archive, else the path that the job names, else $BOARDWALK_ARCHIVE, else the default.
  [[nodiscard]] std::string archive_of(const config::Job& job = config::default_job()) const;
};

void add_crawl(CLI::App& app, Line& line);
void add_status(CLI::App& app, Line& line);
void add_ctl(CLI::App& app, Line& line);
void add_errors(CLI::App& app, Line& line);
void add_retry(CLI::App& app, Line& line);
void add_why(CLI::App& app, Line& line);
void add_query(CLI::App& app, Line& line);
void add_show(CLI::App& app, Line& line);
void add_export(CLI::App& app, Line& line);
void add_parse(CLI::App& app, Line& line);
void add_duplicates(CLI::App& app, Line& line);
void add_compact(CLI::App& app, Line& line);
void add_index(CLI::App& app, Line& line);
void add_robots(CLI::App& app, Line& line);
void add_stats(CLI::App& app, Line& line);
void add_verify(CLI::App& app, Line& line);
void add_backup(CLI::App& app, Line& line);
void add_restore(CLI::App& app, Line& line);
void add_reparse(CLI::App& app, Line& line);
void add_merge(CLI::App& app, Line& line);
void add_forget(CLI::App& app, Line& line);
// Tells of all commands added before or after it; `app` is the whole program's.
void add_completion(CLI::App& app, Line& line);

// What --version prints: the program's, and the libraries'.
[[nodiscard]] std::string version_text();

// Prints `boardwalk: MESSAGE` on standard error and gives the exit code of the error's kind.
[[nodiscard]] int report_error(const Error& error);
[[nodiscard]] int report_usage(const std::string& message);
// The same of what was thrown: that the system gives no more threads, else a fault of the program.
[[nodiscard]] int report_thrown(const std::exception& error);

// The archive for reading; the error has been reported when it is absent, and `exit_code` set. `job`, here and
// below, is that of a command that is given one.
[[nodiscard]] std::unique_ptr<store::Database> open_for_reading(
    const Line& line, int& exit_code, const config::Job& job = config::default_job());
// The same for changing an archive that is there: creates none.
[[nodiscard]] std::unique_ptr<store::Database> open_for_care(const Line& line, int& exit_code,
                                                             const config::Job& job = config::default_job());

// Writes all of `text` to standard output. False when no more can be written: quietly when the reader has
// gone (a closed pipe), else with one line on standard error.
[[nodiscard]] bool print(std::string_view text);
// `code`, or kArchiveTrouble when something that print() was given could not be written.
[[nodiscard]] int exit_after_printing(int code);
// Writes to standard error, where that is possible: a full disk behind a log ends no crawl.
void tell(std::string_view text);

// Of options that count something: refuses numbers below zero.
[[nodiscard]] CLI::Validator not_negative();
// Of options that choose something: an empty value, as of a variable that is not set, would choose all.
[[nodiscard]] CLI::Validator not_empty();

}  // namespace boardwalk::cli
