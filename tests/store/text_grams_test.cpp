#include "store/text_grams.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "parsers/utf8.hpp"
#include "store/text_documents.hpp"

using namespace boardwalk::store;
using boardwalk::parsers::fold;

namespace {

bool are_among(const std::vector<std::string>& some, const std::vector<std::string>& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

}  // namespace

TEST_CASE("grams are pairs where East Asian characters stand, else threes, of what the fold keeps") {
  CHECK(grams_of_fold("来源见") == std::vector<std::string>{"来源", "源见"});
  CHECK(grams_of_fold("linux") == std::vector<std::string>{"inu", "lin", "nux"});
  CHECK(grams_of_fold("用ab") == std::vector<std::string>{"用a"});
  CHECK(grams_of_part("見到，船 A") == std::vector<std::string>{"到船", "船a", "见到"});
  CHECK(grams_of_text("船船船") == std::vector<std::string>{"船船"});
}

TEST_CASE("what is too short, mere punctuation or no UTF-8 has no grams") {
  for (const std::string part : {"", "船", "ab", "，。！", "😀😀", "\xE8\x88", "船到\xE8"})
    CHECK(grams_of_part(part).empty());
  CHECK(grams_of_fold("船").empty());
}

TEST_CASE("a text with glosses is found by its fold and by its letters") {
  const auto grams = grams_of_text("來(lái)源");
  CHECK(are_among(grams_of_fold(fold("来源")), grams));
  CHECK(are_among(grams_of_part("(lái)"), grams));
  CHECK(are_among(grams_of_part("來(lái"), grams));
}

TEST_CASE("every part of a text has its grams among the text's, also where the fold would differ") {
  static const std::vector<std::string> kPieces{"船",
                                                "来源",
                                                "來(lái)源",
                                                "见(jiàn",
                                                ")到",
                                                " ",
                                                "，",
                                                "Linux",
                                                "123",
                                                "e\xCC\x81",
                                                "\xCC\x81",
                                                "ﬁ",
                                                "가",
                                                "\xE1\x84\x80\xE1\x85\xA1",
                                                "カ",
                                                "ﾞ",
                                                "１２",
                                                "(abc)",
                                                "\xE2\x80\x8B",
                                                "𠀀",
                                                "İ",
                                                "ǅ",
                                                "\n"};
  std::mt19937 engine(5);
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(engine);
  };
  for (int round = 0; round < 3000; ++round) {
    std::string text, part;
    const std::size_t size = 1 + below(14), from = below(size), to = from + below(size - from) + 1;
    for (std::size_t i = 0; i < size; ++i) {
      const auto& piece = kPieces[below(kPieces.size())];
      text += piece;
      if (i >= from && i < to) part += piece;
    }
    INFO(text << " / " << part);
    const auto grams = grams_of_text(text);
    CHECK(are_among(grams_of_part(part), grams));
    const std::string whole = fold(text), folded = fold(part);
    if (whole.find(folded) != std::string::npos) CHECK(are_among(grams_of_fold(folded), grams));
  }
}

TEST_CASE("the index has another layout whenever the fold makes something else of a text") {
  std::string folds;
  const auto add = [&folds](const std::string& text) { folds += fold(text) + '\n'; };
  for (const auto& [first, last] : {std::pair(0x20, 0x24F), std::pair(0x3005, 0x30FF),
                                    std::pair(0x4E00, 0x9FA5), std::pair(0xFF01, 0xFF9D)})
    for (int c = first; c <= last; ++c) {
      std::string character;
      boardwalk::parsers::append_code_point(static_cast<char32_t>(c), character);
      add(character + "船");
      add("船" + character);
    }
  for (const std::string gloss :
       {"lái", "lai", "LAI", "Lai", "A", "a", "VR", "l1", "lái lái", "zhuangs", "iPhone", "来"})
    for (const auto& [open, close] : {std::pair("(", ")"), std::pair("（", "）"), std::pair("[", "]")})
      for (const std::string before : {"來", "來(lái)", "x", "來 "})
        add(before + open + gloss + close + "源");
  // Where this differs, kTextLayout is to be raised, too.
  CHECK(boardwalk::parsers::sha256_hex(folds).substr(0, 16) == "6ca152ce67ee2d30");
  CHECK(kTextLayout == "4");
}
