// How many columns of a terminal a text takes: user-perceived characters (UAX #29) count once, East Asian
// wide ones and emoji two, combining marks none (UAX #11, UTS #51). Ambiguous ones count one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace boardwalk::cli {

// Terminal columns of a UTF-8 text.
[[nodiscard]] std::size_t width(std::string_view utf8);

// The text in exactly `columns`: padded with spaces, or cut with `…` at its end.
[[nodiscard]] std::string fit(std::string_view utf8, std::size_t columns);

// The text in lines of at most `columns`, each behind `mark`, its own line ends kept: broken at spaces and
// between wide characters, never before a closing mark of Chinese punctuation.
[[nodiscard]] std::string wrapped(std::string_view text, std::string_view mark, std::size_t columns);

}  // namespace boardwalk::cli
