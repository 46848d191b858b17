// Rows of one family one at a time, along the order of their keys or against it, where a scan with a callback
// will not do: several at once, backwards, or only counted. Shows the state of the moment it was made.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "config/error.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// Keys from `from` on, before `to`; an empty `to`: up to the family's end.
struct KeyRange {
  std::string from, to;
};
[[nodiscard]] KeyRange keys_with(std::string_view prefix);

enum class Direction { kForwards, kBackwards };

class Walk {
 public:
  Walk(const Database& database, Family family, const KeyRange& range,
       Direction direction = Direction::kForwards);
  ~Walk();
  Walk(Walk&&) noexcept;
  Walk& operator=(Walk&&) noexcept;

  // False behind the last row, and where the rows cannot be read: status() tells which.
  [[nodiscard]] bool valid() const;
  void next();
  // Views that are good until next(). REQUIRES: valid().
  [[nodiscard]] std::string_view key() const;
  [[nodiscard]] std::string_view value() const;
  [[nodiscard]] Result<void> status() const;

 private:
  struct Rows;
  std::unique_ptr<Rows> rows_;
};

// How many rows there are: counted when they are few and `counts`, else judged by the room that they take on
// the disk. An error when those that are counted cannot be read.
[[nodiscard]] Result<std::uint64_t> about_rows(const Database& database, Family family, const KeyRange& range,
                                               bool counts = true);

}  // namespace boardwalk::store
