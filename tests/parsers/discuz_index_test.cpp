#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

const std::string kUrl = "http://bbs.example.cn/forum.php";

const std::string kIndex = x_page("index", R"(
<div class="bm"><div class="bm_h"><h2><a href="forum.php?gid=2">On the water</a></h2></div>
<div id="category_2" class="bm_c"><table class="fl_tb">
<tr><td class="fl_icn"><a href="forum-11-1.html"><img src="x.gif" alt="Sails"/></a></td>
<td><h2><a href="forum-11-1.html">Sails</a><em title="today"> (4)</em></h2>
<p class="xg2">Cut, cloth and <b>thread</b></p>
<p>子版块: <a href="forum-13-1.html">Spinnakers</a>, <a href="forum-14-1.html">Storm sails</a></p>
<p>版主: <span><a href="space-username-Ida.html">Ida</a></span></p></td>
<td class="fl_i"><span class="xi2">31</span><span class="xg1"> / 420</span></td>
<td class="fl_by"><div><a href="forum.php?mod=redirect&amp;tid=7&amp;goto=lastpost#lastpost">hello</a> <cite>2026-3-5 10:01 <a href="space-username-Bo.html">Bo</a></cite></div></td></tr>
<tr class="fl_row"><td class="fl_icn"><a href="forum-12-1.html"><img src="x.gif"/></a></td>
<td><h2><a href="forum-12-1.html" target="_blank">The yard's shop</a></h2><p class="xg2">leaves this site</p></td>
<td class="fl_i"></td><td class="fl_by"><div><a href="forum-12-1.html" class="xi2">链接到外部地址</a></div></td></tr>
</table></div></div>
<div class="bm"><div class="bm_h"><h2><a href="forum.php?gid=3">Ashore</a></h2></div>
<div id="category_3" class="bm_c"><table class="fl_tb">
<tr><td><h2><a href="forum-21-1.html">Taverns</a></h2></td>
<td class="fl_i"><span class="xi2"><span title="123456">12万</span></span><span class="xg1"> / <span title="7654321">765万</span></span></td></tr>
</table></div></div>
<div id="category_lk"><a href="http://friends.example/">Friends</a></div>)");

}  // namespace

TEST_CASE("an index gives its boards under their categories, with description and counts") {
  const ParsedPage page = parse(kUrl, kIndex);
  REQUIRE(page.outcome == Outcome::kOk);
  CHECK(page.kind == PageKind::kIndex);
  CHECK(page.software == "Discuz! X3.4");
  const Board* sails = board_of(page, "11");
  REQUIRE(sails);
  CHECK(sails->site == "bbs.example.cn");
  CHECK(sails->name == "Sails");
  CHECK(sails->parent_id == "2");
  CHECK(sails->description == "Cut, cloth and thread");
  CHECK(sails->threads == 31);
  CHECK(sails->posts == 420);
  CHECK(sails->url == "http://bbs.example.cn/forum-11-1.html");
  CHECK(sails->parser == discuz_parser_version());
}

TEST_CASE("categories are boards without a parent") {
  const ParsedPage page = parse(kUrl, kIndex);
  REQUIRE(board_of(page, "3"));
  CHECK(board_of(page, "3")->name == "Ashore");
  CHECK_FALSE(board_of(page, "3")->parent_id);
}

TEST_CASE("sub-boards named in a board's cell have that board as their parent") {
  const ParsedPage page = parse(kUrl, kIndex);
  REQUIRE(board_of(page, "13"));
  REQUIRE(board_of(page, "14"));
  CHECK(board_of(page, "13")->parent_id == "11");
  CHECK(board_of(page, "14")->name == "Storm sails");
  CHECK_FALSE(board_of(page, "14")->threads);
  CHECK(link_to(page, "http://bbs.example.cn/forum-13-1.html")->role == LinkRole::kSubBoard);
  CHECK(link_to(page, "http://bbs.example.cn/forum-11-1.html")->role == LinkRole::kBoard);
}

