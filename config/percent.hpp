// Percent-encoded bytes (RFC 3986 §2.1), one at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "config/ascii.hpp"

namespace boardwalk::percent {

// The byte that `%XX` at `at` stands for; -1 when no such escape stands there.
[[nodiscard]] constexpr int byte_at(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || text[at] != '%') return -1;
  const int high = ascii::hex_value(text[at + 1]);
  const int low = ascii::hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : 16 * high + low;
}

// Appends the byte's escape, its digits in upper case (§6.2.2.1).
inline void append(std::string& to, int byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  to += {'%', kDigits[static_cast<std::size_t>(byte >> 4)], kDigits[static_cast<std::size_t>(byte & 15)]};
}

}  // namespace boardwalk::percent
