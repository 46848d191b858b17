// Columns for a person: cells cut and padded by the width that a terminal gives them (East Asian wide
// characters take two columns, combining marks none; UAX #11).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::cli {

// Terminal columns of a UTF-8 text.
[[nodiscard]] std::size_t width(std::string_view utf8);

// The text in exactly `columns`: padded with spaces, or cut with `…` at its end.
[[nodiscard]] std::string fit(std::string_view utf8, std::size_t columns);

// Rows under a header line, each column as wide as its widest cell; the last one takes what is left of
// `total` columns. Control characters in cells are shown as spaces.
[[nodiscard]] std::string table(const std::vector<std::string>& header,
                                const std::vector<std::vector<std::string>>& rows, std::size_t total);

// Columns of the terminal behind standard output; 120 when there is none.
[[nodiscard]] std::size_t terminal_width();

}  // namespace boardwalk::cli
