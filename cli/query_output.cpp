#include "cli/query_output.hpp"

#include <map>

#include "cli/command.hpp"
#include "store/export/csv.hpp"
#include "store/shallow_document.hpp"
#include "store/visits.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kFirstRows = 100;

// The columns of each kind's table: keys of the JSON.
const Cells& columns_of(const std::string& what) {
  static const std::map<std::string, Cells> list{
      {"boards", {"id", "parent_id", "threads", "posts", "name"}},
      {"threads", {"id", "created_at", "author", "replies", "posts_archived", "complete", "title"}},
      {"posts", {"id", "floor", "author", "posted_at", "text"}},
      {"articles", {"id", "published_at", "source", "title"}},
      {"pages", {"fetched_at", "run", "outcome", "status", "bytes", "url"}},
  };
  return list.at(what);
}

// To the minute, on the clock that the record has it in.
std::string short_time(std::string_view rfc3339) {
  std::string text{rfc3339.substr(0, 16)};
  if (text.size() > 10) text[10] = ' ';
  return text;
}

std::string cell(const rapidjson::Value& object, const std::string& key) {
  const auto member = object.FindMember(key.c_str());
  if (member == object.MemberEnd() || member->value.IsNull()) return "-";
  const auto& value = member->value;
  if (value.IsString() && key.ends_with("_at")) return short_time(value.GetString());
  if (value.IsString()) return {value.GetString(), value.GetStringLength()};
  if (value.IsBool()) return value.GetBool() ? "yes" : "no";
  if (value.IsInt64()) return std::to_string(value.GetInt64());
  return "-";
}

std::string csv_names(const std::string& what) {
  using store::RecordKind;
  if (what == "boards") return store::csv_header(RecordKind::kBoard);
  if (what == "threads") return store::csv_header(RecordKind::kThread);
  if (what == "posts") return store::csv_header(RecordKind::kPost);
  if (what == "articles") return store::csv_header(RecordKind::kArticle);
  return store::csv_header(to_json(store::Visit{}));
}

}  // namespace

QueryOutput::QueryOutput(std::string what, std::string format)
    : what_(std::move(what)), format_(std::move(format)) {
  if (format_ == "csv") open_ = print(csv_names(what_));
}

bool QueryOutput::add(std::string_view json) {
  if (!open_) return false;
  ++count_;
  if (format_ == "table") return open_ = lay_out(json);
  if (format_ == "csv") return open_ = print(store::csv_row(json));
  if (format_ == "jsonl") return open_ = print(std::string(json) + '\n');
  return open_ = print((count_ == 1 ? "[\n" : ",\n") + std::string(json));
}

void QueryOutput::finish() {
  if (format_ == "table" && count_ > 0 && columns_ == nullptr) (void)print_first_rows();
  pager_.reset();
  if (format_ == "json" && open_) (void)print(count_ == 0 ? "[]\n" : "\n]\n");
}

bool QueryOutput::lay_out(std::string_view json) {
  store::ShallowDocument document;
  document.parse(json);
  Cells row;
  for (const auto& key : columns_of(what_)) row.push_back(document.IsObject() ? cell(document, key) : "-");
  if (columns_ != nullptr) return pager_->print(columns_->line(row));
  rows_.push_back(std::move(row));
  return rows_.size() < kFirstRows || print_first_rows();
}

bool QueryOutput::print_first_rows() {
  columns_ = std::make_unique<Columns>(columns_of(what_), rows_, terminal_width());
  pager_ = std::make_unique<Pager>();
  std::string text = styled(Style::kTitle, columns_->line(columns_of(what_)));
  for (const auto& row : rows_) text += columns_->line(row);
  rows_.clear();
  return pager_->print(text);
}

}  // namespace boardwalk::cli
