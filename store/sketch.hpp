// What nearly equal texts have in common: the character shingles of their folds, and the bands of a MinHash
// signature over them (Broder 1997; locality-sensitive hashing as in Leskovec, Rajaraman and Ullman, Mining
// of Massive Datasets, chapter 3). Pure functions; what they return is part of the archive's layout.
//
//   shingle    three characters in a row, as one number; a fold of fewer characters is one shingle
//   signature  50 numbers of 32 bits: the least of each hash function over all shingles
//   band       5 of them in a row, hashed to 40 bits
//
// Two folds whose shingles have the Jaccard index j share a band with probability 1 - (1 - j^5)^10: 0.98 at
// 0.8, 0.9999 at 0.9, 0.27 at 0.5.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace boardwalk::store {

// Each once, ascending.
using Shingles = std::vector<std::uint64_t>;
[[nodiscard]] Shingles shingles_of(std::string_view fold);

inline constexpr int kBandCount = 10;
inline constexpr int kBandRows = 5;
inline constexpr int kBandBits = 40;
// REQUIRES: a fold that is not empty.
[[nodiscard]] std::array<std::uint64_t, kBandCount> bands_of(std::string_view fold);
// The same, the way that every processor can go.
[[nodiscard]] std::array<std::uint64_t, kBandCount> plain_bands_of(std::string_view fold);

// The Jaccard index, as a fraction.
struct Likeness {
  std::int64_t common = 0;
  std::int64_t all = 0;
  [[nodiscard]] bool is_near() const { return 5 * common >= 4 * all; }  // at least 0.8
  [[nodiscard]] double similarity() const;                              // to four digits
  friend bool operator==(const Likeness&, const Likeness&) = default;
};
[[nodiscard]] Likeness likeness(const Shingles& a, const Shingles& b);

}  // namespace boardwalk::store
