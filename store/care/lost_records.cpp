#include "store/care/lost_records.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "parsers/page.hpp"
#include "parsers/url.hpp"
#include "store/json_field.hpp"
#include "store/query.hpp"
#include "store/record_rows.hpp"
#include "store/run_reading.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

bool is_by_site_file(std::string_view json) {
  const std::string_view today = parsers::site_parser_version();
  const std::string_view any_version = today.substr(0, today.find('/') + 1);
  return text_field(json, "parser").value_or("").starts_with(any_version);
}

std::optional<parsers::Url> page_of(std::string_view json) {
  const std::size_t page = json.find(R"("page":{)");
  if (page == std::string_view::npos) return std::nullopt;
  return parsers::parse_url(text_field(json.substr(page), "url").value_or(""));
}

bool has_rules_for(const ReplayOptions& reading, const std::optional<parsers::Url>& page) {
  return page && reading.rules != nullptr && reading.rules->find(*page) != nullptr;
}

}  // namespace

Result<void> check_site_files(const Database& database, const ReplayOptions& reading) {
  std::int64_t lost = 0;
  std::string first;
  auto scanned = database.scan(Family::kRecords, "", "", [&](std::string_view, std::string_view value) {
    const auto row = parse_record_value(value);
    if (!row || !is_by_site_file(row->json) || has_rules_for(reading, page_of(row->json))) return true;
    if (lost++ == 0) first = text_field(row->json, "id").value_or("");
    return true;
  });
  if (!scanned || lost == 0) return scanned;
  return fail(ErrorKind::kUsage,
              fmt::format("{} records of {} were read by a site file that is not given here (the first is "
                          "{}) and would be lost; name the crawl's job by --job, or run boardwalk reparse, "
                          "which tells what goes without the file",
                          lost, database.directory().string(), first));
}

Result<std::int64_t> untold_runs(const Database& database) {
  const auto told = run_readings(database);
  if (!told) return tl::unexpected(told.error());
  std::set<int> untold;
  auto scanned = for_each_visit(database, [&](const Visit& visit) {
    if (!told->contains(visit.run)) untold.insert(visit.run);
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return static_cast<std::int64_t>(untold.size());
}

Result<std::int64_t> LostRecords::count(const Database& database) const {
  std::int64_t lost = 0;
  for (const auto& id : gone_) {
    const auto held = record_json(database, id);
    if (held) continue;
    if (held.error().kind != ErrorKind::kNotFound) return tl::unexpected(held.error());
    ++lost;
  }
  return lost;
}

}  // namespace boardwalk::store
