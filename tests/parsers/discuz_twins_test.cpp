#include <catch2/catch.hpp>

#include "parsers/discuz/feed.hpp"
#include "tests/parsers/discuz_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

const std::string kDesktop = x_page(
    "viewthread",
    R"(<div id="pt"><a href="forum.php?gid=2">On the water</a> <a href="forum-11-1.html">Sails</a> <a href="thread-70-1-1.html">Which cloth?</a></div>
<div id="postlist"><table><tr><td class="pls"><div class="hm"><span>查看:</span> <span class="xi1">340</span> <span>回复:</span> <span class="xi1">1</span></div></td>
<td class="plc"><h1 class="ts"><span id="thread_subject">Which cloth?</span></h1></td></tr></table>
<div id="post_701"><table id="pid701" class="plhin"><tr><td class="pls"><div class="authi"><a href="space-uid-5.html" class="xw1">Ida</a></div></td>
<td class="plc"><div class="pi"><strong><a id="postnum701">楼主</a></strong><div class="authi"><em id="authorposton701">发表于 2026-3-1 08:30:11</em></div></div>
<div class="pct"><div class="pcb"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_701">Dacron or laminate?<br/>It is for a small boat.</td></tr></table></div></div></div></td></tr></table></div>
<div id="post_702"><table id="pid702" class="plhin"><tr><td class="pls"><div class="authi"><a href="space-uid-6.html" class="xw1">Bo</a></div></td>
<td class="plc"><div class="pi"><strong><a id="postnum702">沙发</a></strong><div class="authi"><em id="authorposton702">发表于 2026-3-1 09:12:40</em></div></div>
<div class="pct"><div class="pcb"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_702"><i class="pstatus"> 本帖最后由 Bo 于 2026-3-1 09:20 编辑 </i><br/><br/>Dacron lasts.</td></tr></table></div></div></div></td></tr></table></div>
<div id="post_703"><table id="pid703" class="plhin"><tr><td class="pls"><div class="pi">匿名</div></td>
<td class="plc"><div class="pi"><strong><a id="postnum703">板凳</a></strong><div class="authi"><em id="authorposton703">发表于 2026-3-1 10:00:00</em></div></div>
<div class="pct"><div class="pcb"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_703">Neither.</td></tr></table></div></div></div></td></tr></table></div></div>)");

const std::string kTouchHead =
    R"(<html><head><meta name="format-detection" content="telephone=no"/><title>Which cloth? - Sails - Harbour</title>
<script>var STYLEID='1', discuz_uid='0', cookiepre='a';</script></head><body id="forum" class="pg_viewthread">
<div class="header cl"><h2><a href="forum.php?mod=forumdisplay&fid=11&mobile=2">Sails</a></h2></div>)";

// As X3.5 has it, and as the versions before.
const std::string kTouch35 = kTouchHead + R"(<div class="view_tit"><em>[Wanted]</em> Which cloth?</div>
<div class="plc cl" id="pid701"><div class="display pi pione"><ul class="authi"><li class="mtit"><span class="y">楼主</span><span class="z"><a href="home.php?mod=space&amp;uid=5&amp;mobile=2">Ida</a></span></li>
<li class="mtime"><span class="y"><i class="dm-eye"></i><em>340</em><i class="dm-chat-s"></i><em>2</em></span>2026-3-1 08:30:11</li></ul><div class="message">Dacron or laminate?<br/>It is for a small boat.</div></div></div>
<div class="plc cl" id="pid702"><div class="display pi"><ul class="authi"><li class="mtit"><span class="y">沙发</span><span class="z"><a href="home.php?mod=space&amp;uid=6&amp;mobile=2">Bo</a></span></li>
<li class="mtime">2026-3-1 09:12:40</li></ul><div class="message"><i class="pstatus"> 本帖最后由 Bo 于 2026-3-1 09:20 编辑 </i><br/><br/>Dacron lasts.</div></div></div>
<div class="plc cl" id="pid703"><div class="display pi"><ul class="authi"><li class="mtit"><span class="y">板凳</span><span class="z">匿名</span></li>
<li class="mtime">2026-3-1 10:00:00</li></ul><div class="message">Neither.</div></div></div></body></html>)";

const std::string kTouch34 =
    kTouchHead +
    R"(<div class="postlist"><h2>[Wanted] Which cloth? <a href="forum.php?mod=viewthread&tid=70&authorid=5">only him</a></h2>