TEST_CASE("a board that leads to another site is an external link and no record") {
  const ParsedPage page = parse(kUrl, kIndex);
  CHECK_FALSE(board_of(page, "12"));
  const Link* link = link_to(page, "http://bbs.example.cn/forum-12-1.html");
  REQUIRE(link);
  CHECK(link->role == LinkRole::kExternal);
}

TEST_CASE("a last thread whose title speaks of links elsewhere does not make its board one") {
  const ParsedPage page = parse(kUrl, x_page("index", R"(<div id="category_2"><table class="fl_tb"><tr>
<td><h2><a href="forum-11-1.html">Sails</a></h2></td><td class="fl_i"><span>31</span> / 420</td><td class="fl_by"><div><a
href="forum.php?mod=redirect&amp;tid=7&amp;goto=lastpost#lastpost">链接到外部测试</a></div></td></tr></table></div>)"));
  REQUIRE(board_of(page, "11"));
  CHECK(board_of(page, "11")->threads == 31);
  CHECK(link_to(page, "http://bbs.example.cn/forum-11-1.html")->role == LinkRole::kBoard);
}

TEST_CASE("a description may begin as a paragraph on moderators, sub-boards or the last post does") {
  const auto described = [](const std::string& paragraph) {
    const ParsedPage page = parse(
        kUrl,
        x_page(
            "index",
            R"(<div id="category_2"><table class="fl_tb"><tr><td><h2><a href="forum-11-1.html">Sails</a></h2>)" +
                paragraph + "</td></tr></table></div>"));
    CHECK_FALSE(board_of(page, "9"));
    return board_of(page, "11")->description.value_or("none");
  };
  CHECK(described("<p>最后的家园</p><p>版主: Ida</p>") == "最后的家园");
  CHECK(described("<p>版主申请、意见反馈专区，<a href=\"forum-9-1.html\">必读</a></p>") ==
        "版主申请、意见反馈专区，必读");
  CHECK(described("<p class=\"xg2\">版主: <a href=\"forum-9-1.html\">Ida</a></p>") == "版主: Ida");
  CHECK(described("<p>最后发表: Bo</p><p>Sub-boards: none</p><p>Moderators: Ida</p>") == "none");
}

TEST_CASE("a count printed in ten thousands is exact where its title is") {
  const ParsedPage page = parse(kUrl, kIndex);
  REQUIRE(board_of(page, "21"));
  CHECK(board_of(page, "21")->threads == 123456);
  CHECK(board_of(page, "21")->posts == 7654321);
  CHECK(page.boards.size() == 6);
}

TEST_CASE("an index in the grid layout gives the same facts") {
  const ParsedPage page = parse(kUrl, x_page("index", R"(
<h2><a href="forum.php?gid=2">On the water</a></h2><div id="category_2"><table class="fl_tb"><tr>
<td class="fl_g"><div class="fl_icn_g"><a href="forum.php?mod=forumdisplay&fid=11"><img/></a></div>
<dl><dt><a href="forum.php?mod=forumdisplay&fid=11">Sails</a><em> (4)</em></dt>
<dd><em>主题: 31</em>, <em>帖数: 420</em></dd><dd><a href="forum.php?mod=redirect&tid=7&goto=lastpost">最后发表: 2026-3-5</a></dd></dl></td>
<td class="fl_g"><dl><dt><a href="forum.php?mod=forumdisplay&fid=12">Masts</a></dt><dd>主題: 5, 帖數: 6</dd></dl></td>
</tr></table></div>)"));
  REQUIRE(board_of(page, "11"));
  CHECK(board_of(page, "11")->name == "Sails");
  CHECK(board_of(page, "11")->threads == 31);
  CHECK(board_of(page, "11")->posts == 420);
  REQUIRE(board_of(page, "12"));
  CHECK(board_of(page, "12")->posts == 6);
}

TEST_CASE("an index of 7.x gives its boards") {
  const ParsedPage page = parse("http://bbs.example.cn/index.php", old_page(R"(
<div class="mainbox list"><h3><a href="index.php?gid=2">On the water</a></h3><table id="category_2">
<tbody id="forum11"><tr><th class="new"><a href="forumdisplay.php?fid=11"><img/></a><div class="left">
<h2><a href="forumdisplay.php?fid=11">Sails</a><em> (4)</em></h2><p>Cut and cloth</p><p>子版块: <a href="forumdisplay.php?fid=13">Spinnakers</a></p>
<p class="moderators">版主: <a href="space.php?username=Ida">Ida</a></p></div></th>
<td class="forumnums"><em>31</em> / 420</td><td class="forumlast"><p><a href="redirect.php?tid=7&goto=lastpost">hello</a></p><cite>by <a href="space.php?username=Bo">Bo</a></cite></td></tr></tbody>
</table></div>)"));
  CHECK(page.kind == PageKind::kIndex);
  CHECK(page.software == "Discuz! 7.2");
  REQUIRE(board_of(page, "11"));
  CHECK(board_of(page, "11")->parent_id == "2");
  CHECK(board_of(page, "11")->description == "Cut and cloth");
  CHECK(board_of(page, "11")->threads == 31);
  CHECK(board_of(page, "11")->posts == 420);
  REQUIRE(board_of(page, "13"));
  CHECK(board_of(page, "13")->parent_id == "11");
}

TEST_CASE("an index of 6.x has threads and posts in cells of their own") {
  const ParsedPage page = parse("http://bbs.example.cn/", old_page(R"(
<h3><a href="index.php?gid=2">On the water</a></h3><table id="category_2"><tbody id="forum11"><tr>
<th><h2><a href="forumdisplay.php?fid=11">Sails</a></h2><p>Cut</p></th><td class="nums">31</td><td class="nums">420</td>
<td class="lastpost"><a href="redirect.php?tid=7&goto=lastpost">x</a></td></tr></tbody></table>)",
                                                                   "6.1.0"));
  CHECK(page.software == "Discuz! 6.1.0");
  REQUIRE(board_of(page, "11"));
  CHECK(board_of(page, "11")->threads == 31);
  CHECK(board_of(page, "11")->posts == 420);
}

TEST_CASE("the mobile template's index gives boards, also where the name stands beside a number") {
  const ParsedPage page = parse("http://bbs.example.cn/forum.php?mobile=2", R"(<html><head>
<meta name="format-detection" content="telephone=no"/><script>var STYLEID='1', discuz_uid='0', cookiepre='a';</script></head><body class="bg">
<h2><a href="javascript:;">On the water</a></h2><div id="sub_forum_2"><ul>
<li><a href="forum.php?mod=forumdisplay&amp;fid=11&amp;mobile=2"><span class="num">8</span>Sails</a></li></ul></div>
<div id="sub-forum_3"><ul><li><span class="micon"><a href="forum.php?mod=forumdisplay&amp;fid=21&amp;mobile=2"><svg></svg></a></span>
<a href="forum.php?mod=forumdisplay&amp;fid=21&amp;mobile=2" class="murl"><p class="mtit">Taverns<span class="mnum">4</span></p><p class="mtxt">Where to eat</p></a></li>
<li><a href="forum.php?mod=forumdisplay&amp;fid=12&amp;mobile=2" class="murl"><p class="mtit">Shop</p><p class="mtxt">链接到外部地址</p></a></li></ul></div>
<a href="forum.php?mobile=no">desktop</a></body></html>)");
  CHECK(page.kind == PageKind::kIndex);
  REQUIRE(board_of(page, "11"));
  CHECK(board_of(page, "11")->name == "Sails");
  CHECK(board_of(page, "11")->parent_id == "2");
  REQUIRE(board_of(page, "21"));
  CHECK(board_of(page, "21")->name == "Taverns");
  CHECK(board_of(page, "21")->description == "Where to eat");
  CHECK_FALSE(board_of(page, "12"));
}

TEST_CASE("a front page whose lists name no board is unreadable and says so") {
  const ParsedPage page = parse(kUrl, x_page("index", "<div id=\"category_2\"><p>changed</p></div>"));
  CHECK(page.kind == PageKind::kIndex);
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail == "a front page whose lists name no board");
}
