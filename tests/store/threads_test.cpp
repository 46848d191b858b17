// The account of a thread: its record and its pages. For floors see floors_test.cpp.
#include "store/threads.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "archive_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using parsers::ParsedPage;

namespace {

ThreadAccount account(Archive& archive, const std::string& tid) {
  auto account = thread_account(archive.read(), "bbs.test", tid);
  REQUIRE(account);
  return *account;
}

}  // namespace

TEST_CASE("counters of a thread are kept as they were printed over time") {
  Archive archive(any_life());
  const auto row = [](std::int64_t replies, std::int64_t at) {
    parsers::Thread thread = make_thread("5");
    thread.replies = replies;
    return board_page("2", {thread}, at);
  };
  archive.put(row(9, 30));
  archive.put(row(4, 10));
  auto own = thread_page("5", 1, 1, {make_post("1", "one", 1)}, 20);
  own.threads.front().views = 77;
  archive.put(own);
  const auto counters = thread_counters(archive.read(), "bbs.test", "5");
  REQUIRE(counters);
  REQUIRE(counters->size() == 3);
  CHECK((*counters)[0].at == 10);
  CHECK((*counters)[0].replies == 4);
  CHECK((*counters)[0].views == std::nullopt);
  CHECK((*counters)[1].views == 77);
  CHECK((*counters)[2].replies == 9);
}

TEST_CASE("a row gives what only rows tell, the newer replies, the thread's own page the rest") {
  Archive archive(any_life());
  parsers::Thread row = make_thread("5");
  row.title = "title of…";
  row.sticky = "board";
  row.digest = 2;
  row.replies = 10;
  row.views = 100;
  row.last_reply_by = "somebody";
  archive.put(board_page("2", {row}, 10));
  parsers::Thread thread = archive.thread("5");
  CHECK(thread.title == "title of…");
  CHECK(thread.posts_archived == 0);
  CHECK_FALSE(thread.complete);
  CHECK(thread.missing_pages.empty());
  CHECK(thread.page.url == "http://bbs.test/forum-2-1.html");

  ParsedPage own = thread_page("5", 1, 1, {make_post("1", "one", 1)}, 20);
  own.threads[0].replies = 11;
  own.threads[0].board = {"3", "board 3"};
  archive.put(own);
  thread = archive.thread("5");
  CHECK(thread.title == "title of 5");
  CHECK(thread.sticky == "board");
  CHECK(thread.digest == 2);
  CHECK(thread.replies == 11);
  CHECK(thread.views == 100);
  CHECK(thread.board.id == "3");
  CHECK(thread.last_reply_by == "somebody");
  CHECK(thread.page.url == own.page.url);
  CHECK(thread.seen == parsers::Provenance{1, 10, 20, std::nullopt});

  row.sticky.reset();
  row.replies = 12;
  row.last_reply_by = "another";
  archive.put(board_page("2", {row}, 30));
  thread = archive.thread("5");
  CHECK(thread.sticky == std::nullopt);
  CHECK(thread.replies == 12);
  CHECK(thread.views == 100);
  CHECK(thread.last_reply_by == "another");
  CHECK(thread.board.id == "3");
  CHECK(thread.page.url == own.page.url);
  CHECK(thread.seen.last_seen == 30);
}

TEST_CASE("replies and views are the newest that a row or a page of the thread prints, in any order") {
  const auto counted = [](ParsedPage page, std::optional<int> replies, std::optional<int> views) {
    page.threads.front().replies = replies;
    page.threads.front().views = views;
    return page;
  };
  const auto own = [&](int number, std::int64_t at, std::optional<int> replies, std::optional<int> views) {
    return counted(thread_page("5", number, 2, {make_post(std::to_string(number), "text", number)}, at),
                   replies, views);
  };
  const auto row = [&](std::int64_t at, std::optional<int> replies, std::optional<int> views) {
    return counted(board_page("2", {make_thread("5")}, at), replies, views);
  };
  const auto in_any_order = [](std::vector<ParsedPage> pages, int replies, int views) {
    std::vector<std::size_t> order{0, 1, 2, 3};
    do {
      Archive archive;
      for (const auto i : order) archive.put(pages[i]);
      CHECK(archive.thread("5").replies == replies);
      CHECK(archive.thread("5").views == views);
    } while (std::next_permutation(order.begin(), order.end()));
  };
  constexpr std::nullopt_t none = std::nullopt;
  in_any_order({row(10, 10, 100), own(1, 20, 11, 110), row(30, 12, 120), own(2, 40, none, none)}, 12, 120);
  in_any_order({row(10, 10, 100), own(1, 20, 11, 110), own(2, 30, none, none), own(2, 40, none, none)}, 11,
               110);
  in_any_order({own(1, 10, 11, 110), own(1, 20, 12, 120), own(2, 30, none, none), row(15, 13, 130)}, 12, 120);
  in_any_order({own(1, 10, 11, 110), own(2, 30, none, none), row(20, 12, none), row(25, none, 130)}, 12, 130);
  in_any_order({row(20, 9, 120), own(1, 20, 9, 120), own(1, 10, 11, 110), row(10, 11, 110)}, 9, 120);
}

