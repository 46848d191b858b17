// Thread pages as other versions than X3, and themes of their own, write them.
#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using boardwalk::tests::has_flag;
using fixture::read;

namespace {

// 6.x: every post in a box of its own, no post_N, no authorposton; the title again above the first words.
std::string six(const std::string& first_body, const std::string& second) {
  return R"html(<html><head><title>Boats - Harbour - Quay - Powered by Discuz!</title></head><body>
<div id="nav"><a href="index.php">Quay</a> &raquo; <a href="forumdisplay.php?fid=4">Harbour</a> &raquo; Boats</div>
<div class="pages_btns"><div class="pages"><em>&nbsp;12&nbsp;</em><strong>1</strong><a href="viewthread.php?tid=33&amp;page=2">2</a><a
href="viewthread.php?tid=33&amp;page=2" class="next">&rsaquo;&rsaquo;</a></div></div>
<form method="post" name="modactions"><div class="mainbox viewthread"><h1>Boats		</h1>
<table id="pid61" summary="pid61"><tr><td class="postauthor"><cite><a href="space.php?uid=3" target="_blank" id="userinfo61"
class="dropmenu">Finn</a></cite><p>Posts 12</p></td><td class="postcontent"><div class="postinfo"><strong id="postnum_61">1<sup>#</sup></strong>
<em onclick="x()">大</em><em>中</em><em>小</em> 发表于 2008-5-1 12:34&nbsp;<a href="viewthread.php?tid=33&amp;page=1&amp;authorid=3">只看该作者</a></div>
<div class="postmessage defaultpost"><h2>Boats</h2><div id="postmessage_61" class="t_msgfont">)html" +
         first_body +
         R"html(</div><div class="signatures">Ahoy!</div></div></td></tr><tr><td class="postauthor">
<div class="popupmenu_popup userinfopanel" id="userinfo61_menu" style="display: none;"><a href="space.php?uid=3">Finn</a></div></td>
<td class="postcontent"><a href="post.php?action=reply&amp;tid=33">Reply</a></td></tr></table></div>
<div class="mainbox viewthread"><table id="pid62" summary="pid62"><tr><td class="postauthor">)html" +
         second +
         R"html(</td></tr></table></div></form><div id="footer">Powered by Discuz! 6.0</div></body></html>)html";
}

const std::string kSixReply =
    R"(<cite><a href="space.php?uid=5" id="userinfo62" class="dropmenu">Isla</a></cite></td><td class="postcontent">
<div class="postinfo"><strong id="postnum_62">沙发</strong> 发表于 2008-5-1 13:00</div><div class="postmessage defaultpost">
<div id="postmessage_62" class="t_msgfont">Mine leaks.</div></div>)";

constexpr const char* kSixUrl = "http://quay.example/viewthread.php?tid=33";

// 7.x: the title in the first post, the author beside the words, the time in authorposton.
std::string seven_post(const std::string& pid, const std::string& author, const std::string& floor,
                       const std::string& inner) {
  return "<div id=\"post_" + pid + "\"><table id=\"pid" + pid + "\" summary=\"pid" + pid +
         "\"><tr><td class=\"postauthor\" rowspan=\"2\"><div class=\"postinfo\">" + author +
         "</div><div class=\"popupmenu_popup userinfopanel\" id=\"userinfo" + pid +
         "\" style=\"display: none\"><a href=\"space.php?uid=99\">Card</a></div></td><td "
         "class=\"postcontent\"><div class=\"postinfo\"><strong>"
         "<a id=\"postnum" +
         pid + "\" href=\"javascript:;\">" + floor +
         "</a></strong><div class=\"posterinfo\"><div class=\"authorinfo\"><em id=\"authorposton" + pid +
         "\">发表于 2010-3-5 16:28</em> | <a href=\"viewthread.php?tid=34&amp;page=1&amp;authorid=3\" "
         "rel=\"nofollow\">只看该作者</a>"
         "</div></div></div><div class=\"defaultpost\"><div class=\"postmessage\">" +
         inner +
         "</div></div></td></tr><tr><td class=\"postcontent\"><div "
         "class=\"signatures\">Ahoy!</div></td></tr></table></div>";
}

