#include "crawler/report.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <utility>

#include "parsers/moment.hpp"
#include "store/packed.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kRunKey = 8;
constexpr std::string_view kScope = "/scope";  // no host's name has a slash

enum class Extent { kRow, kWhole, kWithHosts };

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

void text(Json& json, const char* key, const std::string& value) {
  json.Key(key);
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void number(Json& json, const char* key, std::int64_t value) {
  json.Key(key);
  json.Int64(value);
}

void time(Json& json, const char* key, const std::optional<std::int64_t>& milliseconds) {
  json.Key(key);
  if (milliseconds)
    json.Int64(*milliseconds);
  else
    json.Null();
}

// The counts of put_records under their names in JSON, for writing and reading alike.
template <typename Counts, typename Each>
void for_each_count(Counts& counts, Each each) {
  each("new_boards", counts.new_boards);
  each("new_threads", counts.new_threads);
  each("new_posts", counts.new_posts);
  each("changed_posts", counts.changed_posts);
  each("new_articles", counts.new_articles);
  each("changed_articles", counts.changed_articles);
  each("duplicates", counts.duplicates);
}

void outcomes(Json& json, const std::array<std::int64_t, parsers::kOutcomes>& counts) {
  json.Key("outcomes");
  json.StartObject();
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0)
      number(json, std::string(to_string(static_cast<parsers::Outcome>(i))).c_str(), counts[i]);
  json.EndObject();
}

void records(Json& json, const store::PutCounts& counts) {
  json.Key("records");
  json.StartObject();
  for_each_count(counts, [&](const char* name, int count) { number(json, name, count); });
  json.EndObject();
}

void texts(Json& json, const char* key, const std::vector<std::string>& values) {
  json.Key(key);
  json.StartArray();
  for (const auto& value : values) json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  json.EndArray();
}

void failures(Json& json, const std::vector<FailedPage>& pages) {
  json.Key("failures");
  json.StartArray();
  for (const auto& failure : pages) {
    json.StartObject();
    text(json, "url", failure.url);
    text(json, "outcome", std::string(to_string(failure.outcome)));
    text(json, "detail", failure.detail);
    json.EndObject();
  }
  json.EndArray();
}

void logged_out(Json& json, const std::vector<LoggedOut>& sessions) {
  json.Key("logged_out");
  json.StartArray();
  for (const auto& session : sessions) {
    json.StartObject();
    text(json, "site", session.site);
    text(json, "url", session.url);
    json.EndObject();
  }
  json.EndArray();
}

void hosts(Json& json, const HostReports& reports) {
  json.Key("hosts");
  json.StartArray();
  for (const auto& [site, host] : reports) {
    json.StartObject();
    text(json, "site", site);
    number(json, "fetches", host.fetches);
    number(json, "bytes", host.bytes);
    number(json, "mean_ms", host.mean_milliseconds());
    number(json, "failed", host.failed);
    outcomes(json, host.outcomes);
    records(json, host.records);
    number(json, "gone_posts", host.gone_posts);
    json.EndObject();
  }
  json.EndArray();
}

std::string written(const RunReport& report, Extent extent) {
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  json.StartObject();
  number(json, "run", report.run);
  number(json, "sweep", report.sweep);
  number(json, "process", report.process);
  text(json, "job", report.job);
  time(json, "started_at", report.started_at);
  time(json, "ended_at", report.ended_at);
  text(json, "stop", report.stop);
  text(json, "paused", report.paused);
  number(json, "fetches", report.fetches);
  number(json, "pages", report.pages);
  number(json, "bytes", report.bytes);
  number(json, "failed", report.failed);
  number(json, "queued", report.queued);
  outcomes(json, report.outcomes);
  records(json, report.records);
  number(json, "gone_posts", report.gone_posts);
  number(json, "incomplete", report.incomplete);
  texts(json, "incomplete_threads", report.incomplete_threads);
  failures(json, report.failures);
  logged_out(json, report.logged_out);
  json.Key("kept_out");
  json.StartObject();
  for (const auto& [reason, links] : report.kept_out) number(json, reason.c_str(), links);
  json.EndObject();
  json.Key("hosts_stopped");
  json.StartObject();
  for (const auto& [site, reason] : report.hosts_stopped) text(json, site.c_str(), reason);
  json.EndObject();
  if (extent != Extent::kRow) texts(json, "scope", report.scope);
  if (extent == Extent::kWithHosts) hosts(json, report.hosts);
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string scope_written(const RunReport& report) {
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  json.StartObject();
  texts(json, "scope", report.scope);
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
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

Result<RunReport> report_from_json(std::string_view json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  if (document.HasParseError() || !document.IsObject())
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
    for_each_count(report.records, [&](const char* name, int& count) {
      count = static_cast<int>(number_in(document["records"], name));
    });
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

std::int64_t next_sweep(const std::vector<RunReport>& runs, const RunReport* last) {
  return last != nullptr && last->stop != "done" ? last->sweep : new_sweep(runs);
}

std::int64_t new_sweep(const std::vector<RunReport>& runs) {
  std::int64_t highest = 0;
  for (const auto& run : runs) highest = std::max(highest, run.sweep);
  return highest + 1;
}

int next_run(const std::vector<RunReport>& runs) { return runs.empty() ? 1 : runs.back().run + 1; }

int asking_run(const std::vector<RunReport>& runs) {
  return !runs.empty() && runs.back().stop.empty() ? runs.back().run : next_run(runs);
}

void add(store::PutCounts& sum, const store::PutCounts& step) {
  sum.new_boards += step.new_boards;
  sum.new_threads += step.new_threads;
  sum.new_posts += step.new_posts;
  sum.changed_posts += step.changed_posts;
  sum.new_articles += step.new_articles;
  sum.changed_articles += step.changed_articles;
  sum.duplicates += step.duplicates;
}

}  // namespace boardwalk::crawler
