#include "config/ascii.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

using namespace boardwalk;

TEST_CASE("every byte is of the classes that ASCII gives it") {
  constexpr std::string_view kDigits = "0123456789", kSmall = "abcdefghijklmnopqrstuvwxyz",
                             kLarge = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", kSpace = " \t\n\v\f\r";
  const auto is_in = [](std::string_view set, char c) { return set.find(c) != std::string_view::npos; };
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    const char c = static_cast<char>(byte);
    CHECK(ascii::is_digit(c) == is_in(kDigits, c));
    CHECK(ascii::is_space(c) == is_in(kSpace, c));
    CHECK(ascii::is_html_space(c) == (is_in(kSpace, c) && c != '\v'));
    CHECK(ascii::is_upper(c) == is_in(kLarge, c));
    CHECK(ascii::is_letter(c) == (is_in(kSmall, c) || is_in(kLarge, c)));
    CHECK(ascii::is_alphanumeric(c) == (ascii::is_letter(c) || ascii::is_digit(c)));
    CHECK(ascii::lower(c) == (is_in(kLarge, c) ? kSmall[kLarge.find(c)] : c));
    const bool is_hex = is_in("0123456789abcdefABCDEF", c);
    CHECK(ascii::hex_value(c) == (is_hex ? std::stoi(std::string(1, c), nullptr, 16) : -1));
  }
}

TEST_CASE("texts are alike when only the case of their ASCII letters differs") {
  CHECK(ascii::lowered("Content-TYPE: Ä[@`{ \xc3\x84") == "content-type: Ä[@`{ \xc3\x84");
  CHECK(ascii::same("", ""));
  CHECK(ascii::same("nGINX/1", "NginX/1"));
  CHECK_FALSE(ascii::same("nginx", "nginx/1"));
  CHECK_FALSE(ascii::same("[", "{"));  // the same bit apart as two cases
  CHECK_FALSE(ascii::same("\xc3\x84", "\xc3\xa4"));
  CHECK(ascii::starts_same("<!DOCTYPE html>", "<!doctype"));
  CHECK(ascii::starts_same("a", "A"));
  CHECK(ascii::starts_same("a", ""));
  CHECK_FALSE(ascii::starts_same("do", "doctype"));
  CHECK_FALSE(ascii::starts_same("", "d"));
}

TEST_CASE("a text is of digits when nothing else stands in it") {
  CHECK(ascii::all_digits("0123456789"));
  CHECK(ascii::all_digits(""));
  for (const char* text : {"1a", " 1", "-1", "1.0", "\xef\xbc\x91"}) CHECK_FALSE(ascii::all_digits(text));
}
