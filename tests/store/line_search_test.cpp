#include "store/line_search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace boardwalk::store;

TEST_CASE(
    "the longest line that a text begins with is found, whatever stands between it and the text in order") {
  const LineSearch search({"ab", "abc", "abcx", "abd", "b\xE4", "茶馆", "茶馆里"});
  CHECK(search.longest_at_start_of("abcd") == 3);
  CHECK(search.longest_at_start_of("abcxy") == 4);
  CHECK(search.longest_at_start_of("abe") == 2);
  CHECK(search.longest_at_start_of("ab") == 2);
  CHECK(search.longest_at_start_of("茶馆外") == std::string_view("茶馆").size());
  for (const char* const none : {"", "a", "ac", "b", "ba", "茶", "zz"}) {
    CAPTURE(none);
    CHECK(search.longest_at_start_of(none) == 0);
  }
  CHECK(LineSearch({}).empty());
  CHECK(LineSearch({}).longest_at_start_of("ab") == 0);
}

TEST_CASE("the longest line is found as by looking at each, in texts of few letters") {
  std::mt19937 engine(7);
  const auto below = [&engine](std::size_t end) { return engine() % end; };
  const auto word = [&](std::size_t shortest, std::size_t longest) {
    std::string text(shortest + below(longest - shortest + 1), 'a');
    for (char& c : text) c = static_cast<char>('a' + below(3));
    return text;
  };
  for (int round = 0; round < 300; ++round) {
    std::set<std::string> lines;
    for (std::size_t count = below(40); count > 0; --count) lines.insert(word(2, 8));
    const LineSearch search(lines);
    for (int i = 0; i < 50; ++i) {
      const std::string text = word(0, 12);
      std::size_t longest = 0;
      for (const auto& line : lines)
        if (text.starts_with(line)) longest = std::max(longest, line.size());
      CAPTURE(text);
      REQUIRE(search.longest_at_start_of(text) == longest);
    }
  }
}
