#include "store/export/csv.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "store/json_codec.hpp"
#include "store/shallow_document.hpp"

namespace boardwalk::store {
namespace {

using rapidjson::Value;

std::string blank_record(RecordKind kind) {
  switch (kind) {
    case RecordKind::kBoard:
      return to_json(parsers::Board{});
    case RecordKind::kThread:
      return to_json(parsers::Thread{});
    case RecordKind::kPost:
      return to_json(parsers::Post{});
    case RecordKind::kArticle:
      return to_json(parsers::Article{});
  }
  return {};
}

std::string_view text_of(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

bool has_columns(const Value& name) {
  const std::string_view key = text_of(name);
  return key == "board" || key == "page" || key == "charset";
}

// A quote inside is doubled (§2.7).
void append_quoted(std::string& line, std::string_view text) {
  line += '"';
  for (const char c : text) {
    line += c;
    if (c == '"') line += '"';
  }
  line += '"';
}

void append_cell(std::string& line, const Value& value) {
  if (value.IsNull()) return;
  if (value.IsString()) {
    const std::string_view text = text_of(value);
    if (text.empty() || text.find_first_of("\",\r\n") != std::string_view::npos)
      append_quoted(line, text);
    else
      line += text;
    return;
  }
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  const std::string_view json{buffer.GetString(), buffer.GetSize()};
  value.IsNumber() || value.IsBool() ? static_cast<void>(line += json) : append_quoted(line, json);
}

constexpr std::string_view kFiles = "files";  // the one key that only some records have: the last column

bool may_have_files(std::string_view kind) { return kind == "post" || kind == "article"; }

// Calls `cell` for each column: the name of its key, the one of the object that it stands in, its value.
template <typename Cell>
void for_each_cell(const Value& record, Cell&& cell) {
  for (const auto& [name, value] : record.GetObject()) {
    if (text_of(name) == kFiles) continue;
    if (!has_columns(name) || !value.IsObject()) {
      cell(std::string_view{}, text_of(name), value);
      continue;
    }
    for (const auto& [inner, field] : value.GetObject()) cell(text_of(name), text_of(inner), field);
  }
}

}  // namespace

std::string csv_header(RecordKind kind) { return csv_header(blank_record(kind)); }

std::string csv_header(std::string_view json) {
  ShallowDocument record;
  record.parse(json);
  std::string line;
  for_each_cell(record, [&](std::string_view outer, std::string_view name, const Value&) {
    if (!line.empty()) line += ',';
    line += outer;
    if (!outer.empty()) line += '_';
    line += name;
  });
  if (may_have_files(text_of(record["kind"]))) line.append(",").append(kFiles);
  return line + "\r\n";
}

std::string csv_row(std::string_view json) {
  ShallowDocument record;
  record.parse(json);
  std::string line;
  if (!record.IsObject()) return line;
  bool first = true;
  for_each_cell(record, [&](std::string_view, std::string_view, const Value& value) {
    if (!std::exchange(first, false)) line += ',';
    append_cell(line, value);
  });
  if (may_have_files(text_of(record["kind"]))) {
    line += ',';
    if (record.HasMember("files")) append_cell(line, record["files"]);
  }
  return line + "\r\n";
}

bool Csv::add(RecordKind, std::string_view json) { return finish() && write_(csv_row(json)); }

bool Csv::finish() { return std::exchange(begun_, true) || write_(csv_header(kind_)); }

}  // namespace boardwalk::store
