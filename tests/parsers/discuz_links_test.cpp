#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

ParsedPage with_links(const std::string& markup) {
  return parse(
      "http://bbs.example.cn/bbs/forum-11-1.html",
      x_page("forumdisplay",
             "<h1><a href=\"forum-11-1.html\">Sails</a></h1><div id=\"threadlist\"></div>" + markup));
}

LinkRole role_of(const ParsedPage& page, const std::string& path) {
  const Link* link = link_to(page, "http://bbs.example.cn/bbs/" + path);
  INFO(path);
  REQUIRE(link);
  return link->role;
}

}  // namespace

TEST_CASE("a pager's links are pages, its next one is the next page") {
  const ParsedPage page = with_links(
      R"(<div class="pg"><strong>1</strong><a href="forum-11-2.html">2</a><a href="forum-11-3.html">3</a>
<a href="forum-11-9.html" class="last">... 9</a><a href="forum-11-2.html" class="nxt">next</a></div>)");
  CHECK(role_of(page, "forum-11-2.html") == LinkRole::kNextPage);
  CHECK(role_of(page, "forum-11-3.html") == LinkRole::kPage);
  CHECK(role_of(page, "forum-11-9.html") == LinkRole::kLastPage);
}

TEST_CASE("the last page is the one with the highest number, whether a class says so or not") {
  const ParsedPage middle = with_links(
      R"(<div class="pg"><a href="forum-11-1.html" class="first">1 ...</a><a href="forum-11-4.html" class="prev">&nbsp;</a>
<a href="forum-11-4.html">4</a><strong>5</strong><a href="forum-11-6.html">6</a><a href="forum-11-7.html">7</a>
<a href="forum-11-6.html" class="nxt">next</a></div>)");
  CHECK(role_of(middle, "forum-11-7.html") == LinkRole::kLastPage);
  CHECK(role_of(middle, "forum-11-6.html") == LinkRole::kNextPage);
  CHECK(role_of(middle, "forum-11-4.html") == LinkRole::kPage);
  const ParsedPage from_right = with_links(
      R"(<div class="pages"><a href="forum-11-2.html" class="next">next</a><a href="forum-11-30.html" class="last">... 30</a>
<a href="forum-11-3.html">3</a><a href="forum-11-2.html">2</a><strong>1</strong></div>)");
  CHECK(role_of(from_right, "forum-11-30.html") == LinkRole::kLastPage);
  CHECK(role_of(from_right, "forum-11-3.html") == LinkRole::kPage);
}

TEST_CASE("on the last page no link is the last one: of two pages the other one is the next") {
  const ParsedPage at_end = with_links(
      R"(<div class="pg"><a href="forum-11-1.html">1</a><a href="forum-11-2.html">2</a><strong>3</strong></div>)");
  CHECK(role_of(at_end, "forum-11-2.html") == LinkRole::kPage);
  const ParsedPage two = with_links(
      R"(<div class="pg"><strong>1</strong><a href="forum-11-2.html">2</a><a href="forum-11-2.html" class="nxt">next</a></div>)");
  CHECK(role_of(two, "forum-11-2.html") == LinkRole::kNextPage);
}

TEST_CASE("a last page stays one where a second pager or another place links it as well") {
  const std::string pager =
      R"(<div class="pg"><strong>1</strong><a href="forum-11-2.html">2</a><a href="forum-11-3.html">3</a><a
href="forum-11-2.html" class="nxt">next</a></div>)";
  const ParsedPage page = with_links(pager + R"(<a href="forum-11-3.html">more</a>)" + pager);
  CHECK(role_of(page, "forum-11-3.html") == LinkRole::kLastPage);
}

TEST_CASE("pagers that stand inside another one have last pages of their own") {
  const ParsedPage page = with_links(
      R"(<div class="pg"><a href="forum-11-2.html">2</a><div class="pg"><a href="thread-70-3-1.html">3</a></div>
<a href="forum-11-4.html">4</a><div class="pg"><a href="thread-71-2-1.html">2</a><a href="thread-71-1-1.html">1</a></div>
<a href="forum-11-9.html">9</a><a href="forum-11-5.html">5</a></div>)");
  for (const char* last : {"thread-70-3-1.html", "thread-71-2-1.html", "forum-11-9.html"})
    CHECK(role_of(page, last) == LinkRole::kLastPage);
  for (const char* other : {"forum-11-2.html", "forum-11-4.html", "thread-71-1-1.html", "forum-11-5.html"})
    CHECK(role_of(page, other) == LinkRole::kPage);
}

TEST_CASE("boards that a board's page lists below it are sub-boards, other boards are not") {
  const ParsedPage page = with_links(
      R"(<div id="subforum_11"><table class="fl_tb"><tr><td><h2><a href="forum-13-1.html">Spinnakers</a></h2>
<p>子版块: <a href="forum-15-1.html">Red ones</a></p></td></tr>
<tr><td><h2><a href="forum-14-1.html">The shop</a></h2></td><td class="fl_by"><a href="forum-14-1.html">链接到外部地址</a></td></tr></table></div>
<a href="forum-12-1.html">Masts</a>)");
  CHECK(role_of(page, "forum-13-1.html") == LinkRole::kSubBoard);
  CHECK(role_of(page, "forum-15-1.html") == LinkRole::kSubBoard);
  CHECK(role_of(page, "forum-14-1.html") == LinkRole::kExternal);
  CHECK(role_of(page, "forum-12-1.html") == LinkRole::kBoard);
  CHECK(role_of(page, "forum-11-1.html") == LinkRole::kBoard);
}

