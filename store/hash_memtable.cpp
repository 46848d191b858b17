#include "store/hash_memtable.hpp"

#include <rocksdb/memtablerep.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <shared_mutex>
#include <string>
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
using RowsPtr = std::shared_ptr<const Rows>;  // never null

std::string_view key_in(const Slice& with_trailer) {
  return {with_trailer.data(), with_trailer.size() - kTrailer};
}

std::uint64_t first_bytes(std::string_view key) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < sizeof bytes; ++i)
    bytes = bytes << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
  return bytes;
}

std::uint32_t hash_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(bytes));
}

// The numbers of rows, from 0 on, by a hash of each.
class Index {
 public:
  Index() : newest_(kFewest, kNone) {}

  void add(std::uint32_t hash) {
    if (2 * places_.size() >= newest_.size()) grow();
    places_.push_back({hash, kNone});
    __builtin_prefetch(&newest_[slot_of(hash)], 1);
    if (places_.size() - linked_ > kMostUnlinked) link();
  }

  // Those that were added with this hash, newest first, until `each` returns false.
  template <typename Each>
  void find(std::uint32_t hash, Each&& each) const {
    for (std::size_t at = places_.size(); at-- > linked_;)
      if (places_[at].hash == hash && !each(at)) return;
    for (std::uint32_t at = newest_[slot_of(hash)]; at != kNone; at = places_[at].older)
      if (places_[at].hash == hash && !each(at)) return;
  }

  [[nodiscard]] std::size_t bytes() const {
    return places_.capacity() * sizeof(Place) + newest_.capacity() * sizeof(std::uint32_t);
  }

 private:
  struct Place {
    std::uint32_t hash;
    std::uint32_t older;  // the one before of the same slot
  };

  static constexpr std::size_t kFewest = 1024;  // slots; a power of two
  // A slot is mostly far from the processor: it is asked for when a row comes, and written to some rows
  // later.
  static constexpr std::size_t kMostUnlinked = 16;

  [[nodiscard]] std::size_t slot_of(std::uint32_t hash) const { return hash & (newest_.size() - 1); }

  void link() {
    places_[linked_].older = std::exchange(newest_[slot_of(places_[linked_].hash)], linked_);
    ++linked_;
  }

  void grow() {
    newest_.assign(2 * newest_.size(), kNone);
    for (linked_ = 0; linked_ < places_.size();) link();
  }

  std::vector<Place> places_;
  std::uint32_t linked_ = 0;           // places that their slots lead to: the first ones
  std::vector<std::uint32_t> newest_;  // of each slot
};

// The rows of one memtable. Any thread may read while one adds.
class Table {
 public:
  Table(const KeyOrder& order, HashedBy by) : order_(order), prefix_(by.prefix) {
    if (by.key) by_key_.emplace();
    if (by.prefix > 0) by_prefix_.emplace();
    tell_bytes();
  }

  void add(Row row) {
    const std::string_view key = key_of(row);
    const std::unique_lock lock(mutex_);
    rows_.push_back({first_bytes(key), row});
    if (by_key_) by_key_->add(hash_of(key));
    if (by_prefix_) by_prefix_->add(hash_of(prefix_of(key)));
    tell_bytes();
  }

  [[nodiscard]] bool has_keys() const { return by_key_.has_value(); }

  // The newest of the key that is not newer than `place`, which is in RocksDB's order; none when there is none.
  // REQUIRES: has_keys().
  [[nodiscard]] Rows newest_of(std::string_view key, const Slice& place) const {
    Rows newest;
    const std::shared_lock lock(mutex_);
    by_key_->find(hash_of(key), [&](std::size_t at) {
      const Row row = rows_[at].row;
      if (key_of(row) == key && order_(row, place) >= 0) newest.push_back(row);
      return newest.empty();
    });
    return newest;
  }

  [[nodiscard]] bool has_prefixes() const { return by_prefix_.has_value(); }

  // Those of the prefix that the key has, in order. REQUIRES: has_prefixes().
  [[nodiscard]] RowsPtr of_prefix(std::string_view key) const {
    const std::string_view prefix = prefix_of(key);
    Large known = large_of(prefix);
    Entries found;  // behind those that are known
    std::size_t seen = 0;
    {
      const std::shared_lock lock(mutex_);
      seen = rows_.size();
      by_prefix_->find(hash_of(prefix), [&](std::size_t at) {
        if (at < known.seen) return false;
        if (prefix_of(key_of(rows_[at].row)) == prefix) found.push_back(rows_[at]);
        return true;
      });
    }
    if (found.empty()) return known.rows;
    known.rows = std::make_shared<const Rows>(merged(*known.rows, sorted(std::move(found))));
    known.seen = seen;
    if (known.rows->size() >= kLarge) {
      const std::scoped_lock lock(large_mutex_);
      large_prefix_ = prefix;
      large_ = known;
    }
    return known.rows;
  }

  [[nodiscard]] RowsPtr all() const {
    const std::unique_lock lock(mutex_);
    if (!sorted_ || sorted_->size() != rows_.size()) sorted_ = std::make_shared<const Rows>(sorted(rows_));
    return sorted_;
  }

  [[nodiscard]] bool holds(Row row) const {
    const RowsPtr rows = has_prefixes() ? of_prefix(key_of(row)) : all();
    return std::any_of(rows->begin(), rows->end(), [&](Row other) { return order_(row, other) == 0; });
  }

