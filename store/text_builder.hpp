// Makes a full-text index from nothing. What a commit costs Xapian grows with what its index holds already
// and with how little of it the processor's caches hold, so documents go into many small databases, each
// written once, which are merged: so many into one, then so many of these. All stand in a folder of their
// own, of which nothing is asked; what was left there by a kill is removed first.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "store/text_documents.hpp"

namespace boardwalk::store {

// All may throw Xapian::Error and std::filesystem::filesystem_error.
class TextBuilder {
 public:
  struct Sizes {
    std::size_t terms_of_piece = 64'000;  // a few MB of postings in memory
    std::size_t merged_at_once = 64;      // with three open files each
  };

  TextBuilder(std::filesystem::path folder, Sizes sizes);
  ~TextBuilder();
  TextBuilder(const TextBuilder&) = delete;
  TextBuilder& operator=(const TextBuilder&) = delete;

  // REQUIRES: of a record that is indexed and was not added.
  void add(std::string_view record_key, std::string_view json);

  // Whether a piece has just been ended: a good moment to stop or to tell of progress.
  [[nodiscard]] bool is_between_pieces() const { return piece_ == nullptr; }

  // The whole index, a database in the folder. REQUIRES: the last call.
  [[nodiscard]] std::filesystem::path finish(const TextIndexState& state);

 private:
  struct Piece;

  [[nodiscard]] std::filesystem::path next_path();
  void end_piece();
  void merge_full_levels();
  [[nodiscard]] std::filesystem::path merged(const std::vector<std::filesystem::path>& pieces);

  std::filesystem::path folder_;
  Sizes sizes_;
  std::unique_ptr<Piece> piece_;
  std::vector<std::vector<std::filesystem::path>> levels_;  // pieces, and what so many merges made of them
  std::size_t made_ = 0;
};

}  // namespace boardwalk::store
