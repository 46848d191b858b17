// Eight bytes of a text looked at in one step. A word's lowest byte is the first of them, on any machine.
// Marks are high bits: the lowest one stands at the first byte that is sought, those above it mean nothing.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace boardwalk::parsers {

using Word = std::uint64_t;
inline constexpr std::size_t kWordBytes = sizeof(Word);

// REQUIRES: kWordBytes bytes stand there.
[[nodiscard]] inline Word word_at(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, kWordBytes);
  return std::endian::native == std::endian::big ? __builtin_bswap64(word) : word;
}

// A word of this byte alone.
[[nodiscard]] constexpr Word every(unsigned char byte) { return 0x0101010101010101ULL * byte; }

// Bytes less than `limit`, which is 0x80 at most.
[[nodiscard]] constexpr Word marks_below(Word word, unsigned char limit) {
  return (word - every(limit)) & ~word & every(0x80);
}
[[nodiscard]] constexpr Word marks_equal(Word word, unsigned char byte) {
  return marks_below(word ^ every(byte), 1);
}

// How many bytes stand before the first mark. REQUIRES: marks.
[[nodiscard]] constexpr std::size_t bytes_before(Word marks) {
  return static_cast<std::size_t>(std::countr_zero(marks)) / 8;
}

// The byte that `before` others stand before. REQUIRES: before < kWordBytes.
[[nodiscard]] constexpr char byte_of(Word word, std::size_t before) {
  return static_cast<char>(word >> (8 * before) & 0xFF);
}

// The first `count` bytes, the others 0. REQUIRES: count < kWordBytes.
[[nodiscard]] constexpr Word first_bytes(Word word, std::size_t count) {
  return word & ((Word{1} << (8 * count)) - 1);
}

}  // namespace boardwalk::parsers
