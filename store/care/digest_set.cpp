#include "store/care/digest_set.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace boardwalk::store {
namespace {

constexpr int kBitsWithin = 4;  // some 16 numbers of the same first bits are searched

}  // namespace

void DigestSet::sort() {
  std::sort(numbers_.begin(), numbers_.end());
  bucket_bits_ = std::max(1, static_cast<int>(std::bit_width(numbers_.size())) - kBitsWithin);
  buckets_.assign((std::size_t{1} << bucket_bits_) + 1, numbers_.size());
  for (std::size_t i = numbers_.size(); i-- > 0;) buckets_[numbers_[i] >> (64 - bucket_bits_)] = i;
  for (std::size_t bucket = buckets_.size() - 1; bucket-- > 0;)
    buckets_[bucket] = std::min(buckets_[bucket], buckets_[bucket + 1]);
}

bool DigestSet::contains(std::uint64_t number) const {
  const std::size_t bucket = number >> (64 - bucket_bits_);
  const auto at = [&](std::size_t i) { return numbers_.begin() + static_cast<std::ptrdiff_t>(buckets_[i]); };
  return std::binary_search(at(bucket), at(bucket + 1), number);
}

bool DigestSet::contains_all(const DigestSet& others) const {
  return std::all_of(others.numbers_.begin(), others.numbers_.end(),
                     [this](std::uint64_t number) { return contains(number); });
}

std::uint64_t number_of(std::string_view digest) { return std::hash<std::string_view>{}(digest); }

std::uint64_t number_of_first(std::string_view digest, std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i)
    number = number << 8 | (i < bytes ? static_cast<unsigned char>(digest[i]) : 0U);
  return number;
}

}  // namespace boardwalk::store
