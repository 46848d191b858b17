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

TEST_CASE("a first page whose own URL has a number is known by the numbers of the others") {
  const Article first =
      paged("http://news.example.cn/show-12-345-1.html",
            "<a href=show-12-345-1.html>上一页</a> <b>1</b> <a href=show-12-345-2.html>2</a> "
            "<a href=show-12-345-3.html>3</a> <a href=show-12-345-2.html>下一页</a>");
  CHECK(first.part == 1);
  CHECK(first.pages == 3);
  CHECK(first.url == "http://news.example.cn/show-12-345-1.html");
  const Article second = paged("http://news.example.cn/show-12-345-2.html",
                               "<a href=show-12-345-1.html>1</a> <b>2</b> <a href=show-12-345-3.html>3</a>");
  CHECK(second.part == 2);
  CHECK(second.url == first.url);
}

TEST_CASE("the first page is known by its query's number, too, and every page names it by the same URL") {
  const std::string bare = "http://news.example.cn/v?id=9";
  const std::string from_one = "<a href='v?id=9&page=1'>1</a> <a href='v?id=9&page=2'>2</a>";
  const Article first = paged(bare + "&page=1", from_one);
  CHECK(first.part == 1);
  CHECK(first.pages == 2);
  CHECK(first.url == bare + "&page=1");
  const Article second = paged(bare + "&page=2", from_one);
  CHECK(second.part == 2);
  CHECK(second.url == first.url);
  const std::string from_zero = "<a href='v?id=9&page=0'>1</a> <a href='v?id=9&page=1'>2</a>";
  CHECK(paged(bare + "&page=0", from_zero).part == 1);
  CHECK(paged(bare + "&page=1", from_zero).part == 2);
  CHECK(paged(bare + "&page=1", from_zero).url == paged(bare + "&page=0", from_zero).url);
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
  CHECK_FALSE(paged("http://news.example.cn/a/story-1.html", "<a href=story-2.html>下一页</a>").part);
  CHECK_FALSE(paged("http://news.example.cn/a/story-12.html", "<a href=story-13.html>2</a>").part);
  CHECK_FALSE(paged("http://news.example.cn/a/story-1.html", "<a href=story-57.html>2</a>").part);
}

TEST_CASE("a neighbouring article is no page, whatever rel and its words say") {
  const std::string bare = "http://news.example.cn/weekly-roundup/";
  const std::string second = "http://news.example.cn/weekly-roundup-2/";
  CHECK_FALSE(paged(bare, "<a rel=next href=/weekly-roundup-2/>Weekly roundup</a>").part);
  CHECK_FALSE(paged(bare, "<link rel=next href=/weekly-roundup-2/>").part);
  CHECK_FALSE(paged(bare, "<a href=/weekly-roundup-2/>Next article: Weekly roundup</a>").part);
  CHECK_FALSE(paged(bare, "<a rel=next href=/weekly-roundup-2/>下一篇：周报</a>").part);
  CHECK_FALSE(paged(bare, "<div class=nav-next><a rel=next href=/weekly-roundup-2/>Next</a></div>").part);
  CHECK_FALSE(paged(second, "<a rel=prev href=/weekly-roundup/>Weekly roundup</a>").part);
  CHECK_FALSE(paged(second, "<a href=/weekly-roundup/>Previous post</a>").part);
  CHECK_FALSE(paged(bare, "<a rel=next href=/weekly-roundup-2/><i></i></a>").part);
  CHECK_FALSE(paged(bare, "<a href=/weekly-roundup-2/>« Next: »</a>").part);
  CHECK_FALSE(paged(second, "<a rel=prev href=/weekly-roundup/>← Previous</a>").part);
  CHECK_FALSE(
      paged(second, "<a href=/weekly-roundup/>Previous</a> <a href=/weekly-roundup-3/>Next</a>").part);
  CHECK(paged(bare, "<a href=/weekly-roundup-2/>Next page »</a>").part == 1);
  CHECK(paged(second, "<a href=/weekly-roundup/>1</a> <b>2</b>").part == 2);
}

