#include "store/row_filter.hpp"

#include <functional>

namespace boardwalk::store {
namespace {

constexpr int kBits = 6;  // of a row
constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;

struct Place {
  std::size_t block;
  std::array<std::uint64_t, 8> bits{};
};

std::uint64_t hash_of(Family family, std::string_view key) {
  const std::uint64_t hash =
      std::hash<std::string_view>{}(key) + static_cast<std::uint64_t>(family) * kFactor;
  return hash ^ hash >> 32;
}

std::size_t block_of(std::uint64_t hash, std::size_t blocks) {
  return static_cast<std::size_t>((hash & 0xFFFFFFFF) * blocks >> 32);
}

Place place_of(Family family, std::string_view key, std::size_t blocks) {
  std::uint64_t hash = hash_of(family, key);
  Place place{block_of(hash, blocks)};
  for (int i = 0; i < kBits; ++i) {
    hash *= kFactor;
    place.bits[hash >> 61] |= std::uint64_t{1} << (hash >> 55 & 63);
  }
  return place;
}

}  // namespace

void RowFilter::add(Family family, std::string_view key) {
  if (blocks_.empty()) return;
  const Place place = place_of(family, key, blocks_.size());
  auto& words = blocks_[place.block].words;
  bool is_new = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    is_new |= (place.bits[i] & ~words[i]) != 0;
    words[i] |= place.bits[i];
  }
  if (is_new && ++rows_ > kMostRows) blocks_ = std::vector<Block>();
}

void RowFilter::expect(Family family, std::string_view key) const {
  if (!blocks_.empty()) __builtin_prefetch(&blocks_[block_of(hash_of(family, key), blocks_.size())], 1);
}

bool RowFilter::may_hold(Family family, std::string_view key) const {
  if (blocks_.empty()) return true;
  const Place place = place_of(family, key, blocks_.size());
  const auto& words = blocks_[place.block].words;
  for (std::size_t i = 0; i < words.size(); ++i)
    if ((place.bits[i] & ~words[i]) != 0) return false;
  return true;
}

}  // namespace boardwalk::store