TEST_CASE("a thread is complete when each of its pages was read whole, and names those that were not") {
  Archive archive(any_life());
  const auto page = [](int number, int pages, std::int64_t at, bool whole = true) {
    return thread_page("5", number, pages, {make_post(std::to_string(number), "text", number)}, at, whole);
  };
  archive.put(page(3, 4, 10));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{1, 2, 4});
  archive.put(page(1, 4, 20));
  archive.put(page(2, 4, 30, false));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{2, 4});
  CHECK(archive.thread("5").posts_archived == 3);
  archive.put(page(2, 4, 40));
  archive.put(page(4, 4, 50));
  CHECK(archive.thread("5").complete);
  CHECK(archive.thread("5").posts_archived == 4);
  const ThreadAccount all = account(archive, "5");
  CHECK(all.last_page == 4);
  CHECK(all.missing.empty());
  CHECK(all.posts == 4);
  CHECK(all.complete);

  archive.put(page(2, 5, 60, false));
  CHECK_FALSE(archive.thread("5").complete);
  CHECK(archive.thread("5").missing_pages == std::vector<int>{4, 5});
}

TEST_CASE(
    "a page that was the last is whole no more when others follow, until it is read again, in any order") {
  const auto page = [](int number, int pages, std::int64_t at, bool whole = true) {
    return thread_page("5", number, pages, {make_post(std::to_string(number), "text", number)}, at, whole);
  };
  std::vector<ParsedPage> pages{page(1, 2, 10), page(2, 2, 20), page(3, 3, 30), page(2, 3, 40, false)};
  std::vector<int> order{0, 1, 2, 3};
  do {
    Archive archive;
    for (const int i : order) archive.put(pages[static_cast<std::size_t>(i)]);
    CHECK_FALSE(archive.thread("5").complete);
    CHECK(archive.thread("5").missing_pages == std::vector<int>{2});
    archive.put(page(2, 3, 50));
    CHECK(archive.thread("5").complete);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a last page that is read again and has others behind it stays whole, whatever came before it") {
  std::vector<ParsedPage> pages{thread_page("5", 1, 2, {make_post("1", "a", 1)}, 10),
                                thread_page("5", 2, 2, {make_post("2", "b", 2)}, 20),
                                thread_page("5", 3, 3, {make_post("4", "d", 4)}, 30),
                                thread_page("5", 2, 3, {make_post("2", "b", 2), make_post("3", "c", 3)}, 40)};
  std::vector<int> order{0, 1, 2, 3};
  do {
    Archive archive;
    for (const int i : order) archive.put(pages[static_cast<std::size_t>(i)]);
    CHECK(archive.thread("5").complete);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a page that comes late and was the last of its time leaves the pages around it whole") {
  Archive archive(any_life());
  const auto page = [](int number, int pages, std::int64_t at) {
    return thread_page("5", number, pages, {make_post(std::to_string(number), "text", number)}, at);
  };
  for (int number = 1; number <= 4; ++number) archive.put(page(number, 4, 10));
  archive.put(page(1, 4, 40));
  CHECK(archive.thread("5").complete);
  archive.put(page(2, 2, 20));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{2});
  archive.put(page(2, 4, 50));
  CHECK(archive.thread("5").complete);
  archive.put(page(1, 6, 60));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{4, 5, 6});
}

