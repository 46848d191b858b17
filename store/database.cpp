#include "store/database.hpp"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <system_error>
#include <utility>
#include <vector>

#include "store/archive_directory.hpp"
#include "store/dictionaries.hpp"
#include "store/key_parts.hpp"
#include "store/migration.hpp"
#include "store/pending_rows.hpp"
#include "store/recent_rows.hpp"
#include "store/rocks.hpp"
#include "store/row_filter.hpp"
#include "store/schema.hpp"
#include "store/slices.hpp"
#include "store/wal_sync.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

using EachRow = std::function<bool(std::string_view, std::string_view)>;

constexpr std::size_t kKeptWrites = std::size_t{1} << 20;  // bytes

// What a filter of rows knows a row by; nothing of families in which what is asked for is mostly there.
std::optional<std::string_view> filtered_key(Family family, std::string_view key) {
  if (family == Family::kBodies || family == Family::kIds || family == Family::kFolds ||
      family == Family::kUrls)
    return key;
  const std::size_t prefix = filtered_prefix(family);
  if (prefix == 0 || key.size() < prefix) return std::nullopt;
  return key.substr(0, prefix);
}

}  // namespace

struct Database::State {
  fs::path directory;
  std::optional<ArchiveLock> lock;  // outlives the database that it guards
  Rocks rocks;
  config::Sync mode = config::Sync::kEvery100ms;
  bool is_scratch = false;
  std::unique_ptr<RowFilter> filter;   // of an archive that was empty when it was opened for writing
  std::unique_ptr<RecentRows> recent;  // of one that is open for writing
  rocksdb::WriteBatch writes;          // of a commit; its memory is kept from one to the next
  std::optional<WalSync> sync;         // ends first: it uses the database

  State(fs::path where, std::optional<ArchiveLock> held, Rocks opened, config::Sync how)
      : directory(std::move(where)), lock(std::move(held)), rocks(std::move(opened)), mode(how) {
    if (lock && rocks.db->GetLatestSequenceNumber() == 0) filter = std::make_unique<RowFilter>();
    if (lock) recent = std::make_unique<RecentRows>();
    if (lock && mode == config::Sync::kEvery100ms) sync.emplace([this] { return sync_log(); });
  }

  Result<std::optional<std::string>> get(Family family, std::string_view key) const {
    std::string value;
    const auto status = rocks.db->Get(rocksdb::ReadOptions{}, rocks.of(family), slice(key), &value);
    if (status.ok()) return std::optional(std::move(value));
    if (status.IsNotFound()) return std::nullopt;
    return tl::unexpected<Error>(error_from(status, directory));
  }

  std::optional<std::string> sync_log() const {
    const auto status = rocks.db->FlushWAL(true);
    return status.ok() ? std::nullopt : std::optional(status.ToString());
  }
};

struct Batch::Rows {
  const Database::State* state;
  PendingRows pending;
  // Iterators over the database are dear: each family's is kept for the next scan while nothing was
  // committed.
  std::array<std::unique_ptr<rocksdb::Iterator>, kFamilies> iterators;
  rocksdb::SequenceNumber as_of = 0;

  explicit Rows(const Database::State* of) : state(of) {}

  std::unique_ptr<rocksdb::Iterator> take_iterator(Family family, std::string_view prefix) {
    rocksdb::DB& db = *state->rocks.db;
    if (db.GetLatestSequenceNumber() != as_of) iterators = {};
    as_of = db.GetLatestSequenceNumber();
    auto& kept = iterators[static_cast<std::size_t>(family)];
    const bool within = prefix.size() >= walked_prefix(family);
    if (kept && within) return std::move(kept);
    rocksdb::ReadOptions options;
    options.total_order_seek = !within;
    return std::unique_ptr<rocksdb::Iterator>(db.NewIterator(options, state->rocks.of(family)));
  }

