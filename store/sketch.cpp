#include "store/sketch.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "parsers/utf8.hpp"
#include "store/splitmix64.hpp"

namespace boardwalk::store {
namespace {

constexpr int kHashes = kBandCount * kBandRows;
constexpr int kShingle = 3;

using splitmix64::kStep;
using splitmix64::mixed;

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

// As they stand in the text, however often.
std::vector<std::uint64_t> shingles_in_order(std::string_view fold) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << 21 * kShingle) - 1;
  std::vector<std::uint64_t> shingles;
  shingles.reserve(fold.size() / 3 + 1);
  std::uint64_t window = 0;
  int characters = 0;
  for (std::size_t at = 0; at < fold.size();) {
    window = (window << 21 | parsers::next_code_point(fold, at)) & kMask;
    if (++characters >= kShingle) shingles.push_back(window);
  }
  if (characters > 0 && characters < kShingle) shingles.push_back(window);
  return shingles;
}

// The least value of each hash function over all shingles.
using Signature = std::array<std::uint32_t, kHashes>;

[[gnu::always_inline]] inline void sign_shingles(const std::vector<std::uint64_t>& shingles,
                                                 Signature& least) {
  for (const std::uint64_t shingle : shingles) {
    const std::uint64_t x = mixed(shingle + kStep);
    for (std::size_t i = 0; i < kHashes; ++i)
      least[i] =
          std::min(least[i], static_cast<std::uint32_t>((x * kHash[i].factor + kHash[i].summand) >> 32));
  }
}

void sign_plain(const std::vector<std::uint64_t>& shingles, Signature& least) {
  sign_shingles(shingles, least);
}

#if defined(__x86_64__)
// The same for processors that multiply eight numbers of 64 bits at once.
[[gnu::target("avx512f,avx512dq,avx512vl")]] void sign_wide(const std::vector<std::uint64_t>& shingles,
                                                            Signature& least) {
  sign_shingles(shingles, least);
}
const bool kIsWide = __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
constexpr auto sign_wide = sign_plain;
constexpr bool kIsWide = false;
#endif

template <typename Sign>
std::array<std::uint64_t, kBandCount> signed_bands(std::string_view fold, Sign&& sign) {
  assert(!fold.empty());
  Signature least;
  least.fill(std::numeric_limits<std::uint32_t>::max());
  sign(shingles_in_order(fold), least);
  std::array<std::uint64_t, kBandCount> bands{};
  for (std::size_t i = 0; i < least.size(); ++i) {
    std::uint64_t& band = bands[i / kBandRows];
    band = mixed((band ^ least[i]) + kStep);
  }
  for (auto& band : bands) band >>= 64 - kBandBits;
  return bands;
}

}  // namespace

Shingles shingles_of(std::string_view fold) {
  Shingles shingles = shingles_in_order(fold);
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

std::array<std::uint64_t, kBandCount> bands_of(std::string_view fold) {
  return signed_bands(fold, kIsWide ? sign_wide : sign_plain);
}

std::array<std::uint64_t, kBandCount> plain_bands_of(std::string_view fold) {
  return signed_bands(fold, sign_plain);
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
