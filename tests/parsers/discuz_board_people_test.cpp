// Who opened and last answered the threads of a board page's rows, and when.
#include <catch2/catch.hpp>

#include "tests/parsers/board_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

TEST_CASE("an anonymous author has neither name nor number") {
  RowText text;
  text.author = "匿名";
  const Thread thread = only_thread(text);
  CHECK_FALSE(thread.author);
  CHECK_FALSE(thread.author_id);
}

TEST_CASE("where rows link their people, a name without a link is the forum's word for nobody") {
  RowText text;
  text.author = "路过的人";
  std::string nobody = row(text);
  const std::size_t begin = nobody.find("<cite><a href=\"space-username-Bo");
  nobody.replace(begin, nobody.find("</cite>", begin) - begin, "<cite>路过的人");
  text.id = "normalthread_71";
  text.href = "thread-71-1-1.html";
  text.author = R"(<a href="space-uid-5.html" c="1">Ida</a>)";
  const ParsedPage page = parse(kUrl, board_page(nobody + row(text)));
  REQUIRE(page.threads.size() == 2);
  CHECK_FALSE(page.threads[0].author);
  CHECK_FALSE(page.threads[0].last_reply_by);
  CHECK(page.threads[1].author == "Ida");
  CHECK(page.threads[1].last_reply_by == "Bo");
  const ParsedPage unlinked = parse(kUrl, board_page(nobody));
  CHECK(unlinked.threads.at(0).author == "路过的人");
  CHECK(unlinked.threads.at(0).last_reply_by == "路过的人");
  const auto* link = link_to(page, "http://bbs.example.cn/thread-70-1-1.html");
  REQUIRE(link);
  CHECK(link->listed == link_to(unlinked, link->url)->listed);
}

TEST_CASE("a row's dates with the year last have the order that the page's own clock tells") {
  RowText text;
  text.date = "<span>5-12-2013</span>";
  text.last = R"(<a href="forum.php?mod=redirect&tid=70&goto=lastpost#lastpost">6-12-2013 08:23 PM</a>)";
  std::string html = board_page(row(text));
  const std::string clock = "GMT+8, 2026-3-5 12:00";
  html.replace(html.find(clock), clock.size(), "GMT+8, 5-3-2026 12:00 PM");
  const ParsedPage page = parse(kUrl, html);
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].created_at->rfc3339() == "2013-12-05");
  CHECK(page.threads[0].last_reply_at->rfc3339() == "2013-12-06T20:23:00+08:00");
  const auto* link = link_to(page, "http://bbs.example.cn/thread-70-1-1.html");
  REQUIRE(link);
  CHECK(link->listed == "12|Bo|6-12-2013 08:23 PM");
  CHECK_FALSE(parse(kUrl, board_page(row(text))).threads.at(0).created_at);
}

TEST_CASE("a nobody without an element of his own does not leave his place to the last poster") {
  RowText text;
  std::string html = row(text);
  const std::size_t begin = html.find("<cite>");
  html.replace(begin, html.find("</cite>") + 7 - begin, "匿名");
  const ParsedPage page = parse(kUrl, board_page(html));
  REQUIRE(page.threads.size() == 1);
  CHECK_FALSE(page.threads[0].author);
  CHECK(page.threads[0].created_at->rfc3339() == "2026-03-01T08:30:00+08:00");
  CHECK(page.threads[0].last_reply_by == "Bo");
}

TEST_CASE("what a row says of its thread's growth is one string, without times that change by themselves") {
  RowText text;
  const auto listed = [](const RowText& row_text) {
    const ParsedPage page = parse(kUrl, board_page(row(row_text)));
    const Link* link = link_to(page, "http://bbs.example.cn/thread-70-1-1.html");
    REQUIRE(link);
    return link->listed;
  };
  CHECK(listed(text) == "12|Bo|2026-3-4 21:15");
  text.last =
      R"(<a href="forum.php?mod=redirect&tid=70&goto=lastpost"><span title="2026-3-5 11:40">20&nbsp;分钟前</span></a>)";
  CHECK(listed(text) == "12|Bo|2026-3-5 11:40");
  text.last = R"(<a href="forum.php?mod=redirect&tid=70&goto=lastpost">20&nbsp;分钟前</a>)";
  CHECK(listed(text) == "12|Bo|");
}

TEST_CASE("ambiguous dates of rows have the order of the page's other ones") {
  RowText text;
  text.date = "<span>5-12-2013</span>";
  text.last = R"(<a href="forum.php?mod=redirect&tid=70&goto=lastpost#lastpost">6-12-2013 08:23 PM</a>)";
  std::string rows = row(text);
  text.id = "normalthread_71";
  text.href = "thread-71-1-1.html";
  text.date = R"(<span title="24-12-2013">yesterday</span>)";
  rows += row(text);
  const ParsedPage page = parse(kUrl, board_page(rows));
  REQUIRE(page.threads.size() == 2);
  CHECK(page.threads[0].created_at->rfc3339() == "2013-12-05");
  CHECK(page.threads[0].last_reply_at->rfc3339() == "2013-12-06T20:23:00+08:00");
  CHECK(page.threads[1].created_at->rfc3339() == "2013-12-24");
}

TEST_CASE("ambiguous dates of a mobile thread have the order of its other ones") {
  const std::string head =
      R"(<html><head><meta name="format-detection" content="telephone=no"/><script>var STYLEID='1', discuz_uid='0',
cookiepre='a';</script></head><body id="forum" class="pg_)";
  const auto item = [](const std::string& pid, const std::string& time) {
    return "<div class=\"plc cl\" id=\"pid" + pid +
           "\"><ul class=\"authi\"><li class=\"mtit\"><span class=\"y\">" + pid +
           "#</span><span class=\"z\"><a href=\"space-uid-7.html\">Ida</a></span></li><li class=\"mtime\">" +
           time + "</li></ul><div class=\"message\">Cloth.</div></div>";
  };
  const ParsedPage thread =
      parse("http://bbs.example.cn/forum.php?mod=viewthread&tid=70&mobile=2",
            head + "viewthread\"><div class=\"view_tit\">Cloth</div>" + item("701", "5-12-2013 08:23") +
                item("702", "24-12-2013 08:23") + "</body></html>");
  REQUIRE(thread.posts.size() == 2);
  CHECK(thread.posts[0].posted_at->rfc3339() == "2013-12-05T08:23:00+08:00");
}