  // Whether this batch or the database may have such a row.
  [[nodiscard]] bool may_hold(Family family, std::string_view key) const {
    const auto known = state->filter ? filtered_key(family, key) : std::nullopt;
    return !known || state->filter->may_hold(family, *known);
  }

  // What the database holds, or held when it was last asked or told.
  Result<std::optional<std::string>> get_held(Family family, std::string_view key) const {
    RecentRows* const recent = RecentRows::keeps(family) ? state->recent.get() : nullptr;
    if (recent == nullptr) return state->get(family, key);
    if (const auto* const known = recent->find(family, key)) return *known;
    auto value = state->get(family, key);
    if (value) recent->note(family, key, *value);
    return value;
  }

  // A row may be too large.
  [[nodiscard]] Result<void> add_to(rocksdb::WriteBatch& writes) const {
    for (int i = 0; i < kFamilies; ++i) {
      const auto family = static_cast<Family>(i);
      auto* const handle = state->rocks.of(family);
      for (const auto& [key, value] : pending.of(family)) {
        const auto status =
            value ? writes.Put(handle, slice(key), slice(*value)) : writes.Delete(handle, slice(key));
        if (!status.ok())
          return fail(ErrorKind::kIo,
                      fmt::format("archive {}: a row of `{}` cannot be written: {}",
                                  state->directory.string(), family_name(family), status.ToString()));
      }
    }
    return {};
  }

  void committed() {
    for (int i = 0; i < kFamilies; ++i) {
      const auto family = static_cast<Family>(i);
      if (!RecentRows::keeps(family)) continue;
      for (const auto& [key, value] : pending.of(family)) state->recent->note(family, key, value);
    }
    pending.clear();
    iterators = {};
  }
};

Batch::Batch(const Database& database) : rows_(new Rows(database.state_.get())) {}
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;

void Batch::put(Family family, std::string_view key, std::string_view value) {
  rows_->pending.write(family, key, value);
  if (RowFilter* const filter = rows_->state->filter.get())
    if (const auto known = filtered_key(family, key)) filter->add(family, *known);
}

void Batch::erase(Family family, std::string_view key) { rows_->pending.write(family, key, std::nullopt); }

Result<std::optional<std::string>> Batch::get(Family family, std::string_view key) const {
  if (!rows_->may_hold(family, key)) return std::nullopt;
  const PendingRows::Rows& pending = rows_->pending.of(family);
  if (const auto at = pending.find(key); at != pending.end()) return std::optional<std::string>(at->second);
  return rows_->get_held(family, key);
}

Result<void> Batch::scan(Family family, std::string_view prefix, std::string_view from,
                         const EachRow& row) const {
  if (filtered_prefix(family) != 0 && !rows_->may_hold(family, prefix)) return {};
  const PendingRows::Rows& pending = rows_->pending.of(family);
  auto own = pending.lower_bound(std::max(prefix, from));
  const auto has_own = [&] { return own != pending.end() && own->first.starts_with(prefix); };
  auto held = rows_->take_iterator(family, prefix);
  const auto as_of = rows_->as_of;
  const auto has_held = [&] { return held->Valid() && view(held->key()).starts_with(prefix); };
  held->Seek(slice(std::max(prefix, from)));
  bool more = true;
  while (more && (has_own() || has_held())) {
    if (has_own() && (!has_held() || own->first <= view(held->key()))) {
      if (has_held() && own->first == view(held->key())) held->Next();
      if (own->second) more = row(own->first, *own->second);
      ++own;
    } else {
      more = row(view(held->key()), view(held->value()));
      held->Next();
    }
  }
  if (more && !held->status().ok())
    return tl::unexpected<Error>(error_from(held->status(), rows_->state->directory));
  if (as_of == rows_->as_of && prefix.size() >= walked_prefix(family))
    rows_->iterators[static_cast<std::size_t>(family)] = std::move(held);
  return {};
}

void Batch::expect(Family family, std::string_view key) const {
  if (const RowFilter* const filter = rows_->state->filter.get())
    if (const auto known = filtered_key(family, key)) filter->expect(family, *known);
}

