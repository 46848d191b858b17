#include <fmt/format.h>

#include <map>

#include "cli/command.hpp"
#include "cli/crawl_run.hpp"
#include "cli/sizes.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"
#include "crawler/host_states.hpp"
#include "crawler/report.hpp"
#include "crawler/scope.hpp"
#include "crawler/why.hpp"
#include "store/archive_directory.hpp"
#include "store/care/stats.hpp"
#include "store/care/unsettled.hpp"
#include "store/json_text.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kRunsShown = 5;

struct Status {
  std::vector<crawler::HostState> hosts;
  std::vector<crawler::RunReport> runs;
  std::vector<store::FamilyStats> families;
  std::uint64_t bytes = 0;
  std::optional<store::LockHolder> running;  // who writes the archive
  std::vector<std::string> unsettled;        // commands that have not come to their end
  std::map<std::string, std::string> left;   // why the last run left pages of a host, by site
};

// A limit that the host reached, or its hours.
Result<std::map<std::string, std::string>> left_by_last_run(const store::Database& database,
                                                            const std::vector<crawler::HostState>& hosts,
                                                            const std::vector<crawler::RunReport>& runs) {
  if (runs.empty()) return std::map<std::string, std::string>{};
  auto left = runs.back().hosts_stopped;
  if (runs.back().stop != "outside_hours") return left;
  const auto job = crawler::last_job(database);
  if (!job) return tl::unexpected(job.error());
  const auto scope = crawler::Scope::make(job->value_or(config::default_job()));
  for (const auto& host : hosts)
    if (scope && scope->has_site(host.site)) left.emplace(host.site, runs.back().stop);
  return left;
}

Result<Status> status_of(const store::Database& database) {
  auto hosts = crawler::host_states(database);
  if (!hosts) return tl::unexpected(hosts.error());
  auto runs = crawler::runs(database);
  if (!runs) return tl::unexpected(runs.error());
  auto unsettled = store::unsettled_commands(database);
  if (!unsettled) return tl::unexpected(unsettled.error());
  auto left = left_by_last_run(database, *hosts, *runs);
  if (!left) return tl::unexpected(left.error());
  return Status{std::move(*hosts),
                std::move(*runs),
                store::family_sizes(database),
                database.size_on_disk(),
                store::lock_holder(database.directory()),
                std::move(*unsettled),
                std::move(*left)};
}

struct ErrorClass {
  parsers::Outcome outcome;
  std::int64_t fetches = 0;   // that ended so, in all runs
  std::int64_t last_run = 0;  // of these, in the last one
};

std::vector<ErrorClass> error_classes(const Status& status) {
  std::vector<ErrorClass> classes;
  for (std::size_t i = 0; i < crawler::RunReport{}.outcomes.size(); ++i) {
    ErrorClass errors{static_cast<parsers::Outcome>(i)};
    if (!parsers::is_failure(errors.outcome)) continue;
    for (const auto& host : status.hosts)
      if (i < host.row.outcomes.size()) errors.fetches += host.row.outcomes[i];
    if (!status.runs.empty()) errors.last_run = status.runs.back().outcomes[i];
    if (errors.fetches > 0) classes.push_back(errors);
  }
  return classes;
}

std::string outcomes(const crawler::HostRow& row) {
  std::string words;
  for (std::size_t i = 0; i < row.outcomes.size(); ++i)
    if (row.outcomes[i] > 0)
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", row.outcomes[i],
                           to_string(static_cast<parsers::Outcome>(i)));
  return words;
}

// What keeps it back now, or what kept the last run from it.
std::string left_alone_because(const crawler::HostState& host, const Status& status) {
  const std::string& because = host.row.blocked_because;
  if (host.row.held_until(crawler::asking_run(status.runs)) > now_ms()) return because;
  if (!because.empty() && !status.runs.empty() && host.row.set_aside_run == status.runs.back().run)
    return fmt::format("run {}: {}", host.row.set_aside_run, because);
  const auto left = status.left.find(host.site);
  if (left == status.left.end() || host.row.ready == 0) return "-";
  return fmt::format("run {}: {}", status.runs.back().run, left->second);
}

