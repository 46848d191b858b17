// A page's text in the bytes of another charset, by its iconv name.
#pragma once

#include <iconv.h>

#include <catch2/catch.hpp>
#include <string>

namespace boardwalk::tests {

// REQUIRES: the charset holds every character.
inline std::string encoded(std::string utf8, const char* charset) {
  std::string bytes(2 * utf8.size(), '\0');
  char* from = utf8.data();
  char* to = bytes.data();
  std::size_t left = utf8.size();
  std::size_t room = bytes.size();
  const iconv_t converter = iconv_open(charset, "UTF-8");
  REQUIRE(iconv(converter, &from, &left, &to, &room) == 0);
  iconv_close(converter);
  bytes.resize(bytes.size() - room);
  return bytes;
}

}  // namespace boardwalk::tests
