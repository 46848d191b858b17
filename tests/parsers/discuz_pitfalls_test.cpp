// What is easily read wrong on pages that real forums make, where no other file's tests have it.
#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/encoded.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;
using fixture::floors;

namespace {

std::string unnumbered(const std::string& pid, const std::string& time) {
  return fixture::post({.pid = pid, .floor = "-", .time = "发表于 " + time});
}

}  // namespace

TEST_CASE(
    "the best answer, whose time is rewritten to the thread's, keeps its floor on a page without numbers") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {unnumbered("501", "2021-3-4 05:06:07"), unnumbered("502", "2021-3-4 06:00:00"),
                 unnumbered("503", "2021-3-4 05:06:08"), unnumbered("504", "2021-3-4 08:00:00")}}));
  CHECK(floors(page) == std::vector<int>{1, 2, 3, 4});
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"501", "502", "503", "504"});
}

TEST_CASE("the replies of the head are told as printed, though comments and goods are counted among them") {
  const std::string comment =
      R"(<div class="pstl"><div class="psta"><a href="space-uid-8.html">Ada</a></div><div class="psti">Hot.</div></div>)";
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {fixture::post({.below = "<div id=\"comment_501\">" + comment + comment + "</div>"}),
                 fixture::reply(2, "沙发")},
       .counters = R"(查看: <span class="xi1">34</span> 回复: <span class="xi1">3</span>)"}));
  CHECK(page.threads.at(0).replies == 3);
  CHECK(page.posts.size() == 2);
  CHECK(page.thread_page->whole);
}

TEST_CASE("goods have a post's number of their own and are no floor") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {
           fixture::post(
               {.after =
                    R"(<div id="trade777" class="trdl"><h4><a href="#">Kettle</a></h4><div id="postmessage_777"></div></div>)"}),
           fixture::reply(2, "沙发")}}));
  CHECK(page.threads.at(0).special == "trade");
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].text == "Tea is ready.");
  CHECK(floors(page) == std::vector<int>{1, 2});
}

TEST_CASE("a banned author's words that the page still shows are words, and no flag") {
  const Post post = fixture::read_post(
      {.author =
           R"(<div class="authi"><a href="space-uid-7.html" class="xw1">Wren</a> <em>禁止发言</em></div>)"});
  CHECK(post.text == "Tea is ready.");
  CHECK(post.author == "Wren");
  CHECK(post.flags.empty());
}

TEST_CASE("a forum in GBK is read with its mobile pages in UTF-8 and its names percent-encoded in GBK") {
  const std::string desktop = fixture::page(
      {.posts = {fixture::post(
           {.body = "水开了 &amp;#128512;",
            .author = R"(<div class="authi"><a href="space-uid-7.html" class="xw1">老船长</a></div>)"})},
       .heading =
           R"(<h1 class="ts"><span id="thread_subject">茶壶 &amp;#9749;</span></h1><a href="home.php?mod=space&amp;username=老船长">a</a>)",
       .head = "<meta charset=\"gbk\">"});
  const ParsedPage gbk =
      parse("http://hearth.example/thread-90-1-1.html", encoded(desktop, "GBK"), "text/html; charset=gbk");
  REQUIRE(gbk.posts.size() == 1);
  CHECK(gbk.posts[0].text == "水开了 &#128512;");
  CHECK(gbk.threads.at(0).title == "茶壶 &#9749;");
  CHECK(link_to(gbk, "http://hearth.example/home.php?mod=space&username=%C0%CF%B4%AC%B3%A4"));

  const ParsedPage mobile = parse(
      "http://hearth.example/forum.php?mod=viewthread&tid=90&mobile=2",
      R"(<html><head><meta name="format-detection" content="telephone=no"/><script>var STYLEID='1', discuz_uid='0', cookiepre='a';</script></head>
<body id="forum" class="pg_viewthread"><div class="view_tit">茶壶</div><div class="plc cl" id="pid501"><ul class="authi"><li class="mtit"><span class="y">楼主</span><span class="z"><a
href="space-uid-7.html">老船长</a></span></li><li class="mtime">2021-3-4 05:06</li></ul><div class="message">水开了</div></div></body></html>)",
      "text/html; charset=utf-8");
  REQUIRE(mobile.posts.size() == 1);
  CHECK(mobile.posts[0].text == "水开了");
  CHECK(mobile.posts[0].author == gbk.posts[0].author);
}

TEST_CASE("dates of a list without a time of day are known to the day") {
  const ParsedPage page = parse("http://bbs.example.cn/forum-7-1.html",
                                x_page("forumdisplay", R"(<div id="pt"><a href="forum-7-1.html">Nets</a></div>
<div id="threadlist"><table summary="forum_7"><tbody id="normalthread_31"><tr><th><a href="thread-31-1-1.html" class="s xst">Knots</a></th><td class="by"><cite><a
href="space-uid-4.html">Una</a></cite><em><span title="2026-2-15">2&nbsp;天前</span></em></td><td class="num"><a class="xi2">3</a><em>40</em></td></tr></tbody></table></div>)"));
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].created_at->rfc3339() == "2026-02-15");
  CHECK(page.threads[0].created_at->precision == Precision::kDay);
}

TEST_CASE(
    "a feed is no board: its items make no boards, and an empty one, as a first call gets, is read as such") {
  const auto feed = [](const std::string& items) {
    return parse("http://bbs.example.cn/forum.php?mod=rss&fid=9",
                 R"(<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour</title>
<generator>Discuz! Board by Comsenz Inc.</generator>)" +
                     items + "</channel></rss>",
                 "text/xml; charset=utf-8");
  };
  const ParsedPage empty = feed("");
  CHECK(empty.kind == PageKind::kFeed);
  CHECK(empty.outcome == Outcome::kOk);
  CHECK(empty.threads.empty());
  const ParsedPage one =
      feed("<item><title>Secret</title><link>http://bbs.example.cn/thread-5-1-1.html</link></item>");
  CHECK(one.threads.size() == 1);
  CHECK(one.boards.empty());
  CHECK(one.posts.empty());
}

TEST_CASE("form hash, tokens and server timing change no record") {
  const auto records = [](const std::string& hash, const std::string& token) {
    return fixture::read(fixture::page(
        {.posts = {fixture::post(
             {.body =
                  "Plan: <ignore_js_op><span id=\"attach_310\"><a href=\"forum.php?mod=attachment&amp;aid=" +
                  token + "\">plan.pdf</a><em>(33 KB)</em></span></ignore_js_op>",
              .below = "<form><input type=\"hidden\" name=\"formhash\" value=\"" + hash + "\"></form>"})}}));
  };
  // base64 of "310|7d49d6e0|1795355394|0|1139" and of "310|0a1b2c3d|1795400000|0|1139"
  const ParsedPage a = records("aaaa", "MzEwfDdkNDlkNmUwfDE3OTUzNTUzOTR8MHwxMTM5");
  const ParsedPage b = records("bbbb", "MzEwfDBhMWIyYzNkfDE3OTU0MDAwMDB8MHwxMTM5");
  CHECK(a.posts == b.posts);
  CHECK(a.threads == b.threads);
}

TEST_CASE("an answer made for a script is no page of a thread") {
  const ParsedPage page = parse(
      "http://bbs.example.cn/forum.php?mod=misc&action=commentmore&tid=5&pid=9&page=2&inajax=1",
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><root><![CDATA[<div class=\"pstl\">Hot.</div>]]></root>",
      "text/xml; charset=utf-8");
  CHECK(page.posts.empty());
  CHECK(page.threads.empty());
  CHECK(page.outcome != Outcome::kUnreadable);
}
