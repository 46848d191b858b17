#include "store/record_match.hpp"

#include <algorithm>
#include <limits>

#include "parsers/fold.hpp"
#include "store/index_keys.hpp"
#include "store/index_rows.hpp"
#include "store/json_field.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

std::string_view title_name(RecordKind kind) {
  if (kind == RecordKind::kBoard) return "name";
  return kind == RecordKind::kPost ? "thread_title" : "title";
}

bool has_text(RecordKind kind) { return kind == RecordKind::kPost || kind == RecordKind::kArticle; }

bool holds(std::string_view json, std::string_view field, const std::optional<std::string>& part) {
  if (!part) return true;
  const auto text = field.empty() ? std::nullopt : text_field(json, field);
  return text && text->find(*part) != std::string::npos;
}

// The fields that --text and --fold look at; empty when a kind has none.
std::string_view text_name(RecordKind kind) { return has_text(kind) ? "text" : ""; }
std::string_view fold_name(RecordKind kind) { return has_text(kind) ? "text" : title_name(kind); }

}  // namespace

char row_letter(RecordKind kind) {
  switch (kind) {
    case RecordKind::kBoard:
      return kBoardRow;
    case RecordKind::kThread:
      return kThreadRow;
    case RecordKind::kPost:
      return kPostRow;
    case RecordKind::kArticle:
      return kArticleRow;
  }
  return kBoardRow;
}

RecordMatch::RecordMatch(const Filter& filter, RecordKind kind) : filter_(filter), kind_(kind) {
  if (filter.fold) fold_ = parsers::fold(*filter.fold);
}

bool RecordMatch::passes(std::string_view key, std::string_view json) const {
  return key_passes(key) && board_passes(json) && time_passes(json) && author_passes(json) &&
         holds(json, title_name(kind_), filter_.title) && holds(json, text_name(kind_), filter_.text) &&
         fold_passes(json);
}

bool RecordMatch::key_passes(std::string_view key) const {
  if (!filter_.site && !filter_.thread) return true;
  const auto parsed = parse_record_key(key);
  if (!parsed || (filter_.site && parsed->site != *filter_.site)) return false;
  return !filter_.thread || ((kind_ == RecordKind::kPost || kind_ == RecordKind::kThread) &&
                             parsed->thread_id == *filter_.thread);
}

bool RecordMatch::board_passes(std::string_view json) const {
  if (!filter_.board) return true;
  return (kind_ == RecordKind::kBoard ? text_field(json, "board_id") : board_id_field(json)) == filter_.board;
}

bool RecordMatch::time_passes(std::string_view json) const {
  if (!filter_.since && !filter_.until) return true;
  const std::int64_t time = published_at(row_letter(kind_), json);
  return time != kNoTime && time >= filter_.since.value_or(std::numeric_limits<std::int64_t>::min()) &&
         time < filter_.until.value_or(kNoTime);
}

bool RecordMatch::author_passes(std::string_view json) const {
  if (!filter_.author) return true;
  if (kind_ == RecordKind::kBoard) return false;
  if (kind_ != RecordKind::kArticle) return text_field(json, "author") == filter_.author;
  const auto authors = text_list_field(json, "authors");
  return std::find(authors.begin(), authors.end(), *filter_.author) != authors.end();
}

bool RecordMatch::fold_passes(std::string_view json) const {
  if (!fold_) return true;
  const auto text = text_field(json, fold_name(kind_));
  return text && parsers::fold(*text).find(*fold_) != std::string::npos;
}

}  // namespace boardwalk::store
