#include "cli/word_diff.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace boardwalk::cli;

namespace {

std::string marked(std::string_view before, std::string_view after) {
  std::string text;
  for (const auto& piece : word_diff(before, after)) {
    if (piece.change == Change::kKept) text += piece.text;
    if (piece.change == Change::kRemoved) text += "[-" + piece.text + "-]";
    if (piece.change == Change::kAdded) text += "{+" + piece.text + "+}";
  }
  return text;
}

}  // namespace

TEST_CASE("Latin text changes word by word, Chinese text character by character") {
  CHECK(marked("the boat has left", "the boats have left") == "the [-boat-]{+boats+} [-has-]{+have+} left");
  CHECK(marked("碼頭的燈亮著", "碼頭的燈滅了") == "碼頭的燈[-亮著-]{+滅了+}");
  CHECK(marked("第3盞 lamp", "第4盞 lamp") == "第[-3-]{+4+}盞 lamp");
  CHECK(marked("same", "same") == "same");
  CHECK(marked("", "new") == "{+new+}");
  CHECK(marked("old", "") == "[-old-]");
  CHECK(marked("", "").empty());
}

TEST_CASE("kept and removed pieces are the old text, kept and added ones the new") {
  std::mt19937 engine(3);
  const std::vector<std::string> words{"a", "bc", " ", "雨", "頭", "，", "\n"};
  for (int round = 0; round < 500; ++round) {
    std::string before, after, old_text, new_text;
    for (auto n = engine() % 30; n > 0; --n) before += words[engine() % words.size()];
    for (auto n = engine() % 30; n > 0; --n) after += words[engine() % words.size()];
    for (const auto& piece : word_diff(before, after)) {
      if (piece.change != Change::kAdded) old_text += piece.text;
      if (piece.change != Change::kRemoved) new_text += piece.text;
    }
    CHECK(old_text == before);
    CHECK(new_text == after);
  }
}

TEST_CASE("texts that have little in common are replaced whole, in bounded time") {
  std::string before, after;
  for (int i = 0; i < 20000; ++i)
    before += "a" + std::to_string(i) + " ", after += "b" + std::to_string(i) + "\n";
  const auto pieces = word_diff(before, after);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0] == Piece{Change::kRemoved, before});
  CHECK(pieces[1] == Piece{Change::kAdded, after});
}
