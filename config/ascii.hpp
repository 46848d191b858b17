// Letters, digits and white space of ASCII, whatever the locale; bytes of other characters are none of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace boardwalk::ascii {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; }
[[nodiscard]] constexpr bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
[[nodiscard]] constexpr bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

// White space of HTML (WHATWG, "ASCII whitespace"): is_space() but for \v.
inline constexpr std::string_view kHtmlSpace = " \t\n\f\r";
[[nodiscard]] constexpr bool is_html_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

// Of a hexadecimal digit; -1: it is none.
[[nodiscard]] constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  return lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

// The text with its letters in lower case.
[[nodiscard]] inline std::string lowered(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  return small;
}

// Equal but for the case of letters.
[[nodiscard]] constexpr bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

// The case of letters aside.
[[nodiscard]] constexpr bool starts_same(std::string_view text, std::string_view prefix) {
  return same(text.substr(0, prefix.size()), prefix);
}

// Without what of `space` stands at both ends.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text, std::string_view space) {
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

// Without the white space that HTTP allows around a field's words (RFC 9110 §5.6.3, OWS).
[[nodiscard]] constexpr std::string_view trimmed_ows(std::string_view text) { return trimmed(text, " \t"); }

// True of an empty text.
[[nodiscard]] constexpr bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace boardwalk::ascii
