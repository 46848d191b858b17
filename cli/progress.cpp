#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "cli/command.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::int64_t kTerminalEvery = 200;  // ms
constexpr std::int64_t kLogEvery = 60'000;

std::string outcomes(const crawler::RunReport& report) {
  std::string words;
  for (std::size_t i = 0; i < report.outcomes.size(); ++i)
    if (report.outcomes[i] > 0)
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", report.outcomes[i],
                           to_string(static_cast<parsers::Outcome>(i)));
  return words.empty() ? "nothing was due" : words;
}

std::string mib(std::int64_t bytes) {
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
}

}  // namespace

Progress::Progress() : terminal_(isatty(STDERR_FILENO) != 0) {}

void Progress::show(const crawler::RunReport& report, std::int64_t now_ms) {
  if (shown_at_ == 0 && !terminal_) shown_at_ = report.started_at;
  if (now_ms - shown_at_ < (terminal_ ? kTerminalEvery : kLogEvery)) return;
  shown_at_ = now_ms;
  live_ = terminal_;
  tell(fmt::format("{}{}{}", terminal_ ? "\r\033[K" : "", progress_line(report, now_ms),
                   terminal_ ? "" : "\n"));
}

void Progress::end() {
  if (live_) tell("\r\033[K");
}

std::string progress_line(const crawler::RunReport& report, std::int64_t now_ms) {
  const double seconds = std::max(0.001, static_cast<double>(now_ms - report.started_at) / 1000);
  const auto& records = report.records;
  return fmt::format(
      "pages {}  queue {}  new posts {}  articles {}  changed {}  duplicates {}  failed {}  {:.1f} pages/s",
      report.pages, report.queued, records.new_posts, records.new_articles,
      records.changed_posts + records.changed_articles, records.duplicates, report.failed,
      static_cast<double>(report.pages) / seconds);
}

std::string summary(const crawler::RunReport& report, const std::string& archive) {
  const double seconds =
      static_cast<double>(report.ended_at.value_or(report.started_at) - report.started_at) / 1000;
  const auto& records = report.records;
  std::string text = fmt::format("run {} {} after {:.1f} s: {} pages, {}, into {}\n", report.run, report.stop,
                                 seconds, report.pages, mib(report.bytes), archive);
  text += fmt::format("  outcomes   {}\n", outcomes(report));
  text += fmt::format("  new        {} boards, {} threads, {} posts, {} articles; {} of them duplicates\n",
                      records.new_boards, records.new_threads, records.new_posts, records.new_articles,
                      records.duplicates);
  if (records.changed_posts + records.changed_articles > 0)
    text +=
        fmt::format("  changed    {} posts, {} articles\n", records.changed_posts, records.changed_articles);
  if (report.queued > 0) text += fmt::format("  queued     {} pages wait for a later run\n", report.queued);
  if (report.failed > 0)
    text += fmt::format("  failed     {} pages; boardwalk status tells more\n", report.failed);
  return text;
}

}  // namespace boardwalk::cli