std::string seven(const std::string& posts) {
  return R"(<html><head><title>Sails - Harbour - Quay - Powered by Discuz!</title></head><body><div id="nav"><a href="index.php">Quay</a>
 &raquo; <a href="forumdisplay.php?fid=4">Harbour</a> &raquo; Sails</div><div id="postlist" class="mainbox viewthread">)" +
         posts + "</div><div id=\"footer\">Powered by Discuz! 7.2</div></body></html>";
}

const std::string kFinn = "<a target=\"_blank\" href=\"space.php?uid=3\" style=\"font-weight: 800\">Finn</a>";

std::string seven_words(const std::string& pid, const std::string& words) {
  return "<table><tr><td class=\"t_msgfont\" id=\"postmessage_" + pid + "\">" + words + "</td></tr></table>";
}

constexpr const char* kSevenUrl = "http://quay.example/viewthread.php?tid=34";

}  // namespace

TEST_CASE("a thread of 6.x is read by pidN and postmessage_N") {
  const ParsedPage page = read(six("Look:<br />wood.", kSixReply), kSixUrl);
  CHECK(page.outcome == Outcome::kOk);
  REQUIRE(page.posts.size() == 2);
  const Post& first = page.posts[0];
  CHECK(first.post_id == "61");
  CHECK(first.author == "Finn");
  CHECK(first.author_id == "3");
  CHECK(first.posted_at->rfc3339() == "2008-05-01T12:34:00+08:00");
  CHECK(first.floor == 1);
  CHECK(first.first);
  CHECK(first.text == "Look:\nwood.");
  CHECK(page.posts[1].floor == 2);
  CHECK(page.posts[1].author == "Isla");
  const Thread& thread = page.threads.at(0);
  CHECK(thread.title == "Boats");
  CHECK(thread.thread_id == "33");
  CHECK(thread.board.id == "4");
  CHECK(thread.board.name == "Harbour");
  CHECK(thread.pages == 2);
  CHECK(page.thread_page->whole);
}

TEST_CASE("a type of 6.x stands in brackets around its link, and is no part of the title") {
  std::string html = six("Wood.", kSixReply);
  html.replace(html.find("<h1>"), 4,
               "<h1>[<a href=\"forumdisplay.php?fid=4&amp;filter=type&amp;typeid=3\">Small</a>] ");
  const Thread thread = read(html, kSixUrl).threads.at(0);
  CHECK(thread.title == "Boats");
  CHECK(thread.type == "Small");
}

TEST_CASE("quotes, hidden parts and edits of 6.x are told from words") {
  const ParsedPage page =
      read(six("<div class=\"quote\"><h5>引用:</h5><blockquote>原帖由 <i>Isla</i> 于 2008-4-30 11:00 发表 <a "
               "href=\"redirect.php?goto=findpost&amp;pid=9\"><img src=\"images/common/back.gif\"></a><br "
               "/>Wood?</blockquote></div>Wood.<br />"
               "<div class=\"notice\">本帖隐藏的内容需要回复才可以浏览</div><br />[ <i>本帖最后由 Finn 于 "
               "2008-5-2 08:09 编辑</i> ]",
               kSixReply),
           kSixUrl);
  const Post& post = page.posts.at(0);
  CHECK(post.text == "Wood.");
  CHECK(post.quotes.at(0).author == "Isla");
  CHECK(post.quotes.at(0).text == "Wood?");
  CHECK(has_flag(post, "hidden_part"));
  CHECK(post.edited_by == "Finn");
  CHECK(post.edited_at->rfc3339() == "2008-05-02T08:09:00+08:00");
}

