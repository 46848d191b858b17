// The archive on disk: one RocksDB with a column family per kind of row, opened by at most one writer and any
// number of readers beside it. This file knows families, batches and scans; what the rows mean is in
// schema.hpp and in the files that write them. Any thread may read; one thread at a time may hold a Batch and
// commit it.
//
// An archive is a directory: `LAYOUT` (a line of text with the layout's version, checked before anything else
// is touched), `lock` (held by flock while a crawl writes; its text names the process and since when), `SEAL`
// (the number of changes that had been made when a run last ended: with fewer of them, rows are missing),
// `db/` (RocksDB); beside them, where they are needed, `fulltext/` (text_documents.hpp) and `actions/`
// (crawler/actions.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"
#include "config/job.hpp"

namespace boardwalk::store {

enum class Family {
  kMeta,          // files that records name, cookies, the full-text index's state, what is unsettled
  kBodies,        // page bytes by digest
  kVisits,        // one row a fetch
  kRecords,       // boards, threads, posts, articles: their current version
  kIds,           // record id → key in kRecords
  kVersions,      // superseded versions of posts and articles
  kFolds,         // clusters of equal folds
  kThreads,       // which pages of a thread have been read, and the posts on each
  kUrls,          // a row per page key that was ever offered to the frontier
  kQueue,         // what is to be fetched, per host, in order
  kHosts,         // politeness and robots.txt per host
  kRuns,          // one row a run
  kByTime,        // records by site and the time that they were published
  kByAuthor,      // records by author, then time
  kBands,         // folds by what nearly equal ones share
  kNear,          // pairs of folds that are nearly equal
  kDictionaries,  // of bodies, by number
  kForgotten,     // what was taken down
};
inline constexpr int kFamilies = 18;
// Under this name it stands on the disk, and in words.
[[nodiscard]] std::string_view family_name(Family family);

// One file of sorted rows.
struct TableFile {
  std::filesystem::path path;
  Family family;
  std::string smallest, largest;  // keys
};

class Database;
class Dictionaries;
struct Rocks;

// What goes through a whole archive commits as often as this many bytes have gathered.
inline constexpr std::size_t kBatchBytes = std::size_t{4} << 20;

// The changes of one crawl step: all of them reach the disk, or none. Reads through a batch see its own
// writes over the database's. Valid as long as its Database.
class Batch {
 public:
  explicit Batch(const Database& database);
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;

  void put(Family family, std::string_view key, std::string_view value);
  void erase(Family family, std::string_view key);
  [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key) const;
  // Calls `row` for each key that begins with `prefix`, in key order, this batch's own writes included, until
  // it returns false.
  [[nodiscard]] Result<void> scan(
      Family family, std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& row) const {
    return scan(family, prefix, prefix, row);
  }
  // `from` (>= prefix) starts in the middle.
  [[nodiscard]] Result<void> scan(
      Family family, std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view key, std::string_view value)>& row) const;
  // That scan() will soon be called with this prefix, or get() with this key: costs little, and makes the
  // answer quicker where there is no such row.
  void expect(Family family, std::string_view key) const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class Database;
  struct Rows;
  std::unique_ptr<Rows> rows_;
};

class Database {
 public:
  enum class Access { kRead, kWrite, kChange, kScratch };

  // kWrite creates the archive when `directory` is absent or empty, takes the lock, honours `sync`, and
  // brings an archive of an older layout to this one; kChange is the same for an archive that is there;
  // kScratch is kWrite for one that goes with its process, and keeps no log. kRead needs an archive of a
  // layout from kOldestRead to kLayout, takes no lock, and shows the state of the moment of opening. Errors:
  // kNotFound (no archive there, or kRead of a layout that is too old: says what to do), kLocked (names the
  // process), kNewerLayout, kDamaged (what and which file), kIo (permission, disk); kUsage when the directory
  // holds something that is no archive. A call that fails can be done again and takes nothing away:
  // one that is to write may have rewritten `lock`, made families, and begun to bring an older layout to this
  // one (migration.hpp).
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& directory,
                                                              Access access,
                                                              config::Sync sync = config::Sync::kEvery100ms);
  ~Database();  // syncs what commit has promised; flush() is the caller's
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key) const;

  // As Batch::scan, over the database alone; `from` (>= prefix) starts in the middle.
  [[nodiscard]] Result<void> scan(
      Family family, std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view key, std::string_view value)>& row) const;

  // Atomic. What survives what: kAlways a power cut; kEvery100ms a kill, and a power cut but for the last 100
  // ms; kOs a kill. The batch is empty afterwards; on failure it is as before. REQUIRES: not opened with
  // kRead.
  [[nodiscard]] Result<void> commit(Batch& batch);

  // Ends a run: the memtables are flushed, so that all data stands in checksummed table files, and the
  // archive is sealed.
  [[nodiscard]] Result<void> flush();

  // Rewrites every table, so that what was erased or overwritten no longer takes room, nor can be read there.
  // REQUIRES: not opened with kRead.
  [[nodiscard]] Result<void> compact();

  [[nodiscard]] const std::filesystem::path& directory() const;
  // Those of the family of that name, read once each.
  [[nodiscard]] const Dictionaries& dictionaries() const;
  // Bytes on disk of one family's table files, and of all files of the archive.
  [[nodiscard]] std::uint64_t size_of(Family family) const;
  [[nodiscard]] std::uint64_t size_on_disk() const;
  [[nodiscard]] std::vector<TableFile> tables() const;
  // For the files of this room that read rows in ways of their own (walk.hpp).
  [[nodiscard]] const Rocks& rocks() const;
  // Says that rows come which no Batch has put. REQUIRES: not opened with kRead; no Batch lives that has read
  // or put any.
  void takes_unseen_rows();

 private:
  friend class Batch;
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
  std::unique_ptr<Dictionaries> dictionaries_;
};

}  // namespace boardwalk::store
