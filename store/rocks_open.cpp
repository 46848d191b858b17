#include <fmt/format.h>
#include <rocksdb/db.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "store/archive_directory.hpp"
#include "store/log_files.hpp"
#include "store/rocks.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 50;  // of opening beside a writer that drops files meanwhile

// What tells whether a writer has dropped files: the manifest in use, how long it is, and the write-ahead
// logs there are.
struct Files {
  std::string manifest;
  std::uintmax_t manifest_size = 0;
  std::set<std::string> logs;

  [[nodiscard]] bool same_manifest(const Files& other) const {
    return manifest == other.manifest && manifest_size == other.manifest_size;
  }
};

Files files_of(const fs::path& db) {
  Files files;
  std::ifstream current(db / "CURRENT");
  std::getline(current, files.manifest);
  std::error_code error;
  files.manifest_size = fs::file_size(db / files.manifest, error);
  for (fs::directory_iterator entry(db, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".log") files.logs.insert(entry->path().filename());
  return files;
}

std::size_t tables_in(const fs::path& db) {
  std::size_t tables = 0;
  std::error_code error;
  for (fs::directory_iterator entry(db, error), end; !error && entry != end; entry.increment(error))
    tables += entry->path().extension() == ".sst" ? 1 : 0;
  return tables;
}

tl::unexpected<Error> damaged(const fs::path& directory, const std::string& what) {
  return fail(ErrorKind::kDamaged,
              fmt::format("archive {} is damaged: {}; restore it from a backup", directory.string(), what));
}

// RocksDB keeps a log from its first opening on, empty as it may be, and misses none that is not there.
tl::unexpected<Error> without_log(const fs::path& directory) {
  return damaged(directory, "it has no write-ahead log (db/*.log); what was fetched last may be lost");
}

// Whether the database has seen all changes that there were when a run last ended; `sealed` was read before
// the database, which a crawl beside it may seal anew.
Result<void> check_seal(const fs::path& directory, std::uint64_t sealed, const rocksdb::DB& db) {
  const std::uint64_t changes = db.GetLatestSequenceNumber();
  if (sealed <= changes) return {};
  return damaged(directory,
                 fmt::format("it holds {} changes of the {} that there were when a run last ended; "
                             "what was fetched last is missing",
                             changes, sealed));
}

template <typename Open>
rocksdb::Status open_with(Rocks& rocks, Open&& open) {
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = open(&db);
  rocks.db.reset(db);
  return status;
}

// The database with all families. Those that are absent are made in one go: for each that is made by itself
// RocksDB writes, reads and syncs a file of all options anew.
rocksdb::Status open_or_make(const fs::path& path, const rocksdb::DBOptions& options, Database::Access access,
                             Missing missing, Rocks& rocks) {
  const auto all = family_descriptors(access);
  auto held = all;
  std::vector<rocksdb::ColumnFamilyDescriptor> absent;
  if (missing != Missing::kDamage) {
    std::vector<std::string> there{rocksdb::kDefaultColumnFamilyName};
    if (fs::exists(path / "CURRENT"))  // which is written last of what makes a database
      if (auto listed = rocksdb::DB::ListColumnFamilies(options, path, &there); !listed.ok()) return listed;
    const auto split = std::stable_partition(held.begin(), held.end(), [&](const auto& family) {
      return std::find(there.begin(), there.end(), family.name) != there.end();
    });
    absent.assign(split, held.end());
    held.erase(split, held.end());
  }
  std::vector<rocksdb::ColumnFamilyHandle*> made;
  auto status = open_with(
      rocks, [&](rocksdb::DB** db) { return rocksdb::DB::Open(options, path, held, &rocks.families, db); });
  if (status.ok() && !absent.empty()) status = rocks.db->CreateColumnFamilies(absent, &made);
  for (auto* family : made) {
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == family->GetName(); });
    rocks.families.insert(rocks.families.begin() + std::min(at - all.begin(), std::ssize(rocks.families)),
                          family);
  }
  return status;
}

}  // namespace

Rocks::Rocks() = default;
Rocks::Rocks(Rocks&&) noexcept = default;

Rocks::~Rocks() {
  if (!db) return;
  for (auto* family : families) db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  db->Close().PermitUncheckedError();
}

Result<Rocks> open_writable(const fs::path& directory, Database::Access access, Missing missing) {
  rocksdb::DBOptions options = database_options(access, tables_in(rows_path(directory)));
  options.create_if_missing = missing == Missing::kCreate;
  const auto sealed = read_seal(directory);
  if (!sealed) return tl::unexpected(sealed.error());
  const auto damage = damage_in_logs(rows_path(directory), sealed->value_or(0));
  if (!damage) return tl::unexpected(damage.error());
  if (*damage) return damaged(directory, **damage + "; what was fetched last cannot be read");
  if (missing != Missing::kCreate && files_of(rows_path(directory)).logs.empty())
    return without_log(directory);
  Rocks rocks;
  const auto status = open_or_make(rows_path(directory), options, access, missing, rocks);
  if (!status.ok()) return tl::unexpected<Error>(error_from(status, directory));
  if (auto checked = check_seal(directory, sealed->value_or(0), *rocks.db); !checked)
    return tl::unexpected(checked.error());
  return rocks;
}

// RocksDB reads the manifest, then the logs. A log that was there before and is gone behind may have been
// dropped in between, with rows that the manifest read does not know yet: the state would have a hole. An
// error with the manifest unchanged is no race.
Result<Rocks> open_readable(const fs::path& directory) {
  const fs::path path = rows_path(directory);
  const rocksdb::DBOptions options = database_options(Database::Access::kRead, tables_in(path));
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const auto sealed = read_seal(directory);
    if (!sealed) return tl::unexpected(sealed.error());
    const Files before = files_of(path);
    const auto damage = damage_in_logs(path, sealed->value_or(0));
    if (!damage) return tl::unexpected(damage.error());
    Rocks rocks;
    const auto status = open_with(rocks, [&](rocksdb::DB** db) {
      return rocksdb::DB::OpenForReadOnly(options, path, family_descriptors(Database::Access::kRead),
                                          &rocks.families, db);
    });
    const Files after = files_of(path);
    const bool same_logs =
        std::includes(after.logs.begin(), after.logs.end(), before.logs.begin(), before.logs.end());
    if (*damage && same_logs) return damaged(directory, **damage + "; what was fetched last cannot be read");
    if (status.ok() && before.logs.empty() && after.logs.empty()) return without_log(directory);
    if (status.ok() && same_logs) {
      if (auto checked = check_seal(directory, sealed->value_or(0), *rocks.db); !checked)
        return tl::unexpected(checked.error());
      return rocks;
    }
    if (!status.ok() && after.same_manifest(before))
      return tl::unexpected<Error>(error_from(status, directory));
  }
  return fail(ErrorKind::kIo,
              fmt::format("archive {} changes faster than it can be opened; try again", directory.string()));
}

}  // namespace boardwalk::store