std::string for_a_person(const Status& status) {
  std::vector<std::vector<std::string>> hosts;
  for (const auto& host : status.hosts)
    hosts.push_back({host.site, std::to_string(host.row.ready), std::to_string(host.row.waiting),
                     time_or_dash(host.next_due), left_alone_because(host, status), outcomes(host.row)});
  std::string text =
      table({"host", "queued", "waiting", "next due", "blocked because", "fetched"}, hosts, terminal_width());
  std::vector<std::vector<std::string>> runs;
  const std::size_t first = status.runs.size() > kRunsShown ? status.runs.size() - kRunsShown : 0;
  for (std::size_t i = first; i < status.runs.size(); ++i) {
    const auto& run = status.runs[i];
    runs.push_back({std::to_string(run.run), time_or_dash(run.started_at),
                    run.stop.empty() ? "running or killed" : run.stop, std::to_string(run.pages),
                    std::to_string(run.records.new_posts), std::to_string(run.records.new_articles),
                    std::to_string(run.failed)});
  }
  text += "\n" + table({"run", "started", "ended", "pages", "new posts", "new articles", "failed"}, runs,
                       terminal_width());
  std::vector<std::vector<std::string>> errors;
  for (const auto& [outcome, fetches, last_run] : error_classes(status))
    errors.push_back({std::string(to_string(outcome)), std::to_string(fetches), std::to_string(last_run)});
  if (!errors.empty()) text += "\n" + table({"error", "fetches", "last run"}, errors, terminal_width());
  if (!status.runs.empty() && !status.runs.back().failures.empty()) {
    text += "\nfailed in the last run\n";
    for (const auto& failure : status.runs.back().failures)
      text += fmt::format("  {}  {}  {}\n", to_string(failure.outcome), shown(failure.url),
                          shown(failure.detail));
  }
  if (!status.runs.empty() && !status.runs.back().logged_out.empty()) {
    text += "\nnot logged in in the last run, though the job has cookies for it\n";
    for (const auto& session : status.runs.back().logged_out)
      text += fmt::format("  {}  {}\n", session.site, session.url);
  }
  text += "\n" + sizes_table(status.families, status.bytes);
  for (const auto& command : status.unsettled)
    text += fmt::format("{}; {}\n", shown(store::unsettled_words(command)), store::way_to_settle(command));
  if (!status.running) return text;
  if (status.running->purpose == store::LockedFor::kCare)
    return text +
           fmt::format("a command that changes the archive is running ({})\n", status.running->signature);
  const std::string paused = status.runs.empty() ? std::string{} : status.runs.back().paused;
  return text + fmt::format("a crawl is running ({}){}\n", status.running->signature,
                            paused.empty() ? "" : ", paused: " + paused);
}

void put_host(store::JsonText& json, const crawler::HostState& host, int run) {
  json.start_object();
  json.field("site", host.site);
  json.field("queued", host.row.ready);
  json.field("waiting", host.row.waiting);
  json.field("blocked_until", host.row.held_until(run));
  json.field("blocked_because", host.row.blocked_because);
  json.key("outcomes");
  json.start_object();
  for (std::size_t i = 0; i < host.row.outcomes.size(); ++i)
    if (host.row.outcomes[i] > 0)
      json.field(to_string(static_cast<parsers::Outcome>(i)), host.row.outcomes[i]);
  json.end_object();
  json.end_object();
}

std::string as_json(const Status& status) {
  store::JsonText json;
  json.start_object();
  json.key("hosts");
  json.start_array();
  for (const auto& host : status.hosts) put_host(json, host, crawler::asking_run(status.runs));
  json.end_array();
  json.key("runs");
  json.start_array();
  for (const auto& run : status.runs) json.raw(to_json(run));
  json.end_array();
  json.key("errors");
  json.start_object();
  for (const auto& [outcome, fetches, last_run] : error_classes(status)) {
    json.key(to_string(outcome));
    json.start_object();
    json.field("fetches", fetches);
    json.field("last_run", last_run);
    json.end_object();
  }
  json.end_object();
  json.key("families");
  json.start_object();
  for (const auto& family : status.families) json.field(family.name, static_cast<std::int64_t>(family.bytes));
  json.end_object();
  status.running ? json.field("running", status.running->signature) : json.null_field("running");
  json.key("unsettled");
  json.start_array();
  for (const auto& command : status.unsettled) json.string(command);
  json.end_array();
  json.field("bytes_on_disk", static_cast<std::int64_t>(status.bytes));
  json.end_object();
  return std::string(json.view()) + "\n";
}

}  // namespace

void add_status(CLI::App& app, Line& line) {
  auto json = std::make_shared<bool>(false);
  auto* command = app.add_subcommand(
      "status", "what is queued per host, how the last runs went, what failed, bytes on disk");
  command->add_flag("--json", *json, "for programs");
  command->callback([json, &line] {
    line.chosen = [json, &line] {
      int exit_code = kDone;
      const auto database = open_for_reading(line, exit_code);
      if (!database) return exit_code;
      const auto status = status_of(*database);
      if (!status) return report_error(status.error());
      (void)print(*json ? as_json(*status) : for_a_person(*status));
      return static_cast<int>(kDone);
    };
  });
}

}  // namespace boardwalk::cli
