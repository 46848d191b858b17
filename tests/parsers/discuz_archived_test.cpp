// The archiver's pages of a thread: what is read of posts that have no number there.
#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

std::string author_line(const std::string& name = "Ida", const std::string& time = "2026-3-1 08:30:11") {
  return "<p class=\"author\"><strong>" + name + "</strong> 发表于 " + time + "</p><h3></h3>";
}

ParsedPage archived(
    const std::string& posts, const std::string& url = "http://bbs.example.cn/archiver/tid-70.html",
    const std::string& way =
        "<a href=\"./\">Forum</a> &rsaquo; <a href=\"fid-11.html\">Sails</a> &rsaquo; Cloth") {
  return parse(
      url, R"(<html><head><meta name="generator" content="Discuz! X3.4"/></head><body><div id="nav">)" + way +
               "</div><div id=\"content\">" + posts + "</div></body></html>");
}

Post only_post(const std::string& words) {
  const ParsedPage page = archived(author_line() + words);
  REQUIRE(page.posts.size() == 1);
  return page.posts.front();
}

}  // namespace

TEST_CASE("an archived thread gives its posts with author, time and words, and no number") {
  const ParsedPage page =
      archived(author_line() + "One.<br/>\n<br/>\nTwo." + author_line("Bo", "2026-3-1 09:00:00") + "Three.");
  CHECK(page.kind == PageKind::kArchiver);
  CHECK_FALSE(page.thread_page);
  REQUIRE(page.posts.size() == 2);
  const Post& first = page.posts[0];
  CHECK(first.post_id.empty());
  CHECK(first.thread_id == "70");
  CHECK(first.thread_title == "Cloth");
  CHECK(first.board.id == "11");
  CHECK(first.author == "Ida");
  CHECK_FALSE(first.author_id);
  CHECK(first.posted_at->rfc3339() == "2026-03-01T08:30:11+08:00");
  CHECK(first.text == "One.\nTwo.");
  CHECK(first.text_sha256);
  CHECK(first.first);
  CHECK(first.floor == 1);
  CHECK_FALSE(page.posts[1].first);
  CHECK_FALSE(page.posts[1].floor);
}

TEST_CASE("ambiguous dates of an archived thread have the order of its other ones") {
  const ParsedPage page = archived(author_line("Ida", "5-12-2013 08:23") + "One." +
                                   author_line("Bo", "24-12-2013 08:23") + "Two.");
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].posted_at->rfc3339() == "2013-12-05T08:23:00+08:00");
}

TEST_CASE("a later page of an archived thread has no opening post") {
  const ParsedPage page =
      archived(author_line() + "One.", "http://bbs.example.cn/archiver/tid-70.html?page=2");
  REQUIRE(page.posts.size() == 1);
  CHECK_FALSE(page.posts[0].first);
  CHECK_FALSE(page.threads.at(0).author);
}

TEST_CASE("an archived edit notice is a fact, first or in brackets last") {
  for (const char* words : {" 本帖最后由 Ida 于 2026-3-2 09:20 编辑 <br/><br/>Dacron.",
                            "Dacron.<br/><br/>[ 本帖最后由 Ida 于 2026-3-2 09:20 编辑 ]"}) {
    const Post post = only_post(words);
    CHECK(post.text == "Dacron.");
    CHECK(post.edited_by == "Ida");
    CHECK(post.edited_at->rfc3339() == "2026-03-02T09:20:00+08:00");
  }
}

TEST_CASE("an archived quote ends with an empty line") {
  const Post post = only_post("Bo 发表于 2026-2-28 10:00<br/>Silk?<br/>\n<br/>\nDacron.");
  CHECK(post.text == "Dacron.");
  REQUIRE(post.quotes.size() == 1);
  CHECK(post.quotes[0].author == "Bo");
  CHECK(post.quotes[0].posted_at->rfc3339() == "2026-02-28T10:00:00+08:00");
  CHECK(post.quotes[0].text == "Silk?");
}

TEST_CASE("an archived line with a time among its words is no quote's head") {
  const Post post = only_post("Bo 发表于 2026-2-28 10:00 的帖子很好<br/>Silk?");
  CHECK(post.quotes.empty());
  CHECK(fixture::lines(post.text) == "Bo 发表于 2026-2-28 10:00 的帖子很好/Silk?");
}

TEST_CASE("an archived hidden part is a flag, a list's items lose their marks") {
  const Post post = only_post("See:<br/>**** Hidden Message *****<br/>[*]one<br/>[*]two");
  CHECK(fixture::lines(post.text) == "See:/one/two");
  CHECK(post.flags == std::vector<std::string>{"hidden_part"});
}

TEST_CASE("an archived thread for sale keeps its free words, and no word of its price") {
  const Post post = only_post(
      "<div class=\"t_f\">Free.<br/></div>\n本主题需向作者支付 <strong>5 金钱</strong> 才能浏览 <a "
      "href=\"../forum.php?mod=misc&amp;action=pay&amp;tid=70\">购买主题</a>");
  CHECK(post.text == "Free.");
  CHECK(post.flags == std::vector<std::string>{"hidden_part"});
}

TEST_CASE("archived smilies are listed by their codes and are no text") {
  const Post post = only_post(":)Good :handshake wind{:2_25:}<br/>C:\\ 10:30 {:x_1:} :loveliness:");
  CHECK(fixture::lines(post.text) == "Good wind/C:\\ 10:30 {:x_1:}");
  CHECK(post.smilies == std::vector<std::string>{":)", ":handshake", "{:2_25:}", ":loveliness:"});
}

TEST_CASE("the archiver of 6.x and 7.x draws its way with another arrow") {
  const ParsedPage page = archived(
      author_line() + "One.", "http://bbs.example.cn/archiver/?tid-70.html",
      "<a href=\"archiver/\">Harbour</a> &raquo; <a href=\"archiver/?fid-11.html\">Sails</a> &raquo; Cloth");
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].title == "Cloth");
  CHECK(page.threads[0].thread_id == "70");
}

TEST_CASE("an archived thread without posts is unreadable and says so") {
  const ParsedPage page = archived("<p>changed</p>");
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail == "an archived thread without posts (no p.author)");
}
