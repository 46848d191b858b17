// Whether words stand in a text, or a word in a list.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>

namespace boardwalk::parsers {

[[nodiscard]] constexpr bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

template <typename Parts = std::initializer_list<std::string_view>>
[[nodiscard]] constexpr bool contains_any(std::string_view text, const Parts& parts) {
  return std::any_of(std::begin(parts), std::end(parts),
                     [text](std::string_view part) { return contains(text, part); });
}

template <typename Words = std::initializer_list<std::string_view>>
[[nodiscard]] constexpr bool is_one_of(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace boardwalk::parsers
