// The full-text index on the disk, and whether it fits the archive. A Xapian database in the archive's folder
// with documents for each thread, post and article:
//
//   terms     the grams of its text, of a thread its title (text_grams.hpp); `Q` and its key in `records`, or
//             the key's SHA-256 in hex when it is longer than 200 bytes
//   data      the time of its publication as keys have it (8 bytes), then its key in `records`
//   metadata  `layout` 3; `id`, drawn at random; `updates`, how often it was brought up to date; `changes`,
//             how many the archive had seen when that began; `outdated`, how many documents are not the
//             newest of their record
//
// It has no lists of a document's terms (they would make up nearly half of it), so no document is taken out:
// what has changed gets a new one, and the newest counts, that with the largest number; of a record that is
// gone it has no data and no grams. An older one can only name a record that its text then leaves out.
//
// What a process was doing when it was killed leaves either the state before or the one behind: a commit of
// Xapian's is whole or not there, and marks (text_marks.hpp) go behind it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/index_keys.hpp"

namespace boardwalk::store {

// Raised with every change of what fold() makes of a text (fold.hpp), too: documents hold grams of folds.
inline constexpr std::string_view kTextLayout = "4";

[[nodiscard]] std::filesystem::path text_index_path(const std::filesystem::path& archive);

// Whether a record of that kind (its letter in keys) is in the index, and what of it.
[[nodiscard]] bool is_indexed(char kind);
[[nodiscard]] std::string indexed_text(char kind, std::string_view json);

[[nodiscard]] std::string document_term(std::string_view record_key);
[[nodiscard]] std::string document_data(std::string_view record_key, std::string_view json);

// A record that may pass, and when it was published.
struct Candidate {
  std::string key;  // of `records`
  std::int64_t time = kNoTime;
};
[[nodiscard]] std::optional<Candidate> candidate_from(std::string_view document_data);

// What an index says of itself.
struct TextIndexState {
  std::string layout, id;
  std::int64_t updates = 0;
  std::uint64_t changes = 0;
  std::int64_t outdated = 0;
};

// Why an index of that state cannot be asked about what `database` shows; nullopt when it can: it is this
// archive's, knows everything that has no mark, and was made of nothing that came later.
[[nodiscard]] std::optional<std::string> why_unfit(const Database& database, const TextIndexState& state);

// How many changes the database has seen.
[[nodiscard]] std::uint64_t changes_of(const Database& database);

}  // namespace boardwalk::store