  [[nodiscard]] const KeyOrder& order() const { return order_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::uint64_t first;  // bytes of the key, which tell most keys apart
    Row row;
  };
  using Entries = std::vector<Entry>;

  [[nodiscard]] std::string_view key_of(Row row) const { return key_in(order_.decode_key(row)); }
  [[nodiscard]] std::string_view prefix_of(std::string_view key) const { return key.substr(0, prefix_); }

  // Rows of one prefix, which are many and were gathered before.
  struct Large {
    RowsPtr rows = none();
    std::size_t seen = 0;  // of all rows, the first ones, that were looked at for it
  };
  static constexpr std::size_t kLarge = 64;  // rows, of which gathering and sorting them anew is dear

  [[nodiscard]] static const RowsPtr& none() {
    static const RowsPtr rows = std::make_shared<const Rows>();
    return rows;
  }

  [[nodiscard]] Large large_of(std::string_view prefix) const {
    const std::scoped_lock lock(large_mutex_);
    return large_prefix_ == prefix ? large_ : Large{};
  }

  // Few new ones among many, with few looks at these.
  [[nodiscard]] Rows merged(const Rows& known, const Rows& fresh) const {
    Rows rows;
    rows.reserve(known.size() + fresh.size());
    auto at = known.begin();
    for (const Row row : fresh) {
      const auto place = std::partition_point(at, known.end(), [&](Row k) { return order_(k, row) < 0; });
      rows.insert(rows.end(), at, place);
      rows.push_back(row);
      at = place;
    }
    rows.insert(rows.end(), at, known.end());
    return rows;
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
    bytes_ = rows_.capacity() * sizeof(Entry) + (by_key_ ? by_key_->bytes() : 0) +
             (by_prefix_ ? by_prefix_->bytes() : 0);
  }

  const KeyOrder& order_;
  const std::size_t prefix_;
  mutable std::shared_mutex mutex_;
  Entries rows_;  // as they came
  std::optional<Index> by_key_, by_prefix_;
  mutable std::shared_ptr<const Rows> sorted_;  // null: nobody has asked yet
  // What was asked for last of that size: a text that a flood repeats is asked for over and over.
  mutable std::mutex large_mutex_;
  mutable std::string large_prefix_;
  mutable Large large_;
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

// Walks over all rows, or over some near what it seeks.
class Walk final : private Storage, public rocksdb::MemTableRep::Iterator {
 public:
  enum class Over { kAll, kPrefix, kKey };  // the last: the key's newest row at that place alone

  static Walk* make(const Table& table, Over over) {
    void* storage = ::operator new(sizeof(Walk));
    return new (storage) Walk(storage, table, over);
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
  Walk(void* storage, const Table& table, Over over)
      : Storage(storage), table_(table), over_(over), ordered_(over == Over::kAll ? table.all() : nullptr) {}

  [[nodiscard]] const Rows& rows() const { return ordered_ ? *ordered_ : newest_; }

  // Of the first row that is not before the key, or that is behind it.
  std::size_t place_of(const Slice& key, const char* row, bool behind) {
    const Slice target = row != nullptr ? table_.order().decode_key(row) : key;
    if (over_ == Over::kPrefix) ordered_ = table_.of_prefix(key_in(target));
    if (over_ == Over::kKey) newest_ = table_.newest_of(key_in(target), target);
    const auto is_before = [&](Row other) {
      const int order = table_.order()(other, target);
      return behind ? order <= 0 : order < 0;
    };
    const auto place = std::partition_point(rows().begin(), rows().end(), is_before);
    return static_cast<std::size_t>(place - rows().begin());
  }

  const Table& table_;
  const Over over_;
  std::shared_ptr<const Rows> ordered_;
  Rows newest_;
  std::size_t at_ = 0;
};

class HashMemtable final : public rocksdb::MemTableRep {
 public:
  HashMemtable(const KeyOrder& order, rocksdb::Allocator* allocator, HashedBy by)
      : MemTableRep(allocator), table_(order, by) {}

  void Insert(rocksdb::KeyHandle row) override { table_.add(static_cast<Row>(row)); }
  bool Contains(const char* row) const override { return table_.holds(row); }
  std::size_t ApproximateMemoryUsage() override { return table_.bytes(); }
  Iterator* GetIterator(rocksdb::Arena*) override { return Walk::make(table_, Walk::Over::kAll); }
  Iterator* GetDynamicPrefixIterator(rocksdb::Arena* arena) override {
    const auto in_order = table_.has_prefixes() ? Walk::Over::kPrefix : Walk::Over::kAll;
    if (arena != nullptr) return Walk::make(table_, in_order);
    return of_get_ = Walk::make(table_, table_.has_keys() ? Walk::Over::kKey : in_order);
  }

  // What RocksDB does here asks for an iterator, in no arena, and leaves it behind. It looks at one row alone:
  // those that it would look behind, merges, nobody writes.
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
  explicit HashMemtableFactory(HashedBy by) : by_(by) {}

  rocksdb::MemTableRep* CreateMemTableRep(const KeyOrder& order, rocksdb::Allocator* allocator,
                                          const rocksdb::SliceTransform*, rocksdb::Logger*) override {
    return new HashMemtable(order, allocator, by_);
  }
  const char* Name() const override { return "boardwalk.HashMemtable"; }

 private:
  const HashedBy by_;
};

}  // namespace

std::shared_ptr<rocksdb::MemTableRepFactory> hash_memtable(HashedBy by) {
  return std::make_shared<HashMemtableFactory>(by);
}

}  // namespace boardwalk::store
