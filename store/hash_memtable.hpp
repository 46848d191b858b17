// A memtable of RocksDB's for families whose rows come in no order: a row is appended and found again through
// a hash of its prefix; the rows are sorted when they are walked or written out as a table. RocksDB's own
// memtable, a skip list, puts each row in its place at once, which takes five times as long.
#pragma once

#include <cstddef>
#include <memory>

namespace rocksdb {
class MemTableRepFactory;
}

namespace boardwalk::store {

// `prefix` bytes of a key are its prefix; 0: the whole key is. What a prefix iterator of RocksDB finds behind
// a seek are the rows of that prefix alone. REQUIRES: rows are inserted by one thread at a time (any may read
// meanwhile), and keys are in the order of their bytes.
[[nodiscard]] std::shared_ptr<rocksdb::MemTableRepFactory> hash_memtable(std::size_t prefix);

}  // namespace boardwalk::store
