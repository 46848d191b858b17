#include "parsers/charset.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

const std::string kStory =
    "港口的老灯塔在去年冬天重新亮了起来，守塔人说，这是他一生中最大的愿望。为了修好它，"
    "镇上的人一共凑了三千块钱，不少孩子也把零用钱拿来了。";
const std::string kTraditional =
    "港口的老燈塔在去年冬天重新亮了起來，守塔人說，這是他一生中最大的願望。為了修好它，"
    "鎮上的人一共湊了三千塊錢，不少孩子也把零用錢拿來了。";

std::string page(const std::string& charset_said, const std::string& text) {
  const std::string meta = charset_said.empty() ? "" : "<meta charset=\"" + charset_said + "\">";
  return "<html><head>" + meta + "</head><body>" + text + "</body></html>";
}

std::string page_in(const std::string& charset, const std::string& said, const std::string& text) {
  return page(said, encode(text, charset));
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();)
    if (next_code_point(text, i) == kMalformed) return false;
  return true;
}

void check_reads(const std::string& body, const std::string& content_type, const std::string& expected,
                 const std::string& used) {
  const Decoded decoded = decode(body, content_type);
  CHECK(decoded.text.find(expected) != std::string::npos);
  CHECK(decoded.use.used == used);
  CHECK(decoded.use.replaced == 0);
}

TEST_CASE("a page that says its charset rightly is read in it") {
  check_reads(page("utf-8", kStory), "", kStory, "utf-8");
  check_reads(page_in("gbk", "gbk", kStory), "", kStory, "gb18030");
  check_reads(page_in("gbk", "GB2312", kStory), "", kStory, "gb18030");
  check_reads(page_in("big5", "Big5", kTraditional), "", kTraditional, "big5");
  check_reads("<meta http-equiv=Content-Type content='text/html; charset=gbk'>" + encode(kStory, "gbk"), "",
              kStory, "gb18030");
  check_reads("<?xml version=\"1.0\" encoding=\"gbk\"?><rss>" + encode(kStory, "gbk") + "</rss>", "", kStory,
              "gb18030");
}

TEST_CASE("the header speaks before the meta tag") {
  const Decoded decoded = decode(page_in("gbk", "euc-kr", kStory), "text/html; charset=\"GBK\"");
  CHECK(decoded.use.declared == "gbk");
  CHECK(decoded.use.used == "gb18030");
  CHECK(decoded.text.find(kStory) != std::string::npos);
}

TEST_CASE("a server's Latin-1 does not overrule the page") {
  check_reads(page_in("gbk", "gbk", kStory), "text/html; charset=ISO-8859-1", kStory, "gb18030");
  check_reads(page_in("gbk", "", kStory), "text/html; charset=ISO-8859-1", kStory, "gb18030");
}

TEST_CASE("a wrong declaration loses to the bytes") {
  check_reads(page("gbk", kStory), "", kStory, "utf-8");
  check_reads(page("big5", kStory), "", kStory, "utf-8");
  check_reads(page("iso-8859-1", "café déjà vu"), "", "café déjà vu", "utf-8");
  check_reads(page_in("gbk", "utf-8", kStory), "", kStory, "gb18030");
  check_reads(page_in("gbk", "utf-8", kStory), "text/html; charset=utf-8", kStory, "gb18030");
  check_reads(page_in("big5", "utf-8", kTraditional), "", kTraditional, "big5");
  check_reads(page_in("big5", "gbk", kTraditional), "", kTraditional, "big5");
  check_reads(page_in("gbk", "big5", kStory), "", kStory, "gb18030");
}

TEST_CASE("a header's utf-8 that the bytes contradict yields to what the page says of itself") {
  const std::string header = "text/html; charset=utf-8";
  for (const char* text : {"港口论坛 - Powered by Discuz!", "帖子已被删除", "提示信息", "老灯塔"})
    check_reads(page_in("gbk", "gbk", text), header, text, "gb18030");
  check_reads(page_in("shift_jis", "shift_jis", "掲示板"), header, "掲示板", "shift_jis");
  check_reads(page_in("windows-1250", "windows-1250", "Žluťoučký kůň"), header, "Žluťoučký kůň",
              "windows-1250");
  // Not where they do not fit the page's word, nor where it says nothing.
  check_reads(page_in("gbk", "shift_jis", kStory), header, kStory, "gb18030");
  check_reads(page_in("windows-949", "iso-8859-1", "등대는 겨울에 다시 켜졌다"), header,
              "등대는 겨울에 다시 켜졌다", "windows-949");
  CHECK(decode(page("gbk", "老灯塔\xE6"), header).text.find("老灯塔\xEF\xBF\xBD") != std::string::npos);
  const std::string japanese = "灯台は冬に、また光る。港は、静かだ。";
  check_reads(page_in("euc-jp", "euc-jp", japanese), header, japanese, "euc-jp");
}

