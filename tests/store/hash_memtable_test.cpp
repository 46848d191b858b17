// Beside RocksDB's own memtable, the skip list: whatever is done to both, they answer alike.

#include "store/hash_memtable.hpp"

#include <rocksdb/db.h>
#include <rocksdb/slice_transform.h>

#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "archive_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;
using IteratorPtr = std::unique_ptr<rocksdb::Iterator>;

rocksdb::Options options_with(std::shared_ptr<rocksdb::MemTableRepFactory> memtable, std::size_t prefix) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.allow_concurrent_memtable_write = false;
  options.write_buffer_size = 1 << 20;
  if (memtable) options.memtable_factory = std::move(memtable);
  if (prefix > 0) {
    options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(prefix));
    options.memtable_prefix_bloom_size_ratio = 0.02;
  }
  return options;
}

class Store {
 public:
  Store(std::filesystem::path where, const rocksdb::Options& options)
      : where_(std::move(where)), options_(options) {
    open();
  }

  void open() {
    db_.reset();
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(options_, where_, &db);
    INFO(status.ToString());
    REQUIRE(status.ok());
    db_.reset(db);
  }

  [[nodiscard]] rocksdb::DB& db() const { return *db_; }

  void put(const std::string& key, const std::string& value) { REQUIRE(db_->Put({}, key, value).ok()); }
  void erase(const std::string& key) { REQUIRE(db_->Delete({}, key).ok()); }
  void flush() { REQUIRE(db_->Flush({}).ok()); }

  [[nodiscard]] std::string get(const std::string& key) const {
    std::string value;
    const auto status = db_->Get({}, key, &value);
    return status.ok() ? value : status.ToString();
  }

  [[nodiscard]] IteratorPtr iterator(bool in_order) const {
    rocksdb::ReadOptions how;
    how.total_order_seek = in_order;
    return IteratorPtr(db_->NewIterator(how));
  }

 private:
  std::filesystem::path where_;
  rocksdb::Options options_;
  std::unique_ptr<rocksdb::DB> db_;
};

Rows rest(rocksdb::Iterator& it) {
  Rows rows;
  for (; it.Valid(); it.Next()) rows.emplace_back(it.key().ToString(), it.value().ToString());
  CHECK(it.status().ok());
  return rows;
}

Rows all(const Store& store) {
  const auto it = store.iterator(true);
  it->SeekToFirst();
  return rest(*it);
}

Rows backwards(const Store& store) {
  const auto it = store.iterator(true);
  Rows rows;
  for (it->SeekToLast(); it->Valid(); it->Prev())
    rows.emplace_back(it->key().ToString(), it->value().ToString());
  return rows;
}

Rows of_prefix(rocksdb::Iterator& it, const std::string& prefix) {
  Rows rows;
  for (it.Seek(prefix); it.Valid() && it.key().starts_with(prefix); it.Next())
    rows.emplace_back(it.key().ToString(), it.value().ToString());
  return rows;
}

// Keys of which many share their first bytes, or all of them, and some are short.
std::string key_of(std::mt19937& dice) {
  std::string key = "k";
  const auto length = 2 + dice() % 9;
  for (unsigned i = 0; i < length; ++i)
    key += static_cast<char>(dice() % 3 == 0 ? dice() % 256 : 'a' + dice() % 3);
  return key;
}

HashedBy hashed() {
  const HashedBy by{GENERATE(false, true), GENERATE(std::size_t{0}, std::size_t{3})};
  UNSCOPED_INFO("hashed by " << (by.key ? "the key and " : "") << by.prefix << " bytes of it");
  return by;
}

}  // namespace

TEST_CASE("rows that were put, replaced, erased, flushed and recovered are found as in a skip list") {
  const HashedBy by = hashed();
  const std::size_t prefix = by.prefix;
  const TemporaryDirectory temp;
  Store ours(temp.path() / "hash", options_with(hash_memtable(by), by.prefix));
  Store plain(temp.path() / "list", options_with(nullptr, prefix));
  std::mt19937 dice(7);
  std::vector<std::string> keys;
  for (int step = 0; step < 6000; ++step) {
    const std::string key = keys.empty() || dice() % 4 != 0 ? key_of(dice) : keys[dice() % keys.size()];
    keys.push_back(key);
    if (dice() % 5 == 0) {
      ours.erase(key), plain.erase(key);
    } else {
      ours.put(key, std::to_string(step)), plain.put(key, std::to_string(step));
    }
    const std::string& asked = keys[dice() % keys.size()];
    REQUIRE(ours.get(asked) == plain.get(asked));
    if (step % 50 == 0) {
      const std::string front = asked.substr(0, 3);
      REQUIRE(of_prefix(*ours.iterator(prefix == 0), front) ==
              of_prefix(*plain.iterator(prefix == 0), front));
    }
    if (step % 500 == 0) {
      REQUIRE(all(ours) == all(plain));
      REQUIRE(backwards(ours) == backwards(plain));
    }
    if (step % 1700 == 1699) ours.flush(), plain.flush();
    if (step % 2500 == 2499) ours.open(), plain.open();
  }
  REQUIRE(all(ours).size() > 1000);
  CHECK(all(ours) == all(plain));
}

