#include "store/text_builder.hpp"

#include <xapian.h>

#include <string>
#include <utility>

#include "store/xapian_state.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

}  // namespace

struct TextBuilder::Piece {
  explicit Piece(fs::path where)
      : path(std::move(where)),
        database(path.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_TERMLIST | Xapian::DB_NO_SYNC |
                                    Xapian::DB_DANGEROUS) {}

  fs::path path;
  Xapian::WritableDatabase database;
  std::size_t terms = 0;
};

TextBuilder::TextBuilder(fs::path folder, Sizes sizes)
    : folder_(std::move(folder)), sizes_(sizes), levels_(1) {
  fs::remove_all(folder_);
  fs::create_directory(folder_);
}

TextBuilder::~TextBuilder() = default;

fs::path TextBuilder::next_path() { return folder_ / std::to_string(made_++); }

void TextBuilder::add(std::string_view record_key, std::string_view json) {
  if (!piece_) piece_ = std::make_unique<Piece>(next_path());
  Xapian::Document document;
  piece_->terms += fill(document, record_key, json);
  piece_->database.add_document(document);
  if (piece_->terms >= sizes_.terms_of_piece) end_piece();
}

void TextBuilder::end_piece() {
  piece_->database.commit();
  piece_->database.close();
  levels_.front().push_back(piece_->path);
  piece_.reset();
  merge_full_levels();
}

void TextBuilder::merge_full_levels() {
  for (std::size_t level = 0; level < levels_.size() && levels_[level].size() == sizes_.merged_at_once;
       ++level) {
    if (level + 1 == levels_.size()) levels_.emplace_back();
    levels_[level + 1].push_back(merged(std::exchange(levels_[level], {})));
  }
}

fs::path TextBuilder::merged(const std::vector<fs::path>& pieces) {
  fs::path path = next_path();
  Xapian::Database together;
  for (const auto& piece : pieces) together.add_database(Xapian::Database(piece.string()));
  together.compact(path.string());
  together.close();
  for (const auto& piece : pieces) fs::remove_all(piece);
  return path;
}

fs::path TextBuilder::finish(const TextIndexState& state) {
  if (!piece_) piece_ = std::make_unique<Piece>(next_path());
  set_state(piece_->database, state);
  end_piece();
  std::vector<fs::path> rest;
  for (auto& level : levels_) {
    rest.insert(rest.end(), level.begin(), level.end());
    if (rest.size() > 1) rest = {merged(rest)};
  }
  return rest.front();
}

}  // namespace boardwalk::store
