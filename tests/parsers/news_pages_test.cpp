#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

Article paged(const std::string& url, const std::string& pager) {
  return article_of(news_page("2021-03-04 08:00", paragraphs(), "<div class=x3>" + pager + "</div>"), url);
}

TEST_CASE("the first page of an article of several says so, and keeps its own URL") {
  const Article article = paged("http://news.example.cn/a/7788.html",
                                "<b>1</b> <a href=7788_2.html>2</a> <a href=7788_3.html>3</a> "
                                "<a href=7788_2.html>下一页</a>");
  CHECK(article.part == 1);
  CHECK(article.pages == 3);
  CHECK(article.url == "http://news.example.cn/a/7788.html");
  CHECK(article.text == kStory);
}

TEST_CASE("a later page has the URL of the first one") {
  const Article article = paged("http://news.example.cn/a/7788_2.html",
                                "<a href=7788.html>1</a> <b>2</b> <a href=7788_3.html>3</a>");
  CHECK(article.part == 2);
  CHECK(article.pages == 3);
  CHECK(article.url == "http://news.example.cn/a/7788.html");
  CHECK(article.page.url == "http://news.example.cn/a/7788_2.html");
}

TEST_CASE("pagers that count their URLs from zero, in the query or in the path are read") {
  CHECK(paged("http://news.example.cn/t2021_88_1.html",
              "<a href=t2021_88.html>1</a> <b>2</b> <a href=t2021_88_2.html>3</a>")
            .part == 2);
  CHECK(paged("http://news.example.cn/v?id=9&page=2", "<a href='v?id=9&page=1'>1</a> <b>2</b>").part == 2);
  CHECK(paged("http://news.example.cn/2021/03/lamp/2/", "<a href=../>【1】</a> <b>【2】</b>").part == 2);
  CHECK(paged("http://news.example.cn/2021/03/lamp/", "<b>1</b> <a href=2/>2</a>").part == 1);
}

TEST_CASE("a short number of the article itself is not that of the page") {
  const Article first = paged("http://news.example.cn/?p=12", "<b>1</b> <a href='/?p=12&page=2'>2</a>");
  CHECK(first.part == 1);
  CHECK(first.pages == 2);
  const Article second = paged("http://news.example.cn/?p=12&page=2", "<a href='/?p=12'>1</a> <b>2</b>");
  CHECK(second.part == 2);
  CHECK(second.url == "http://news.example.cn/?p=12");
}

TEST_CASE("a page that only leads on and back is placed by its URL") {
  CHECK(paged("http://news.example.cn/a/7788.html", "<a href=7788_2.html>下一页</a>").pages == 2);
  CHECK(paged("http://news.example.cn/a/7788_2.html", "<a href=7788.html>上一页</a>").part == 2);
}

TEST_CASE("the next article is not the next page") {
  CHECK_FALSE(paged("http://news.example.cn/a/story-12.html", "<a href=story-13.html>下一页</a>").part);
  CHECK_FALSE(paged("http://news.example.cn/a/7788.html", "<a href=7789.html>下一篇</a>").part);
  CHECK_FALSE(paged("http://news.example.cn/a/7788.html", "<a href=7789.html>2</a>").part);
}

TEST_CASE("a pager of the comments is not the article's") {
  CHECK_FALSE(
      paged("http://news.example.cn/a/7788.html", "<div class=comments><a href=7788_2.html>2</a></div>")
          .part);
}

TEST_CASE("links to an article's other pages have the role of pages") {
  const ParsedPage page =
      parse_news(news_page("2021-03-04 08:00", paragraphs(), "<b>1</b> <a href=7788_2.html>2</a>"),
                 "http://news.example.cn/a/7788.html");
  const auto link = std::find_if(page.links.begin(), page.links.end(), [](const Link& one) {
    return one.url == "http://news.example.cn/a/7788_2.html";
  });
  REQUIRE(link != page.links.end());
  CHECK(link->role == LinkRole::kPage);
}

}  // namespace
}  // namespace boardwalk::parsers
