#include "store/crc32c.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using namespace boardwalk::store;

// What RocksDB calls, and what the linker leads that to where RocksDB is linked statically.
std::uint32_t extend_in_rocksdb(std::uint32_t crc, const char* bytes,
                                std::size_t size) __asm__("_ZN7rocksdb6crc32c6ExtendEjPKcm");
std::uint32_t extend_for_rocksdb(std::uint32_t crc, const char* bytes,
                                 std::size_t size) __asm__("__wrap__ZN7rocksdb6crc32c6ExtendEjPKcm");

namespace {

using Extend = std::uint32_t (*)(std::uint32_t, const char*, std::size_t);

std::uint32_t bit_by_bit(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82F63B78U : 0U);
  }
  return ~crc;
}

}  // namespace

TEST_CASE("CRC-32C of the examples of RFC 3720") {
  std::string rising(32, '\0');
  for (std::size_t i = 0; i < rising.size(); ++i) rising[i] = static_cast<char>(i);
  CHECK(crc32c("") == 0);
  CHECK(crc32c("123456789") == 0xE3069283);
  CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AA);
  CHECK(crc32c(std::string(32, '\xFF')) == 0x62A8AB43);
  CHECK(crc32c(rising) == 0x46DD794E);
}

TEST_CASE("CRC-32C is the same as bit by bit, at many lengths and places") {
  std::mt19937 random(1);
  std::string bytes(3000, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 64)
    for (const std::size_t at : {0, 1, 3, 7}) {
      const std::string_view some = std::string_view(bytes).substr(at, size);
      CAPTURE(at, size);
      CHECK(crc32c(some) == bit_by_bit(some));
    }
}

TEST_CASE("RocksDB's sums go on from earlier ones, and ours are the same") {
  const std::string bytes = "123456789";
  for (const Extend extend : {&extend_in_rocksdb, &extend_for_rocksdb})
    for (std::size_t at = 0; at <= bytes.size(); ++at)
      CHECK(extend(extend(0, bytes.data(), at), bytes.data() + at, bytes.size() - at) == crc32c(bytes));
}

#ifdef BOARDWALK_STATIC_ROCKSDB
TEST_CASE("RocksDB calls our sum") {
  Extend volatile in_rocksdb = &extend_in_rocksdb;
  Extend volatile ours = &extend_for_rocksdb;
  CHECK(in_rocksdb == ours);
}
#endif
