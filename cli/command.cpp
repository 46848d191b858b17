#include "cli/command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "config/job.hpp"
#include "config/whole_file.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::cli {
namespace {

Result<std::optional<std::int64_t>> instant(const std::string& option, const std::string& text) {
  if (text.empty()) return std::optional<std::int64_t>{};
  auto moment = parsers::moment_from_rfc3339(text);
  if (!moment)
    return fail(
        ErrorKind::kUsage,
        fmt::format("{} {}: not a time; write 2026-01-31 or 2026-01-31T08:00:00+08:00", option, text));
  if (!moment->offset_minutes) moment->offset_minutes = parsers::kChinaMinutes;
  return std::optional(moment->epoch());
}

std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

struct AddFilter {
  CLI::App& command;

  void operator()(const char* name, std::string& value, const char* help) const {
    command.add_option(name, value, help)->check(not_empty());
  }
};

bool output_lost = false;  // print() failed for another reason than a reader who left

}  // namespace

std::string Line::archive_or(const std::string& otherwise) const {
  if (!archive.empty()) return archive;
  const char* from_environment = std::getenv("BOARDWALK_ARCHIVE");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : otherwise;
}

int report_error(const Error& error) {
  tell(fmt::format("boardwalk: {}\n", error.message));
  return error.kind == ErrorKind::kUsage ? kWrongUsage : kArchiveTrouble;
}

int report_usage(const std::string& message) { return report_error({ErrorKind::kUsage, message}); }

int report_thrown(const std::exception& error) {
  const auto* refusal = dynamic_cast<const std::system_error*>(&error);
  if (refusal != nullptr && refusal->code() == std::errc::resource_unavailable_try_again)
    return report_error({ErrorKind::kIo,
                         "the system gives no more threads; allow more (ulimit -u, systemd's TasksMax), or "
                         "lower limits.parse_workers"});
  return report_error({ErrorKind::kIo, fmt::format("{}; this is a fault of the program", error.what())});
}

std::unique_ptr<store::Database> open_for_reading(const Line& line, int& exit_code) {
  auto database = store::Database::open(line.archive_or(config::default_job().archive.path),
                                        store::Database::Access::kRead);
  if (database) return std::move(*database);
  exit_code = report_error(database.error());
  return nullptr;
}

std::unique_ptr<store::Database> open_for_care(const Line& line, int& exit_code) {
  auto database = store::Database::open(line.archive_or(config::default_job().archive.path),
                                        store::Database::Access::kChange, config::Sync::kAlways);
  if (database) return std::move(*database);
  exit_code = report_error(database.error());
  return nullptr;
}

bool print(std::string_view text) {
  const int reason = config::write_all(STDOUT_FILENO, text) ? 0 : errno;
  if (reason != 0 && reason != EPIPE && !std::exchange(output_lost, true))
    (void)report_error(
        {ErrorKind::kIo, fmt::format("cannot write standard output: {}", std::strerror(reason))});
  return reason == 0;
}

int exit_after_printing(int code) { return output_lost && code == kDone ? kArchiveTrouble : code; }

CLI::Validator not_negative() {
  return CLI::Validator(
      [](const std::string& text) { return text.starts_with('-') ? text + " is below zero" : std::string{}; },
      "");
}

CLI::Validator not_empty() {
  return CLI::Validator(
      [](const std::string& text) {
        return text.empty() ? std::string("the value is empty") : std::string{};
      },
      "");
}

Result<int> run_from(const std::string& text) {
  if (text.empty()) return 0;
  int run = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, run);
  if (error == std::errc{} && at == end && run != 0) return run;
  return fail(ErrorKind::kUsage,
              fmt::format("--run {}: not a run's number; boardwalk status lists them", text));
}

void tell(std::string_view text) { (void)config::write_all(STDERR_FILENO, text); }

void add_filter_options(CLI::App& command, FilterOptions& options) {
  const AddFilter add{command};
  add("--site", options.site, "records of this site (bbs.example.cn, or with its port)");
  add("--board", options.board, "of this board, by its id (Discuz fid)");
  add("--thread", options.thread, "of this thread, by its id (Discuz tid)");
  add("--author", options.author, "by this author, by the whole name");
  add("--title", options.title, "whose title holds these words");
  add("--text", options.text, "whose text holds these words");
  add("--fold", options.fold, "whose text holds these words in any script, spacing or punctuation");
  add("--since", options.since, "published at or after this time");
  add("--until", options.until, "published before this time");
}

void add_page_filter_options(CLI::App& command, FilterOptions& options) {
  const AddFilter add{command};
  add("--site", options.site, "pages of this site (bbs.example.cn, or with its port)");
  add("--board", options.board, "of this board, by its id (Discuz fid)");
  add("--thread", options.thread, "of this thread, by its id (Discuz tid)");
  add("--since", options.since, "fetched at or after this time");
  add("--until", options.until, "fetched before this time");
}

Result<store::Filter> filter_from(const FilterOptions& options) {
  const auto since = instant("--since", options.since);
  if (!since) return tl::unexpected(since.error());
  const auto until = instant("--until", options.until);
  if (!until) return tl::unexpected(until.error());
  store::Filter filter;
  filter.site = given(options.site);
  filter.board = given(options.board);
  filter.thread = given(options.thread);
  filter.author = given(options.author);
  filter.title = given(options.title);
  filter.text = given(options.text);
  filter.fold = given(options.fold);
  filter.since = *since;
  filter.until = *until;
  return filter;
}

}  // namespace boardwalk::cli
