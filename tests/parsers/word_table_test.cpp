#include "parsers/word_table.hpp"

#include <catch2/catch.hpp>

namespace boardwalk::parsers {
namespace {

constexpr WordTable kNumbers(std::to_array<KnownWord<int>>(
    {{"a", 1}, {"b", 2}, {"one", 3}, {"ole", 4}, {"two", 5}, {"oxxe", 6}, {"oyxe", 7}, {"a_long_word", 8}}));
static_assert(*kNumbers.find("two") == 5);

TEST_CASE("a table knows every word of its own, alike as they are") {
  for (const auto& [word, number] : {std::pair{"a", 1},
                                     {"b", 2},
                                     {"one", 3},
                                     {"ole", 4},
                                     {"two", 5},
                                     {"oxxe", 6},
                                     {"oyxe", 7},
                                     {"a_long_word", 8}}) {
    INFO(word);
    REQUIRE(kNumbers.find(word) != nullptr);
    CHECK(*kNumbers.find(word) == number);
  }
}

TEST_CASE("a table knows no other word") {
  for (const char* word : {"", "c", "on", "ONE", "ohe", "tone", "ozxe", "a long word", "\xFF"}) {
    INFO(word);
    CHECK(kNumbers.find(word) == nullptr);
  }
}

TEST_CASE("a set knows its words") {
  constexpr WordSet kWords(std::to_array<std::string_view>({"red", "green"}));
  CHECK(kWords.contains("red"));
  CHECK(kWords.contains("green"));
  CHECK_FALSE(kWords.contains("rod"));
}

}  // namespace
}  // namespace boardwalk::parsers
