#include "store/record_rows.hpp"

#include "store/damage.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

template <typename Source>
Result<std::optional<std::string>> find_key_in(const Source& source, const std::string& record_id) {
  const auto id = parse_record_id(record_id);
  if (!id) return std::nullopt;
  switch (id->kind) {
    case kBoardRow:
      return board_key(id->site, id->id);
    case kThreadRow:
      return thread_key(id->site, id->id);
    case kArticleRow:
      return article_key(id->site, id->id);
    default:
      return source.get(Family::kIds, record_id);
  }
}

}  // namespace

Result<RecordValue> parse_record_value(std::string_view value) {
  if (value.size() < 2 || value[1] != '{') return damaged_row("records", "a record");
  return RecordValue{value.front(), value.substr(1)};
}

Result<std::optional<RecordRow>> read_record(const Batch& batch, std::string_view key) {
  auto value = batch.get(Family::kRecords, key);
  if (!value) return tl::unexpected(value.error());
  if (!*value) return std::nullopt;
  const auto parsed = parse_record_value(**value);
  if (!parsed) return tl::unexpected(parsed.error());
  return RecordRow{parsed->flags, std::string(parsed->json)};
}

void write_record(Batch& batch, std::string_view key, const RecordRow& row) {
  std::string value;
  value.reserve(row.json.size() + 1);
  value += row.flags;
  value += row.json;
  batch.put(Family::kRecords, key, value);
}

Result<std::optional<std::string>> find_key(const Batch& batch, const std::string& record_id) {
  return find_key_in(batch, record_id);
}

Result<std::optional<std::string>> find_key(const Database& database, const std::string& record_id) {
  return find_key_in(database, record_id);
}

Result<void> mark_record(Batch& batch, const std::string& record_id, char flag, bool on) {
  const auto key = find_key(batch, record_id);
  if (!key) return tl::unexpected(key.error());
  if (!*key) return damaged_row("ids", record_id);
  auto row = read_record(batch, **key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return damaged_row("records", record_id);
  RecordRow& record = **row;
  record.flags = static_cast<char>(on ? record.flags | flag : record.flags & ~flag);
  write_record(batch, **key, record);
  return {};
}

}  // namespace boardwalk::store
