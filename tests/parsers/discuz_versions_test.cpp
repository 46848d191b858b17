// What versions, mirrors and changed templates do to pages, beyond what the tests of each part hold.
#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/encoded.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string rows_page() {
  return x_page(
      "forumdisplay",
      R"(<div id="pt"><a href="forum.php?gid=1">Sea</a> <a href="forum-7-1.html">Nets</a></div><div id="threadlist">
<table summary="forum_7" id="threadlisttableid"><tbody><tr><td></td><th>Notice: <a href="forum.php?mod=announcement&amp;id=2">Dock closed</a></th></tr></tbody>
<tbody id="normalthread_31"><tr><th><a href="thread-31-1-1.html" class="s xst">Knots</a></th><td class="by"><cite><a href="space-uid-4.html">Una</a></cite><em><span>2026-3-1</span></em></td>
<td class="num"><a href="thread-31-1-1.html" class="xi2">3</a><em>40</em></td><td class="by"><cite><a href="space-username-Bo.html">Bo</a></cite><em><a href="x">2026-3-2 10:00</a></em></td></tr></tbody></table></div>)");
}

constexpr const char* kBoard = "http://bbs.example.cn/forum-7-1.html";

}  // namespace

TEST_CASE("a quote whose author and time stand behind the words, as before X2.5") {
  const Post post = fixture::read_body(
      "<div class=\"quote\"><blockquote>Boil it first.<br /><font size=\"2\"><font color=\"#999999\">Wren "
      "发表于 "
      "2021-3-4 05:06</font> <a href=\"redirect.php?goto=findpost&amp;pid=501&amp;ptid=90\"><img "
      "src=\"images/common/back.gif\"></a></font></blockquote></div><br />How long?");
  CHECK(post.text == "How long?");
  REQUIRE(post.quotes.size() == 1);
  CHECK(post.quotes[0].author == "Wren");
  CHECK(post.quotes[0].posted_at->rfc3339() == "2021-03-04T05:06:00+08:00");
  CHECK(post.quotes[0].text == "Boil it first.");
}

TEST_CASE("grey words amid a quote are quoted words") {
  const Post post = fixture::read_body(
      "<div class=\"quote\"><blockquote>One<br /><font color=\"#999999\">Wren 发表于 2021-3-4 "
      "05:06</font><br />two"
      "</blockquote></div>Three");
  REQUIRE(post.quotes.size() == 1);
  CHECK_FALSE(post.quotes[0].author);
  CHECK(post.quotes[0].text == "One\nWren 发表于 2021-3-4 05:06\ntwo");
}

TEST_CASE("attachments of 6.x in a list among the words, with downloads on a line of their own") {
  const Post post = fixture::read_body(
      "Plans:<div class=\"box postattachlist\"><dl class=\"t_attachlist\"><dt><a "
      "href=\"attachment.php?aid=5\">hull.zip</a> "
      "(12 KB)</dt><dd><p>2008-5-1 12:30, 下载次数: 44</p></dd></dl></div>Enjoy.");
  CHECK(fixture::lines(post.text) == "Plans:/Enjoy.");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "hull.zip");
  CHECK(post.attachments[0].size == "12 KB");
  CHECK(post.attachments[0].downloads == 44);
}

TEST_CASE("the bare size behind an attachment's name of 7.0 is its size") {
  const Post post = fixture::read_body(
      "See<span id=\"attach_3\"><a href=\"attachment.php?aid=3\"><strong>mast.jpg</strong></a></span> (60.11 "
      "KB) it");
  CHECK(post.text == "See it");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].size == "60.11 KB");
}

TEST_CASE("a mirror's path with rewritten links still names the board") {
  const fixture::XPage parts{
      .posts = {fixture::post(
          {.below = R"(<a href="forum.php?mod=post&amp;action=reply&amp;fid=12&amp;tid=90">Reply</a>)"})},
      .script = "",
      .crumbs = R"(<a href="index.html">Hearth</a> <a href="index-3.html">Kitchen</a>
<a href="thread90.html">Kettles of the ...</a>)"};
  const ParsedPage page = fixture::read(fixture::page(parts), "http://mirror.example/saved/thread90.html");
  REQUIRE(page.outcome == Outcome::kOk);
  CHECK(page.threads.at(0).thread_id == "90");
  CHECK(page.threads.at(0).board.id == "12");
  CHECK(page.threads.at(0).board.name == "Kitchen");
}

