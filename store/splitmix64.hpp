// splitmix64 (Steele, Lea and Flood 2014): what it makes of a state, and the step from one state to the next.
#pragma once

#include <cstdint>

namespace boardwalk::store::splitmix64 {

inline constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15;

[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
  x = (x ^ x >> 27) * 0x94D049BB133111EB;
  return x ^ x >> 31;
}

}  // namespace boardwalk::store::splitmix64
