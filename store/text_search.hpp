// Asking the full-text index which records may hold a text. What it finds is read from the archive and
// checked; records that it does not know yet (text_marks.hpp) have to be looked at besides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/text_documents.hpp"

namespace boardwalk::store {

struct TextSearch {
  std::optional<std::vector<Candidate>> found;  // nullopt: every record has to be looked at
  std::string why_not;                          // then why, for a person
  bool is_trouble = false;                      // then: an index that is up to date would have answered
};

// Records of a kind (its letter in keys) of which a document has all of these grams, the newest first: one
// that has changed may come more than once; nullopt when they are more than `most`. REQUIRES: there are
// grams.
[[nodiscard]] TextSearch search_text(const Database& database, char kind, std::vector<std::string> grams,
                                     std::uint64_t most);

}  // namespace boardwalk::store
