// Gzip streams (RFC 1952, RFC 1951) written by hand: a sound one of stored blocks, and one without end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace boardwalk::tests {

inline constexpr std::string_view kGzipHeader{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10};

// `text`, at most 65,535 bytes, as one stored block.
[[nodiscard]] inline std::string gzip_stored(std::string_view text) {
  const auto append = [](std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
  };
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
  }
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string out(kGzipHeader);
  append(out, 1, 1);
  append(out, length, 2);
  append(out, ~length & 0xffff, 2);
  out += text;
  append(out, ~crc, 4);
  append(out, length, 4);
  return out;
}

struct EndlessGzip {
  std::string front;
  std::string repeated;  // decodes to 159 times its length
};

// One block of fixed codes: a literal zero, then without end "258 bytes again, from 1 back" in 13 bits each.
[[nodiscard]] inline EndlessGzip endless_gzip() {
  EndlessGzip out{std::string(kGzipHeader), {}};
  int filled = 0;
  unsigned byte = 0;
  const auto put = [&](std::string& to, std::string_view bits) {
    for (const char bit : bits) {
      byte |= static_cast<unsigned>(bit == '1') << filled;
      if (++filled < 8) continue;
      to += static_cast<char>(byte);
      byte = 0;
      filled = 0;
    }
  };
  constexpr std::string_view kMatch = "1100010100000";
  put(out.front, "01000110000");  // not the last block, fixed codes; literal 0
  put(out.front, kMatch);         // ends on a byte
  for (int i = 0; i < 8; ++i) put(out.repeated, kMatch);
  return out;
}

}  // namespace boardwalk::tests