TEST_CASE("rel leads to the next page whatever its words are, where the URL counts pages") {
  const std::string own = "http://news.example.cn/story.html";
  for (const std::string words :
       {"»", "→", "Weiter", "Suivant", "Siguiente", "Continue", "次へ", "Nächste Seite", "Next ▶", "<i></i>"})
    for (const std::string url : {"?page=2", "story_2.html", "story-2.html"}) {
      INFO(words << url);
      CHECK(paged(own, "<a rel=next href='" + url + "'>" + words + "</a>").part == 1);
    }
  CHECK(paged(own, "<link rel=next href='?page=2'>").part == 1);
  CHECK(paged("http://news.example.cn/story-7", "<a rel=next href='?page=2'>Weiter</a>").part == 1);
  CHECK(paged("http://news.example.cn/story/", "<a rel=next href=/story/2/>Weiter</a>").part == 1);
  CHECK(paged("http://news.example.cn/story/", "<div class=nav-next><a href=2/>Next page</a></div>").part ==
        1);
  for (const std::string words : {"Next ▶", "Next part", "Next 2/5", "Next (2)", "Next: Page 2"}) {
    INFO(words);
    CHECK(paged(own, "<a href='?page=2'>" + words + "</a>").part == 1);
  }
  for (const std::string back : {"<a rel=prev href=story.html>Zurück</a>",
                                 "<a rel=prev href=story.html>«</a>", "<link rel=prev href=story.html>"})
    for (const char* tail : {".html?page=2", "_2.html"}) {
      INFO(back << tail);
      const Article second = paged(std::string("http://news.example.cn/story") + tail, back);
      CHECK(second.part == 2);
      CHECK(second.url == own);
    }
}

TEST_CASE("a number in the path counts pages where the pager has that of the page beside it") {
  CHECK_FALSE(
      paged("http://news.example.cn/news/33", "<a href=/news/34 rel=next>Next</a> <a href=/news/1>1</a>")
          .part);
  CHECK_FALSE(
      paged("http://news.example.cn/story/12", "<a href=1>1</a> <a href=2>2</a> <a href=5>5</a>").part);
  const Article fifth = paged("http://news.example.cn/story/5",
                              "<a href=/story>1</a> … <a href=4>4</a> <b>5</b> <a href=6>6</a>");
  CHECK(fifth.part == 5);
  CHECK(fifth.pages == 6);
  CHECK(paged("http://news.example.cn/story/2", "<a href=/story>上一页</a>").part == 2);
  const Article fourth = paged("http://news.example.cn/story/4",
                               "<a href=/story>1</a> <a href=/story/3>« Previous</a> <a href=/story/5>Next "
                               "»</a> <a href=/story/7>7</a>");
  CHECK(fourth.part == 4);
  CHECK(fourth.pages == 7);
  CHECK(fourth.url == "http://news.example.cn/story");
  CHECK(paged("http://news.example.cn/a-123-3.html",
              "<a href=a-123.html>1</a> <a href=a-123-2.html>上一页</a> <a href=a-123-4.html>下一页</a>")
            .part == 3);
  CHECK(
      paged("http://news.example.cn/story/5", "<a href=/story/1>1</a> … <a href=/story/4>上一页</a>").part ==
      5);
}

TEST_CASE("an article's number behind one of four digits that is no year is no day") {
  const Article second =
      paged("http://news.example.cn/news/2024/0115/5_2.html", "<a href=5.html>1</a> <b>2</b>");
  CHECK(second.part == 2);
  CHECK(second.url == "http://news.example.cn/news/2024/0115/5.html");
}

TEST_CASE("the days of a calendar are not pages") {
  CHECK_FALSE(paged("http://news.example.cn/2021/03/01/", "<b>1</b> <a href=/2021/03/02/>2</a>").part);
  CHECK_FALSE(paged("http://news.example.cn/2021/03/02/", "<a href=/2021/03/01/>1</a> <b>2</b>").part);
  CHECK_FALSE(
      paged("http://news.example.cn/a/2021-03-01.html", "<b>1</b> <a href=2021-03-02.html>2</a>").part);
  CHECK_FALSE(paged("http://news.example.cn/a/2021-03/01/", "<b>1</b> <a href=/a/2021-03/02/>2</a>").part);
}

TEST_CASE("a pager of the comments is not the article's") {
  CHECK_FALSE(
      paged("http://news.example.cn/a/7788.html", "<div class=comments><a href=7788_2.html>2</a></div>")
          .part);
  CHECK(paged("http://news.example.cn/a/7788.html",
              "<a href=7788_2.html>2</a> <div class=comments><p><a href=7788_2.html>2</a> "
              "<a href=7788_9.html>9</a></p></div> <a href=7788_3.html>3</a>")
            .pages == 3);
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
