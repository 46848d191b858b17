// One text as three sites serve it: an article in GBK, a mirror of it in traditional characters with pinyin,
// and a post of a Discuz! forum.
#include <unicode/unistr.h>

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "archive_fixture.hpp"
#include "store/json_codec.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const std::string kStory =
    "港口的老灯塔在去年冬天重新亮了起来，守塔人说，这是他最大的愿望，也是全镇人的愿望。铜钟也修好了。";

std::string article_html(const std::string& charset, const std::string& time, const std::string& text) {
  return "<html><head><meta charset=" + charset + "><title>老灯塔</title></head><body><h1>老灯塔</h1><div>" +
         time + "</div><div class=x><p>　　" + text + "</p></div></body></html>";
}

std::string in_gbk(const std::string& text) {
  const auto wide = icu::UnicodeString::fromUTF8(text);
  std::string bytes(2 * text.size(), '\0');
  bytes.resize(static_cast<std::size_t>(
      wide.extract(0, wide.length(), bytes.data(), static_cast<std::uint32_t>(bytes.size()), "gb18030")));
  return bytes;
}

parsers::ParsedPage read(const std::string& body, const std::string& url) {
  parsers::Workspace workspace;
  return parsers::parse_page({url, body, "text/html", 1'700'000'000, std::nullopt}, workspace);
}

const std::string kOriginal = article_html("gbk", "2021-03-02 08:00", kStory);
const std::string kMirror =
    article_html("utf-8", "2021-03-03 09:00",
                 "港口的老燈(dēng)塔在去年冬天重新亮了起來(lái)，守塔人說(shuō)，這(zhè)是他最大的愿望，"
                 "也是全鎮(zhèn)人的愿望。銅鐘(zhōng)也修好了。");

}  // namespace

TEST_CASE("an article in GBK, its mirror with pinyin and the same post are one cluster of the archive") {
  Archive archive;
  archive.put(read(fixture::page_with(kStory), "http://hearth.example/thread-90-1-1.html"));
  archive.put(read(kMirror, "http://mirror.test/1.html"));
  archive.put(read(in_gbk(kOriginal), "http://news.test/1.html"));
  std::map<std::string, std::string> original_of;
  std::map<std::string, int> folds;
  for (const auto& line : archive.lines()) {
    if (const auto article = article_from_json(line)) {
      ++folds[article->fold_sha256.value_or("")];
      original_of[article->site] = article->duplicate_of.value_or("");
    } else if (const auto post = post_from_json(line)) {
      ++folds[post->fold_sha256.value_or("")];
      original_of[post->site] = post->duplicate_of.value_or("");
    }
  }
  REQUIRE(original_of.size() == 3);
  CHECK(folds.size() == 1);
  CHECK(original_of["news.test"].empty());
  CHECK(original_of["mirror.test"].starts_with("news.test/article/"));
  CHECK(original_of["hearth.example"] == original_of["mirror.test"]);
}

TEST_CASE("what an article's page declares, is read as and loses is in its record") {
  const auto charset_of = [](const std::string& body) {
    const auto page = read(body, "http://news.test/1.html");
    REQUIRE(page.articles.size() == 1);
    return page.articles.front().charset;
  };
  const auto gbk_said_utf8 = charset_of(in_gbk(article_html("utf-8", "2021-03-02 08:00", kStory)));
  CHECK(gbk_said_utf8.declared == "utf-8");
  CHECK(gbk_said_utf8.used == "gb18030");
  CHECK(gbk_said_utf8.replaced == 0);
  const auto utf8_said_gbk = charset_of(article_html("gbk", "2021-03-02 08:00", kStory));
  CHECK(utf8_said_gbk.used == "utf-8");
  std::string broken = article_html("utf-8", "2021-03-02 08:00", kStory);
  broken.insert(broken.find("，守塔人"), "\xE7\x81");
  const auto cut = charset_of(broken);
  CHECK(cut.used == "utf-8");
  CHECK(cut.replaced == 1);
}