TEST_CASE("a guest and a blocked post of 6.x") {
  const std::string blocked =
      R"(<cite>游客</cite></td><td class="postcontent"><div class="postinfo"><strong id="postnum_62">2<sup>#</sup></strong> 发表于 2008-5-1 13:00</div>
<div class="postmessage"><div class="notice">提示: <em>该帖被管理员或版主屏蔽</em></div></div>)";
  const ParsedPage page = read(six("Wood.", blocked), kSixUrl);
  REQUIRE(page.posts.size() == 2);
  CHECK(has_flag(page.posts[1], "guest"));
  CHECK_FALSE(page.posts[1].author);
  CHECK(has_flag(page.posts[1], "blocked"));
  CHECK(page.thread_page->whole);
}

TEST_CASE("a thread of 7.x is read with its title in the first post") {
  const ParsedPage page = read(
      seven(seven_post(
                "71", kFinn, "<em>1</em><sup>#</sup>",
                "<div id=\"threadtitle\"><h1><a "
                "href=\"forumdisplay.php?fid=4&amp;filter=type&amp;typeid=2\">[Ships]</a> Sails</h1></div>" +
                    seven_words("71", "Red ones.")) +
            seven_post("72", "<a href=\"space.php?uid=5\">Isla</a>", "<em>2</em><sup>#</sup>",
                       seven_words("72", "White ones."))),
      kSevenUrl);
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].author == "Finn");
  CHECK(page.posts[0].author_id == "3");
  CHECK(page.posts[0].posted_at->rfc3339() == "2010-03-05T16:28:00+08:00");
  CHECK(page.posts[0].floor == 1);
  CHECK(page.posts[0].text == "Red ones.");
  CHECK(page.posts[1].text == "White ones.");
  CHECK(page.threads.at(0).title == "Sails");
  CHECK(page.threads.at(0).type == "Ships");
  CHECK(page.kind == PageKind::kThread);
  CHECK(page.thread_page->whole);
}

TEST_CASE("a later page of 7.x, which has no heading, takes its title from the document's") {
  const ParsedPage page =
      read(seven(seven_post("73", kFinn, "<em>11</em><sup>#</sup>", seven_words("73", "More."))), kSevenUrl);
  CHECK(page.threads.at(0).title == "Sails");
}

TEST_CASE("a blocked post of 7.x has neither words nor its own body") {
  const ParsedPage page =
      read(seven(seven_post("71", kFinn, "<em>1</em><sup>#</sup>", seven_words("71", "Red.")) +
                 seven_post("72", kFinn, "<em>2</em><sup>#</sup>",
                            "<div class=\"locked\">提示: <em>作者被禁止或删除 内容自动屏蔽</em></div>")),
           kSevenUrl);
  REQUIRE(page.posts.size() == 2);
  CHECK(has_flag(page.posts[1], "author_banned"));
  CHECK(page.posts[1].text.empty());
  CHECK(page.thread_page->whole);
}

TEST_CASE("pictures that 7.x lists behind the words are the post's") {
  const ParsedPage page =
      read(seven(seven_post("71", kFinn, "1<sup>#</sup>",
                            seven_words("71", "See.") +
                                "<div class=\"postattachlist\"><dl class=\"t_attachlist attachimg\"><dt><a "
                                "href=\"attachment.php?aid=6\">sail.jpg</a> "
                                "<em>(60.11 KB)</em></dt><dd><img src=\"images/common/none.gif\" "
                                "file=\"attachments/sail.jpg\" alt=\"sail.jpg\"></dd></dl></div>")),
           kSevenUrl);
  const Post& post = page.posts.at(0);
  CHECK(post.text == "See.");
  REQUIRE(post.images.size() == 1);
  CHECK(post.images[0].url == "http://quay.example/attachments/sail.jpg");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].size == "60.11 KB");
}