<div class="plc cl" id="pid701"><ul class="authi"><li class="grey"><em>楼主</em><b><a href="home.php?mod=space&amp;uid=5&amp;mobile=2">Ida</a></b></li>
<li class="grey rela"><em><a href="home.php?mod=spacecp&amp;ac=favorite">keep</a></em>2026-3-1 08:30:11</li></ul><div class="message">Dacron or laminate?<br/>It is for a small boat.</div></div>
<div class="plc cl" id="pid702"><ul class="authi"><li class="grey"><em>沙发</em><b><a href="home.php?mod=space&amp;uid=6&amp;mobile=2">Bo</a></b></li>
<li class="grey rela">2026-3-1 09:12:40</li></ul><div class="message"><i class="pstatus"> 本帖最后由 Bo 于 2026-3-1 09:20 编辑 </i><br/><br/>Dacron lasts.</div></div>
<div class="plc cl" id="pid703"><ul class="authi"><li class="grey"><em>板凳</em><b>匿名</li>
<li class="grey rela">2026-3-1 10:00:00</li></ul><div class="message">Neither.</div></div></div></body></html>)";

const std::string kPlain =
    R"(<html><head><meta name="format-detection" content="telephone=no"/><title>Which cloth?</title></head><body>
<a href="forum.php?mod=forumdisplay&amp;fid=11&amp;mobile=1">Sails</a><a href="member.php?mod=logging&amp;mobile=1">in</a>
<div class="bm_h"><a href="forum.php?mod=forumdisplay&amp;fid=11&amp;filter=typeid&amp;typeid=3">[Wanted]</a> <a href="forum.php?mod=viewthread&amp;tid=70" id="thread_subject">Which cloth?</a></div>
<div id="post_701"><div class="bm_user" id="pid701"> 楼主 <a href="home.php?mod=space&amp;uid=5&amp;mobile=1">Ida</a><br/><em id="authorposton701"><font>2026-3-1 08:30:11</font></em></div></div>
<div><div class="mes"><div id="postmessage_701" class="postmessage">Dacron or laminate?<br/>It is for a small boat.</div></div></div>
<div id="post_702"><div class="bm_user" id="pid702"> 2<sup>#</sup> <a href="home.php?mod=space&amp;uid=6&amp;mobile=1">Bo</a><br/><em id="authorposton702"><font>2026-3-1 09:12:40</font></em></div></div>
<div id="postmessage_702" class="postmessage"><i class="pstatus"> 本帖最后由 Bo 于 2026-3-1 09:20 编辑 </i><br/><br/>Dacron lasts.</div>
<div id="post_703"><div class="bm_user" id="pid703"> 板凳 匿名<br/><em id="authorposton703">2026-3-1 10:00:00</em></div></div><div id="postmessage_703" class="postmessage">Neither.</div></body></html>)";

const std::string kArchive =
    R"(<html><head><meta name="generator" content="Discuz! X3.4"/><base href="http://bbs.example.cn/archiver/"/></head><body>
<div id="nav"><a href="./">Forum</a> &rsaquo; <a href="fid-11.html">Sails</a> &rsaquo; Which cloth?</div><div id="content">
<p class="author"><strong>Ida</strong> 发表于 2026-3-1 08:30:11</p><h3>Which cloth?</h3>Dacron or laminate?<br/>It is for a small boat.
<p class="author"><strong>Bo</strong> 发表于 2026-3-1 09:12:40</p><h3></h3> 本帖最后由 Bo 于 2026-3-1 09:20 编辑 <br/><br/>Dacron lasts.
<p class="author"><strong>Anonymous</strong> 发表于 2026-3-1 10:00:00</p><h3></h3>Neither.
<div class="page">页: <strong>[1]</strong> <a href="tid-70.html?page=2">2</a></div></div><div id="end"><a href="../thread-70-1-1.html">Which cloth?</a></div></body></html>)";

void check_same_posts(const std::vector<Post>& want, const std::vector<Post>& got, bool numbered) {
  REQUIRE(want.size() == 3);
  REQUIRE(got.size() == 3);
  for (std::size_t i = 0; i < want.size(); ++i) {
    INFO("post " << i);
    CHECK(got[i].text == want[i].text);
    CHECK(got[i].author == want[i].author);
    CHECK(got[i].anonymous == want[i].anonymous);
    CHECK(got[i].posted_at == want[i].posted_at);
    CHECK(got[i].edited_at == want[i].edited_at);
    CHECK(got[i].edited_by == want[i].edited_by);
    CHECK(got[i].first == want[i].first);
    if (!numbered) continue;
    CHECK(got[i].post_id == want[i].post_id);
    CHECK(got[i].author_id == want[i].author_id);
    CHECK(got[i].floor == want[i].floor);
    CHECK(got[i].thread_id == want[i].thread_id);
  }
}

}  // namespace

