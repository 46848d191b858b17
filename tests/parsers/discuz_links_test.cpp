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
  CHECK(role_of(page, "forum-11-9.html") == LinkRole::kPage);
}

TEST_CASE("the pagers of 7.x, whose next link comes first in a right-to-left page, are pagers too") {
  const ParsedPage page = with_links(
      R"(<div class="pages"><a href="forum-11-2.html" class="next">next</a><a href="forum-11-3.html">3</a></div>)");
  CHECK(role_of(page, "forum-11-2.html") == LinkRole::kNextPage);
  CHECK(role_of(page, "forum-11-3.html") == LinkRole::kPage);
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

TEST_CASE("each link stands once, without fragment; what cannot be fetched is none") {
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
