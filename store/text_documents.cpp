#include "store/text_documents.hpp"

#include <rocksdb/db.h>

#include "parsers/digest.hpp"
#include "store/index_rows.hpp"
#include "store/json_field.hpp"
#include "store/key_parts.hpp"
#include "store/rocks.hpp"
#include "store/text_marks.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kLongestKey = 200;

}  // namespace

std::filesystem::path text_index_path(const std::filesystem::path& archive) { return archive / "fulltext"; }

bool is_indexed(char kind) { return kind == kThreadRow || kind == kPostRow || kind == kArticleRow; }

std::string indexed_text(char kind, std::string_view json) {
  return text_field(json, kind == kThreadRow ? "title" : "text").value_or("");
}

std::string document_term(std::string_view record_key) {
  std::string term = "Q";
  return record_key.size() > kLongestKey ? term + parsers::sha256_hex(record_key) : term.append(record_key);
}

std::string document_data(std::string_view record_key, std::string_view json) {
  std::string data;
  append_time(data, published_at(record_key.front(), json));
  return data.append(record_key);
}

std::optional<Candidate> candidate_from(std::string_view document_data) {
  const auto time = take_time(document_data);
  if (!time || document_data.empty()) return std::nullopt;
  return Candidate{std::string(document_data), *time};
}

std::optional<std::string> why_unfit(const Database& database, const TextIndexState& state) {
  const auto row = text_index_row(database);
  if (!row || !*row || (*row)->id != state.id) return "is not the one of this archive";
  if (state.layout != kTextLayout) return "is of another layout";
  if ((*row)->updates > state.updates) return "is older than the archive";
  if (state.changes > changes_of(database)) return "is newer than what is read of the archive";
  return std::nullopt;
}

std::uint64_t changes_of(const Database& database) { return database.rocks().db->GetLatestSequenceNumber(); }

}  // namespace boardwalk::store