TEST_CASE("ratings of 7.x stand in hidden boxes") {
  const ParsedPage page =
      read(seven(seven_post(
               "71", kFinn, "1<sup>#</sup>",
               seven_words("71", "See.") +
                   "<ul><li><div id=\"rate_71_5_menu\" class=\"attach_popup\" style=\"display: none;\"><p "
                   "class=\"cornerlayger\">Fine! <em>Rum + 2"
                   "</em></p></div><p id=\"rate_71_5\"><a href=\"space.php?uid=5\"><img></a></p><p><a "
                   "href=\"space.php?uid=5\">Isla</a></p></li></ul>")),
           kSevenUrl);
  REQUIRE(page.posts.at(0).ratings.size() == 1);
  CHECK(page.posts[0].ratings[0].by == "Isla");
  CHECK(page.posts[0].ratings[0].amount == "+2");
  CHECK(page.posts[0].ratings[0].unit == "Rum");
  CHECK(page.posts[0].ratings[0].reason == "Fine!");
}

TEST_CASE("a title of X2 is a link in the heading") {
  const ParsedPage page = read(fixture::page(
      {.posts = {fixture::post({})},
       .heading = "<h1 class=\"ts\"><a href=\"forum.php?mod=forumdisplay&amp;fid=12&amp;typeid=1\">[Tin]</a> "
                  "<a href=\"thread-90-1-1.html\" "
                  "id=\"thread_subject\">Kettles</a></h1>"}));
  CHECK(page.threads.at(0).title == "Kettles");
  CHECK(page.threads.at(0).type == "Tin");
}

TEST_CASE("a theme without a left column, heading, path or floors is read by ids") {
  const std::string html =
      R"(<html><head><!-- <title>Old</title> --><title>Oars</title></head><body><div class="top"><a href="f302-1">Rowing</a><a
href="forum.php?mod=forumdisplay&amp;fid=302&amp;filter=typeid&amp;typeid=6">Wood</a></div><script>var fid = parseInt('302'), tid = parseInt('55');</script>
<div class="head"><div class="boxes"><div>回复<p>8</p></div><div>查看<p>1,204</p></div></div><a id="thread_subject" href="t55-1-1">Oars</a></div>
<div class="list"><div id="post_81"><div class="row"><div class="authi"><a href="suid-17"><em style="display:none">作者：</em>Finn</a>
<em id="authorposton81">时间：<em>2019-1-2 03:04</em></em></div></div><div id="postmessage_81">Ash.</div></div>
<div id="post_82"><div class="authi"><a href="suid-18">Isla</a> <em id="authorposton82">时间：<em>2019-1-2 04:05</em></em></div>
<div id="postmessage_82">Spruce.</div></div></div><div class="after">end</div></body></html>)";
  const ParsedPage page = read(html, "http://quay.example/t55-1-1");
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].author == "Finn");
  CHECK(page.posts[0].author_id == "17");
  CHECK(page.posts[0].posted_at->rfc3339() == "2019-01-02T03:04:00+08:00");
  CHECK(page.posts[0].text == "Ash.");
  CHECK(page.posts[0].floor == 1);
  CHECK(page.posts[1].floor == 2);
  CHECK(page.thread_page->whole);
  const Thread& thread = page.threads.at(0);
  CHECK(thread.title == "Oars");
  CHECK(thread.type == "Wood");
  CHECK(thread.board.id == "302");
  CHECK(thread.views == 1204);
  CHECK(thread.replies == 8);
}

TEST_CASE("a page in a language that nobody here reads, from right to left, loses nothing") {
  fixture::XPage parts{
      .posts = {fixture::post({.body = "<i class=\"pstatus\"> بۇ يازمىنى Wren 2021-3-5 10:11 تەھرىرلىگەن "
                                       "</i><div class=\"quote\"><blockquote>"
                                       "<font color=\"#999999\">Ada يوللىغان ۋاقتى 2021-3-3 "
                                       "01:02</font><br>چاي</blockquote></div>سۇ",
                               .floor = "ساھىبخان",
                               .time = "يوللىغان ۋاقتى <span title=\"2021-3-4 05:06\">6 كۈن ئالدىدا</span>"}),
                fixture::reply(2, "<em>2</em>")},
      .counters = "كۆرۈش: <span class=\"xi1\">340</span> ئىنكاس: <span class=\"xi1\">21</span>"};
  const ParsedPage page = read(fixture::page(parts));
  REQUIRE(page.posts.size() == 2);
  const Post& post = page.posts[0];
  CHECK(post.floor == 1);
  CHECK(post.posted_at->rfc3339() == "2021-03-04T05:06:00+08:00");
  CHECK(post.text == "سۇ");
  CHECK(post.edited_by == "Wren");
  REQUIRE(post.quotes.size() == 1);
  CHECK(post.quotes[0].author == "Ada");
  CHECK(post.quotes[0].text == "چاي");
  CHECK(page.threads.at(0).views == 340);
  CHECK(page.threads.at(0).replies == 21);
}

