// What live forums, with themes and habits of their own, do to pages, where no other file's tests have it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

std::string touch_post(const std::string& pid, const std::string& floor, const std::string& message,
                       const std::string& beside_time = {}) {
  return "<div class=\"plc cl\" id=\"pid" + pid +
         "\"><ul class=\"authi\"><li class=\"mtit\"><span class=\"y\">" + floor +
         "</span><span class=\"z\"><a href=\"space-uid-5.html\">Ida</a></span></li><li class=\"mtime\">" +
         beside_time + "2026-3-1</li></ul><div class=\"message\">" + message + "</div></div>";
}

ParsedPage touch(const std::string& posts) {
  return parse(
      "http://bbs.example.cn/forum.php?mod=viewthread&tid=70&mobile=2",
      R"(<html><head><meta name="format-detection" content="telephone=no"/><script>var STYLEID='1', discuz_uid='0', cookiepre='a';</script></head>
<body id="forum" class="pg_viewthread"><div class="view_tit"><em>[Wanted]</em>Cloth</div>)" +
          posts + "</body></html>");
}

}  // namespace

TEST_CASE(
    "a heading of 7.0 with a link to its type before the title and a description below it is the title") {
  const ParsedPage page = parse("http://quay.example/viewthread.php?tid=33",
                                old_page(R"(<script>var fid = parseInt('4'), tid = parseInt('33')</script>
<div id="nav"><a href="index.php">Quay</a> <a href="forumdisplay.php?fid=4">Harbour</a></div><div id="postlist"><div id="post_61"><table id="pid61"><tr><td class="postauthor"><div
class="postinfo"><a href="space.php?uid=3">Finn</a></div></td><td class="postcontent"><div class="postinfo"><strong><a id="postnum61">樓主</a></strong><em
id="authorposton61">發表於 2014-12-29 05:51 PM</em></div><div class="postmessage firstpost"><div id="threadtitle"><h1><a
href="forumdisplay.php?fid=4&amp;filter=type&amp;typeid=3">[不斷更新]</a> Boats</h1><div class="threadtags">描述：all of them</div></div><div class="t_msgfont"
id="postmessage_61">Here.</div></div></td></tr></table></div></div>)",
                                         "7.0.0"));
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].title == "Boats");
  CHECK(page.threads[0].type == "不斷更新");
  CHECK(page.posts.at(0).text == "Here.");
  CHECK(page.posts.at(0).posted_at->rfc3339() == "2014-12-29T17:51:00+08:00");
}

TEST_CASE("a later page that shows who opened the thread in the counters' place has no counters") {
  const ParsedPage page = fixture::read(
      fixture::page(
          {.posts = {fixture::reply(11, "<em>11</em><sup>#</sup>")},
           .pager = fixture::pager(2, 2),
           .counters = R"(<span class="xg1">楼主:</span> <a href="space-uid-7.html" class="xi2">Wren</a>)"}),
      "http://hearth.example/thread-90-2-1.html");
  CHECK_FALSE(page.threads.at(0).views);
  CHECK_FALSE(page.threads.at(0).replies);
  CHECK_FALSE(page.threads.at(0).author);
  CHECK(page.posts.at(0).floor == 11);
}

TEST_CASE("post numbers that do not grow with the floor change no order") {
  const auto moved = [](const std::string& floor) {
    return fixture::page(
        {.posts = {
             fixture::post({.pid = "900", .floor = floor, .time = "发表于 2021-3-4 05:06:07"}),
             fixture::post(
                 {.pid = "100", .floor = floor == "-" ? "-" : "沙发", .time = "发表于 2021-3-4 05:07:00"}),
             fixture::post(
                 {.pid = "700", .floor = floor == "-" ? "-" : "板凳", .time = "发表于 2021-3-4 05:08:00"})}});
  };
  for (const char* floor : {"楼主", "-"}) {
    const ParsedPage page = fixture::read(moved(floor));
    CHECK(page.thread_page->post_ids == std::vector<std::string>{"900", "100", "700"});
    CHECK(page.posts.at(2).floor == 3);
    CHECK(page.posts.at(0).first);
  }
}

