#include "store/text_update.hpp"

#include <fmt/format.h>
#include <xapian.h>

#include <random>
#include <utility>
#include <vector>

#include "store/archive_directory.hpp"
#include "store/record_rows.hpp"
#include "store/text_builder.hpp"
#include "store/text_marks.hpp"
#include "store/xapian_state.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTermsOfBatch = 500'000;  // some tens of MB of postings in memory
constexpr std::size_t kMarksOfBatch = 10'000;
constexpr std::int64_t kFewestOfOutdated = 4;  // one in so many is worth making it anew

fs::path path_of_fresh(const Database& database) {
  return text_index_path(database.directory()).string() + ".new";
}

tl::unexpected<Error> broken(const Database& database, std::string_view why) {
  return fail(ErrorKind::kIo, fmt::format("cannot write the full-text index {}: {}",
                                          text_index_path(database.directory()).string(), why));
}

std::string random_id() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}", device(), device());
}

// Puts what stands in `fresh` in the place of the index.
Result<void> replace_index(const Database& database, const fs::path& fresh) {
  const fs::path path = text_index_path(database.directory());
  std::error_code error;
  for (fs::directory_iterator entry(fresh, error), end; !error && entry != end; entry.increment(error))
    if (auto synced = sync_path(entry->path()); !synced) return synced;
  fs::remove_all(path, error);
  fs::rename(fresh, path, error);
  if (error)
    return fail(ErrorKind::kIo, fmt::format("cannot rename {}: {}", fresh.string(), error.message()));
  return sync_path(database.directory());
}

class Updating {
 public:
  Updating(Database& database, const TextUpdate& update) : database_(database), update_(update) {}

  // Everything that is indexed is on the disk before the index is: it never knows what the archive forgot.
  Result<TextUpdated> run() {
    if (auto flushed = database_.flush(); !flushed) return tl::unexpected(flushed.error());
    state_.changes = changes_of(database_);
    try {
      const bool fits = !update_.anew && is_fit();
      if (auto done = fits ? take_marks() : make_anew(); !done) return tl::unexpected(done.error());
    } catch (const Xapian::Error& error) {
      return broken(database_, error.get_description());
    } catch (const fs::filesystem_error& error) {
      return broken(database_, error.what());
    }
    return updated_;
  }

 private:
  bool is_fit() {
    try {
      const Xapian::Database index(text_index_path(database_.directory()).string());
      const auto state = state_of(index);
      if (why_unfit(database_, state) || state.outdated > index.get_doccount() / kFewestOfOutdated)
        return false;
      const auto changes = std::exchange(state_, state).changes;
      state_.changes = changes;
      return true;
    } catch (const Xapian::Error&) {
      return false;
    }
  }

  [[nodiscard]] bool stops() {
    updated_.whole = !update_.stop || !update_.stop();
    return !updated_.whole;
  }

  void tell_progress() {
    if (update_.progress) update_.progress(updated_.put + updated_.removed);
  }

  Result<std::vector<std::string>> marked() {
    std::vector<std::string> keys;
    auto scanned =
        database_.scan(Family::kMeta, kTextMarks, kTextMarks, [&](std::string_view key, std::string_view) {
          keys.emplace_back(key.substr(kTextMarks.size()));
          return keys.size() < kMarksOfBatch;
        });
    if (!scanned) return tl::unexpected(scanned.error());
    return keys;
  }

  Result<void> take_marks() {
    Xapian::WritableDatabase index(text_index_path(database_.directory()).string(),
                                   Xapian::DB_OPEN | Xapian::DB_NO_TERMLIST);
    bool begun = false;
    while (true) {
      const auto keys = marked();
      if (!keys) return tl::unexpected(keys.error());
      if (keys->empty()) return {};
      for (auto key = keys->begin(); key != keys->end();) {
        if (std::exchange(begun, true) && stops()) return {};
        const auto first = key;
        if (auto taken = take_batch(index, key, keys->end()); !taken) return taken;
        if (auto unmarked = unmark(first, key); !unmarked) return unmarked;
      }
    }
  }

  using Key = std::vector<std::string>::const_iterator;

  // The state goes in front: whatever part of the batch is committed says how new it is.
  Result<void> take_batch(Xapian::WritableDatabase& index, Key& key, Key end) {
    ++state_.updates;
    set_state(index, state_);
    for (std::size_t terms = 0; key != end && terms < kTermsOfBatch; ++key) {
      const auto value = database_.get(Family::kRecords, *key);
      if (!value) return tl::unexpected(value.error());
      tell_progress();
      Xapian::Document document;
      const bool is_known = index.term_exists(document_term(*key));
      state_.outdated += is_known ? 1 : 0;
      if (*value) {
        const auto record = parse_record_value(**value);
        if (!record) return tl::unexpected(record.error());
        terms += fill(document, *key, record->json);
        ++updated_.put;
      } else {
        if (!is_known) continue;
        document.add_boolean_term(document_term(*key));
        ++updated_.removed;
      }
      index.add_document(document);
    }
    set_state(index, state_);
    index.commit();
    return {};
  }

