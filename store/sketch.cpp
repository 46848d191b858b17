#include "store/sketch.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "parsers/utf8.hpp"

namespace boardwalk::store {
namespace {

constexpr int kHashes = kBandCount * kBandRows;
constexpr int kShingle = 3;

// splitmix64 (Steele, Lea and Flood 2014): its step, and what it makes of a state.
constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15;
constexpr std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
  x = (x ^ x >> 27) * 0x94D049BB133111EB;
  return x ^ x >> 31;
}

struct Hash {
  std::uint64_t factor = 0;
  std::uint64_t summand = 0;
};

constexpr std::array<Hash, kHashes> make_hashes() {
  std::array<Hash, kHashes> hashes{};
  std::uint64_t state = 0;
  for (auto& hash : hashes) {
    hash.factor = mixed(state += kStep) | 1;
    hash.summand = mixed(state += kStep);
  }
  return hashes;
}
constexpr std::array<Hash, kHashes> kHash = make_hashes();

// Calls `each` with every shingle, in the order of the text.
template <typename Each>
void for_each_shingle(std::string_view fold, Each&& each) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << 21 * kShingle) - 1;
  std::uint64_t window = 0;
  int characters = 0;
  for (std::size_t at = 0; at < fold.size();) {
    window = (window << 21 | parsers::next_code_point(fold, at)) & kMask;
    if (++characters >= kShingle) each(window);
  }
  if (characters > 0 && characters < kShingle) each(window);
}

}  // namespace

Shingles shingles_of(std::string_view fold) {
  Shingles shingles;
  shingles.reserve(fold.size() / 3 + 1);
  for_each_shingle(fold, [&](std::uint64_t shingle) { shingles.push_back(shingle); });
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

std::array<std::uint64_t, kBandCount> bands_of(std::string_view fold) {
  assert(!fold.empty());
  std::array<std::uint32_t, kHashes> least;
  least.fill(std::numeric_limits<std::uint32_t>::max());
  for_each_shingle(fold, [&](std::uint64_t shingle) {
    const std::uint64_t x = mixed(shingle + kStep);
    for (std::size_t i = 0; i < least.size(); ++i)
      least[i] =
          std::min(least[i], static_cast<std::uint32_t>((x * kHash[i].factor + kHash[i].summand) >> 32));
  });
  std::array<std::uint64_t, kBandCount> bands{};
  for (std::size_t i = 0; i < least.size(); ++i) {
    std::uint64_t& band = bands[i / kBandRows];
    band = mixed((band ^ least[i]) + kStep);
  }
  for (auto& band : bands) band >>= 64 - kBandBits;
  return bands;
}

double Likeness::similarity() const {
  return std::round(1e4 * static_cast<double>(common) / static_cast<double>(all)) / 1e4;
}

Likeness likeness(const Shingles& a, const Shingles& b) {
  Likeness both;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) ++both.common;
    const bool step_a = *i <= *j;
    const bool step_b = *j <= *i;
    i += step_a;
    j += step_b;
  }
  both.all = static_cast<std::int64_t>(a.size() + b.size()) - both.common;
  return both;
}

}  // namespace boardwalk::store