TEST_CASE("the last poster of 6.x comes without the word before the name") {
  const ParsedPage page = parse(
      "http://quay.example/forumdisplay.php?fid=4",
      old_page(
          R"(<div id="nav"><a href="index.php">Quay</a> Harbour</div><table summary="forum_4" id="forum_4">
<tbody id="normalthread_7"><tr><th><span id="thread_7"><a href="viewthread.php?tid=7">Ropes</a></span></th><td class="author"><cite>
<a href="space.php?uid=3">Finn</a></cite><em>2008-2-3</em></td><td class="nums"><strong>2</strong> / <em>31</em></td>
<td class="lastpost"><em><a href="redirect.php?tid=7&amp;goto=lastpost">2008-3-4 05:51</a></em><cite>by 匿名</cite></td></tr></tbody></table>)",
          "6.0.0"));
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].replies == 2);
  CHECK(page.threads[0].views == 31);
  CHECK_FALSE(page.threads[0].last_reply_by);
}

TEST_CASE("a board whose rows were renamed is unreadable, with how many threads it links") {
  REQUIRE(parse(kBoard, rows_page()).outcome == Outcome::kOk);
  const ParsedPage page = parse(kBoard, replaced(rows_page(), "normalthread_", "row-"));
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail == "a board page with 1 threads but no rows (no normalthread_N)");
}

TEST_CASE("a thread whose ids were renamed is unreadable and yields nothing") {
  const std::string html = fixture::page({.posts = {fixture::post({}), fixture::reply(2, "沙发")}});
  REQUIRE(fixture::read(html).posts.size() == 2);
  const ParsedPage page = fixture::read(replaced(replaced(html, "\"post_", "\"p-"), "\"pid", "\"q-"));
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail.find("post_N") != std::string::npos);
  CHECK(page.posts.empty());
}

TEST_CASE("a mobile thread that lost its authors, times or words is unreadable and names them") {
  const auto detail = [](const std::string& author, const std::string& time, const std::string& body) {
    const ParsedPage page = parse(
        "http://bbs.example.cn/forum.php?mod=viewthread&tid=70&mobile=2",
        R"(<html><head><meta name="format-detection" content="telephone=no"/><script>var STYLEID='1', discuz_uid='0';</script></head>
<body id="forum" class="pg_viewthread"><div class="view_tit">Cloth</div><div class="plc cl" id="pid9"><ul class="authi"><li class="mtit"><span class="y">楼主</span><span class="z">)" +
            author + "</span></li><li class=\"mtime\">" + time + "</li></ul><div class=\"" + body +
            "\">Dacron.</div></div></body></html>");
    CHECK(page.posts.empty() == (page.outcome == Outcome::kUnreadable));
    return page.detail;
  };
  const std::string ida = "<a href=\"space-uid-5.html\">Ida</a>";
  CHECK(detail(ida, "2026-3-1 08:30", "message").empty());
  CHECK(detail("", "2026-3-1 08:30", "message") == "mobile posts without an author");
  CHECK(detail(ida, "", "message") == "mobile posts without a time");
  CHECK(detail(ida, "2026-3-1 08:30", "msg") == "mobile posts without words (div.message)");
}