TEST_CASE("one cut character does not make a page of Russian or French GBK that says so") {
  std::string russian = "Старый маяк и море";
  std::string french = "L'été déjà passé à Sète";
  for (int i = 0; i < 40; ++i) {
    russian += ", и каждый вечер мы видим огни";
    french += ", là où la mer s'élève, là où l'été s'achève";
  }
  for (const std::string& text : {russian, french}) {
    const Decoded decoded = decode(page("gb2312", text + "\xD0"), "");
    CHECK(decoded.use.used == "utf-8");
    CHECK(decoded.use.replaced == 1);
    CHECK(decoded.text.find(text) != std::string::npos);
  }
}

TEST_CASE("kana of a page that says GBK or EUC-JP are read in it") {
  std::string song;
  for (int i = 0; i < 9; ++i) song += "いつかきっとあえるといい、";
  check_reads(page_in("gbk", "gbk", song), "", song, "gb18030");
  check_reads(page_in("euc-jp", "euc-jp", song), "", song, "euc-jp");
}

TEST_CASE("Russian, Japanese and bopomofo in a GBK page do not make it Big5, nor does Spanish Latin-1") {
  for (const std::string text :
       {"Старый маяк и море, и тишина. И каждый вечер мы видим огни и корабли.",
        "いつかきっとあえるといい、いまはまだとおいひかり", "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖ"}) {
    std::string thread = "俄語、日語角";
    for (int i = 0; i < 9; ++i) thread += text;
    check_reads(page_in("gbk", "gbk", thread), "text/html; charset=gbk", thread, "gb18030");
    check_reads(page_in("gbk", "gbk", thread), "", thread, "gb18030");
  }
  check_reads(page("iso-8859-1", "\xA1Gracias, M\xE9xico!"), "", "¡Gracias, México!", "windows-1252");
}

TEST_CASE("what was declared is kept beside what was used") {
  const Decoded decoded = decode(page_in("gbk", "UTF-8", kStory), "");
  CHECK(decoded.use.declared == "utf-8");
  CHECK(decoded.use.used == "gb18030");
  CHECK(decode(page("x-unheard-of", kStory), "").use.declared == "x-unheard-of");
  CHECK(decode(page("", kStory), "").use.declared == std::nullopt);
}

TEST_CASE("a page that says nothing is read in the charset of its bytes") {
  check_reads(page("", kStory), "", kStory, "utf-8");
  check_reads(page_in("gbk", "", kStory), "", kStory, "gb18030");
  check_reads(page_in("big5", "", kTraditional), "", kTraditional, "big5");
  const std::string russian =
      "Маяк снова зажгли прошлой зимой, и сторож сказал, что это было его главной мечтой.";
  check_reads(page_in("windows-1251", "", russian), "", russian, "windows-1251");
}

TEST_CASE("GB18030's characters of four bytes are read") {
  const std::string rare = "𠮷野家的㐂字，" + kStory;
  check_reads(page_in("gb18030", "gb18030", rare), "", rare, "gb18030");
  check_reads(page_in("gb18030", "gb2312", rare), "", rare, "gb18030");
}

TEST_CASE("GBK's euro sign of one byte is read") {
  check_reads(page("gbk", encode(kStory, "gbk") + "\x80" + "500"), "", kStory + "€500", "gb18030");
}

TEST_CASE("characters beyond the basic plane survive long runs, wherever a buffer ends") {
  for (const char* shift : {"", "港"}) {
    std::string run = shift;
    for (int i = 0; i < 5000; ++i) run += "𠮷的";
    check_reads(page_in("gb18030", "gb18030", run), "", run, "gb18030");
  }
}

TEST_CASE("UTF-8 with a few broken bytes stays UTF-8, each run one U+FFFD") {
  const Decoded decoded = decode(page("utf-8", kStory + "\xE6\x9D" + "|\xFF|" + kStory), "");
  CHECK(decoded.use.used == "utf-8");
  CHECK(decoded.use.replaced == 2);
  CHECK(decoded.text.find("\xEF\xBF\xBD|\xEF\xBF\xBD|") != std::string::npos);
}

