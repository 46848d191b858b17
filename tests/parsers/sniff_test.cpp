#include "parsers/sniff.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

using namespace boardwalk::parsers;

TEST_CASE("a Content-Type's type stands before its parameters, in any case, with blanks around it") {
  const auto [content_type, type] = GENERATE(table<std::string, std::string>({
      {"text/html", "text/html"},
      {"Text/HTML; charset=GBK", "text/html"},
      {"text/plain ;charset=gbk", "text/plain"},
      {" \tImage/PNG\t ", "image/png"},
      {";charset=gbk", ""},
      {"", ""},
  }));
  CAPTURE(content_type);
  CHECK(media_type(content_type) == type);
}

TEST_CASE("what the bytes do not tell, the type does, however it is spelt") {
  CHECK(sniff_other_than_html("words", "TEXT/PLAIN ; charset=gbk") == "text");
  CHECK(sniff_other_than_html("words", "Application/JSON") == "json");
  CHECK(sniff_other_than_html("words", "text/plainer").empty());
}

TEST_CASE("UTF-16 is text where its mark or the header says so, and nothing that can be read elsewhere") {
  const std::string little("<\0p\0>\0", 6);
  const std::string big("\0<\0p\0>", 6);
  CHECK(sniff_other_than_html("\xFF\xFE" + little, "").empty());
  CHECK(sniff_other_than_html(little, "text/html; charset=UTF-16LE").empty());
  CHECK(sniff_other_than_html(big, "text/html; charset=utf-16be").empty());
  CHECK(sniff_other_than_html(little, "text/html") == "binary");
  CHECK(sniff_other_than_html(little, "text/html; charset=utf-8") == "binary");
}
