#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/table_properties_collectors.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include "store/file_limit.hpp"
#include "store/hash_memtable.hpp"
#include "store/index_keys.hpp"
#include "store/rocks.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kKiB = 1024;
constexpr std::size_t kMiB = 1024 * kKiB;

// A crawl is to stay within 200 MB: 64 of them for rows not yet in tables, some 20 more for the hashes of
// those that come in no order, 24 for table blocks, 8 for what a new archive knows of its rows. The
// write-ahead log bounds what a reader beside it has to hold.
constexpr std::size_t kMemtables = 64 * kMiB;
constexpr std::size_t kCache = 24 * kMiB;
constexpr std::size_t kLog = 64 * kMiB;

// Of the files that the process may hold open, those that are no tables: connections, logs, the full-text
// index. And how many tables a run may add: 128 GiB.
constexpr std::size_t kScratchTables = 512;
constexpr std::size_t kOtherFiles = 1024 + kScratchTables, kTablesOfRun = 2048;

constexpr int kRestingLevel = 3, kRecordsLevel = 2;  // of zstd

// Under these names the families stand on the disk.
constexpr std::array<const char*, kFamilies> kNames{
    "default", "bodies", "visits", "records", "ids",       "versions", "folds", "threads",      "urls",
    "queue",   "hosts",  "runs",   "by_time", "by_author", "bands",    "near",  "dictionaries", "forgotten"};

class Silent : public rocksdb::Logger {
 public:
  void Logv(const char*, va_list) override {}
};

rocksdb::CompressionType compression_of(Family family) {
  switch (family) {
    case Family::kBodies:
      return rocksdb::kNoCompression;  // compressed before they come here
    case Family::kVisits:
    case Family::kRecords:
    case Family::kVersions:
    case Family::kThreads:
    case Family::kUrls:
    case Family::kByTime:
    case Family::kByAuthor:
    case Family::kIds:
    case Family::kBands:
    case Family::kDictionaries:
      return rocksdb::kZSTD;
    default:
      return rocksdb::kLZ4Compression;
  }
}

// JSON of much the same words.
bool holds_records(Family family) { return family == Family::kRecords || family == Family::kVersions; }

// Rows of pages are read one by one, the others mostly in a row.
std::size_t block_size_of(Family family) {
  if (holds_records(family)) return 96 * kKiB;
  return compression_of(family) == rocksdb::kZSTD && family != Family::kUrls ? 16 * kKiB : 4 * kKiB;
}

// Whose rows are found by walking alone: a filter would be of no use.
bool is_only_walked(Family family) {
  return family == Family::kQueue || family == Family::kByTime || family == Family::kByAuthor;
}

// Of families whose rows of one page are far from each other: how a crawl finds one. Whoever writes walks over
// more than a prefix of them only on rare occasions: all that came since the last table are sorted for it.
std::optional<HashedBy> hashed_by(Family family) {
  switch (family) {
    case Family::kBands:
      return HashedBy{.prefix = walked_prefix(family)};
    case Family::kFolds:
      return HashedBy{.key = true, .prefix = walked_prefix(family)};
    case Family::kIds:
      return HashedBy{.key = true};
    case Family::kByTime:
    case Family::kByAuthor:
      return HashedBy{};
    default:
      return std::nullopt;
  }
}

void set_compression(rocksdb::ColumnFamilyOptions& options, Family family, Database::Access access) {
  options.compression = compression_of(family);
  if (access == Database::Access::kScratch) {
    // Most of them never grow so large that tables are moved together.
    options.compression = rocksdb::kLZ4Compression;
    options.compression_per_level = {rocksdb::kNoCompression, options.compression};
  }
  if (options.compression == rocksdb::kZSTD) {
    // What comes to rest takes its time; rows are small and much alike, so each table has a dictionary: some
    // of its blocks, or for records what zstd makes of more of them. What is soon rewritten is packed fast;
    // records, which are most of it and stay for twelve tables, less so.
    auto& passing = options.compression_opts;
    auto& resting = options.bottommost_compression_opts;
    resting.enabled = true;
    resting.level = kRestingLevel;
    resting.max_dict_bytes = 16 * kKiB;
    resting.max_dict_buffer_bytes = 8 * kMiB;
    if (holds_records(family)) {
      passing.level = kRecordsLevel;
      passing.max_dict_bytes = 64 * kKiB;
      passing.max_dict_buffer_bytes = 8 * kMiB;
      resting.max_dict_bytes = 256 * kKiB;
      resting.zstd_max_train_bytes = 1600 * kKiB;
    } else {
      options.compression = rocksdb::kLZ4Compression;
    }
    options.bottommost_compression = rocksdb::kZSTD;
  }
}