std::size_t Batch::bytes() const { return rows_->pending.bytes(); }

Database::Database(std::unique_ptr<State> state)
    : state_(std::move(state)), dictionaries_(new Dictionaries(*this)) {}
Database::~Database() = default;

namespace {

struct Writable {
  ArchiveLock lock;
  Rocks rocks;
  int layout;
};

Result<Writable> open_for_writing(const fs::path& directory, Database::Access access) {
  auto layout = read_layout(directory);
  if (!layout) return tl::unexpected(layout.error());
  if (!*layout) {
    if (auto vacant = check_vacant(directory); !vacant) return tl::unexpected(vacant.error());
    if (auto created = create_archive_directory(directory); !created) return tl::unexpected(created.error());
  }
  auto lock = ArchiveLock::take(directory,
                                access == Database::Access::kChange ? LockedFor::kCare : LockedFor::kCrawl);
  if (!lock) return tl::unexpected(lock.error());
  layout = read_layout(directory);  // another process may have made the archive before the lock was ours
  if (!layout) return tl::unexpected(layout.error());
  const Missing missing = !*layout             ? Missing::kCreate
                          : **layout < kLayout ? Missing::kAddFamilies
                                               : Missing::kDamage;
  auto rocks = open_writable(directory, access, missing);
  if (!rocks) return tl::unexpected(rocks.error());
  if (!*layout) {
    if (rocks->db->GetLatestSequenceNumber() != 0)  // LAYOUT is written before the first commit
      return fail(ErrorKind::kDamaged,
                  fmt::format("archive {} is damaged: its file LAYOUT is missing; restore it from a backup",
                              directory.string()));
    if (auto written = write_layout(directory); !written) return tl::unexpected(written.error());
  }
  return Writable{std::move(*lock), std::move(*rocks), layout->value_or(kLayout)};
}

Result<int> layout_there(const fs::path& directory) {
  const auto layout = read_layout(directory);
  if (!layout) return tl::unexpected(layout.error());
  if (*layout) return **layout;
  return fail(ErrorKind::kNotFound,
              fmt::format("no archive at {}; crawl into it first, or name another with --archive",
                          directory.string()));
}

Result<int> layout_to_read(const fs::path& directory) {
  const auto layout = layout_there(directory);
  if (!layout) return layout;
  if (*layout < kOldestRead)
    return fail(ErrorKind::kNotFound,
                fmt::format("archive {} has layout {}, which this boardwalk reads once it has brought it to "
                            "layout {}; run boardwalk compact --archive {}",
                            directory.string(), *layout, kLayout, directory.string()));
  return layout;
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const fs::path& directory, Access access,
                                                 config::Sync sync) {
  if (access == Access::kChange)
    if (const auto layout = layout_there(directory); !layout) return tl::unexpected(layout.error());
  if (access != Access::kRead) {
    auto writable = open_for_writing(directory, access);
    if (!writable) return tl::unexpected(writable.error());
    std::unique_ptr<Database> database(new Database(
        std::make_unique<State>(directory, std::move(writable->lock), std::move(writable->rocks), sync)));
    database->state_->is_scratch = access == Access::kScratch;
    if (writable->layout == kLayout) return database;
    if (auto migrated = migrate(*database, writable->layout); !migrated)
      return tl::unexpected(migrated.error());
    if (auto written = write_layout(directory); !written) return tl::unexpected(written.error());
    return database;
  }
  if (const auto layout = layout_to_read(directory); !layout) return tl::unexpected(layout.error());
  auto rocks = open_readable(directory);
  if (!rocks) return tl::unexpected(rocks.error());
  return std::unique_ptr<Database>(
      new Database(std::make_unique<State>(directory, std::nullopt, std::move(*rocks), sync)));
}

Result<std::optional<std::string>> Database::get(Family family, std::string_view key) const {
  return state_->get(family, key);
}

Result<void> Database::scan(Family family, std::string_view prefix, std::string_view from,
                            const EachRow& row) const {
  const std::string end = key_behind(prefix);
  const rocksdb::Slice bound = slice(end);
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.fill_cache = !prefix.empty();  // a walk through all would drive out what is asked for by key
  if (!end.empty()) options.iterate_upper_bound = &bound;
  const std::unique_ptr<rocksdb::Iterator> it(
      state_->rocks.db->NewIterator(options, state_->rocks.of(family)));
  for (it->Seek(slice(std::max(prefix, from))); it->Valid() && view(it->key()).starts_with(prefix);
       it->Next())
    if (!row(view(it->key()), view(it->value()))) return {};
  if (!it->status().ok()) return tl::unexpected<Error>(error_from(it->status(), state_->directory));
  return {};
}

Result<void> Database::commit(Batch& batch) {
  if (state_->sync)
    if (const auto failure = state_->sync->failure())
      return fail(ErrorKind::kIo,
                  fmt::format("archive {} cannot be synced: {}", state_->directory.string(), *failure));
  rocksdb::WriteOptions options;
  options.sync = state_->mode == config::Sync::kAlways;
  options.disableWAL = state_->is_scratch;
  rocksdb::WriteBatch& writes = state_->writes;
  writes.Clear();  // of what a commit that failed left there
  if (auto added = batch.rows_->add_to(writes); !added) return added;
  const auto status = state_->rocks.db->Write(options, &writes);
  writes.Clear();
  if (writes.Data().capacity() > kKeptWrites) writes = rocksdb::WriteBatch();
  if (!status.ok()) {
    if (state_->sync) state_->sync->give_up(status.ToString());
    return tl::unexpected<Error>(error_from(status, state_->directory));
  }
  if (state_->sync) state_->sync->written();
  batch.rows_->committed();
  return {};
}

Result<void> Database::flush() {
  const auto status = state_->rocks.db->Flush(rocksdb::FlushOptions{}, state_->rocks.families);
  if (!status.ok()) return tl::unexpected<Error>(error_from(status, state_->directory));
  return write_seal(state_->directory, state_->rocks.db->GetLatestSequenceNumber());
}

Result<void> Database::compact() {
  if (auto flushed = flush(); !flushed) return flushed;
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  for (auto* family : state_->rocks.families) {
    const auto status = state_->rocks.db->CompactRange(options, family, nullptr, nullptr);
    if (!status.ok()) return tl::unexpected<Error>(error_from(status, state_->directory));
  }
  return {};
}

const fs::path& Database::directory() const { return state_->directory; }

const Rocks& Database::rocks() const { return state_->rocks; }

void Database::takes_unseen_rows() {
  state_->filter.reset();
  state_->recent->forget();
}

const Dictionaries& Database::dictionaries() const { return *dictionaries_; }

std::uint64_t Database::size_of(Family family) const {
  std::uint64_t bytes = 0;
  state_->rocks.db->GetIntProperty(state_->rocks.of(family), rocksdb::DB::Properties::kLiveSstFilesSize,
                                   &bytes);
  return bytes;
}

std::vector<TableFile> Database::tables() const {
  std::vector<rocksdb::LiveFileMetaData> files;
  state_->rocks.db->GetLiveFilesMetaData(&files);
  std::vector<TableFile> tables;
  for (const auto& file : files) {
    for (int i = 0; i < kFamilies; ++i) {
      auto* family = state_->rocks.of(static_cast<Family>(i));
      if (family->GetName() == file.column_family_name)
        tables.push_back({rows_path(state_->directory) / file.relative_filename, static_cast<Family>(i),
                          file.smallestkey, file.largestkey});
    }
  }
  return tables;
}

std::uint64_t Database::size_on_disk() const {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(state_->directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code vanished;  // a compaction may drop a file at any time
    const auto size = entry->is_regular_file(vanished) ? entry->file_size(vanished) : 0;
    if (!vanished) bytes += size;
  }
  return bytes;
}

}  // namespace boardwalk::store
