#include "cli/command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "config/whole_file.hpp"

namespace boardwalk::cli {
namespace {

bool output_lost = false;  // print() failed for another reason than a reader who left

}  // namespace

std::string Line::archive_of(const config::Job& job) const {
  if (!archive.empty()) return archive;
  if (job.named.contains("archive.path")) return job.archive.path;
  const char* from_environment = std::getenv("BOARDWALK_ARCHIVE");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : job.archive.path;
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

std::unique_ptr<store::Database> open_for_reading(const Line& line, int& exit_code, const config::Job& job) {
  auto database = store::Database::open(line.archive_of(job), store::Database::Access::kRead);
  if (database) return std::move(*database);
  exit_code = report_error(database.error());
  return nullptr;
}

std::unique_ptr<store::Database> open_for_care(const Line& line, int& exit_code, const config::Job& job) {
  auto database =
      store::Database::open(line.archive_of(job), store::Database::Access::kChange, config::Sync::kAlways);
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

void tell(std::string_view text) { (void)config::write_all(STDERR_FILENO, text); }

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

}  // namespace boardwalk::cli