TEST_CASE("a walk goes to places between rows, from both sides, and past both ends") {
  const TemporaryDirectory temp;
  Store ours(temp.path() / "hash", options_with(hash_memtable({.key = true}), 0));
  Store plain(temp.path() / "list", options_with(nullptr, 0));
  const auto check = [&](const std::string& place) {
    const auto a = ours.iterator(true), b = plain.iterator(true);
    CAPTURE(place);
    a->Seek(place), b->Seek(place);
    CHECK(rest(*a) == rest(*b));
    a->SeekForPrev(place), b->SeekForPrev(place);
    CHECK(a->Valid() == b->Valid());
    CHECK(rest(*a) == rest(*b));
  };
  check("m");
  for (const std::string key : {"b", "ba", "bb", "long key that is told by its ninth byte 1", "b\xff", "d",
                                "long key that is told by its ninth byte 2"})
    ours.put(key, key), plain.put(key, key);
  for (const std::string place : {"", "a", "b", "b0", "bab", "bb", "c", "d", "long key", "z", "\xff"})
    check(place);
}

TEST_CASE("an iterator shows the rows of its moment, whatever comes behind it") {
  const HashedBy by = hashed();
  const std::size_t prefix = by.prefix;
  const TemporaryDirectory temp;
  Store store(temp.path() / "hash", options_with(hash_memtable(by), by.prefix));
  store.put("aaa1", "old");
  store.put("aaa3", "old");
  const auto held = store.iterator(prefix == 0);
  store.put("aaa1", "new");
  store.put("aaa2", "new");
  store.erase("aaa3");
  for (int i = 0; i < 5000; ++i) store.put("bbb" + std::to_string(i), "much");
  CHECK(of_prefix(*held, "aaa") == Rows{{"aaa1", "old"}, {"aaa3", "old"}});
  CHECK(of_prefix(*store.iterator(prefix == 0), "aaa") == Rows{{"aaa1", "new"}, {"aaa2", "new"}});
}

TEST_CASE("how many rows stand in a range is told, which queries are planned by") {
  const TemporaryDirectory temp;
  Store store(temp.path() / "hash", options_with(hash_memtable({.key = true}), 0));
  for (int i = 100; i < 900; ++i) store.put("key" + std::to_string(i), "value");
  const auto count = [&](const std::string& from, const std::string& to) {
    std::uint64_t rows = 0, bytes = 0;
    store.db().GetApproximateMemTableStats(rocksdb::Range(from, to), &rows, &bytes);
    CHECK((bytes > 0) == (rows > 0));
    return rows;
  };
  CHECK(count("key200", "key300") == 100);
  CHECK(count("", "z") == 800);
  CHECK(count("key300", "key200") == 0);
  CHECK(count("m", "z") == 0);
}

TEST_CASE("a prefix of many rows, asked for as it grows, has them all in order") {
  const TemporaryDirectory temp;
  Store ours(temp.path() / "hash", options_with(hash_memtable({.key = true, .prefix = 3}), 3));
  Store plain(temp.path() / "list", options_with(nullptr, 3));
  std::mt19937 dice(11);
  const auto early = ours.iterator(false);
  for (int step = 0; step < 3000; ++step) {
    // Of two prefixes in turn, each of which has a row that is written over and over.
    const std::string prefix = step / 40 % 2 == 0 ? "aaa" : "bbb";
    const std::string key = step % 3 == 0 ? prefix : prefix + std::to_string(dice() % 800);
    if (dice() % 7 == 0) {
      ours.erase(key), plain.erase(key);
    } else {
      ours.put(key, std::to_string(step)), plain.put(key, std::to_string(step));
    }
    REQUIRE(ours.get(key) == plain.get(key));
    if (step % 5 == 0)
      REQUIRE(of_prefix(*ours.iterator(false), prefix) == of_prefix(*plain.iterator(false), prefix));
    if (step == 1800) ours.flush(), plain.flush();
  }
  CHECK(of_prefix(*ours.iterator(false), "aaa").size() > 100);
  CHECK(of_prefix(*early, "aaa").empty());
  CHECK(all(ours) == all(plain));
}

TEST_CASE("a row is got as it was at a snapshot, however often it was written since") {
  const HashedBy by = hashed();
  const TemporaryDirectory temp;
  Store store(temp.path() / "hash", options_with(hash_memtable(by), by.prefix));
  std::vector<const rocksdb::Snapshot*> snapshots{store.db().GetSnapshot()};
  for (int i = 1; i <= 100; ++i) {
    i % 10 == 0 ? store.erase("key1") : store.put("key1", std::to_string(i));
    store.put("key1 and more", "");
    snapshots.push_back(store.db().GetSnapshot());
  }
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    rocksdb::ReadOptions then;
    then.snapshot = snapshots[i];
    std::string value;
    const auto status = store.db().Get(then, "key1", &value);
    CAPTURE(i);
    CHECK(status.ok() == (i % 10 != 0));
    if (status.ok()) CHECK(value == std::to_string(i));
  }
  for (const auto* snapshot : snapshots) store.db().ReleaseSnapshot(snapshot);
}

TEST_CASE("other threads read while one writes") {
  const TemporaryDirectory temp;
  Store store(temp.path() / "hash", options_with(hash_memtable({.key = true, .prefix = 3}), 3));
  constexpr int kRows = 20'000;
  store.put("key0", "");
  std::atomic<int> written = 1;
  std::atomic<int> missed = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader)
    readers.emplace_back([&, reader] {
      std::mt19937 dice(static_cast<unsigned>(reader));
      while (written < kRows) {
        const std::string key = "key" + std::to_string(dice() % static_cast<unsigned>(written));
        std::string value;
        if (!store.db().Get({}, key, &value).ok()) ++missed;
      }
    });
  for (int i = 1; i < kRows; ++i) {
    const auto status = store.db().Put({}, "key" + std::to_string(i), "");
    if (!status.ok()) ++missed;
    written = i + 1;
  }
  for (auto& reader : readers) reader.join();
  CHECK(missed == 0);
  CHECK(all(store).size() == kRows);
}