TEST_CASE("pages that do not tell how many there are leave each other whole") {
  const auto page = [](const std::string& tid, int number, std::optional<int> pages, std::int64_t at) {
    return thread_page(tid, number, pages, {make_post(tid + std::to_string(number), "text", number)}, at);
  };
  Archive archive(any_life());
  for (int number = 1; number <= 3; ++number) archive.put(page("5", number, std::nullopt, number));
  CHECK(archive.thread("5").complete);
  archive.put(page("6", 2, std::nullopt, 20));
  archive.put(page("6", 1, 1, 10));  // as of a theme without a pager
  archive.put(page("6", 3, std::nullopt, 30));
  CHECK(archive.thread("6").complete);
  archive.put(page("7", 1, 3, 10));
  archive.put(page("7", 3, std::nullopt, 20));
  archive.put(page("7", 2, std::nullopt, 30));
  archive.put(page("7", 1, 3, 40));
  CHECK(archive.thread("7").complete);
}

TEST_CASE(
    "a page that only links to the next one leaves the thread incomplete until its last page was read") {
  Archive archive(any_life());
  // Of no page but the last is it known what comes behind it.
  const auto page = [](int number, bool has_next, std::int64_t at) {
    auto read = thread_page("5", number, std::nullopt, {make_post(std::to_string(number), "text")}, at);
    if (has_next) read.thread_page->pages = number + 1;
    return read;
  };
  archive.put(page(1, true, 10));
  CHECK_FALSE(archive.thread("5").complete);
  CHECK(archive.thread("5").missing_pages == std::vector<int>{2});
  CHECK(archive.thread("5").pages == std::nullopt);
  archive.put(page(2, true, 20));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{3});
  archive.put(page(1, true, 30));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{3});
  archive.put(page(3, false, 40));
  CHECK(archive.thread("5").complete);
  archive.put(page(1, true, 50));
  CHECK(archive.thread("5").complete);
  CHECK(archive.post("3").floor == 3);
  archive.put(page(2, false, 60));
  CHECK(archive.thread("5").complete);
}

TEST_CASE(
    "a thread whose pages only link to the next one is shorter once a page without such a link says so") {
  const auto page = [](int number, bool has_next, std::int64_t at) {
    auto read = thread_page("5", number, std::nullopt, {make_post(std::to_string(number), "text")}, at);
    read.thread_page->pages = has_next ? number + 1 : number;
    return read;
  };
  const auto in_any_order = [](std::vector<ParsedPage> pages) {
    const auto is_older = [](const ParsedPage& a, const ParsedPage& b) {
      return a.page.fetched_at < b.page.fetched_at;
    };
    do {
      Archive archive;
      for (const auto& seen : pages) archive.put(seen);
      CHECK(archive.thread("5").complete);
      CHECK(archive.thread("5").missing_pages.empty());
    } while (std::next_permutation(pages.begin(), pages.end(), is_older));
  };
  in_any_order({page(1, true, 1), page(2, true, 2), page(1, true, 10), page(2, false, 11)});
  in_any_order({page(1, true, 1), page(1, false, 10)});
  Archive archive(any_life());
  for (const auto& seen : {page(1, true, 1), page(2, false, 11), page(1, true, 20), page(2, false, 21)})
    archive.put(seen);
  CHECK(archive.thread("5").complete);
  parsers::Thread row = make_thread("5");
  row.pages = 3;
  archive.put(board_page("2", {row}, 15));
  CHECK(archive.thread("5").complete);
  archive.put(page(2, true, 30));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{3});
}

TEST_CASE("a cut page that tells fewer pages hides none: the last is read again once more follow") {
  const auto page = [](int number, int pages, std::int64_t at, bool whole = true) {
    return thread_page("5", number, pages, {make_post(std::to_string(number), "text", number)}, at, whole);
  };
  Archive archive(any_life());
  for (const auto& seen : {page(1, 3, 10), page(2, 3, 11), page(3, 3, 12), page(1, 2, 20, false)})
    archive.put(seen);
  CHECK(archive.thread("5").pages == 3);
  CHECK(archive.thread("5").complete);
  archive.put(page(1, 4, 30));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{3, 4});
}

