#include "parsers/page.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "parsers/digest.hpp"
#include "parsers/fold.hpp"

namespace boardwalk::parsers {
namespace {

ParsedPage parse(std::string_view body, std::string_view url = "http://news.example.cn/a/12345.html",
                 std::string_view content_type = "") {
  Workspace workspace;
  return parse_page({url, body, content_type, 1'700'000'000, std::nullopt}, workspace);
}

TEST_CASE("a body that is no page is named, not parsed") {
  const auto what = [](std::string_view body, std::string_view type = "") {
    const ParsedPage page = parse(body, "http://a.cn/", type);
    CHECK(page.outcome == Outcome::kNotHtml);
    return page.detail;
  };
  CHECK(what("") == "empty body");
  CHECK(what("\x89PNG\r\n\x1A\n....") == "image");
  CHECK(what("GIF89a") == "image");
  CHECK(what("%PDF-1.4 x") == "pdf");
  CHECK(what("PK\x03\x04 x") == "archive");
  CHECK(what("  {\"a\": 1}") == "json");
  CHECK(what("[1, 2]", "text/html") == "json");
  CHECK(what(std::string("\x01\x02\x03\x04\0\x05", 6)) == "binary");
  CHECK(what("a, b", "text/plain; charset=utf-8") == "text");
  CHECK(what("body { color: red }", "text/css") == "style sheet");
}

TEST_CASE("a page with a wrong Content-Type is still a page") {
  CHECK(parse("<html><p>a", "http://a.cn/", "application/json").outcome == Outcome::kOk);
  CHECK(parse("\xEF\xBB\xBF<html><p>a", "http://a.cn/", "text/plain").outcome == Outcome::kOk);
}

TEST_CASE("a page names its URL, its time and the digest of its bytes") {
  const ParsedPage page = parse("<p>a");
  CHECK(page.page == PageRef{"http://news.example.cn/a/12345.html", 1'700'000'000, sha256_hex("<p>a")});
}

TEST_CASE("a page whose URL is not absolute is unreadable") {
  CHECK(parse("<p>a", "a.html").outcome == Outcome::kUnreadable);
  CHECK(parse("<p>a", "file:///a.html").outcome == Outcome::kUnreadable);
}

TEST_CASE("a page that costs too much is too complex") {
  std::string bomb;
  for (int i = 0; i < 50'000; ++i) bomb += "<div>";
  const ParsedPage page = parse(bomb);
  CHECK(page.outcome == Outcome::kTooComplex);
  CHECK(page.detail.find("250000 bytes") != std::string::npos);
}

TEST_CASE("the robots meta tag is obeyed in any case and for all agents") {
  CHECK(parse("<meta name=ROBOTS content='NoFollow'>").nofollow);
  CHECK_FALSE(parse("<meta name=robots content='nofollow'>").noindex);
  CHECK(parse("<meta name=robots content='noindex, follow'>").noindex);
  CHECK(parse("<meta name=robots content='none'>").nofollow);
  CHECK_FALSE(parse("<meta name=description content='nofollow'>").nofollow);
}

TEST_CASE("of the robots meta tag whole directives count, not words in their values") {
  const ParsedPage page = parse("<meta name=robots content='noarchive,max-image-preview:none'>");
  CHECK_FALSE(page.nofollow);
  CHECK_FALSE(page.noindex);
  CHECK(parse("<meta name=robots content='noarchive,NOFOLLOW'>").nofollow);
}

TEST_CASE("a link is nofollow when every place that has it says so") {
  const ParsedPage page = parse(
      "<a rel='Nofollow ugc' href=/ads>one</a><a rel=nofollow href=/b>two</a><a href=/b>three</a>"
      "<a rel=nofollower href=/c>four</a>");
  REQUIRE(page.links.size() == 3);
  CHECK(page.links[0].nofollow);
  CHECK_FALSE(page.links[1].nofollow);
  CHECK_FALSE(page.links[2].nofollow);
}

TEST_CASE("feeds are those that the page names as its alternates, relative to <base href>") {
  const ParsedPage page = parse(
      "<link rel=alternate type=application/rss+xml href=feed.xml><base href='/news/'>"
      "<link rel='ALTERNATE home' type=application/atom+xml href='/atom'>"
      "<link rel=alternate hreflang=en href=/en/><link rel=stylesheet type=application/rss+xml href=x>");
  CHECK(page.feeds ==
        std::vector<std::string>{"http://news.example.cn/news/feed.xml", "http://news.example.cn/atom"});
}

TEST_CASE("hrefs are relative to <base href>") {
  const ParsedPage page =
      parse("<base target=_top><base href='/deep/x/'><a href='y.html'>why</a><a href='//b.cn/'>b</a>");
  REQUIRE(page.links.size() == 2);
  CHECK(page.links[0].url == "http://news.example.cn/deep/x/y.html");
  CHECK(page.links[1].url == "http://b.cn/");
  CHECK(page.links[1].role == LinkRole::kExternal);
}

TEST_CASE("an article carries the digests of its text and of its fold, and how the page was decoded") {
  std::string story = "<meta charset=utf-8><title>灯塔重新亮起_港口网</title><h1>灯塔重新亮起</h1><div>";
  for (int i = 0; i < 5; ++i)
    story += "<p>去年冬天，港口的老灯塔重新亮了起来；守塔人说，这是他一生中最大的愿望" + std::to_string(i) +
             "。</p>";
  const ParsedPage page = parse(story + "</div>");
  REQUIRE(page.articles.size() == 1);
  const Article& article = page.articles.front();
  CHECK(page.kind == PageKind::kArticle);
  CHECK(article.text_sha256 == sha256_hex(article.text));
  CHECK(article.fold_sha256 == sha256_hex(fold(article.text)));
  CHECK(article.fold == fold(article.text));
  CHECK(article.charset.used == "utf-8");
  CHECK(article.parser == "news/7");
  CHECK(article.site == "news.example.cn");
}

TEST_CASE("the parser of every record is named with its version") {
  const ParsedPage page = parse(
      "<meta name=generator content='Discuz! X3.4'><body id=nv_forum class=pg_forumdisplay><table "
      "summary=forum_2><tbody "
      "id=normalthread_7><tr><th><a class=xst href=thread-7-1-1.html>Oars</a></th></tr></tbody></table>",
      "http://bbs.example.cn/forum-2-1.html");
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads.front().parser == "discuz/8");
}

TEST_CASE("the same page gives the same records, whatever the workspace parsed before") {
  Workspace workspace;
  const std::string body = "<title>t</title><p>words, and more words.</p><a href=x>link</a>";
  const PageInput input{"http://a.cn/", body, "", 0, std::nullopt};
  const auto first = parse_page(input, workspace);
  (void)parse_page({"http://a.cn/", std::string(5000, '<'), "", 0, std::nullopt}, workspace);
  const auto again = parse_page(input, workspace);
  CHECK(first.links == again.links);
  CHECK(first.kind == again.kind);
}

TEST_CASE("a forum's page that is read for its records alone gives them all") {
  Workspace workspace;
  const std::string body =
      "<meta name=generator content='Discuz! X3.4'><body id=nv_forum class=pg_forumdisplay><a "
      "href=forum.php>all"
      "</a><table summary=forum_2><tbody id=normalthread_7><tr><th><a class=xst "
      "href=thread-7-1-1.html>Oars</a>"
      "</th></tr></tbody></table><div class=pg><strong>1</strong><a href=forum-2-2.html>2</a></div>";
  PageInput input{"http://bbs.example.cn/forum-2-1.html", body, "", 0, std::nullopt};
  const ParsedPage page = parse_page(input, workspace);
  input.records_only = true;
  const ParsedPage alone = parse_page(input, workspace);
  REQUIRE(page.threads.size() == 1);
  CHECK(page.links.size() > 2);
  CHECK(alone.threads == page.threads);
  CHECK(alone.boards == page.boards);
  CHECK(alone.kind == page.kind);
  CHECK(alone.links.size() < 2);
}

TEST_CASE("no bytes make parse_page throw") {
  std::mt19937 random(3);
  const std::string seed =
      "<html lang=zh><title>a_b</title><h1>a</h1><script "
      "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":"
      "[\"x\",{}]}</script><div class=content><p>来源：某报 作者：（记者 张三）2019-09-07 13:43，。</p><img "
      "src=a></div>";
  Workspace workspace;
  for (int round = 0; round < 2000; ++round) {
    std::string body = seed;
    for (int i = 0; i < 6; ++i) {
      const std::size_t at = random() % body.size();
      if (random() % 2 == 0) {
        body[at] = static_cast<char>(random());
      } else {
        body.insert(at, seed.substr(random() % seed.size(), random() % 20));
      }
    }
    CHECK_NOTHROW(parse_page({"http://a.cn/2019/09/07/x.html", body, "", 0, std::nullopt}, workspace));
  }
}

TEST_CASE("kinds of page and roles of links have words") {
  CHECK(to_string(PageKind::kThreadFiltered) == "thread_filtered");
  CHECK(to_string(LinkRole::kNextPage) == "next_page");
  CHECK(to_string(LinkRole::kLastPage) == "last_page");
  CHECK(to_string(LinkRole::kSubBoard) == "sub_board");
}

}  // namespace
}  // namespace boardwalk::parsers
