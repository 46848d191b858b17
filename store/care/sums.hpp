// The quick way to know that an archive is whole: every family is read once, in its own order, and what one
// says of another is added up on both sides instead of being looked up. References that must be met exactly
// are sums over rows (Sum), which agree whatever the order; those that may be met by many are sets of digests
// (DigestSet). What does not add up is then looked for row by row (verify.hpp), which names it.
//
// A difference that two sums hide has a chance of 2^-64. Memory: 8 bytes for each fold and each post or
// article, and for a page each time that a record names it which the one before did not name.
#pragma once

#include <cstdint>
#include <string_view>

#include "store/care/digest_set.hpp"
#include "store/care/verify.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

class Sum {
 public:
  void add(std::string_view row, std::string_view value = {}) { sum_ += hash(row, value); }
  void take(std::string_view row, std::string_view value = {}) { sum_ -= hash(row, value); }
  [[nodiscard]] bool is_even() const { return sum_ == 0; }
  [[nodiscard]] static std::uint64_t hash(std::string_view row, std::string_view value);

 private:
  std::uint64_t sum_ = 0;
};

// Whether everything about records, threads, duplicates and indexes adds up; counts the records and tells
// which pages they name. An error when a family cannot be read through.
[[nodiscard]] Result<bool> adds_up(const Database& database, Verified& verified, DigestSet& pages);

}  // namespace boardwalk::store
