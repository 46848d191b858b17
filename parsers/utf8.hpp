// UTF-8 code points, one at a time (Unicode 15 §3.9). Malformed bytes are taken by maximal subparts, as
// browsers do: each such run is one kMalformed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace boardwalk::parsers {

inline constexpr char32_t kMalformed = 0xFFFFFFFF;
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The code point that begins at `at`, which moves behind it. REQUIRES: at < text.size().
[[nodiscard]] inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80; };
  const unsigned lead = byte(at++);
  if (lead < 0x80) return lead;
  // Chinese, mostly: leads that any two continuation bytes may follow.
  if (lead > 0xE0 && lead < 0xED && at + 1 < text.size() && continues(at) && continues(at + 1)) {
    at += 2;
    return (lead & 0x0FU) << 12 | (byte(at - 2) & 0x3FU) << 6 | (byte(at - 1) & 0x3FU);
  }
  if (lead < 0xC2 || lead > 0xF4) return kMalformed;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t c = lead & (0x3FU >> more);
  unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (int i = 0; i < more; ++i, low = 0x80, high = 0xBF) {
    if (at == text.size() || byte(at) < low || byte(at) > high) return kMalformed;
    c = (c << 6) | (byte(at++) & 0x3FU);
  }
  return c;
}

inline constexpr std::size_t kLongestCodePoint = 4;  // bytes

// Writes `c` to where kLongestCodePoint bytes have room; where it ends. REQUIRES: a Unicode scalar value.
inline char* write_code_point(char32_t c, char* to) {
  if (c < 0x80) {
    *to++ = static_cast<char>(c);
    return to;
  }
  if (c < 0x800) {
    *to++ = static_cast<char>(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      *to++ = static_cast<char>(0xE0 | (c >> 12));
    } else {
      *to++ = static_cast<char>(0xF0 | (c >> 18));
      *to++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    }
    *to++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  }
  *to++ = static_cast<char>(0x80 | (c & 0x3F));
  return to;
}

// REQUIRES: a Unicode scalar value.
inline void append_code_point(char32_t c, std::string& to) {
  char bytes[kLongestCodePoint];
  to.append(bytes, static_cast<std::size_t>(write_code_point(c, bytes) - bytes));
}

}  // namespace boardwalk::parsers
