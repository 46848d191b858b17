// Many digests in little memory: eight bytes each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace boardwalk::store {

// Numbers spread evenly, as those of digests are. Those that were added before the last sort() are found.
class DigestSet {
 public:
  void add(std::uint64_t number) { numbers_.push_back(number); }
  void sort();
  [[nodiscard]] bool contains(std::uint64_t number) const;
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }
  // Whether each of `others`, sorted or not, is found.
  [[nodiscard]] bool contains_all(const DigestSet& others) const;

 private:
  std::vector<std::uint64_t> numbers_;
  int bucket_bits_ = 1;
  std::vector<std::size_t> buckets_ = {0, 0, 0};  // where the numbers of the same first bits begin
};

// The number of a digest, which all of its bytes count in: a damaged one has another.
[[nodiscard]] std::uint64_t number_of(std::string_view digest);
// Of one that is known by its first bytes alone. REQUIRES: it has so many, eight at most.
[[nodiscard]] std::uint64_t number_of_first(std::string_view digest, std::size_t bytes);

}  // namespace boardwalk::store