TEST_CASE("other forum software with ids like Discuz!'s is not taken for it") {
  const ParsedPage page = parse(
      "http://x.example/showthread.php?tid=9",
      R"(<html><body><a href="forumdisplay.php?fid=2">Harbour</a><a href="forumdisplay.php?fid=3">Pier</a><a href="forumdisplay.php?fid=4">Quay</a>
<table id="post_12"><tr><td><a href="member.php?action=profile&amp;uid=3">Finn</a></td><td><div id="pid_12">Wood.</div><a id="pid12"
href="showthread.php?tid=9&amp;pid=12">#1</a><a href="showthread.php?tid=9">Boats</a></td></tr></table></body></html>)");
  CHECK(page.software.empty());
  CHECK(page.posts.empty());
}

TEST_CASE("a forum in Big5 is read whole, whatever the header says of the bytes") {
  const std::string traditional = replaced(
      fixture::page(
          {.posts = {fixture::post(
               {.body = "船底已經補好，明天下水。<br />多謝各位幫忙",
                .author = R"(<div class="authi"><a href="space-uid-7.html" class="xw1">老船長</a></div>)",
                .floor = "樓主",
                .time = "發表於 2014-12-29 05:51 PM"})},
           .counters = "",
           .head = "<meta charset=\"big5\">"}),
      "发", "發");
  for (const char* header : {"text/html; charset=big5", "text/html"}) {
    const ParsedPage page =
        parse("http://hearth.example/thread-90-1-1.html", encoded(traditional, "BIG5"), header);
    REQUIRE(page.posts.size() == 1);
    CHECK(fixture::lines(page.posts[0].text) == "船底已經補好，明天下水。/多謝各位幫忙");
    CHECK(page.posts[0].author == "老船長");
    CHECK(page.posts[0].posted_at->rfc3339() == "2014-12-29T17:51:00+08:00");
    CHECK(page.posts[0].floor == 1);
  }
}

TEST_CASE("bytes in UTF-8 under a meta that says gbk, and a blank line before the doctype") {
  const std::string html =
      "\n" + fixture::page({.posts = {fixture::post({.body = "热茶，慢慢喝，别烫着舌头。"})},
                            .head = "<meta charset=\"gbk\">"});
  const ParsedPage page = parse("http://hearth.example/thread-90-1-1.html", html, "text/html");
  CHECK(page.posts.at(0).text == "热茶，慢慢喝，别烫着舌头。");
}

TEST_CASE("characters that a GBK forum could not hold stay the references that it shows") {
  CHECK(fixture::read_body("Tea &amp;#128512; now").text == "Tea &#128512; now");
}

TEST_CASE("the archiver's relative times have the real one in a title") {
  const ParsedPage page = parse(
      "http://bbs.example.cn/archiver/tid-70.html",
      R"(<html><head><meta name="generator" content="Discuz! X3.5"/></head><body><div id="nav"><a href="./">Forum</a> &rsaquo; <a
href="fid-11.html">Sails</a> &rsaquo; Cloth</div><div id="content"><p class="author"><strong>Ida</strong> 发表于 <span
title="2026-3-1 08:30:11">4&nbsp;天前</span></p><h3>Cloth</h3>Dacron.</div></body></html>)");
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].author == "Ida");
  CHECK(page.threads[0].created_at->rfc3339() == "2026-03-01T08:30:11+08:00");
}

TEST_CASE("a picture of 7.x among the words has name and size in the tip behind it") {
  const Post post = fixture::read_body(
      R"(Look<br /><span style="position: absolute; display: none" id="attach_5"><img src="images/default/attachimg.gif"></span>
<img src="images/common/none.gif" file="attachments/mast.jpg" id="aimg_5" alt="mast.jpg" /><div class="t_attach" id="aimg_5_menu"
style="position: absolute; display: none"><a href="attachment.php?aid=5&amp;nothumb=yes" title="mast.jpg"><strong>Get</strong></a> (60.11 KB)<br />2009-7-1 12:30</div>
<br />Tall.)");
  CHECK(fixture::lines(post.text) == "Look/Tall.");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "mast.jpg");
  CHECK(post.attachments[0].size == "60.11 KB");
  CHECK_FALSE(post.attachments[0].downloads);
  REQUIRE(post.images.size() == 1);
  CHECK(post.images[0].url == "http://hearth.example/attachments/mast.jpg");
  CHECK(post.images[0].caption == "mast.jpg");
}

