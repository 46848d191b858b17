#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "cli/command.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::int64_t kTerminalEvery = 200;  // ms
constexpr std::int64_t kLogEvery = 60'000;

std::string outcomes(const std::array<std::int64_t, parsers::kOutcomes>& counts) {
  std::string words;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0)
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", counts[i],
                           to_string(static_cast<parsers::Outcome>(i)));
  return words;
}

std::string mib(std::int64_t bytes) {
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
}

// `bbs.example.cn 1.2 s`: the host that answers slowest.
std::optional<std::string> slowest(const crawler::HostReports& hosts) {
  const auto slow = std::max_element(hosts.begin(), hosts.end(), [](const auto& a, const auto& b) {
    return a.second.mean_milliseconds() < b.second.mean_milliseconds();
  });
  if (slow == hosts.end()) return std::nullopt;
  return fmt::format("{} {:.1f} s", slow->first,
                     static_cast<double>(slow->second.mean_milliseconds()) / 1000);
}

std::string rough_time(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 90 * 60) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{:.0f} h", seconds / 3600);
  return fmt::format("{:.0f} d", seconds / 86400);
}

// A line per host, when there are several.
std::string by_host(const crawler::HostReports& hosts) {
  if (hosts.size() < 2) return {};
  std::vector<std::vector<std::string>> rows;
  for (const auto& [site, host] : hosts)
    rows.push_back({site, outcomes(host.outcomes), mib(host.bytes), std::to_string(host.records.new_posts),
                    std::to_string(host.records.new_articles),
                    std::to_string(host.records.changed_posts + host.records.changed_articles)});
  return "\n" +
         table({"host", "outcomes", "bytes", "new posts", "new articles", "changed"}, rows, terminal_width());
}

// `pages 120  queue 840  new posts 812 …`: the run so far, in one line.
std::string progress_line(const crawler::RunReport& report, std::int64_t now_ms) {
  const double seconds = std::max(0.001, static_cast<double>(now_ms - report.started_at) / 1000);
  const double rate = static_cast<double>(report.pages) / seconds;
  const auto& records = report.records;
  std::string line = fmt::format(
      "pages {}  queue {}  new posts {}  articles {}  changed {}  duplicates {}  failed {}  {:.1f} pages/s",
      report.pages, report.queued, records.new_posts, records.new_articles,
      records.changed_posts + records.changed_articles, records.duplicates, report.failed, rate);
  if (const auto slow = slowest(report.hosts)) line += fmt::format("  slowest {}", *slow);
  if (!report.paused.empty()) return line + fmt::format("  paused: {}", report.paused);
  if (report.queued > 0 && report.pages > 0)
    line += fmt::format("  left {}", rough_time(static_cast<double>(report.queued) / rate));
  return line;
}

}  // namespace

void Progress::show(const crawler::RunReport& report, std::int64_t now_ms) {
  const bool live = live_.on_terminal();
  if (shown_at_ == 0 && !live) shown_at_ = report.started_at;
  if (now_ms - shown_at_ < (live ? kTerminalEvery : kLogEvery)) return;
  shown_at_ = now_ms;
  const std::string line = progress_line(report, now_ms);
  live ? live_.show(line) : tell(line + "\n");
}

std::string summary(const crawler::RunReport& report, const std::string& archive) {
  const double seconds =
      static_cast<double>(report.ended_at.value_or(report.started_at) - report.started_at) / 1000;
  const auto& records = report.records;
  std::string text = fmt::format("run {} {} after {:.1f} s: {} pages, {}, into {}\n", report.run, report.stop,
                                 seconds, report.pages, mib(report.bytes), archive);
  const std::string ended = outcomes(report.outcomes);
  const std::string_view none = report.stop == "done" ? "nothing was due" : "nothing was asked";
  text += fmt::format("  outcomes   {}\n", ended.empty() ? none : ended);
  text += fmt::format("  new        {} boards, {} threads, {} posts, {} articles; {} of them duplicates\n",
                      records.new_boards, records.new_threads, records.new_posts, records.new_articles,
                      records.duplicates);
  if (records.changed_posts + records.changed_articles > 0)
    text +=
        fmt::format("  changed    {} posts, {} articles\n", records.changed_posts, records.changed_articles);
  if (report.queued > 0) text += fmt::format("  queued     {} pages wait for a later run\n", report.queued);
  for (const auto& [site, limit] : report.hosts_stopped)
    text += fmt::format("  stopped    {} at limits.{}\n", site, limit);
  if (report.failed > 0)
    text += fmt::format("  failed     {} pages; boardwalk status tells more\n", report.failed);
  if (report.incomplete > 0)
    text += fmt::format("  incomplete {} threads, of which pages are missing\n", report.incomplete);
  return text + by_host(report.hosts);
}

}  // namespace boardwalk::cli