TEST_CASE("the mobile pages give the posts that the desktop page gives") {
  const ParsedPage desktop = parse("http://bbs.example.cn/thread-70-1-1.html", kDesktop);
  const std::string url = "http://bbs.example.cn/forum.php?mod=viewthread&tid=70&mobile=2";
  for (const std::string& html : {kTouch35, kTouch34, kPlain}) {
    const ParsedPage mobile = parse(url, html);
    CHECK(mobile.kind == PageKind::kThread);
    CHECK(mobile.outcome == Outcome::kOk);
    check_same_posts(desktop.posts, mobile.posts, true);
    REQUIRE(mobile.threads.size() == 1);
    CHECK(mobile.threads[0].title == "Which cloth?");
    CHECK(mobile.threads[0].type == "Wanted");
    CHECK(mobile.threads[0].author == "Ida");
    CHECK_FALSE(mobile.thread_page);
  }
}

TEST_CASE("the archiver gives the words, times and authors that the desktop page gives") {
  const ParsedPage desktop = parse("http://bbs.example.cn/thread-70-1-1.html", kDesktop);
  const ParsedPage archived = parse("http://bbs.example.cn/archiver/tid-70.html", kArchive);
  CHECK(archived.kind == PageKind::kArchiver);
  CHECK(archived.outcome == Outcome::kOk);
  check_same_posts(desktop.posts, archived.posts, false);
}

TEST_CASE("an archived thread gives the thread's facts") {
  const ParsedPage page = parse("http://bbs.example.cn/archiver/tid-70.html", kArchive);
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].thread_id == "70");
  CHECK(page.threads[0].title == "Which cloth?");
  CHECK(page.threads[0].board.id == "11");
  CHECK(page.threads[0].board.name == "Sails");
  CHECK(page.threads[0].author == "Ida");
  CHECK(page.threads[0].created_at->rfc3339() == "2026-03-01T08:30:11+08:00");
}

TEST_CASE("an archived board lists threads with their replies, moved ones excepted") {
  const ParsedPage page = parse("http://bbs.example.cn/archiver/?fid-11.html",
                                R"(<html><head><meta name="generator" content="Discuz! X3.4"/></head><body>
<div id="nav"><a href="./">Forum</a> &rsaquo; Sails</div><div id="content"><ul><li><a href="?fid-13.html">Spinnakers</a></li></ul>
<ul type="1"><li><a href="?tid-70.html">Which cloth?</a> (12篇回复)<li><a href="?tid-99.html">Gone west</a> (-篇回复)</ul></div></body></html>)");
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].replies == 12);
  CHECK(board_of(page, "13"));
}

TEST_CASE("a mobile quote without a head comes without the template's label") {
  const ParsedPage page = parse("http://bbs.example.cn/forum.php?mod=viewthread&tid=70&mobile=2",
                                kTouchHead + R"(<div class="view_tit">T</div>
<div class="plc cl" id="pid9"><ul class="authi"><li class="mtit"><span class="y">楼主</span><span class="z"><a href="space-uid-5.html">Ida</a></span></li>
<li class="mtime">2026-3-1 08:30</li></ul><div class="message">a<div class="grey quote"><blockquote>引用: Silk.<br/>Or not.</blockquote></div>b</div></div></body></html>)");
  REQUIRE(page.posts.size() == 1);
  REQUIRE(page.posts[0].quotes.size() == 1);
  CHECK(page.posts[0].quotes[0].text == "Silk.\nOr not.");
}

TEST_CASE("withheld mobile posts have flags and no words") {
  const auto flags = [](const std::string& message) {
    const ParsedPage page = parse("http://bbs.example.cn/forum.php?mod=viewthread&tid=70&mobile=2",
                                  kTouchHead + R"(<div class="view_tit">T</div>
<div class="plc cl" id="pid9"><ul class="authi"><li class="mtit"><span class="y">楼主</span><span class="z"><a href="space-uid-5.html">Ida</a></span></li><li class="mtime">2026-3-1 08:30</li></ul><div class="message">)" +
                                      message + "</div></div></body></html>");
    REQUIRE(page.posts.size() == 1);
    CHECK(page.posts[0].text.empty());
    CHECK(page.posts[0].quotes.empty());
    return page.posts[0].flags;
  };
  CHECK(flags("<div class=\"quote\">提示: <em>该帖被管理员或版主屏蔽</em></div>") ==
        std::vector<std::string>{"blocked"});
  CHECK(flags("<div class=\"grey quote\">此帖仅作者可见</div>") == std::vector<std::string>{"hidden_part"});
  CHECK(flags("<span class=\"quote\">受到警告</span><div class=\"quote\">提示: "
              "<em>该帖被管理员或版主屏蔽</em></div>") == std::vector<std::string>{"warned", "blocked"});
}