TEST_CASE("a picture of 6.x, which has no id, has its tip too") {
  const Post post = fixture::read_body(
      R"(<img src="attachments/hull.jpg" alt="hull.jpg" />
<div class="t_attach" id="attach_5_menu" style="display: none"><a href="attachment.php?aid=5" title="hull.jpg"><strong>hull.jpg</strong></a> (9 KB)</div>
<img src="http://img.example/other.jpg">)");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "hull.jpg");
  CHECK(post.attachments[0].size == "9 KB");
  CHECK(post.images.size() == 2);
}

TEST_CASE("an attachment of X1.5 has size and downloads in the tip behind its name") {
  const Post post = fixture::read_body(
      R"(Here: <span id="attach_9"><img src="static/image/filetype/rar.gif"><a href="forum.php?mod=attachment&amp;aid=9">plan.rar</a></span>
<div class="tip tip_4" id="attach_9_menu" style="display: none"><p>2010-1-1 12:30</p><p>下载次数: 7</p><a href="forum.php?mod=attachment&amp;aid=9">plan.rar</a>
(12 KB)</div> enjoy)");
  CHECK(post.text == "Here: enjoy");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "plan.rar");
  CHECK(post.attachments[0].size == "12 KB");
  CHECK(post.attachments[0].downloads == 7);
}

TEST_CASE("downloads in the hidden tip of 7.0 are told beside the bare size") {
  const Post post = fixture::read_body(
      R"(See: <span id="attach_5"><a href="attachment.php?aid=5">set.zip</a></span> (60.11 KB)<div class="t_attach" id="attach_5_menu" style="display: none">下載次數: 9<br />2014-12-29</div><br />End)");
  CHECK(fixture::lines(post.text) == "See:/End");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].size == "60.11 KB");
  CHECK(post.attachments[0].downloads == 9);
}

TEST_CASE("what stands behind a number of downloads on the next line is no part of it") {
  const Post post = fixture::read_post(
      {.after =
           R"(<div class="postattachlist"><dl class="t_attachlist attachimg"><dd><p><a href="attachment.php?aid=7">side.jpg</a>
<em>(33 KB)</em></p><div class="attach_popup" style="display: none"><p>下载次数:3</p><p>2009-7-1 12:31</p></div></dd></dl></div>)"});
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].downloads == 3);
}

TEST_CASE("6.x says beside the words that what is attached is withheld") {
  const Post post = fixture::read_post(
      {.after = R"(<div class="notice">附件: <em>您所在的用户组无法下载或查看附件</em></div>)"});
  CHECK(post.text == "Tea is ready.");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].needs_login);
  CHECK(post.flags.empty());
}

