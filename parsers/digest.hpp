// SHA-256 (FIPS 180-4), the identity of bodies, texts and folds.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace boardwalk::parsers {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] std::string hex(std::string_view bytes);  // two lower-case digits each
[[nodiscard]] std::string hex(const Digest& digest);
[[nodiscard]] inline std::string sha256_hex(std::string_view bytes) { return hex(sha256(bytes)); }

// The same over bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);
  [[nodiscard]] Digest finish();  // of all that was added; nothing may be added behind it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace boardwalk::parsers
