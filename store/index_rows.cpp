#include "store/index_rows.hpp"

#include <algorithm>

#include "parsers/moment.hpp"
#include "store/index_keys.hpp"
#include "store/json_field.hpp"
#include "store/schema.hpp"
#include "store/text_documents.hpp"
#include "store/text_marks.hpp"

namespace boardwalk::store {
namespace {

std::string_view time_field(char kind) {
  if (kind == kThreadRow) return "created_at";
  if (kind == kPostRow) return "posted_at";
  return kind == kArticleRow ? "published_at" : "";
}

std::vector<std::string> authors_of(char kind, std::string_view json) {
  if (kind == kArticleRow) return text_list_field(json, "authors");
  auto author = text_field(json, "author");
  return author ? std::vector{std::move(*author)} : std::vector<std::string>{};
}

}  // namespace

std::int64_t published_at(char kind, std::string_view json) {
  const std::string_view field = time_field(kind);
  const auto text = field.empty() ? std::nullopt : text_field(json, field);
  const auto moment = text ? parsers::moment_from_rfc3339(*text) : std::nullopt;
  return moment ? moment->epoch() : kNoTime;
}

std::vector<IndexRow> index_rows(std::string_view key, std::string_view json) {
  const auto record = parse_record_key(key);
  if (!record || record->kind == kBoardRow) return {};
  const std::int64_t time = published_at(record->kind, json);
  const std::string thread_id{record->kind == kPostRow ? record->thread_id : ""};
  std::vector<IndexRow> rows;
  rows.push_back({Family::kByTime, at_time(by_time_prefix(record->kind, record->site), time), thread_id});
  rows.back().key += record->id;
  for (const auto& author : authors_of(record->kind, json)) {
    rows.push_back({Family::kByAuthor, at_time(by_author_prefix(record->kind, author), time), thread_id});
    rows.back().key += record->site;
    rows.back().key += '\0';
    rows.back().key += record->id;
  }
  return rows;
}

namespace {

// The full-text index holds a record's text and time.
void mark_texts(Batch& batch, std::string_view key_before, std::string_view json_before, std::string_view key,
                std::string_view json) {
  const auto is_same = [&] {
    return key_before == key && indexed_text(key.front(), json_before) == indexed_text(key.front(), json) &&
           published_at(key.front(), json_before) == published_at(key.front(), json);
  };
  if (!key.empty() && is_indexed(key.front()) && !is_same()) mark_text(batch, key);
  if (!key_before.empty() && key_before != key && is_indexed(key_before.front()))
    mark_text(batch, key_before);
}

}  // namespace

void reindex(Batch& batch, std::string_view key_before, std::string_view json_before, std::string_view key,
             std::string_view json) {
  const auto before = index_rows(key_before, json_before);
  const auto now = index_rows(key, json);
  const auto in = [](const std::vector<IndexRow>& rows, const IndexRow& row) {
    return std::find(rows.begin(), rows.end(), row) != rows.end();
  };
  for (const auto& row : before)
    if (!in(now, row)) batch.erase(row.family, row.key);
  for (const auto& row : now)
    if (!in(before, row)) batch.put(row.family, row.key, row.value);
  mark_texts(batch, key_before, json_before, key, json);
}

}  // namespace boardwalk::store
