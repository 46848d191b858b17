// SHA-256 (FIPS 180-4), the identity of bodies, texts and folds.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace boardwalk::parsers {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] std::string hex(const Digest& digest);  // 64 lower-case digits
[[nodiscard]] inline std::string sha256_hex(std::string_view bytes) { return hex(sha256(bytes)); }

}  // namespace boardwalk::parsers
