#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

using Names = std::vector<std::string>;

Article with_info(const std::string& info, const std::string& tail = "") {
  return article_of(news_page(info, paragraphs() + tail));
}

TEST_CASE("a headline broken by hand is one, and its lines are not the text's") {
  const Article article = article_of(
      "<title>海湾市人民代表大会常务委员会关于修复老灯塔及其铜钟的决定_海湾在线</title><div>"
      "<p>海湾市人民代表大会常务委员会</p><p>关于修复老灯塔及其铜钟的决定</p>" +
      paragraphs() + "</div>");
  CHECK(article.title == "海湾市人民代表大会常务委员会关于修复老灯塔及其铜钟的决定");
  CHECK(article.text == kStory);
}

TEST_CASE("where <title> names section and site alone, the heading above the text is the title") {
  const Article article =
      article_of("<title>新闻动态--海湾灯塔学会</title><h5>第三届灯塔年会在海湾市召开</h5><div>" +
                 paragraphs() + "</div><p>海湾灯塔学会</p>");
  CHECK(article.title == "第三届灯塔年会在海湾市召开");
}

TEST_CASE("words in a picture's own paragraph are its caption") {
  CHECK(with_info("", "<p><img src=a.jpg><br>夜里的灯塔，海面如镜。</p>").text == kStory);
}

TEST_CASE("buttons and counters behind the last sentence are left out, the end mark stays") {
  CHECK(with_info("", "<div>图集</div><div>+1</div>").text == kStory);
  CHECK(with_info("", "<p>（完）</p>").text == kStory + "\n（完）");
}

TEST_CASE("the source beside the time comes before a label behind the text, and the net is no source") {
  CHECK(with_info("海湾晚报 2023-03-04 05:06", "<p>来源：渔业周刊</p>").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 来源：渔业周刊").source == "渔业周刊");
  CHECK(with_info("2023-03-04 05:06", "<p>来源：渔业周刊</p>").source == "渔业周刊");
  CHECK(with_info("原创 LampPost 2023-03-04 05:06:07", "<p>图片来源：网络</p>").source == "LampPost");
  CHECK_FALSE(with_info("2023-03-04 05:06 来源：网络").source);
}

TEST_CASE("who took a picture beside the text's beginning did not write it") {
  CHECK(with_info("2023-03-04 05:06", "").authors.empty());
  const Article article = article_of(
      news_page("2023-03-04 05:06",
                "<p><img src=a.jpg></p><p>资料图：灯塔的夜景。海湾社记者 王小鸥 摄</p>" + paragraphs()));
  CHECK(article.authors.empty());
  CHECK(article.text == kStory);
}

TEST_CASE("authors in parentheses are found where a button follows the last sentence") {
  CHECK(with_info("2023-03-04 05:06", "<p>灯又亮了。（评论员 王小鸥 李浪）</p><div>点赞收藏</div>").authors ==
        Names{"王小鸥", "李浪"});
}

TEST_CASE("a day that the text speaks of is not that of publication where metadata tells it") {
  const Article article =
      article_of(news_page("", "<p>（2007年6月29日海湾市人民代表大会常务委员会会议通过）</p>" + paragraphs(),
                           "", "<meta name=firstpublishedtime content='2007-08-20-23:59:59'>"));
  REQUIRE(article.published_at);
  CHECK(article.published_at->rfc3339().substr(0, 10) == "2007-08-20");
}

TEST_CASE("a label needs nothing behind it in a line that tells the time") {
  CHECK(with_info("2023-03-04 05:06 来源海湾晚报").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 王小鸥/海湾晚报").source == "海湾晚报");
}

TEST_CASE("a time split over elements of its own is put together") {
  const Article article = with_info("<span>2023</span><span>03/04</span><span>05:06:07</span>");
  REQUIRE(article.published_at);
  CHECK(article.published_at->rfc3339() == "2023-03-04T05:06:07+08:00");
}

TEST_CASE("where only yesterday is printed, the seconds in a script tell the time") {
  for (const char* code : {"var ct = \"1678000000\";", "window.data={\"publish_time\":1678000000}"}) {
    INFO(code);
    const Article article =
        article_of(news_page("昨天", paragraphs(), "", "<script>" + std::string(code) + "</script>"));
    REQUIRE(article.published_at);
    CHECK(article.published_at->rfc3339() == "2023-03-05T15:06:40+08:00");
  }
  CHECK_FALSE(with_info("<script>var direct = \"1678000000\"; ct = \"16780\";</script>昨天").published_at);
}

TEST_CASE("a by-line of its own is no text, be it a name in parentheses or behind a bar") {
  for (const char* line : {"<p>（王小鸥）</p>", "<p>文丨王小鸥</p>"}) {
    INFO(line);
    const Article article = with_info("2023-03-04 05:06", line);
    CHECK(article.authors == Names{"王小鸥"});
    CHECK(article.text == kStory);
  }
}

}  // namespace
}  // namespace boardwalk::parsers