TEST_CASE("the pagers of 7.x, whose next link comes first in a right-to-left page, are pagers too") {
  const ParsedPage page = with_links(
      R"(<div class="pages"><a href="forum-11-2.html" class="next">next</a><a href="forum-11-3.html">3</a></div>)");
  CHECK(role_of(page, "forum-11-2.html") == LinkRole::kNextPage);
  CHECK(role_of(page, "forum-11-3.html") == LinkRole::kLastPage);
}

TEST_CASE("links have the role that their spelling tells") {
  const ParsedPage page =
      with_links(R"(<a href="forum.php">i</a><a href="forum-12-1.html">b</a><a href="thread-5-1-1.html">t</a>
<a href="article-7-1.html">a</a><a href="space-uid-4.html">p</a><a href="forum.php?mod=attachment&amp;aid=Nw">f</a><a href="misc.php?mod=tag">o</a>
<a href="http://elsewhere.example/forum.php">x</a>)");
  CHECK(role_of(page, "forum.php") == LinkRole::kIndex);
  CHECK(role_of(page, "forum-12-1.html") == LinkRole::kBoard);
  CHECK(role_of(page, "thread-5-1-1.html") == LinkRole::kThread);
  CHECK(role_of(page, "article-7-1.html") == LinkRole::kArticle);
  CHECK(role_of(page, "space-uid-4.html") == LinkRole::kProfile);
  CHECK(role_of(page, "forum.php?mod=attachment&aid=Nw") == LinkRole::kAttachment);
  CHECK(role_of(page, "misc.php?mod=tag") == LinkRole::kOther);
  REQUIRE(link_to(page, "http://elsewhere.example/forum.php"));
  CHECK(link_to(page, "http://elsewhere.example/forum.php")->role == LinkRole::kExternal);
}

TEST_CASE("a view that is not worth following keeps its role") {
  const ParsedPage page =
      with_links(R"(<a href="forum.php?mod=viewthread&amp;tid=5&amp;authorid=2">only him</a>)");
  CHECK(role_of(page, "forum.php?mod=viewthread&tid=5&authorid=2") == LinkRole::kThread);
}

TEST_CASE("links of the page's own site are known for views, those of others are not looked at") {
  const ParsedPage page = with_links(R"(<a href="forum.php?mod=viewthread&amp;tid=5&amp;authorid=2">a</a>
<a href="thread-5-1-1.html">b</a><a href="space-uid-4.html">c</a>
<a href="http://elsewhere.example/forum.php?mod=post">d</a>)");
  const auto is_view = [&page](const std::string& url) {
    const Link* link = link_to(page, url);
    REQUIRE(link);
    return link->view;
  };
  CHECK(is_view("http://bbs.example.cn/bbs/forum.php?mod=viewthread&tid=5&authorid=2"));
  CHECK_FALSE(is_view("http://bbs.example.cn/bbs/thread-5-1-1.html"));
  CHECK(is_view("http://bbs.example.cn/bbs/space-uid-4.html"));
  CHECK_FALSE(is_view("http://elsewhere.example/forum.php?mod=post"));
}

TEST_CASE("each link stands once, without fragment: what cannot be fetched is none") {
  const ParsedPage page = with_links(
      R"(<a href="thread-5-1-1.html">a</a><a href="./thread-5-1-1.html#pid9">b</a><a href="thread-5-1-1.html">c</a>
<a href="/bbs/thread-5-1-1.html">d</a><a href="http://bbs.example.cn/bbs/thread-5-1-1.html">e</a>
<a href="javascript:;">f</a><a href="mailto:a@b.example">g</a><a href="#top">h</a><a>i</a>)");
  const auto count = std::count_if(page.links.begin(), page.links.end(), [](const Link& link) {
    return link.url == "http://bbs.example.cn/bbs/thread-5-1-1.html";
  });
  CHECK(count == 1);
  for (const Link& link : page.links) {
    CHECK(link.url.starts_with("http"));
    CHECK(link.url.find('#') == std::string::npos);
  }
}

TEST_CASE("a <base> decides what hrefs are relative to") {
  std::string html = x_page("index", "<a href=\"thread-5-1-1.html\">a</a>");
  html.insert(html.find("<title>"), "<base href=\"http://bbs.example.cn/deep/\"/>");
  CHECK(link_to(parse("http://bbs.example.cn/", html), "http://bbs.example.cn/deep/thread-5-1-1.html"));
}

TEST_CASE("names in queries of a GBK site are percent-encoded in GBK") {
  const std::string html =
      x_page("space", "<a href=\"home.php?mod=space&amp;username=\xC4\xE3\">\xC4\xE3\xBA\xC3\xB0\xA1</a>");
  const ParsedPage page = parse("http://bbs.example.cn/", html, "text/html; charset=gbk");
  CHECK(link_to(page, "http://bbs.example.cn/home.php?mod=space&username=%C4%E3"));
}