  Result<void> unmark(Key key, Key end) {
    Batch batch(database_);
    for (; key != end; ++key) unmark_text(batch, *key);
    put_text_index_row(batch, {state_.id, state_.updates});
    return database_.commit(batch);
  }

  Result<void> make_anew() {
    updated_.anew = true;
    state_.layout = kTextLayout;
    state_.id = random_id();
    state_.updates = 1;
    const fs::path folder = path_of_fresh(database_);
    TextBuilder builder(folder, {});
    if (auto filled = fill_fresh(builder); !filled) return filled;
    if (updated_.whole)
      if (auto replaced = replace_index(database_, builder.finish(state_)); !replaced) return replaced;
    fs::remove_all(folder);
    return updated_.whole ? unmark_all() : Result<void>{};
  }

  Result<void> fill_fresh(TextBuilder& builder) {
    std::optional<Error> error;
    auto scanned =
        database_.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
          if (key.empty() || !is_indexed(key.front())) return true;
          const auto record = parse_record_value(value);
          if (!record) {
            error = record.error();
            return false;
          }
          builder.add(key, record->json);
          ++updated_.put;
          tell_progress();
          return !builder.is_between_pieces() || !stops();
        });
    if (error) return tl::unexpected(*error);
    return scanned;
  }

  Result<void> unmark_all() {
    Batch batch(database_);
    put_text_index_row(batch, {state_.id, state_.updates});
    if (auto committed = database_.commit(batch); !committed) return committed;
    while (true) {
      const auto keys = marked();
      if (!keys) return tl::unexpected(keys.error());
      if (keys->empty()) return {};
      if (auto unmarked = unmark(keys->begin(), keys->end()); !unmarked) return unmarked;
    }
  }

  Database& database_;
  const TextUpdate& update_;
  TextIndexState state_;
  TextUpdated updated_;
};

Result<bool> has_marks(const Database& database) {
  bool found = false;
  auto scanned = database.scan(Family::kMeta, kTextMarks, kTextMarks,
                               [&found](std::string_view, std::string_view) { return !(found = true); });
  if (!scanned) return tl::unexpected(scanned.error());
  return found;
}

// The index without spare room. False when it cannot be read, does not fit, or holds what was superseded.
bool copy_current(const Database& database, const fs::path& fresh) {
  try {
    Xapian::Database index(text_index_path(database.directory()).string());
    const auto state = state_of(index);
    if (state.outdated > 0 || why_unfit(database, state)) return false;
    index.compact(fresh.string(), Xapian::DBCOMPACT_NO_RENUMBER);
    return true;
  } catch (const Xapian::Error&) {
    return false;
  }
}

}  // namespace

Result<TextUpdated> update_text_index(Database& database, const TextUpdate& update) {
  return Updating(database, update).run();
}

bool has_text_index(const Database& database) {
  std::error_code error;
  const auto row = text_index_row(database);
  return fs::exists(text_index_path(database.directory()), error) || !row || *row;
}

Result<void> drop_text_index(Database& database) {
  Batch batch(database);
  erase_text_index_row(batch);
  auto scanned =
      database.scan(Family::kMeta, kTextMarks, kTextMarks, [&](std::string_view key, std::string_view) {
        batch.erase(Family::kMeta, key);
        return true;
      });
  if (!scanned) return scanned;
  if (auto committed = database.commit(batch); !committed) return committed;
  std::error_code error;
  fs::remove_all(path_of_fresh(database), error);
  fs::remove_all(text_index_path(database.directory()), error);
  if (!error) return {};
  return fail(ErrorKind::kIo, fmt::format("cannot remove {}: {}",
                                          text_index_path(database.directory()).string(), error.message()));
}

Result<void> compact_text_index(Database& database) {
  const fs::path fresh = path_of_fresh(database);
  std::error_code error;
  if (!fs::exists(text_index_path(database.directory()), error)) return {};
  fs::remove_all(fresh, error);
  const auto marks = has_marks(database);
  if (!marks) return tl::unexpected(marks.error());
  if (!*marks && copy_current(database, fresh)) return replace_index(database, fresh);
  const auto made = update_text_index(database, TextUpdate{.anew = true});
  return made ? Result<void>{} : tl::unexpected(made.error());
}

}  // namespace boardwalk::store
