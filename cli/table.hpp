// Columns for a person: cells cut and padded by the width that a terminal gives them (text_width.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boardwalk::cli {

using Cells = std::vector<std::string>;

// RFC 3339, or `-` when there is no such time; of epoch milliseconds.
[[nodiscard]] std::string time_or_dash(std::optional<std::int64_t> milliseconds);

// Rows under a header line, each column as wide as its widest cell; the last one takes what is left of
// `total` columns. Control characters in cells are shown as spaces.
[[nodiscard]] std::string table(const Cells& header, const std::vector<Cells>& rows, std::size_t total);

// The same line by line: the rows given at first say how wide the columns are.
class Columns {
 public:
  Columns(const Cells& header, const std::vector<Cells>& rows, std::size_t total);
  [[nodiscard]] std::string line(const Cells& row) const;

 private:
  std::vector<std::size_t> widths_;
};

}  // namespace boardwalk::cli
