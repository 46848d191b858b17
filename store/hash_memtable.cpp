#include "store/hash_memtable.hpp"

#include <rocksdb/memtablerep.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace boardwalk::store {
namespace {

using rocksdb::Slice;
using KeyOrder = rocksdb::MemTableRep::KeyComparator;

constexpr std::size_t kTrailer = 8;  // sequence number and kind of change, behind each key
constexpr std::uint32_t kNone = ~std::uint32_t{0};

// A row as RocksDB laid it out: the length of its key, the key, its trailer, and more.
using Row = const char*;
using Rows = std::vector<Row>;

std::string_view key_in(const Slice& with_trailer) {
  return {with_trailer.data(), with_trailer.size() - kTrailer};
}

std::uint64_t first_bytes(std::string_view key) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < sizeof bytes; ++i)
    bytes = bytes << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
  return bytes;
}

// The rows of one memtable, with their index. Any thread may read while one adds.
class Table {
 public:
  Table(const KeyOrder& order, std::size_t prefix) : order_(order), prefix_(prefix), newest_(kFewest, kNone) {
    tell_bytes();
  }

  void add(Row row) {
    const std::string_view key = key_of(row);
    const std::uint32_t hash = hash_of(prefix_of(key));
    const std::unique_lock lock(mutex_);
    if (2 * rows_.size() >= newest_.size()) grow();
    rows_.push_back({first_bytes(key), row, hash, kNone});
    __builtin_prefetch(&newest_[slot_of(hash)], 1);
    if (rows_.size() - linked_ > kMostUnlinked) link();
    tell_bytes();
  }

  // Those of the prefix that the key has, in order.
  [[nodiscard]] Rows of_prefix(std::string_view key) const {
    const std::string_view prefix = prefix_of(key);
    const std::uint32_t hash = hash_of(prefix);
    Entries found;
    {
      const std::shared_lock lock(mutex_);
      const auto look_at = [&](const Entry& entry) {
        if (entry.hash == hash && prefix_of(key_of(entry.row)) == prefix) found.push_back(entry);
      };
      for (auto at = newest_[slot_of(hash)]; at != kNone; at = rows_[at].older) look_at(rows_[at]);
      for (std::size_t at = linked_; at < rows_.size(); ++at) look_at(rows_[at]);
    }
    return sorted(std::move(found));
  }

  [[nodiscard]] std::shared_ptr<const Rows> all() const {
    const std::unique_lock lock(mutex_);
    if (!sorted_ || sorted_->size() != rows_.size()) sorted_ = std::make_shared<const Rows>(sorted(rows_));
    return sorted_;
  }

  [[nodiscard]] bool holds(Row row) const {
    const Rows found = of_prefix(key_of(row));
    return std::any_of(found.begin(), found.end(), [&](Row other) { return order_(row, other) == 0; });
  }

  [[nodiscard]] const KeyOrder& order() const { return order_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::uint64_t first;  // bytes of the key, which tell most keys apart
    Row row;
    std::uint32_t hash;   // of its prefix
    std::uint32_t older;  // the one before of the same slot
  };
  using Entries = std::vector<Entry>;

  static constexpr std::size_t kFewest = 1024;  // slots; a power of two
  // A slot is mostly far from the processor: it is asked for when a row comes, and written to some rows
  // later.
  static constexpr std::size_t kMostUnlinked = 16;

  [[nodiscard]] std::string_view key_of(Row row) const { return key_in(order_.decode_key(row)); }
  [[nodiscard]] std::string_view prefix_of(std::string_view key) const {
    return prefix_ == 0 ? key : key.substr(0, prefix_);
  }
  [[nodiscard]] static std::uint32_t hash_of(std::string_view prefix) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(prefix));
  }
  [[nodiscard]] std::size_t slot_of(std::uint32_t hash) const { return hash & (newest_.size() - 1); }

  void link() {
    rows_[linked_].older = std::exchange(newest_[slot_of(rows_[linked_].hash)], linked_);
    ++linked_;
  }

  void grow() {
    newest_.assign(2 * newest_.size(), kNone);
    for (linked_ = 0; linked_ < rows_.size();) link();
  }

  [[nodiscard]] Rows sorted(Entries entries) const {
    std::sort(entries.begin(), entries.end(), [this](const Entry& a, const Entry& b) {
      return a.first != b.first ? a.first < b.first : order_(a.row, b.row) < 0;
    });
    Rows rows(entries.size());
    std::transform(entries.begin(), entries.end(), rows.begin(), [](const Entry& e) { return e.row; });
    return rows;
  }

  void tell_bytes() {
    bytes_ = rows_.capacity() * sizeof(Entry) + newest_.capacity() * sizeof(std::uint32_t);
  }

  const KeyOrder& order_;
  const std::size_t prefix_;
  mutable std::shared_mutex mutex_;
  Entries rows_;                       // as they came
  std::uint32_t linked_ = 0;           // rows that their slots lead to: the first ones
  std::vector<std::uint32_t> newest_;  // of each slot
  mutable std::shared_ptr<const Rows> sorted_;
  std::atomic<std::size_t> bytes_ = 0;
};

