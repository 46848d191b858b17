// Columns for a person: cells cut and padded by the width that a terminal gives them (text_width.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace boardwalk::cli {

// Rows under a header line, each column as wide as its widest cell; the last one takes what is left of
// `total` columns. Control characters in cells are shown as spaces.
[[nodiscard]] std::string table(const std::vector<std::string>& header,
                                const std::vector<std::vector<std::string>>& rows, std::size_t total);

}  // namespace boardwalk::cli
