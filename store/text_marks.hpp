// Which records the full-text index does not know yet as they are. Whoever writes a record marks it in the
// same batch; whoever brings the index up to date takes the marks away. So a query always knows what it has
// to look at besides the index. Where there is no index nothing is marked: making one reads every record.
//
//   kMeta   `text/` key in `records`   → nothing: its text or time differs from what the index holds of it
//   kMeta   `textindex`                → (id of the index, how often it was brought up to date);
//                                        absent: there is none that fits
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace boardwalk::store {

// REQUIRES: of a record that has a text: a thread (its title), a post or an article.
void mark_text(Batch& batch, std::string_view record_key);
void unmark_text(Batch& batch, std::string_view record_key);

inline constexpr std::string_view kTextMarks = "text/";  // in front of the record's key
[[nodiscard]] std::string text_mark(std::string_view record_key);

struct TextIndexRow {
  std::string id;
  std::int64_t updates = 0;
};
[[nodiscard]] Result<std::optional<TextIndexRow>> text_index_row(const Database& database);
void put_text_index_row(Batch& batch, const TextIndexRow& row);
void erase_text_index_row(Batch& batch);

}  // namespace boardwalk::store
