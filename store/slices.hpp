// Bytes as RocksDB takes and gives them; valid as long as those that they are made of. For sources alone, as
// this header brings one of RocksDB's.
#pragma once

#include <rocksdb/slice.h>

#include <string_view>

namespace boardwalk::store {

[[nodiscard]] inline rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
[[nodiscard]] inline std::string_view view(const rocksdb::Slice& bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace boardwalk::store
