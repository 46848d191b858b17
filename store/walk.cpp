#include "store/walk.hpp"

#include <rocksdb/db.h>
#include <rocksdb/table_properties.h>

#include <algorithm>

#include "store/key_parts.hpp"
#include "store/rocks.hpp"
#include "store/slices.hpp"

namespace boardwalk::store {
namespace {

constexpr std::uint64_t kCounted = 1000;                   // rows that are counted one by one
constexpr std::uint64_t kJudged = std::uint64_t{2} << 20;  // bytes, above which none are

// Bounds that cross mean no row to us, and nothing that is defined to RocksDB.
KeyRange uncrossed(KeyRange range) {
  if (!range.to.empty() && range.to < range.from) range.to = range.from;
  return range;
}

// REQUIRES: bounds that do not cross.
std::uint64_t bytes_of(const Rocks& rocks, rocksdb::ColumnFamilyHandle* family, const KeyRange& range) {
  static const std::string kEnd(64, '\xFF');
  rocksdb::SizeApproximationOptions options;
  options.include_memtables = true;
  options.include_files = true;
  const rocksdb::Range keys(slice(range.from), slice(range.to.empty() ? kEnd : range.to));
  std::uint64_t bytes = 0;
  rocks.db->GetApproximateSizes(options, family, &keys, 1, &bytes).PermitUncheckedError();
  return bytes;
}

// By the tables' own account: RocksDB's estimate needs statistics that an archive opened to read has not
// read.
std::uint64_t rows_of(const Rocks& rocks, rocksdb::ColumnFamilyHandle* family) {
  rocksdb::TablePropertiesCollection tables;
  rocks.db->GetPropertiesOfAllTables(family, &tables).PermitUncheckedError();
  std::uint64_t rows = 0;
  rocks.db->GetIntProperty(family, rocksdb::DB::Properties::kNumEntriesActiveMemTable, &rows);
  for (const auto& [name, table] : tables)
    rows += table->num_entries - std::min(table->num_entries, 2 * table->num_deletions);
  return rows;
}

}  // namespace

KeyRange keys_with(std::string_view prefix) { return {std::string(prefix), key_behind(prefix)}; }

struct Walk::Rows {
  KeyRange range;
  Direction direction;
  std::filesystem::path directory;
  rocksdb::Slice from, to;
  std::unique_ptr<rocksdb::Iterator> iterator;
};

Walk::Walk(const Database& database, Family family, const KeyRange& range, Direction direction)
    : rows_(new Rows{uncrossed(range), direction, database.directory(), {}, {}, {}}) {
  Rows& rows = *rows_;
  rows.from = slice(rows.range.from);
  rows.to = slice(rows.range.to);
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.iterate_lower_bound = &rows.from;
  if (!rows.range.to.empty()) options.iterate_upper_bound = &rows.to;
  rows.iterator.reset(database.rocks().db->NewIterator(options, database.rocks().of(family)));
  direction == Direction::kForwards ? rows.iterator->SeekToFirst() : rows.iterator->SeekToLast();
}

Walk::~Walk() = default;
Walk::Walk(Walk&&) noexcept = default;
Walk& Walk::operator=(Walk&&) noexcept = default;

bool Walk::valid() const { return rows_->iterator->Valid(); }

void Walk::next() {
  rows_->direction == Direction::kForwards ? rows_->iterator->Next() : rows_->iterator->Prev();
}

std::string_view Walk::key() const { return view(rows_->iterator->key()); }
std::string_view Walk::value() const { return view(rows_->iterator->value()); }

Result<void> Walk::status() const {
  const auto status = rows_->iterator->status();
  if (status.ok()) return {};
  return tl::unexpected<Error>(error_from(status, rows_->directory));
}

Result<std::uint64_t> about_rows(const Database& database, Family family, const KeyRange& range,
                                 bool counts) {
  const Rocks& rocks = database.rocks();
  auto* handle = rocks.of(family);
  const std::uint64_t bytes = bytes_of(rocks, handle, uncrossed(range));
  std::uint64_t count = 0;
  if (counts && bytes < kJudged) {
    Walk walk(database, family, range);
    for (; walk.valid() && count < kCounted; walk.next()) ++count;
    if (auto read = walk.status(); !read) return tl::unexpected(read.error());
    if (count < kCounted) return count;
  }
  const auto whole = static_cast<double>(std::max<std::uint64_t>(1, bytes_of(rocks, handle, {})));
  const auto part = static_cast<double>(bytes);
  return std::max(bytes < kJudged ? count : kCounted,
                  static_cast<std::uint64_t>(static_cast<double>(rows_of(rocks, handle)) * part / whole));
}

}  // namespace boardwalk::store