TEST_CASE("GBK with a broken pair stays GBK and swallows no markup") {
  const Decoded decoded = decode("<meta charset=gbk>" + encode(kStory, "gbk") + "\xB0<p>x</p>", "");
  CHECK(decoded.use.used == "gb18030");
  CHECK(decoded.use.replaced == 1);
  CHECK(decoded.text.find("<p>x</p>") != std::string::npos);
}

TEST_CASE("a byte order mark decides and is not part of the text") {
  const std::string marked = "\xEF\xBB\xBF" + page("gbk", "港");
  const Decoded utf8 = decode(marked, "text/html; charset=gbk");
  CHECK(utf8.use.used == "utf-8");
  CHECK(utf8.use.declared == "utf-8");
  CHECK(utf8.text == page("gbk", "港"));
  const std::string little(
      "\xFF\xFE\x2F\x6E"
      "a\0",
      6);
  CHECK(decode(little, "").text == "港a");
  const std::string big("\xFE\xFF\x6E\x2F\0a", 6);
  CHECK(decode(big, "").text == "港a");
  CHECK(decode(big, "").use.used == "utf-16be");
}

TEST_CASE("UTF-16 without a mark is what the header says, where the bytes have NUL") {
  const std::string little("a\0\x2F\x6E", 4);
  const Decoded decoded = decode(little, "text/html; charset=utf-16");
  CHECK(decoded.text == "a港");
  CHECK(decoded.use.used == "utf-16le");
  CHECK(decode(std::string("\0a\x6E\x2F", 4), "text/html; charset=utf-16be").text == "a港");
  CHECK(decode("港", "text/html; charset=utf-16").text == "港");
}

TEST_CASE("short GBK that happens to be well-formed UTF-8 is believed to be what it says") {
  check_reads("<meta charset=gbk>\xC1\xAA\xCD\xA8", "", "联通", "gb18030");
}

TEST_CASE("a meta tag in a comment or behind the first KiB does not count") {
  CHECK(decode("<!-- <meta charset=big5> --><p>a", "").use.declared == std::nullopt);
  CHECK(decode(std::string(2000, ' ') + "<meta charset=big5>", "").use.declared == std::nullopt);
}

TEST_CASE("NUL is left out and the empty page is the empty text") {
  CHECK(decode(std::string("a\0b\0", 4), "").text == "ab");
  CHECK(decode(std::string("\xE6\xB8\xAF\0", 4), "").text == "港");
  CHECK(decode("", "").text.empty());
  CHECK(decode("", "").use.used == "utf-8");
  CHECK(decode("plain", "text/html; charset=gbk").use.used == "gb18030");
}

TEST_CASE("whatever the bytes and the declaration, the text is valid UTF-8") {
  std::mt19937 random(7);
  for (const char* said :
       {"", "utf-8", "gbk", "big5", "shift_jis", "euc-kr", "utf-16", "iso-2022-jp", "windows-1251"}) {
    for (int round = 0; round < 40; ++round) {
      std::string bytes(static_cast<std::size_t>(random() % 700), ' ');
      for (char& c : bytes) c = static_cast<char>(random());
      const Decoded decoded = decode(bytes, std::string("text/html; charset=") + said);
      CHECK(is_valid_utf8(decoded.text));
      CHECK(decoded.text.find('\0') == std::string::npos);
      CHECK_FALSE(decoded.use.used.empty());
    }
  }
}

TEST_CASE("bytes of a byte order mark in the middle of a page do not make it UTF-16") {
  const std::string words = "<p>low water at nine</p>";
  for (const std::string mark : {"\xFE\xFF\xFF\xFD", "\xFF\xFE"}) {
    const std::string body = words + mark + words;
    const Decoded decoded = decode(body, "text/html; charset=utf-8");
    CHECK(decoded.text.find("low water at nine") != std::string::npos);
  }
}

TEST_CASE("encoding leaves out what the charset has not") {
  CHECK(encode("港", "gbk") == "\xB8\xDB");
  CHECK(encode("a港", "windows-1252") == "a?");
  CHECK(encode("港", "utf-8") == "港");
  CHECK(encode("港", "no-such-charset") == "港");
  CHECK(encode("", "gbk").empty());
}

}  // namespace
}  // namespace boardwalk::parsers
