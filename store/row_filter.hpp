// Tells that an archive holds no row of a key without a look at its tables: a Bloom filter of what was put,
// in blocks of a cache line (Putze, Sanders and Singler 2007). It knows an archive that was empty when it was
// made, as long as it has room: the first crawl of a forum, in which nearly everything that is asked for is
// new. Not for threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace boardwalk::store {

class RowFilter {
 public:
  static constexpr std::size_t kBytes = std::size_t{8} << 20;
  static constexpr std::size_t kMostRows = kBytes;  // then eight bits each

  RowFilter() : blocks_(kBytes / sizeof(Block)) {}

  // Of families that are asked by prefix alone, `key` is that prefix.
  void add(Family family, std::string_view key);
  // Soon it is asked for: what is asked, mostly far from the processor, is on its way meanwhile.
  void expect(Family family, std::string_view key) const;
  // False: no such row was added. True of every one that was, of one in thirty others at most, and of all
  // once more than kMostRows were added.
  [[nodiscard]] bool may_hold(Family family, std::string_view key) const;

 private:
  struct alignas(64) Block {
    std::array<std::uint64_t, 8> words{};
  };

  std::vector<Block> blocks_;  // none: more rows than it has room for
  std::size_t rows_ = 0;
};

}  // namespace boardwalk::store