TEST_CASE("the mobile board lists its rows: views come first there, announcements are no threads") {
  const ParsedPage page = parse("http://bbs.example.cn/forum.php?mod=forumdisplay&fid=11&mobile=2",
                                R"(<html><head><meta name="format-detection" content="telephone=no"/>
<script>var STYLEID='1', discuz_uid='0', cookiepre='a';</script></head><body id="forum" class="pg_forumdisplay"><div class="header"><h2>Sails</h2></div>
<div class="threadlist_box"><div class="threadlist"><ul><li class="list_top"><a href="forum.php?mod=announcement&amp;id=8">Quay closed</a></li>
<li class="list_top"><a href="forum.php?mod=viewthread&amp;tid=60&amp;mobile=2" class="y"></a><a href="forum.php?mod=viewthread&amp;tid=60&amp;mobile=2"><span class="micon">置顶</span><em>Read first</em></a></li>
<li class="list"><div class="threadlist_top"><div class="muser"><h3><a href="home.php?mod=space&amp;uid=5&amp;mobile=2">Ida</a></h3><span class="mtime">2026-3-1</span></div></div>
<a href="forum.php?mod=viewthread&amp;tid=70&amp;mobile=2"><div class="threadlist_tit"><em>Which cloth?</em></div></a>
<div class="threadlist_foot"><ul><li><a href="forum.php?mod=forumdisplay&amp;fid=11&amp;filter=typeid&amp;typeid=3&amp;mobile=2">#Wanted</a></li><li><i class="dm-eye-fill"></i>340</li><li><i class="dm-chat-s-fill"></i>12</li></ul></div></li></ul></div></div></body></html>)");
  CHECK(page.kind == PageKind::kBoard);
  CHECK(page.threads.size() == 2);
  REQUIRE(thread_of(page, "60"));
  CHECK(thread_of(page, "60")->title == "Read first");
  CHECK_FALSE(thread_of(page, "60")->board.id);
  const Thread* thread = thread_of(page, "70");
  REQUIRE(thread);
  CHECK(thread->title == "Which cloth?");
  CHECK(thread->author == "Ida");
  CHECK(thread->author_id == "5");
  CHECK(thread->views == 340);
  CHECK(thread->replies == 12);
  CHECK(thread->type == "Wanted");
  CHECK(thread->board.id == "11");
}

TEST_CASE("the mobile board before X3.5 has name and replies in one item") {
  const ParsedPage page = parse("http://bbs.example.cn/forum.php?mod=forumdisplay&fid=11&mobile=2",
                                R"(<html><head><meta name="format-detection" content="telephone=no"/>
<script>var STYLEID='1', discuz_uid='0', cookiepre='a';</script></head><body class="bg"><header class="header"><h2 class="tit">Sails</h2></header>
<div class="threadlist"><ul><li><a href="forum.php?mod=viewthread&amp;tid=70&amp;mobile=2">Which cloth?<span class="by">Ida</span></a><span class="num">12</span></li>
<li><a href="forum.php?mod=viewthread&amp;tid=99&amp;mobile=2">Gone west<span class="by">Bo</span></a><span class="num">-</span></li></ul></div><a href="forum.php?mobile=no">x</a></body></html>)");
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].title == "Which cloth?");
  CHECK(page.threads[0].author == "Ida");
  CHECK(page.threads[0].replies == 12);
  CHECK(board_of(page, "11"));
}

TEST_CASE("a feed's items name threads") {
  const ParsedPage page =
      parse("http://bbs.example.cn/forum.php?mod=rss", R"(<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour</title><link>http://bbs.example.cn/forum.php</link><generator>Discuz! Board by Comsenz Inc.</generator>
<item><title>Which cloth?</title><link>http://bbs.example.cn/thread-70-1-1.html</link><description><![CDATA[Dacron or ...]]></description>
<category>Sails</category><author>Ida</author><pubDate>Sun, 01 Mar 2026 00:30:11 +0000</pubDate></item></channel></rss>)",
            "text/xml; charset=utf-8");
  CHECK(page.kind == PageKind::kFeed);
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].thread_id == "70");
  CHECK(page.threads[0].title == "Which cloth?");
  CHECK(page.threads[0].board.name == "Sails");
  CHECK(page.threads[0].author == "Ida");
  CHECK(page.threads[0].created_at->rfc3339() == "2026-03-01T00:30:11+00:00");
  CHECK(link_to(page, "http://bbs.example.cn/thread-70-1-1.html"));
}

TEST_CASE("feed times are RFC 822's, and nothing else") {
  CHECK(discuz::read_feed_time("Sat, 20 Jun 2026 09:16:34 +0800")->rfc3339() == "2026-06-20T09:16:34+08:00");
  CHECK(discuz::read_feed_time("Sat, 20 Jun 2026 09:16:34 GMT")->rfc3339() == "2026-06-20T09:16:34+00:00");
  for (const std::string text : {"", "2026-06-20", "Sat, 20 Jux 2026 09:16:34 GMT",
                                 "Sat, 20 Jun 2026 9:16 GMT", "Sat, 40 Jun 2026 09:16:34 GMT"})
    CHECK_FALSE(discuz::read_feed_time(text));
}