TEST_CASE("a saved copy with relative links and made-up table bodies is read as the page was") {
  std::string html = fixture::page({.posts = {fixture::post({})}});
  for (std::size_t at = html.find("<tr><td class=\"t_f\""); at != std::string::npos;
       at = html.find("<tr><td class=\"t_f\"", at + 20))
    html.insert(at, "<tbody>");
  html = "\r\n" + html.substr(html.find("<head>"));
  const ParsedPage page = read(html, "http://mirror.example/hearth/thread22074.html");
  REQUIRE(page.posts.size() == 1);
  CHECK(page.posts[0].text == "Tea is ready.");
  CHECK(page.threads.at(0).thread_id == "90");
}

TEST_CASE("what a post of 7.x says of reading and replying is none of the thread's counters") {
  const auto thread = [](const std::string& title, const std::string& beside) {
    return read(seven(seven_post("71", kFinn, "<em>1</em><sup>#</sup>" + beside,
                                 "<div id=\"threadtitle\"><h1>" + title + "</h1></div>" +
                                     seven_words("71", "每天阅读20页，回复7楼的 <b>20</b> <b>7</b>"))),
                kSevenUrl)
        .threads.at(0);
  };
  for (const std::string title : {"Sails", "浏览 12 张帆"}) {
    CHECK(thread(title, "").title == title);
    CHECK_FALSE(thread(title, "").views);
    CHECK_FALSE(thread(title, "").replies);
  }
  const Thread beside = thread("Sails", "<p>阅读：154</p>");
  CHECK(beside.views == 154);
  CHECK_FALSE(beside.replies);
}

TEST_CASE("a title's own words are none of the thread's counters") {
  const Thread thread =
      read(fixture::page({.posts = {fixture::post({})},
                          .heading = "<div><h1><span id=\"thread_subject\">阅读 30 分钟</span></h1><p>阅读"
                                     "</p><p>154</p><p>回复</p><p>3</p></div>",
                          .counters = ""}))
          .threads.at(0);
  CHECK(thread.title == "阅读 30 分钟");
  CHECK(thread.views == 154);
  CHECK(thread.replies == 3);
}

TEST_CASE("an author's name is none of the thread's counters") {
  const auto thread = [](const std::string& beside) {
    const std::string author =
        R"(<div class="authi"><a href="space-uid-7.html" class="xw1">阅读99</a></div>)";
    return read(fixture::page(
                    {.posts = {fixture::post({.author = author, .beside_time = beside})}, .counters = ""}))
        .threads.at(0);
  };
  CHECK(thread("").author == "阅读99");
  CHECK_FALSE(thread("").views);
  CHECK(thread("<span>阅读 154</span>").views == 154);
}

TEST_CASE("two bare numbers, the first of which is known to be the views, are views and replies") {
  const auto replies = [](const std::string& box) {
    const ParsedPage page = read(
        fixture::page({.posts = {fixture::post({.beside_time = "<span class=\"y\">阅读：154</span>"})},
                       .heading = R"(<h1 class="v_tit"><span id="thread_subject">Oars</span></h1>)" + box,
                       .counters = ""}));
    CHECK(page.threads.at(0).views == 154);
    return page.threads.at(0).replies;
  };
  CHECK(replies("<div class=\"pr_box\" style=\"display:none\"><span>154</span><span>3</span></div>") == 3);
  CHECK_FALSE(replies("<div class=\"pr_box\"><span>9</span><span>3</span></div>"));
  CHECK_FALSE(replies("<div><span>154</span></div><div><span>3</span></div>"));
}
