#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

std::string text_of_article(const std::string& inside, const std::string& behind = "") {
  return article_of(news_page("2023-03-04 05:06", inside, behind)).text;
}

TEST_CASE("an article's text is its paragraphs, a line each") {
  CHECK(text_of_article(paragraphs()) == kStory);
}

TEST_CASE("text without paragraphs, broken by <br> in a cell or span, is read as well") {
  CHECK(text_of_article(kFirst + "<br><br>　　" + kSecond + "<br>" + kThird) == kStory);
  CHECK(text_of_article("<table><tr><td><span>" + kFirst + "<br>" + kSecond + "<br>" + kThird +
                        "</span></td></tr></table>") == kStory);
}

TEST_CASE("paragraphs in wrappers of their own are one text") {
  std::string wrapped;
  for (const auto& line : {kFirst, kSecond, kThird}) wrapped += "<div><div><p>" + line + "</p></div></div>";
  CHECK(text_of_article(wrapped) == kStory);
}

TEST_CASE("text behind a stray </html> is read") {
  CHECK(text_of_article("</body></html>" + paragraphs()) == kStory);
}

TEST_CASE("sub-headings stay, as lines") {
  const std::string inside =
      "<p>" + kFirst + "</p><h3>一、守塔人</h3><p>" + kSecond + "</p><p>" + kThird + "</p>";
  CHECK(text_of_article(inside) == kFirst + "\n一、守塔人\n" + kSecond + "\n" + kThird);
}

TEST_CASE("what stands inside the body's block without being its words is left out") {
  for (const char* line :
       {"<p>责任编辑：王小鸥</p>", "<p>（责编：王小鸥、李浪）</p>", "<p>來(lái)源：海灣晚報(bào)</p>",
        "<p>本文来源：海湾晚报</p>", "<p>（原标题：灯塔又亮了）</p>",
        "<p>免责声明：以上内容与本站立场无关。</p>", "<p>标签：灯塔 港口</p>",
        "<p>海湾晚报记者 王小鸥 李浪</p>", "<p>采写：海湾晚报记者 王小鸥</p>", "<p>- THE END -</p>",
        "<p>扫码关注海湾在线公众号</p>", "<p style='display:none'>看不见的一句话，是复制品里的。</p>",
        "<div class=share>分享到：微博 微信，让更多的人看到这个故事。</div>",
        "<figure><img src=a.jpg><figcaption>灯塔的夜景，站在堤上看。</figcaption></figure>",
        "<p><img src=a.jpg></p><p style='text-align:center'>图为修好的灯塔。王小鸥 摄</p>",
        "<p><a href=b.html>灯塔的前世今生</a></p>"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + line) == kStory);
  }
}

TEST_CASE("related links end the text") {
  CHECK(text_of_article(paragraphs() + "<p>相关阅读：</p><p>对岸的渔港，也要修一座新的灯塔了。</p>") ==
        kStory);
  CHECK(text_of_article(paragraphs() +
                        "<h3>延伸阅读</h3><ul><li><a href=b>旧灯塔的来历，你知道多少？</a></li></ul>") ==
        kStory);
}

TEST_CASE("comments as long as the article are not its text") {
  std::string comments = "<div class=comments>";
  for (int i = 0; i < 6; ++i)
    comments += "<div class=item><p>小时候，爷爷常带我去看灯塔，那时候的海风真大啊。</p></div>";
  CHECK(text_of_article(paragraphs(), comments + "</div>") == kStory);
}

TEST_CASE("a sentence that holds a link stays, and its link is listed") {
  const Article article = article_of(
      news_page("", paragraphs() + "<p>详情见<a href='/notice/1.html'>海事局的通告</a>，每周更新一次。</p>"));
  CHECK(article.text == kStory + "\n详情见海事局的通告，每周更新一次。");
  REQUIRE(article.links.size() == 1);
  CHECK(article.links[0].url == "http://news.example.cn/notice/1.html");
  CHECK(article.links[0].text == "海事局的通告");
}

TEST_CASE("pictures of the text are listed, lazy sources first, with their captions") {
  const Article article = article_of(news_page(
      "",
      paragraphs() +
          "<figure><img data-src='/i/1.jpg' src='blank.gif' alt='塔'><figcaption>夜景</figcaption></figure>"
          "<img src='icon.png' width=16><img src='data:image/png;base64,x'>"));
  REQUIRE(article.images.size() == 1);
  CHECK(article.images[0].url == "http://news.example.cn/i/1.jpg");
  CHECK(article.images[0].alt == "塔");
  CHECK(article.images[0].caption == "夜景");
}

TEST_CASE("the headline is not repeated in the text") {
  CHECK(text_of_article("<p><b>老灯塔重新亮起</b></p>" + paragraphs()) == kStory);
}

TEST_CASE("misleading names of the blocks around a text do not lose it") {
  CHECK(text_of_article("<div class='comment-box share'>" + paragraphs() + "</div>") == kStory);
}

TEST_CASE("the text of an empty shell comes from its JSON-LD") {
  const Article article = article_of(
      "<title>Shell</title><script "
      "type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":"
      "\"WebPage\"},{\"@type\":\"NewsArticle\",\"headline\":\"The lamp is lit\",\"articleBody\":\"" +
      kFirst + "\\n\\n" + kSecond + "\"}]}</script><div id=app></div>");
  CHECK(article.text == kFirst + "\n" + kSecond);
}

TEST_CASE("a standfirst between headline and text belongs to a text that is not Chinese") {
  const std::string lead =
      "After thirty dark years the old lamp is lit again, and the boats have a mark to steer by.";
  const std::string one =
      "The keeper, who is seventy-two, climbed the stairs alone, lamp in hand, as the crowd below fell "
      "silent.";
  const std::string two =
      "It took the harbour four winters, and most of its savings, to buy a lens that the storms would not "
      "break.";
  const std::string body =
      "<title>The lamp is lit - Bay Post</title><h1>The lamp is lit</h1><div class=k><p>" + lead +
      "</p></div><div class=m><p>" + one + "</p><p>" + two + "</p><p>" + one + " " + two + "</p></div>";
  CHECK(article_of(body).text == lead + "\n" + one + "\n" + two + "\n" + one + " " + two);
}

}  // namespace
}  // namespace boardwalk::parsers
