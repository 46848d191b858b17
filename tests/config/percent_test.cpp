#include "config/percent.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace boardwalk;

TEST_CASE("each byte comes back from its escape, in capital or small digits") {
  for (int byte = 0; byte < 256; ++byte) {
    std::string text = "a";
    percent::append(text, byte);
    CHECK(percent::byte_at(text, 1) == byte);
    CHECK(percent::byte_at(ascii::lowered(text), 1) == byte);
  }
  std::string text;
  percent::append(text, 0x0A);
  percent::append(text, 0xFE);
  CHECK(text == "%0A%FE");
}

TEST_CASE("what is cut off or no escape stands for no byte") {
  for (const char* const text : {"", "%", "%4", "%4G", "%G4", "%%41", "4%1", "-41"}) {
    CAPTURE(text);
    CHECK(percent::byte_at(text, 0) == -1);
  }
  CHECK(percent::byte_at("%41", 1) == -1);
  CHECK(percent::byte_at("%41", 9) == -1);
  CHECK(percent::byte_at("%%41", 1) == 'A');
}