TEST_CASE("a post of a picture, a smiley or an attachment alone has no words and is whole") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {fixture::post({.body = "<img src=\"http://img.example/a.png\">"}),
                 fixture::post({.pid = "502",
                                .body = "<img src=\"static/image/smiley/a/b.gif\" smilieid=\"3\">",
                                .floor = "沙发"}),
                 fixture::post({.pid = "503", .body = "", .floor = "板凳"})}}));
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.thread_page->whole);
  for (const Post& post : page.posts) {
    CHECK(post.text.empty());
    CHECK_FALSE(post.text_sha256);
  }
  CHECK(page.posts.at(0).images.size() == 1);
  CHECK(page.posts.at(1).smilies.size() == 1);
}

TEST_CASE("a subject that the mobile template prints above the words is no word of them") {
  const ParsedPage page =
      touch(touch_post("701", "楼主", "<h2><strong>Cloth</strong></h2>Dacron.") +
            touch_post("702", "2<sup>#</sup>", "<h2><strong>Cloth</strong></h2>Cloth or not."));
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].text == "Dacron.");
  CHECK(page.posts[1].text == "Cloth or not.");
}

TEST_CASE("counters of a mobile thread stand as icons in the first post, dates are known to the day") {
  const ParsedPage page = touch(touch_post(
      "701", "楼主", "Dacron.",
      "<span class=\"y\"><i class=\"dm-eye\"></i><em>340</em><i class=\"dm-chat-s\"></i><em>2</em></span>"));
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].views == 340);
  CHECK(page.threads[0].replies == 2);
  CHECK(page.threads[0].type == "Wanted");
  CHECK(page.posts.at(0).posted_at->rfc3339() == "2026-03-01");
}

TEST_CASE("what moderators did to a thread stands behind the words and is none of them") {
  const Post post = fixture::read_post(
      {.body = "Tea * is ready.",
       .after = R"(<div class="modact"><a href="#">本主题由 Ada 于 2021-3-5 10:11 置顶</a></div>)"});
  CHECK(post.text == "Tea * is ready.");
  CHECK_FALSE(post.edited_at);
}

TEST_CASE("a row's buttons, previews, origin and new-post link are not its title, type or thread") {
  const ParsedPage page = parse("http://bbs.example.cn/forum-7-1.html",
                                x_page("forumdisplay", R"(<div id="pt"><a href="forum-7-1.html">Nets</a></div>
<div id="threadlist"><table summary="forum_7"><tbody id="stickthread_60"><tr><td class="icn"><a href="thread-60-1-1.html"><img src="pin_3.gif"/></a></td><th class="common"><a
href="javascript:;" class="showcontent y" title="more"></a><a class="tdpre y" href="javascript:void(0);">预览</a><em>[<a
href="forum.php?mod=forumdisplay&amp;fid=7&amp;filter=typeid&amp;typeid=3">News</a>]</em> <a href="thread-60-1-1.html" class="s xst">Read first</a><a href="javascript:;"
class="showhide y" title="隐藏置顶帖">隐藏置顶帖</a><em>[来自: <a href="group.php?fid=5">Anglers</a>]</em><a
href="forum.php?mod=redirect&amp;tid=60&amp;goto=lastpost#lastpost" class="xi1">New</a></th><td class="num"><a class="xi2">1.2万</a><em>12345</em></td></tr></tbody></table></div>)"));
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].title == "Read first");
  CHECK(page.threads[0].type == "News");
  CHECK(page.threads[0].sticky == "global");
  CHECK_FALSE(page.threads[0].board.id);
  CHECK(page.threads[0].replies == 12000);
  CHECK(page.threads[0].views == 12345);
}