// The storage of an iterator. RocksDB ends one that it asked for in an arena of its own, whose type it does
// not tell, by the destructor alone, and others are ended by `delete`: so the storage goes with the part of
// it that is destroyed last.
class Storage {
 public:
  explicit Storage(void* bytes) : bytes_(bytes) {}
  ~Storage() { ::operator delete(bytes_); }
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

 private:
  void* bytes_;
};

// Walks over all rows or, where it is made without them, over those of the prefix that it seeks.
class Walk final : private Storage, public rocksdb::MemTableRep::Iterator {
 public:
  static Walk* make(const Table& table, std::shared_ptr<const Rows> all) {
    void* storage = ::operator new(sizeof(Walk));
    return new (storage) Walk(storage, table, std::move(all));
  }
  // Behind the storage's end nothing may be written, as UBSan otherwise does, to tell later uses.
  __attribute__((no_sanitize("vptr"))) ~Walk() override = default;
  static void operator delete(void*) {}

  bool Valid() const override { return at_ < rows().size(); }
  const char* key() const override { return rows()[at_]; }
  void Next() override { ++at_; }
  void Prev() override { --at_; }  // before the first one comes the largest number, which is behind the last

  void Seek(const Slice& key, const char* row) override { at_ = place_of(key, row, false); }
  void SeekForPrev(const Slice& key, const char* row) override { at_ = place_of(key, row, true) - 1; }
  void SeekToFirst() override { at_ = 0; }
  void SeekToLast() override { at_ = rows().size() - 1; }

 private:
  Walk(void* storage, const Table& table, std::shared_ptr<const Rows> all)
      : Storage(storage), table_(table), all_(std::move(all)) {}

  [[nodiscard]] const Rows& rows() const { return all_ ? *all_ : of_prefix_; }

  // Of the first row that is not before the key, or that is behind it.
  std::size_t place_of(const Slice& key, const char* row, bool behind) {
    const Slice target = row != nullptr ? table_.order().decode_key(row) : key;
    if (!all_) of_prefix_ = table_.of_prefix(key_in(target));
    const auto is_before = [&](Row other) {
      const int order = table_.order()(other, target);
      return behind ? order <= 0 : order < 0;
    };
    const auto place = std::partition_point(rows().begin(), rows().end(), is_before);
    return static_cast<std::size_t>(place - rows().begin());
  }

  const Table& table_;
  const std::shared_ptr<const Rows> all_;  // none: it walks over those of a prefix
  Rows of_prefix_;
  std::size_t at_ = 0;
};

class HashMemtable final : public rocksdb::MemTableRep {
 public:
  HashMemtable(const KeyOrder& order, rocksdb::Allocator* allocator, std::size_t prefix)
      : MemTableRep(allocator), table_(order, prefix) {}

  void Insert(rocksdb::KeyHandle row) override { table_.add(static_cast<Row>(row)); }
  bool Contains(const char* row) const override { return table_.holds(row); }
  std::size_t ApproximateMemoryUsage() override { return table_.bytes(); }
  Iterator* GetIterator(rocksdb::Arena*) override { return Walk::make(table_, table_.all()); }
  Iterator* GetDynamicPrefixIterator(rocksdb::Arena* arena) override {
    Walk* const walk = Walk::make(table_, nullptr);
    if (arena == nullptr) of_get_ = walk;
    return walk;
  }

  // What RocksDB does here asks for an iterator, in no arena, and leaves it behind.
  void Get(const rocksdb::LookupKey& key, void* argument, bool (*each)(void*, const char*)) override {
    MemTableRep::Get(key, argument, each);
    delete std::exchange(of_get_, nullptr);
  }

  std::uint64_t ApproximateNumEntries(const Slice& from, const Slice& to) override {
    const auto rows = table_.all();
    const auto before = [&](const Slice& key) {
      return std::partition_point(rows->begin(), rows->end(),
                                  [&](Row row) { return table_.order()(row, key) < 0; }) -
             rows->begin();
    };
    return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(before(to) - before(from), 0));
  }

 private:
  Table table_;
  static inline thread_local Walk* of_get_ = nullptr;
};

class HashMemtableFactory final : public rocksdb::MemTableRepFactory {
 public:
  explicit HashMemtableFactory(std::size_t prefix) : prefix_(prefix) {}

  rocksdb::MemTableRep* CreateMemTableRep(const KeyOrder& order, rocksdb::Allocator* allocator,
                                          const rocksdb::SliceTransform*, rocksdb::Logger*) override {
    return new HashMemtable(order, allocator, prefix_);
  }
  const char* Name() const override { return "boardwalk.HashMemtable"; }

 private:
  const std::size_t prefix_;
};

}  // namespace

std::shared_ptr<rocksdb::MemTableRepFactory> hash_memtable(std::size_t prefix) {
  return std::make_shared<HashMemtableFactory>(prefix);
}

}  // namespace boardwalk::store