rocksdb::ColumnFamilyOptions options_of(Family family, Database::Access access,
                                        const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  // Of a table's index and filter only what a row needs is read: whole ones would drive each other out of so
  // small a cache.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  if (!is_only_walked(family)) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.partition_filters = true;
    table.whole_key_filtering = filtered_prefix(family) == 0;
  }
  table.block_size = block_size_of(family);
  table.format_version = 5;

  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  set_compression(options, family, access);
  options.write_buffer_size = family == Family::kRecords  ? 32 * kMiB
                              : family == Family::kBodies ? 16 * kMiB
                                                          : 8 * kMiB;
  options.level_compaction_dynamic_level_bytes = true;
  // The level that new tables are moved into is to be about as large as they are together: if it is larger,
  // most of each move is what lay there already. RocksDB's own 256 MiB suit bodies alone.
  if (family != Family::kBodies)
    options.max_bytes_for_level_base = (family == Family::kRecords ? 128 : 32) * kMiB;
  // New tables take the whole level along that they are moved into: half as often is half as dear. Filters
  // keep single rows as quick to find, walks through a thread ask each of the tables; what is only walked
  // stays with RocksDB's four. Records are the dearest to pack again. Writing is slowed down and stopped as
  // many tables later as with RocksDB's own numbers.
  if (!is_only_walked(family)) {
    const int together = family == Family::kRecords ? 12 : 8;
    options.level0_file_num_compaction_trigger = together;
    options.level0_slowdown_writes_trigger = together + 16;
    options.level0_stop_writes_trigger = together + 32;
  }
  if (const std::size_t prefix = walked_prefix(family))
    options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(prefix));
  const auto hashed = hashed_by(family);
  if (hashed) options.memtable_factory = hash_memtable(*hashed);
  // A reader's memtables hold what is in the log, mostly nothing: making their filters would take it longer
  // than they save.
  if (!hashed && !is_only_walked(family) && access != Database::Access::kRead) {
    options.memtable_prefix_bloom_size_ratio = 0.02;
    options.memtable_whole_key_filtering = true;
  }
  // Its front is erased all the time: tables full of markers are compacted early, or finding the next row
  // gets slow.
  if (family == Family::kQueue)
    options.table_properties_collector_factories.push_back(
        rocksdb::NewCompactOnDeletionCollectorFactory(4096, 2048));
  return options;
}

// How many tables one who writes holds open, those that were read last: -1, all, where there is room for them.
int most_open_tables(std::size_t tables, std::size_t limit) {
  if (tables + kTablesOfRun + kOtherFiles <= limit) return -1;
  return static_cast<int>(limit - std::min(kOtherFiles, limit / 2));
}

}  // namespace

std::size_t filtered_prefix(Family family) { return family == Family::kBands ? kBandPrefix : 0; }

std::size_t walked_prefix(Family family) {
  return family == Family::kFolds ? kBandDigest : filtered_prefix(family);
}

std::string_view family_name(Family family) {
  return family == Family::kMeta ? "meta" : kNames[static_cast<std::size_t>(family)];
}

std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(Database::Access access) {
  const auto cache = rocksdb::NewLRUCache(kCache);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.reserve(kFamilies);
  for (int i = 0; i < kFamilies; ++i)
    descriptors.emplace_back(kNames[static_cast<std::size_t>(i)],
                             options_of(static_cast<Family>(i), access, cache));
  return descriptors;
}

rocksdb::DBOptions database_options(Database::Access access, std::size_t tables) {
  rocksdb::DBOptions options;
  options.max_background_jobs = 2;
  options.allow_concurrent_memtable_write = false;  // one thread writes
  options.db_write_buffer_size = kMemtables;
  options.max_total_wal_size = kLog;
  options.bytes_per_sync = kMiB;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.skip_stats_update_on_db_open = true;
  // Logs are checked before they are replayed (log_files.hpp): what is torn off at their end is dropped.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.info_log = std::make_shared<Silent>();  // a log would hold keys that `forget` could not find
  // More of them are started anew for each family, which takes longer than most queries do.
  options.max_file_opening_threads = 1;
  const std::size_t limit = file_limit();
  // A reader holds every table open, so that those which the writer drops meanwhile stay readable.
  options.max_open_files = access == Database::Access::kRead ? -1
                           : access == Database::Access::kScratch
                               ? static_cast<int>(std::min(kScratchTables, limit / 8))
                               : most_open_tables(tables, limit);
  return options;
}

Error error_from(const rocksdb::Status& status, const std::filesystem::path& directory) {
  std::string words = status.ToString();
  // A table that is missing is looked for under its name of old last, which then stands in the message.
  if (const std::size_t old = words.find(".ldb"); old != std::string::npos) words.replace(old, 4, ".sst");
  if (status.IsCorruption() || status.IsInvalidArgument() || status.IsNotFound() || status.IsPathNotFound())
    return {ErrorKind::kDamaged,
            fmt::format("archive {} is damaged: {}; restore it from a backup", directory.string(), words)};
  if (words.find(std::generic_category().message(EMFILE)) != std::string::npos)
    return {ErrorKind::kIo,
            fmt::format("archive {}: the {} files that this process may hold open are too few for its "
                        "tables; allow more (ulimit -n, systemd's LimitNOFILE)",
                        directory.string(), file_limit())};
  return {ErrorKind::kIo, fmt::format("archive {}: {}", directory.string(), words)};
}

}  // namespace boardwalk::store