TEST_CASE("in reverse order new posts come to the first page: the last one stays whole") {
  Archive archive;
  const auto page = [](int number, int pages, const std::string& pid, std::int64_t at) {
    auto reversed = thread_page("5", number, pages, {make_post(pid, "text")}, at);
    reversed.thread_page->newest_first = true;
    return reversed;
  };
  archive.put(page(1, 2, "1", 10));
  archive.put(page(2, 2, "2", 20));
  archive.put(page(1, 3, "1", 30));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{3});
}

TEST_CASE("a thread that shrank is complete again, one whose row is newer and longer is not") {
  Archive archive;
  archive.put(thread_page("5", 1, 2, {make_post("1", "one", 1)}, 10));
  CHECK_FALSE(archive.thread("5").complete);
  archive.put(thread_page("5", 1, 1, {make_post("1", "one", 1)}, 20));
  CHECK(archive.thread("5").complete);
  parsers::Thread row = make_thread("5");
  row.pages = 3;
  archive.put(board_page("2", {row}, 15));
  CHECK(archive.thread("5").complete);
  archive.put(board_page("2", {row}, 30));
  CHECK(archive.thread("5").missing_pages == std::vector<int>{2, 3});
}

TEST_CASE("a thread that shrank and grew back is complete once its last pages were read anew") {
  const auto page = [](int number, int pages, std::int64_t at) {
    return thread_page("5", number, pages, {make_post(std::to_string(number), "text", number)}, at);
  };
  const std::vector<ParsedPage> early{page(1, 3, 10), page(2, 3, 15), page(3, 3, 20), page(1, 1, 30)};
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1, 2, 3}, {0, 3, 2, 1}, {3, 2, 1, 0}}) {
    Archive archive(any_life());
    for (const auto i : order) archive.put(early[i]);
    CHECK(archive.thread("5").complete);
    archive.put(page(1, 3, 40));
    CHECK(archive.thread("5").missing_pages == std::vector<int>{2, 3});
    archive.put(page(2, 3, 50));
    archive.put(page(3, 3, 60));
    CHECK(archive.thread("5").complete);
  }
}

TEST_CASE("a page that promises absurdly many pages does not fill the record") {
  Archive archive;
  archive.put(thread_page("5", 1, 2'000'000'000, {make_post("1", "one", 1)}, 10));
  CHECK(archive.thread("5").missing_pages.size() == 1000);
  CHECK(account(archive, "5").last_page == 2'000'000'000);
  CHECK(account(archive, "6").last_page == 0);
  CHECK_FALSE(account(archive, "6").complete);
}

TEST_CASE("a page that is cut off does not make a thread shorter") {
  const auto page = [](int number, std::int64_t at) {
    return thread_page("5", number, 3, {make_post(std::to_string(number), "text", number)}, at);
  };
  auto cut = thread_page("5", 1, 1, {make_post("1", "text", 1)}, 100, false);  // its pager stood below
  Archive archive(any_life());
  archive.put(page(1, 10));
  archive.put(cut);
  CHECK(archive.thread("5").missing_pages == std::vector<int>{2, 3});
  archive.put(page(2, 110));
  archive.put(page(3, 120));
  cut.page.fetched_at = cut.threads.front().page.fetched_at = cut.posts.front().page.fetched_at = 130;
  archive.put(cut);
  CHECK(archive.thread("5").complete);
  archive.put(page(1, 140));
  CHECK(archive.thread("5").complete);
}

TEST_CASE("a page that tells no number of pages does not make a thread shorter, and its row may know more") {
  const auto page = [](const std::string& tid, std::optional<int> pages, std::int64_t at) {
    return thread_page(tid, 1, pages, {make_post(tid + "1", "text", 1)}, at);
  };
  std::vector<ParsedPage> pages{page("5", 3, 10), page("5", std::nullopt, 20)};
  for (int round = 0; round < 2; ++round, std::reverse(pages.begin(), pages.end())) {
    Archive archive(any_life());
    for (const auto& seen : pages) archive.put(seen);
    CHECK(archive.thread("5").missing_pages == std::vector<int>{2, 3});
  }
  Archive archive;
  parsers::Thread row = make_thread("6");
  row.pages = 2;
  archive.put(board_page("2", {row}, 10));
  archive.put(page("6", std::nullopt, 20));
  CHECK(archive.thread("6").missing_pages == std::vector<int>{2});
  archive.put(page("6", 1, 30));
  CHECK(archive.thread("6").complete);
}
