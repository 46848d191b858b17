// Which post a part of a thread's page belongs to, where elements stand twice or where they should not.
#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using namespace std::string_literals;
using fixture::floors;
using fixture::page_of;
using fixture::post;
using fixture::read;
using fixture::reply;

namespace {

const std::string kFiles =
    "<div class=\"pattl\"><ignore_js_op><dl class=\"tattl\"><dd><p class=\"attnm\"><a "
    "href=\"forum.php?mod=attachment&amp;aid=Mnw\">lids.zip</a></p></dd></dl></ignore_js_op></div>";

std::string rating(const std::string& pid) {
  return "<table><tr id=\"rate_" + pid +
         "_9\"><td><a href=\"space-uid-9.html\">Tom</a></td><td> + 5</td><td>good</td></tr></table>";
}

}  // namespace

TEST_CASE("posts stand once though their container's id stands twice") {
  const std::string html = page_of({1, 2, 2}, "");
  const ParsedPage page = read(html);
  CHECK(page.posts.size() == 2);
}

TEST_CASE("a post that a page shows twice has its lists once, and its later place") {
  const std::string rated = post({.pid = "503", .floor = "3#", .after = kFiles, .below = rating("503")});
  const ParsedPage page = read(fixture::page({.posts = {post({}), rated, reply(2, "沙发"), rated}}));
  REQUIRE(page.posts.size() == 3);
  CHECK(page.posts[1].text == "Words of floor 2.");
  CHECK(page.posts[2].post_id == "503");
  CHECK(page.posts[2].text == "Tea is ready.");
  CHECK(page.posts[2].attachments.size() == 1);
  CHECK(page.posts[2].ratings.size() == 1);
  CHECK(page.thread_page->whole);
}

TEST_CASE("a post's files and ratings may stand in another element with its number") {
  const std::string whole = post({.pid = "502", .floor = "2#"});
  for (const std::string& goods :
       {""s, "<div id=\"postmessage_502\"> </div>"s, "<div id=\"postmessage_502\"><br></div>"s}) {
    const std::string split = whole + "<div id=\"pid502\">" + goods + kFiles + rating("502") + "</div>";
    const ParsedPage page = read(fixture::page({.posts = {post({}), split, reply(3, "3#")}}));
    REQUIRE(page.posts.size() == 3);
    CHECK(page.posts[1].post_id == "502");
    CHECK(page.posts[1].author == "Wren");
    CHECK(page.posts[1].text == "Tea is ready.");
    CHECK(page.posts[1].attachments.size() == 1);
    CHECK(page.posts[1].ratings.size() == 1);
  }
}

TEST_CASE("of an excerpt on top and the post in its place the latter counts whole") {
  const std::string excerpt = post({.pid = "503", .body = "Short…", .floor = "推荐"});
  const std::string full =
      post({.pid = "503", .body = "Full words.", .floor = "3#", .after = kFiles, .below = rating("503")});
  for (const bool above : {true, false}) {
    const ParsedPage page = read(
        fixture::page({.posts = {above ? excerpt + post({}) : post({}) + excerpt, reply(2, "2#"), full}}));
    REQUIRE(page.posts.size() == 3);
    CHECK(page.posts[0].first);
    CHECK(floors(page) == std::vector<int>{1, 2, 3});
    CHECK(page.posts[2].text == "Full words.");
    CHECK(page.posts[2].attachments.size() == 1);
    CHECK(page.posts[2].ratings.size() == 1);
    CHECK(page.thread_page->post_ids == std::vector<std::string>{"501", "502", "503"});
  }
}

TEST_CASE("a stray end tag inside a post does not move words to another one") {
  fixture::XPage parts{.posts = {post({.body = "one</div></div> still one"}), reply(2, "沙发")}};
  const ParsedPage page = read(fixture::page(parts));
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].text == "one still one");
  CHECK(page.posts[1].text == "Words of floor 2.");
  CHECK(page.thread_page->whole);
}

TEST_CASE("a div left open in one post does not swallow the next") {
  fixture::XPage parts{.posts = {post({.body = "<div><div>one"}), reply(2, "沙发")}};
  const ParsedPage page = read(fixture::page(parts));
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].text == "one");
  CHECK(page.posts[1].text == "Words of floor 2.");
}
