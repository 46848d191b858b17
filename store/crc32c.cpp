#include "store/crc32c.hpp"

#include <isa-l/crc.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace boardwalk::store {
namespace {

// The sum of what was summed up to `crc` and of these bytes behind it.
std::uint32_t extended(std::uint32_t crc, std::string_view bytes) {
  constexpr std::size_t kMost = std::numeric_limits<int>::max();
  crc = ~crc;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kMost)))
    crc = crc32_iscsi(reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data())),
                      static_cast<int>(std::min(bytes.size(), kMost)), crc);
  return ~crc;
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) { return extended(0, bytes); }

// Debian builds RocksDB for any processor of its kind: it sums each byte of its log by tables, a sixtieth of
// a crawl. Where it is linked statically (CMakeLists.txt) it calls this instead.
std::uint32_t extend_for_rocksdb(std::uint32_t crc, const char* bytes,
                                 std::size_t size) __asm__("__wrap__ZN7rocksdb6crc32c6ExtendEjPKcm");

std::uint32_t extend_for_rocksdb(std::uint32_t crc, const char* bytes, std::size_t size) {
  return extended(crc, {bytes, size});
}

}  // namespace boardwalk::store
