#include "store/visits.hpp"

#include <utility>

#include "config/ascii.hpp"
#include "parsers/moment.hpp"
#include "store/damage.hpp"
#include "store/json_text.hpp"
#include "store/packed.hpp"
#include "store/schema.hpp"
#include "store/walk.hpp"

namespace boardwalk::store {
namespace {

constexpr int kVisitRow = 2;  // 1 has no `robots`

// A visit as its row holds it.
struct VisitRow {
  int version = kVisitRow;
  Visit visit;
  std::string outcome;
  std::vector<std::string> names;
  std::vector<std::string> values;
};

template <typename Archive, typename Row>
void fields(Archive& archive, Row& row) {
  archive(row.version);
  archive(row.visit.url);
  archive(row.visit.run);
  archive(row.outcome);
  archive(row.visit.status);
  archive(row.visit.detail);
  archive(row.visit.sha256);
  archive(row.visit.content_sha256);
  archive(row.visit.page_kind);
  archive(row.visit.bytes);
  archive(row.visit.milliseconds);
  archive(row.names);
  archive(row.values);
  if (row.version > 1) archive(row.visit.robots);
}

std::optional<Visit> parse_visit(std::string_view key, std::string_view value) {
  auto row = unpack<VisitRow>(value);
  if (!row || row->version < 1 || row->version > kVisitRow || row->names.size() != row->values.size() ||
      key.size() < 9)
    return std::nullopt;
  const auto outcome = parsers::outcome_from(row->outcome);
  if (!outcome) return std::nullopt;
  Visit visit = std::move(row->visit);
  visit.key = key.substr(0, key.size() - 9);
  visit.fetched_at = static_cast<std::int64_t>(from_big_endian(key.substr(key.size() - 8)));
  visit.outcome = *outcome;
  for (std::size_t i = 0; i < row->names.size(); ++i)
    visit.headers.emplace_back(std::move(row->names[i]), std::move(row->values[i]));
  return visit;
}

Result<void> scan_visits(const Database& database, const std::string& prefix,
                         const std::function<bool(Visit)>& each) {
  std::string damaged;
  auto scanned = scan_visit_rows(database, prefix, [&](std::string_view key, const auto& visit) {
    if (!visit) damaged = key.substr(0, key.find('\0'));
    return visit && each(*visit);
  });
  if (scanned && !damaged.empty()) return damaged_row("visits", damaged);
  return scanned;
}

// Header values may hold any byte (RFC 9110 §5.5, obs-text): those outside ASCII print as ISO 8859-1 has
// them.
std::string printable(std::string_view value) {
  std::string text;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) text += static_cast<char>(0xC0 | byte >> 6);
    text += byte < 0x80 ? c : static_cast<char>(0x80 | (byte & 0x3F));
  }
  return text;
}

}  // namespace

std::string site_of(const Visit& visit) { return visit.key.substr(0, visit.key.find(' ')); }

std::string content_type_of(const Visit& visit) {
  for (const auto& [name, value] : visit.headers)
    if (ascii::same(name, "content-type")) return value;
  return {};
}

void put_visit(Batch& batch, const Visit& visit) {
  VisitRow row;
  row.visit = visit;
  row.outcome = parsers::to_string(visit.outcome);
  for (const auto& [name, value] : visit.headers) {
    row.names.push_back(name);
    row.values.push_back(value);
  }
  batch.put(Family::kVisits, visit_key(visit.key, visit.fetched_at), pack(row));
}

Result<std::vector<Visit>> visits_of(const Database& database, const std::string& page_key) {
  std::vector<Visit> visits;
  auto scanned = scan_visits(database, visit_prefix(page_key), [&](Visit visit) {
    visits.push_back(std::move(visit));
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return visits;
}

Result<std::optional<Visit>> last_visit(const Database& database, const std::string& page_key,
                                        const std::function<bool(const Visit&)>& fits) {
  Walk walk(database, Family::kVisits, keys_with(visit_prefix(page_key)), Direction::kBackwards);
  for (; walk.valid(); walk.next()) {
    auto visit = parse_visit(walk.key(), walk.value());
    if (!visit) return damaged_row("visits", page_key);
    if (!fits || fits(*visit)) return std::optional(std::move(*visit));
  }
  if (auto read = walk.status(); !read) return tl::unexpected(read.error());
  return std::nullopt;
}

Result<void> for_each_visit(const Database& database, const std::function<bool(const Visit&)>& each,
                            const std::string& prefix) {
  return scan_visits(database, prefix, [&](const Visit& visit) { return each(visit); });
}

Result<void> scan_visit_rows(
    const Database& database, const std::string& prefix,
    const std::function<bool(std::string_view key, const std::optional<Visit>& visit)>& each) {
  return database.scan(Family::kVisits, prefix, prefix, [&](std::string_view key, std::string_view value) {
    return each(key, parse_visit(key, value));
  });
}

std::string to_json(const Visit& visit) {
  JsonText json;
  const auto field_or_null = [&json](std::string_view name, std::string_view text) {
    text.empty() ? json.null_field(name) : json.field(name, text);
  };
  json.start_object();
  json.field("kind", "visit");
  field_or_null("key", visit.key);
  field_or_null("url", visit.url);
  json.field("fetched_at", parsers::utc_rfc3339(visit.fetched_at / 1000));
  json.field("run", visit.run);
  json.field("outcome", parsers::to_string(visit.outcome));
  json.field("status", visit.status);
  field_or_null("detail", visit.detail);
  field_or_null("sha256", visit.sha256);
  field_or_null("content_sha256", visit.content_sha256);
  field_or_null("page_kind", visit.page_kind);
  json.field("bytes", visit.bytes);
  json.field("milliseconds", visit.milliseconds);
  json.key("headers");
  json.start_array();
  for (const auto& [name, value] : visit.headers) {
    json.start_array();
    json.string(printable(name));
    json.string(printable(value));
    json.end_array();
  }
  json.end_array();
  json.end_object();
  return std::string(json.view());
}

}  // namespace boardwalk::store
