#include "store/text_marks.hpp"

#include "store/damage.hpp"
#include "store/packed.hpp"

namespace boardwalk::store {

template <typename Archive, typename Row>
void fields(Archive& archive, Row& row) {
  archive(row.id);
  archive(row.updates);
}

namespace {

constexpr std::string_view kRow = "textindex";

}  // namespace

std::string text_mark(std::string_view record_key) { return std::string(kTextMarks).append(record_key); }

void mark_text(Batch& batch, std::string_view record_key) {
  const auto index = batch.get(Family::kMeta, kRow);
  if (index && !*index) return;
  batch.put(Family::kMeta, text_mark(record_key), {});
}

void unmark_text(Batch& batch, std::string_view record_key) {
  batch.erase(Family::kMeta, text_mark(record_key));
}

Result<std::optional<TextIndexRow>> text_index_row(const Database& database) {
  const auto bytes = database.get(Family::kMeta, kRow);
  if (!bytes) return tl::unexpected(bytes.error());
  if (!*bytes) return std::nullopt;
  auto row = unpack<TextIndexRow>(**bytes);
  if (!row) return damaged_row("meta", "the full-text index");
  return row;
}

void put_text_index_row(Batch& batch, const TextIndexRow& row) { batch.put(Family::kMeta, kRow, pack(row)); }

void erase_text_index_row(Batch& batch) { batch.erase(Family::kMeta, kRow); }

}  // namespace boardwalk::store
