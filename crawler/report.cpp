#include "crawler/report.hpp"

#include <algorithm>
#include <utility>

#include "store/json_text.hpp"
#include "store/packed.hpp"
#include "store/shallow_document.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kRunKey = 8;
constexpr std::string_view kScope = "/scope";  // no host's name has a slash

enum class Extent { kRow, kWhole, kWithHosts };

using store::JsonText;

// The counts of put_records under their names in JSON.
constexpr std::pair<const char*, int store::PutCounts::*> kCounts[] = {
    {"new_boards", &store::PutCounts::new_boards},
    {"new_threads", &store::PutCounts::new_threads},
    {"new_posts", &store::PutCounts::new_posts},
    {"changed_posts", &store::PutCounts::changed_posts},
    {"new_articles", &store::PutCounts::new_articles},
    {"changed_articles", &store::PutCounts::changed_articles},
    {"duplicates", &store::PutCounts::duplicates}};

void outcomes(JsonText& json, const std::array<std::int64_t, parsers::kOutcomes>& counts) {
  json.key("outcomes");
  json.start_object();
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) json.field(to_string(static_cast<parsers::Outcome>(i)), counts[i]);
  json.end_object();
}

void records(JsonText& json, const store::PutCounts& counts) {
  json.key("records");
  json.start_object();
  for (const auto& [name, count] : kCounts) json.field(name, counts.*count);
  json.end_object();
}

void texts(JsonText& json, std::string_view key, const std::vector<std::string>& values) {
  json.key(key);
  json.start_array();
  for (const auto& value : values) json.string(value);
  json.end_array();
}

void failures(JsonText& json, const std::vector<FailedPage>& pages) {
  json.key("failures");
  json.start_array();
  for (const auto& failure : pages) {
    json.start_object();
    json.field("url", failure.url);
    json.field("outcome", to_string(failure.outcome));
    json.field("detail", failure.detail);
    json.end_object();
  }
  json.end_array();
}

void logged_out(JsonText& json, const std::vector<LoggedOut>& sessions) {
  json.key("logged_out");
  json.start_array();
  for (const auto& session : sessions) {
    json.start_object();
    json.field("site", session.site);
    json.field("url", session.url);
    json.end_object();
  }
  json.end_array();
}

void kept_out(JsonText& json, const std::map<std::string, std::int64_t>& reasons) {
  json.key("kept_out");
  json.start_object();
  for (const auto& [reason, links] : reasons) {
    json.any_key(reason);
    json.integer(links);
  }
  json.end_object();
}

void hosts_stopped(JsonText& json, const std::map<std::string, std::string>& sites) {
  json.key("hosts_stopped");
  json.start_object();
  for (const auto& [site, reason] : sites) {
    json.any_key(site);
    json.string(reason);
  }
  json.end_object();
}

void hosts(JsonText& json, const HostReports& reports) {
  json.key("hosts");
  json.start_array();
  for (const auto& [site, host] : reports) {
    json.start_object();
    json.field("site", site);
    json.field("fetches", host.fetches);
    json.field("bytes", host.bytes);
    json.field("mean_ms", host.mean_milliseconds());
    json.field("failed", host.failed);
    outcomes(json, host.outcomes);
    records(json, host.records);
    json.field("gone_posts", host.gone_posts);
    json.end_object();
  }
  json.end_array();
}

std::string written(const RunReport& report, Extent extent) {
  JsonText json;
  json.start_object();
  json.field("run", report.run);
  json.field("sweep", report.sweep);
  json.field("process", report.process);
  json.field("job", report.job);
  json.field("started_at", report.started_at);
  report.ended_at ? json.field("ended_at", *report.ended_at) : json.null_field("ended_at");
  json.field("stop", report.stop);
  json.field("paused", report.paused);
  json.field("fetches", report.fetches);
  json.field("pages", report.pages);
  json.field("bytes", report.bytes);
  json.field("failed", report.failed);
  json.field("queued", report.queued);
  outcomes(json, report.outcomes);
  records(json, report.records);
  json.field("gone_posts", report.gone_posts);
  json.field("incomplete", report.incomplete);
  texts(json, "incomplete_threads", report.incomplete_threads);
  failures(json, report.failures);
  logged_out(json, report.logged_out);
  kept_out(json, report.kept_out);
  hosts_stopped(json, report.hosts_stopped);
  if (extent != Extent::kRow) texts(json, "scope", report.scope);
  if (extent == Extent::kRow && !report.full_behind.empty()) json.field("full_behind", report.full_behind);
  if (extent == Extent::kWithHosts) hosts(json, report.hosts);
  if (extent == Extent::kWithHosts) json.null_field("error");
  json.end_object();
  return std::string(json.view());
}

std::string scope_written(const RunReport& report) {
  JsonText json;
  json.start_object();
  texts(json, "scope", report.scope);
  json.end_object();
  return std::string(json.view());
}

// What a job reads: by what name it asks makes no other job of it.
std::vector<std::string> reads(std::vector<std::string> scope) {
  std::erase_if(scope, [](const std::string& assignment) { return assignment.starts_with("fetch."); });
  return scope;
}

std::string run_key(const RunReport& report) {
  return store::big_endian(static_cast<std::uint64_t>(report.run));
}

std::vector<std::string> texts_in(const rapidjson::Value& object, const char* key) {
  std::vector<std::string> values;
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || !member->value.IsArray()) return values;
  for (const auto& value : member->value.GetArray())
    if (value.IsString()) values.emplace_back(value.GetString(), value.GetStringLength());
  return values;
}

