#include "parsers/fold.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "parsers/simplified.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

TEST_CASE("a mirror's traditional characters with pinyin fold to the simplified original") {
  CHECK(fold("來(lái)源") == fold("来源"));
  CHECK(fold("來（lái）源") == "来源");
  CHECK(fold("責(zé)任編(biān)輯(jí)：張(zhāng)三") == fold("责任编辑：张三"));
  CHECK(fold("發(fā)布時(shí)間(jiān)") == "发布时间");
  CHECK(fold("綠(lv)色與(yu)女(nǚ)工") == "绿色与女工");
}

TEST_CASE("only a syllable of pinyin straight behind a Han character is a gloss") {
  CHECK(fold("来(shuang)") == "来");
  CHECK(fold("来(shuangg)") == "来shuangg");
  CHECK(fold("来 (lai)") == "来lai");
  CHECK(fold("a(lai)") == "alai");
  CHECK(fold("来()") == "来");
  CHECK(fold("来(la1)") == "来la1");
  CHECK(fold("来(la i)") == "来lai");
  CHECK(fold("来(lai") == "来lai");
  CHECK(fold("来((lai))") == "来lai");
}

TEST_CASE("other words in parentheses behind a Han character tell texts apart") {
  for (const std::string word : {"iPhone", "Galaxy", "oppo", "Tesla", "Apple", "Kia", "vivo", "v", "b"})
    CHECK(fold("手机(" + word + ")一台") != fold("手机一台"));
  CHECK(fold("手机(iPhone)一台") != fold("手机(Galaxy)一台"));
  for (const std::string syllable :
       {"zhuāng", "lǜ", "lü", "lv", "lüè", "nǚ", "ér", "ā", "ń", "xiōng", "shéi", "de", "\u0261\u0251n"})
    CHECK(fold("字(" + syllable + ")") == "字");
}

TEST_CASE("an abbreviation in parentheses counts the same with and without pinyin before it") {
  CHECK(fold("現實(shí)（VR）與增強") == fold("现实（VR）与增强"));
  CHECK(fold("电(diàn)(IC)路") == fold("电(IC)路"));
  CHECK(fold("来(lai)(yuan)源") == fold("来(yuan)源"));
  CHECK(fold("電(diàn)\u0301話") == fold("电\u0301话"));
}

TEST_CASE("capitals alone are no gloss, so that answers and makers in parentheses stay apart") {
  CHECK(fold("答案是(A)") == "答案是a");
  CHECK(fold("显卡（ＡＭＤ）") == "显卡amd");
  CHECK(fold("張(Zhāng)三(LǏ)") == "张三");
  CHECK(fold("張(Zha\u0304ng)三(A\u0300)") == "张三");
}

TEST_CASE("decomposed tone marks and invisible characters do not hide a gloss") {
  CHECK(fold("來(la\u0301i)源") == "来源");
  CHECK(fold("來\u200B(l\u00E1i\uFEFF)源") == "来源");
}

TEST_CASE("width, case, spaces and punctuation do not survive the fold") {
  CHECK(fold("ＡＢＣ１２３，ａｂｃ") == "abc123abc");
  CHECK(fold("　　Hello,\n World — 42%！") == "helloworld42");
  CHECK(fold("港口\u3000的\u00A0老\u200B灯塔……") == "港口的老灯塔");
  CHECK(fold("①㎡½") == "1m212");
  CHECK(fold("灯塔😀又亮了👍🏽") == "灯塔又亮了");
  CHECK(fold("ÉCOLE") == fold("e\u0301cole"));
}

TEST_CASE("marks stay with the letters that they belong to") {
  CHECK(fold("हिन्दी") == "हिन्दी");
  CHECK(fold("1\uFE0F\u20E3") == "1");
  CHECK(fold(" \u0301a") == "a");
}

TEST_CASE("text without letters or digits folds to nothing") {
  CHECK(fold("").empty());
  CHECK(fold("……！？ \n").empty());
  CHECK(fold("\xFF\xFE\xEF\xBF\xBD").empty());
}

TEST_CASE("a fold folds to itself, whatever the text") {
  std::mt19937 random(11);
  const std::u32string pieces =
      U"來(lái)源ＡａİẞΣς1①\u0301\u0327\u1100\u1161\u11A8\u200D\uFE0F… "
      U"　가각ǅﬁ㎏𝐀𠮷乾著於後裏\u0345ͅᾳ᷎\u0F71\u0F73";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      const bool any = random() % 4 == 0;
      char32_t c = any ? static_cast<char32_t>(random() % 0x30000) : pieces[random() % pieces.size()];
      if (c >= 0xD800 && c < 0xE000) c = U'x';
      append_code_point(c, text);
    }
    const std::string once = fold(text);
    INFO(text);
    CHECK(fold(once) == once);
  }
}

TEST_CASE("characters that stay as they are, copied in runs, fold as they do one by one") {
  std::mt19937 random(5);
  const std::u32string pieces = U"简体字来源繁體來漢abcXYZ019() （），。·é\u200D";
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto left = random() % 40; left > 0; --left)
      append_code_point(pieces[random() % pieces.size()], text);
    INFO(text);
    // A letter that has to be put together first has the whole text taken character by character.
    CHECK(fold(text + "。e\u0301") == fold(text) + "é");
  }
}

TEST_CASE("many threads may fold at once") {
  std::vector<std::string> folds(4);
  std::vector<std::thread> threads;
  for (auto& to : folds) threads.emplace_back([&to] { to = fold("責(zé)任編輯"); });
  for (auto& thread : threads) thread.join();
  for (const auto& folded : folds) CHECK(folded == "责任编辑");
}

TEST_CASE("a missing OpenCC table is a clear failure, never another fold") {
  CHECK_THROWS_WITH(SimplifiedTable("/nonexistent/TSCharacters.ocd2"),
                    Catch::Contains("/nonexistent/TSCharacters.ocd2") && Catch::Contains("libopencc-data"));
}

TEST_CASE("the simplified table takes the first reading and is its own limit") {
  const SimplifiedTable table;
  CHECK(table[U'來'] == U'来');
  CHECK(table[U'乾'] == U'干');
  CHECK(table[U'来'] == U'来');
  CHECK(table[U'a'] == U'a');
  for (char32_t c = 0; c < 0x30000; ++c)
    if (table[table[c]] != table[c]) FAIL("U+" << std::hex << static_cast<unsigned>(c));
}

TEST_CASE("length counts characters") {
  CHECK(length("") == 0);
  CHECK(length("a港𠮷") == 3);
}

}  // namespace
}  // namespace boardwalk::parsers
