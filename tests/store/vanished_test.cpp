#include "store/vanished.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "tests/store/archive_fixture.hpp"

using namespace boardwalk::store;
using boardwalk::parsers::ParsedPage;

namespace {

constexpr std::int64_t kFirstRun = 1000;
constexpr std::int64_t kSecondRun = 2000;

// A thread of pages of three posts, read whole in a first run; tests say what a second run finds on its
// pages.
class Thread {
 public:
  explicit Thread(const std::vector<std::vector<int>>& pages, bool newest_first = false)
      : newest_first_(newest_first) {
    for (std::size_t i = 0; i < pages.size(); ++i)
      see(static_cast<int>(i) + 1, static_cast<int>(pages.size()), pages[i], kFirstRun);
  }

  // Gives how many posts are newly gone.
  int again(int number, int of, const std::vector<int>& ids) { return see(number, of, ids, at_++); }

  std::vector<int> gone() {
    std::vector<int> ids;
    const auto posts = posts_of_thread(archive_.read(), "bbs.test", "7");
    REQUIRE(posts);
    for (const auto& post : *posts)
      if (post.seen.gone_at) ids.push_back(std::stoi(post.post_id));
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  Archive& archive() { return archive_; }

 private:
  int see(int number, int of, const std::vector<int>& ids, std::int64_t at) {
    std::vector<boardwalk::parsers::Post> posts;
    for (const int id : ids) posts.push_back(make_post(std::to_string(id), "words of " + std::to_string(id)));
    ParsedPage page = thread_page("7", number, of, posts, at);
    page.thread_page->newest_first = newest_first_;
    int marked = 0;
    archive_.commit([&](Batch& batch) {
      REQUIRE(put_records(batch, page, kMinChars));
      const auto vanished = mark_vanished(batch, page, kSecondRun);
      REQUIRE(vanished);
      marked = *vanished;
    });
    return marked;
  }

  bool newest_first_;
  std::int64_t at_ = kSecondRun;
  Archive archive_;
};

using Ids = std::vector<int>;

const auto kThreadUrl = *boardwalk::parsers::parse_url("http://bbs.test/thread-7-1-1.html");

}  // namespace

TEST_CASE("a post that its page no longer shows between two others is gone, and keeps its words") {
  Thread thread({{1, 2, 3}});
  CHECK(thread.again(1, 1, {1, 3}) == 1);
  CHECK(thread.gone() == Ids{2});
  CHECK(thread.archive().post("2").text == "words of 2");
  CHECK(thread.archive().post("2").seen.gone_at == 2000);
}

TEST_CASE("a gone post that is shown again is back") {
  Thread thread({{1, 2, 3}});
  thread.again(1, 1, {1, 3});
  thread.again(1, 1, {1, 2, 3});
  CHECK(thread.gone().empty());
}

TEST_CASE("a gone post that is shown again in the same second is back") {
  Thread thread({{1, 2, 3}});
  thread.again(1, 1, {1, 3});
  CHECK(thread.gone() == Ids{2});
  thread.archive().put(thread_page("7", 2, 2, {make_post("2", "words of 2")}, kSecondRun));
  CHECK(thread.gone().empty());
}

TEST_CASE("a post that is gone in the second in which it was last seen stays so when an older page is put") {
  Thread thread({{1, 2, 3}});
  const auto whole = [](std::int64_t at) {
    return thread_page(
        "7", 1, 1, {make_post("1", "words of 1"), make_post("2", "words of 2"), make_post("3", "words of 3")},
        at);
  };
  thread.archive().put(whole(kSecondRun));
  CHECK(thread.again(1, 1, {1, 3}) == 1);
  thread.archive().put(whole(kSecondRun - 1));
  CHECK(thread.gone() == Ids{2});
}

TEST_CASE("what stood on a page behind the last one is gone, as far as no other page shows it") {
  Thread thread({{1, 2, 3}, {4, 5, 6}, {7}});
  CHECK(thread.again(2, 2, {4, 5, 6}) == 1);
  CHECK(thread.gone() == Ids{7});
  CHECK(thread.again(1, 2, {1, 3, 4}) == 1);
  CHECK(thread.gone() == Ids{2, 7});
}

TEST_CASE("a page that prints no pager does not end the thread: its template may have none") {
  Thread thread({{1, 2, 3}, {4, 5, 6}, {7}});
  CHECK(thread.again(1, 1, {1, 2, 3}) == 0);
  CHECK(thread.again(2, 1, {4, 5, 6}) == 0);
  CHECK(thread.gone().empty());
}

TEST_CASE("a page that only links to the next one does not end the thread there") {
  Thread thread({{1, 2, 3}, {4, 5, 6}, {7}});
  auto page =
      thread_page("7", 1, 2, {make_post("1", "a"), make_post("2", "b"), make_post("8", "h")}, kSecondRun);
  page.threads.front().pages.reset();
  thread.archive().commit([&](Batch& batch) {
    REQUIRE(put_records(batch, page, kMinChars));
    CHECK(mark_vanished(batch, page, kSecondRun) == 1);
  });
  CHECK(thread.gone() == Ids{3});
}

TEST_CASE("a gone post is counted once") {
  Thread thread({{1, 2, 3}});
  CHECK(thread.again(1, 1, {1, 3}) == 1);
  CHECK(thread.again(1, 1, {1, 3}) == 0);
  CHECK(thread.archive().post("2").seen.gone_at == 2000);
}

TEST_CASE("the ends of the first and of the last page are theirs to show") {
  Thread thread({{1, 2, 3}});
  CHECK(thread.again(1, 1, {2}) == 2);
  CHECK(thread.gone() == Ids{1, 3});
}

TEST_CASE("posts that close up to the page before are not gone") {
  Thread thread({{1, 2, 3}, {4, 5, 6}, {7}});
  CHECK(thread.again(2, 2, {5, 6, 7}) == 0);  // 4 may stand on page 1
  CHECK(thread.again(1, 2, {1, 3, 4}) == 1);
  CHECK(thread.gone() == Ids{2});
}

TEST_CASE("a post between two pages that were both read in this run is on neither, and gone") {
  Thread thread({{1, 2, 3}, {4, 5, 6}});
  CHECK(thread.again(2, 2, {5, 6}) == 0);
  CHECK(thread.again(1, 2, {1, 2, 3}) == 1);
  CHECK(thread.gone() == Ids{4});
}

TEST_CASE("a page before the last says nothing of what stands behind it") {
  Thread thread({{1, 2, 3}, {4, 5, 6}});
  CHECK(thread.again(1, 2, {1, 2}) == 0);
}

TEST_CASE("a sticky reply on top does not make the posts below it gone") {
  Thread thread({{1, 2, 3}, {4, 5, 6}});
  CHECK(thread.again(1, 2, {1, 6, 2, 3}) == 0);
}

TEST_CASE("in a thread that shows its newest first the order is followed backwards") {
  Thread thread({{1, 6, 5, 4}, {3, 2}}, true);
  CHECK(thread.again(1, 2, {1, 7, 6, 4}) == 1);
  CHECK(thread.gone() == Ids{5});
}

TEST_CASE("a page that was not read whole, and a post without a number, mark nothing") {
  Archive archive;
  for (const bool whole : {true, false}) {
    auto page = thread_page("7", 1, 1, {make_post("1", "a"), make_post("3", "c")}, kFirstRun, whole);
    if (whole) page.posts.push_back(make_post("x2", "b")), page.thread_page->post_ids.emplace_back("x2");
    archive.commit([&](Batch& batch) {
      REQUIRE(put_records(batch, page, kMinChars));
      CHECK(mark_vanished(batch, page, 0) == 0);
    });
  }
}

TEST_CASE("a thread that is not there any more is gone with all its posts") {
  Thread thread({{1, 2, 3}, {4}});
  thread.archive().commit([](Batch& batch) { CHECK(mark_page_gone(batch, kThreadUrl, nullptr, 1500) == 4); });
  CHECK(thread.gone() == Ids{1, 2, 3, 4});
  CHECK(thread.archive().thread("7").seen.gone_at == 1500);
  thread.again(2, 2, {4});
  CHECK_FALSE(thread.archive().post("4").seen.gone_at);
}

TEST_CASE(
    "a thread is not gone when a view of it is not there: archiver, mobile, print, one author, one post") {
  Thread thread({{1, 2, 3}, {4}});
  const auto gone_at = [&thread](const std::string& path) {
    int marked = 0;
    thread.archive().commit([&](Batch& batch) {
      const auto count =
          mark_page_gone(batch, *boardwalk::parsers::parse_url("http://bbs.test/" + path), nullptr, 1500);
      REQUIRE(count);
      marked = *count;
    });
    return std::pair(marked, thread.archive().thread("7").seen.gone_at);
  };
  for (const std::string view :
       {"archiver/tid-7.html", "forum.php?mod=viewthread&tid=7&mobile=2",
        "forum.php?mod=viewthread&action=printable&tid=7", "forum.php?mod=viewthread&tid=7&authorid=3",
        "forum.php?mod=redirect&goto=findpost&ptid=7&pid=2"})
    CHECK(gone_at(view) == std::pair(0, std::optional<std::int64_t>()));
  CHECK(gone_at("forum.php?mod=viewthread&tid=7&extra=page%3D1") ==
        std::pair(4, std::optional<std::int64_t>(1500)));
}

TEST_CASE("a thread that is gone stays gone while boards list it, and is back with a page of its own") {
  Thread thread({{1, 2, 3}, {4}});
  thread.archive().commit([](Batch& batch) { CHECK(mark_page_gone(batch, kThreadUrl, nullptr, 1500) == 4); });
  thread.archive().put(board_page("2", {make_thread("7")}, 1600));
  CHECK(thread.archive().thread("7").seen.gone_at == 1500);
  CHECK(thread.archive().thread("7").seen.last_seen == 1600);
  thread.again(1, 2, {1, 2, 3});
  CHECK_FALSE(thread.archive().thread("7").seen.gone_at);
}

TEST_CASE("a page that was read before its thread was gone, and is put later, does not bring it back") {
  Thread thread({{1, 2, 3}, {4}});
  thread.archive().commit([](Batch& batch) { CHECK(mark_page_gone(batch, kThreadUrl, nullptr, 1500) == 4); });
  thread.archive().put(thread_page("7", 2, 2, {make_post("4", "words of 4")}, 1400));
  CHECK(thread.archive().thread("7").seen.gone_at == 1500);
}

TEST_CASE("an article that is not there any more is gone, keeps its words, and is back with its page") {
  Archive archive;
  const std::string url = "https://news.test/harbour.html";
  archive.put(article_page(make_article(url, "The harbour froze."), 1000));
  const auto held = [&archive] { return article_from_json(archive.lines().at(0)).value(); };
  archive.commit([&](Batch& batch) {
    CHECK(mark_page_gone(batch, *boardwalk::parsers::parse_url("https://news.test/other.html"), nullptr,
                         1500) == 0);
  });
  CHECK_FALSE(held().seen.gone_at);
  archive.commit([&](Batch& batch) {
    CHECK(mark_page_gone(batch, *boardwalk::parsers::parse_url(url), nullptr, 1500) == 0);
  });
  CHECK(held().seen.gone_at == 1500);
  CHECK(held().text == "The harbour froze.");
  archive.put(article_page(make_article(url, "The harbour froze."), 1600));
  CHECK_FALSE(held().seen.gone_at);
}

TEST_CASE("posts that are gone already are not counted again, whatever is looked at again") {
  Thread thread({{1, 2, 3}, {4, 5, 6}});
  CHECK(thread.again(1, 2, {1, 3}) == 1);
  CHECK(thread.again(1, 2, {1, 3}) == 0);
  CHECK(thread.again(2, 2, {4, 6}) == 1);
  CHECK(thread.again(2, 2, {4, 6}) == 0);
  CHECK(thread.gone() == Ids{2, 5});
}

TEST_CASE("numbers of different lengths count in their order") {
  Thread thread({{8, 9, 10, 11}, {100, 101}});
  CHECK(thread.again(1, 2, {8, 11}) == 2);
  CHECK(thread.gone() == Ids{9, 10});
}