std::int64_t number_in(const rapidjson::Value& object, const char* key) {
  const auto member = object.FindMember(key);
  return member != object.MemberEnd() && member->value.IsInt64() ? member->value.GetInt64() : 0;
}

std::string text_in(const rapidjson::Value& object, const char* key) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

}  // namespace

std::string to_json(const RunReport& report) { return written(report, Extent::kWhole); }

std::string full_json(const RunReport& report) { return written(report, Extent::kWithHosts); }

std::string error_json(const RunReport& report, std::string_view error) {
  JsonText json;
  json.start_object();
  json.field("process", report.process);
  json.field("job", report.job);
  json.field("started_at", report.started_at);
  report.ended_at ? json.field("ended_at", *report.ended_at) : json.null_field("ended_at");
  json.field("stop", "error");
  json.field("error", error);
  json.end_object();
  return std::string(json.view());
}

Result<RunReport> report_from_json(std::string_view json) {
  store::ShallowDocument document;
  if (!document.parse(json) || !document.IsObject())
    return fail(ErrorKind::kDamaged,
                "a run's row in the archive is not JSON; restore the archive from a backup");
  RunReport report;
  report.run = static_cast<int>(number_in(document, "run"));
  report.sweep = number_in(document, "sweep");
  report.process = number_in(document, "process");
  report.started_at = number_in(document, "started_at");
  if (document.HasMember("ended_at") && document["ended_at"].IsInt64())
    report.ended_at = document["ended_at"].GetInt64();
  report.stop = text_in(document, "stop");
  report.job = text_in(document, "job");
  report.paused = text_in(document, "paused");
  report.gone_posts = number_in(document, "gone_posts");
  report.scope = texts_in(document, "scope");
  report.full_behind = text_in(document, "full_behind");
  report.incomplete = number_in(document, "incomplete");
  report.incomplete_threads = texts_in(document, "incomplete_threads");
  report.fetches = number_in(document, "fetches");
  report.pages = number_in(document, "pages");
  report.bytes = number_in(document, "bytes");
  report.failed = number_in(document, "failed");
  report.queued = number_in(document, "queued");
  if (document.HasMember("outcomes") && document["outcomes"].IsObject())
    for (std::size_t i = 0; i < report.outcomes.size(); ++i)
      report.outcomes[i] =
          number_in(document["outcomes"], std::string(to_string(static_cast<parsers::Outcome>(i))).c_str());
  if (document.HasMember("records") && document["records"].IsObject())
    for (const auto& [name, count] : kCounts)
      report.records.*count = static_cast<int>(number_in(document["records"], name));
  if (document.HasMember("kept_out") && document["kept_out"].IsObject())
    for (const auto& reason : std::as_const(document)["kept_out"].GetObject())
      report.kept_out[reason.name.GetString()] = number_in(document["kept_out"], reason.name.GetString());
  if (document.HasMember("hosts_stopped") && document["hosts_stopped"].IsObject())
    for (const auto& host : std::as_const(document)["hosts_stopped"].GetObject())
      report.hosts_stopped[host.name.GetString()] = text_in(document["hosts_stopped"], host.name.GetString());
  if (document.HasMember("failures") && document["failures"].IsArray())
    for (const auto& failure : document["failures"].GetArray())
      report.failures.push_back(
          {text_in(failure, "url"),
           parsers::outcome_from(text_in(failure, "outcome")).value_or(parsers::Outcome::kNetworkError),
           text_in(failure, "detail")});
  if (document.HasMember("logged_out") && document["logged_out"].IsArray())
    for (const auto& session : document["logged_out"].GetArray())
      report.logged_out.push_back({text_in(session, "site"), text_in(session, "url")});
  return report;
}

void begin_run(store::Batch& batch, const RunReport& report) {
  batch.put(store::Family::kRuns, run_key(report).append(kScope), scope_written(report));
  put_run(batch, report);
}

void put_run(store::Batch& batch, const RunReport& report) {
  batch.put(store::Family::kRuns, run_key(report), written(report, Extent::kRow));
}

Result<std::vector<RunReport>> runs(const store::Database& database) {
  std::vector<RunReport> list;
  Error error{ErrorKind::kDamaged, {}};
  const auto scanned =
      database.scan(store::Family::kRuns, "", "", [&](std::string_view key, std::string_view json) {
        const bool is_run = key.size() == kRunKey;
        if (!is_run && (!key.ends_with(kScope) || list.empty())) return true;
        auto report = report_from_json(json);
        if (!report) {
          error = report.error();
          return false;
        }
        if (is_run)
          list.push_back(std::move(*report));
        else
          list.back().scope = std::move(report->scope);
        return true;
      });
  if (!scanned) return tl::unexpected(scanned.error());
  if (!error.message.empty()) return tl::unexpected(error);
  return list;
}

const RunReport* last_run_of(const std::vector<RunReport>& runs, const std::string& job,
                             const std::vector<std::string>& scope) {
  const auto last = std::find_if(runs.rbegin(), runs.rend(), [&](const RunReport& run) {
    return run.job.empty() || job.empty() ? reads(run.scope) == reads(scope) : run.job == job;
  });
  return last == runs.rend() ? nullptr : &*last;
}

int next_run(const std::vector<RunReport>& runs) { return runs.empty() ? 1 : runs.back().run + 1; }

int asking_run(const std::vector<RunReport>& runs) {
  return !runs.empty() && runs.back().stop.empty() ? runs.back().run : next_run(runs);
}

void add(store::PutCounts& sum, const store::PutCounts& step) {
  for (const auto& [name, count] : kCounts) sum.*count += step.*count;
}

}  // namespace boardwalk::crawler
