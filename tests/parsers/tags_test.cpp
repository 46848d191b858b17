#include "parsers/markup/tags.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "config/ascii.hpp"

namespace boardwalk::parsers::markup {
namespace {

const std::vector<std::string> kKnown{"a",        "b",          "h1",         "td",        "div",
                                      "span",     "table",      "script",     "optgroup",  "textarea",
                                      "multicol", "blockquote", "figcaption", "plaintext", "annotation-xml"};

// By the letter of HTML §13.2.5.8.
std::string_view plain_name(std::string_view source, std::size_t at) {
  const std::string_view rest = source.substr(at);
  return rest.substr(0, rest.find_first_of(" \t\n\r\f/>"));
}

TEST_CASE("a name is known in any case, and nothing but the whole name") {
  for (const std::string& name : kKnown) {
    INFO(name);
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    CHECK(tag_info(name).name == name);
    CHECK(&tag_info(upper) == &tag_info(name));
    for (const std::string& other : {name + "x", name + '\0', name + '!', "x" + name})
      CHECK(tag_info(other).name.empty());
  }
  CHECK(tag_info("").name.empty());
}

TEST_CASE("a tag's name read from a page is what stands up to a blank, '/' or '>'") {
  std::mt19937 random(3);
  const auto below = [&random](std::size_t sides) { return random() % sides; };
  const std::string odd = "aZ09 \t\n\r\f/>-_:!\"&<=?@[`{\x7F\x80\xE4\xFF";
  for (int round = 0; round < 200'000; ++round) {
    const std::string front(below(3), '<');
    std::string source = front + (below(3) == 0 ? "q" : kKnown[below(kKnown.size())]);
    if (below(4) == 0) source[front.size()] = static_cast<char>(source[front.size()] ^ 0x20);
    for (std::size_t more = below(12); more > 0; --more) source += odd[below(odd.size())];
    const std::string_view name = plain_name(source, front.size());
    const auto [tag, length] = read_tag_name(source, front.size());
    INFO(source);
    REQUIRE(length == name.size());
    REQUIRE(tag == &tag_info(name));
    REQUIRE((tag->name.empty() || tag->name == ascii::lowered(std::string(name))));
  }
}

}  // namespace
}  // namespace boardwalk::parsers::markup
