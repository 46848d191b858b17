// A memtable of RocksDB's for families whose rows come in no order: a row is appended and found again through
// a hash; the rows are sorted when they are walked or written out as a table. RocksDB's own memtable, a skip
// list, puts each row in its place at once, which takes five times as long.
#pragma once

#include <cstddef>
#include <memory>

namespace rocksdb {
class MemTableRepFactory;
}

namespace boardwalk::store {

// What rows are found by at once. By what they are not hashed by they are found all the same: all are sorted
// for it.
struct HashedBy {
  bool key = false;
  // So many bytes of the key, of a family whose prefix extractor gives just these; 0: none. What a prefix
  // iterator finds behind a seek are the rows of that prefix alone.
  std::size_t prefix = 0;
};

// REQUIRES: rows are inserted by one thread at a time (any may read meanwhile), in the order of their sequence
// numbers, and put or erased, not merged; keys are in the order of their bytes.
[[nodiscard]] std::shared_ptr<rocksdb::MemTableRepFactory> hash_memtable(HashedBy by);

}  // namespace boardwalk::store
