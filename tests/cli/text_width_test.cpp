// Columns of a terminal: UAX #11 and UTS #51 by example, tables at 80 and 120 columns.

#include "cli/text_width.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "cli/table.hpp"
#include "cli/terminal.hpp"
#include "tests/lines.hpp"

using namespace boardwalk::cli;
using boardwalk::tests::lines_of;

namespace {

// Columns in front of the first place of `part`.
std::size_t columns_before(const std::string& line, const std::string& part) {
  const std::size_t at = line.find(part);
  REQUIRE(at != std::string::npos);
  return width(line.substr(0, at));
}

const std::vector<std::string> kPieces{
    "a",        "Z",  " ",      "，", "雨", "頭", "é", "e\u0301", "한", "ｱ", "Ａ", "👩", "👩‍👩‍👧",
    "👍🏽", "🇨🇳", "❤️", "☕",  "·"};

}  // namespace

TEST_CASE("wide characters take two columns, marks none, a joined emoji two in all") {
  const std::vector<std::pair<std::string, std::size_t>> cases{
      {"", 0},
      {"abc", 3},
      {"雨後", 4},
      {"Ａ", 2},
      {"ｱ", 1},
      {"é", 1},
      {"e\u0301", 1},
      {"한글", 4},
      {"👩‍👩‍👧", 2},
      {"👍🏽", 2},
      {"🇨🇳", 2},
      {"🇨🇳🇯🇵", 4},
      {"❤️", 2},
      {"👩‍👩‍👧雨a", 5},
      {"1️⃣", 2},
  };
  for (const auto& [text, columns] : cases) {
    INFO(text);
    CHECK(width(text) == columns);
  }
}

TEST_CASE("a cut text ends between two characters and fills its columns") {
  CHECK(fit("雨後碼頭", 6) == "雨後… ");
  CHECK(fit("雨後碼頭", 8) == "雨後碼頭");
  CHECK(fit("a雨", 5) == "a雨  ");
  CHECK(fit("👩‍👩‍👧👩‍👩‍👧", 3) == "👩‍👩‍👧…");
  CHECK(fit("雨", 1) == "…");
  CHECK(fit("雨", 0).empty());
}

TEST_CASE("running text breaks at spaces and between wide characters, not before their punctuation") {
  CHECK(wrapped("one two three", "> ", 20) == "> one two three\n");
  CHECK(wrapped("one two three four", "", 10) == "one two\nthree four\n");
  CHECK(wrapped("雨後的碼頭，第", "", 10) == "雨後的碼\n頭，第\n");
  CHECK(wrapped("abcdefghijklmn", "", 10) == "abcdefghij\nklmn\n");
  CHECK(wrapped("a雨後的碼頭", "", 10) == "a雨後的碼\n頭\n");
  CHECK(wrapped("one\n\ntwo", "| ", 20) == "| one\n| \n| two\n");
}

TEST_CASE("lines of running text are never wider than asked, and lose nothing but spaces") {
  std::mt19937 engine(5);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int n = static_cast<int>(engine() % 60); n > 0; --n) text += kPieces[engine() % kPieces.size()];
    std::string back;
    for (const auto& line : lines_of(wrapped(text, "", 12))) {
      INFO(line);
      CHECK(width(line.substr(0, line.find_last_not_of(' ') + 1)) <= 12);  // spaces at a line's end may hang
      back += line;
    }
    for (auto* kept : {&back, &text}) std::erase(*kept, ' ');
    CHECK(back == text);
  }
}

TEST_CASE("columns stand below one another with Chinese, Latin and emoji, at 80 and at 120") {
  std::mt19937 engine(6);
  const auto random_text = [&](std::size_t most) {
    std::string text;
    for (std::size_t n = engine() % most; n > 0; --n) text += kPieces[engine() % kPieces.size()];
    return text;
  };
  for (const std::size_t total : {std::size_t{80}, std::size_t{120}})
    for (int round = 0; round < 100; ++round) {
      std::vector<std::vector<std::string>> rows;
      for (int n = 0; n < 8; ++n)
        rows.push_back({random_text(40), "|" + random_text(30), "|" + random_text(80)});
      const auto lines = lines_of(table({"first", "|second", "|last"}, rows, total));
      REQUIRE(lines.size() == 9);
      const std::size_t second = columns_before(lines[0], "|second");
      const std::size_t third = columns_before(lines[0], "|last");
      for (const auto& line : lines) {
        INFO(line);
        CHECK(width(line) <= total);
        CHECK(columns_before(line, "|") == second);
        const std::size_t last = line.rfind('|');
        CHECK(width(line.substr(0, last)) == third);
      }
    }
}

TEST_CASE("what a terminal obeys is replaced in text of a site, letters, line ends and tabs are not") {
  CHECK(shown("a\x1b]0;x\ab") == "a\uFFFD]0;x\uFFFDb");
  CHECK(shown("\u009B31m\x7F") == "\uFFFD31m\uFFFD");
  CHECK(shown("雨\t后\n") == "雨\t后\n");
}
