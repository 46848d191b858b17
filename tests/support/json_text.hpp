// A JSON string literal (RFC 8259 §7), quotes included; bytes that are no UTF-8 are kept.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace boardwalk::sample {

[[nodiscard]] inline std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace boardwalk::sample