TEST_CASE("ratings of 6.x stand in a list") {
  const Post post = fixture::read_post(
      {.below =
           R"(<fieldset><legend><a href="misc.php?action=viewratings&amp;tid=90&amp;pid=501">Ratings</a></legend><ul><li><cite><a
href="space.php?uid=8">Ada</a></cite> Steam <strong>+5</strong> <em title="A very good kettle">A very go ...</em> 2008-5-2 09:10</li>
<li><cite><a href="space.php?uid=9">Tom</a></cite> Coal <strong>-1</strong> <em title=""></em> 2008-5-2 09:11</li></ul></fieldset>)"});
  REQUIRE(post.ratings.size() == 2);
  CHECK(post.ratings[0] == Rating{"Ada", "8", "+5", "Steam", "A very good kettle"});
  CHECK(post.ratings[1] == Rating{"Tom", "9", "-1", "Coal", std::nullopt});
}

TEST_CASE("a comment of X1.5 has its author's name before the words") {
  const Post post = fixture::read_post(
      {.below =
           R"(<div id="comment_501"><div class="pstl"><div class="psta"><a href="space-uid-8.html"><img src="a.jpg"/></a></div>
<div class="psti"><a href="space-uid-8.html" class="xi2 xw1">Ada</a>&nbsp;Hot.&nbsp;<span class="xg1">发表于 2021-3-5 07:08</span></div></div></div>)"});
  REQUIRE(post.comments.size() == 1);
  CHECK(post.comments[0].author == "Ada");
  CHECK(post.comments[0].author_id == "8");
  CHECK(post.comments[0].text == "Hot.");
}

TEST_CASE("an index of 7.x in columns has its counts in a paragraph") {
  const ParsedPage page =
      parse("http://quay.example/index.php", old_page(R"(<h3><a href="index.php?gid=2">Shore</a></h3>
<table id="category_2" summary="category2"><tr><th width="50%"><h2><a href="forumdisplay.php?fid=6">Oars</a></h2><p>主题: 7, 帖数: 70</p><p>最后: <a
href="redirect.php?tid=71&amp;goto=lastpost">2010-1-1 11:00</a></p></th><th><h2><a href="forumdisplay.php?fid=7">Anchors</a></h2><p>主题: 0, 帖数: 0</p></th></tr></table>)"));
  REQUIRE(board_of(page, "6"));
  CHECK(board_of(page, "6")->threads == 7);
  CHECK(board_of(page, "6")->posts == 70);
  CHECK_FALSE(board_of(page, "6")->description);
  REQUIRE(board_of(page, "7"));
  CHECK(board_of(page, "7")->parent_id == "2");
  CHECK(board_of(page, "7")->threads == 0);
}

TEST_CASE("a board of 7.x has sub-boards in a list without a number, and its count below the heading") {
  const ParsedPage page = parse("http://quay.example/forumdisplay.php?fid=4",
                                old_page(R"(<div id="nav"><a href="index.php">Quay</a> Harbour</div>
<h1>Harbour</h1><p class="forumstats">[ <strong>124</strong> 主题 / 2345 回复 ]</p><div id="subforum" class="mainbox list"><h3>子版块</h3><table summary="subform">
<tbody id="forum15"><tr><th><h2><a href="forumdisplay.php?fid=15">Dinghies</a></h2></th><td class="forumnums"><em>3</em> / 35</td></tr></tbody></table></div>
<table summary="forum_4" id="forum_4"></table>)"));
  CHECK(page.kind == PageKind::kBoard);
  REQUIRE(board_of(page, "4"));
  CHECK(board_of(page, "4")->threads == 124);
  REQUIRE(board_of(page, "15"));
  CHECK(board_of(page, "15")->parent_id == "4");
  CHECK(board_of(page, "15")->posts == 35);
}

TEST_CASE("a board that shows its threads by their covers lists them") {
  const ParsedPage page = parse(
      kBoard, x_page("forumdisplay",
                     R"(<div id="pt"><a href="forum.php?gid=1">Sea</a> <a href="forum-7-1.html">Nets</a></div>
<div id="threadlist"><ul id="waterfall" class="ml waterfall cl"><li><div class="c cl"><a href="thread-31-1-1.html" class="z"><img src="c.jpg"/></a></div>
<h3 class="xw0"><a href="thread-31-1-1.html" style="color: red" title="Knots">Knots</a></h3><div class="auth cl"><cite class="xg1 y">喜欢: 4 &nbsp; 回复: <a
href="thread-31-1-1.html" title="3 回复">3</a></cite><a href="space-uid-4.html">Una</a></div></li><li><h3><a href="thread-32-1-1.html">Floats</a></h3>
<div class="auth cl"><cite class="xg1 y">回复: <a href="thread-32-1-1.html">0</a></cite>匿名</div></li></ul></div>)"));
  CHECK(page.outcome == Outcome::kOk);
  REQUIRE(page.threads.size() == 2);
  CHECK(page.threads[0].thread_id == "31");
  CHECK(page.threads[0].title == "Knots");
  CHECK(page.threads[0].author == "Una");
  CHECK(page.threads[0].author_id == "4");
  CHECK(page.threads[0].replies == 3);
  CHECK(page.threads[0].highlight == 1);
  CHECK(page.threads[0].board.id == "7");
  CHECK(page.threads[1].replies == 0);
  CHECK_FALSE(page.threads[1].author);
  REQUIRE(link_to(page, "http://bbs.example.cn/thread-31-1-1.html"));
  CHECK(link_to(page, "http://bbs.example.cn/thread-31-1-1.html")->listed == "3");
}
