// Floors that pages do not print: told by order, and lost with a page.

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "archive_fixture.hpp"
#include "store/vanished.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using parsers::ParsedPage;

TEST_CASE("floors that no page prints follow from order as soon as all pages before were read whole") {
  Archive archive(any_life());
  archive.put(thread_page("5", 2, 3, {make_post("3", "c"), make_post("4", "d")}, 10));
  CHECK(archive.post("3").floor == std::nullopt);
  archive.put(thread_page("5", 3, 3, {make_post("5", "e")}, 20));
  archive.put(thread_page("5", 1, 3, {make_post("1", "a")}, 30, false));
  CHECK(archive.post("1").floor == std::nullopt);
  archive.put(thread_page("5", 1, 3, {make_post("1", "a"), make_post("2", "b")}, 40));
  for (int pid = 1; pid <= 5; ++pid) CHECK(archive.post(std::to_string(pid)).floor == pid);
}

TEST_CASE("a page that a thread has lost no longer counts for its floors") {
  const auto page = [](int number, int pages, const std::vector<std::string>& pids, std::int64_t at) {
    std::vector<parsers::Post> posts;
    for (const auto& pid : pids) posts.push_back(make_post(pid, "text of " + pid));
    return thread_page("5", number, pages, posts, at);
  };
  Archive archive(any_life());
  archive.put(page(1, 3, {"1", "2"}, 10));
  archive.put(page(2, 3, {"3", "4"}, 20));
  archive.put(page(3, 3, {"5", "6"}, 30));
  const std::vector<ParsedPage> later{page(1, 2, {"1", "3"}, 40), page(2, 2, {"4", "6"}, 50)};
  SECTION("first page first") {
    for (const auto& seen : later) archive.put(seen);
  }
  SECTION("last page first") {
    for (auto seen = later.rbegin(); seen != later.rend(); ++seen) archive.put(*seen);
  }
  int floor = 0;
  for (const std::string pid : {"1", "3", "4", "6"}) CHECK(archive.post(pid).floor == ++floor);
}

TEST_CASE("a sticky reply is counted in its own place, not where it is repeated above the others") {
  std::vector<ParsedPage> pages;
  pages.push_back(
      thread_page("5", 1, 2, {make_post("1", "a"), make_post("4", "d"), make_post("2", "b")}, 10));
  pages.push_back(
      thread_page("5", 2, 2, {make_post("3", "c"), make_post("4", "d"), make_post("5", "e")}, 20));
  for (const bool backwards : {false, true}) {
    if (backwards) std::reverse(pages.begin(), pages.end());
    Archive archive;
    for (const auto& page : pages) archive.put(page);
    for (int pid = 1; pid <= 5; ++pid) CHECK(archive.post(std::to_string(pid)).floor == pid);
    CHECK(archive.thread("5").posts_archived == 5);
  }
}

TEST_CASE(
    "in a thread shown newest first, floors count down behind the opening post once all pages are there") {
  for (const bool backwards : {false, true}) {
    std::vector<ParsedPage> pages;
    pages.push_back(
        thread_page("5", 1, 2, {make_post("1", "a", 1), make_post("5", "e"), make_post("4", "d")}, 10));
    pages.push_back(thread_page("5", 2, 2, {make_post("3", "c"), make_post("2", "b")}, 20));
    for (auto& page : pages) page.thread_page->newest_first = true;
    if (backwards) std::reverse(pages.begin(), pages.end());
    Archive archive;
    archive.put(pages[0]);
    CHECK(archive.post(backwards ? "3" : "5").floor == std::nullopt);
    archive.put(pages[1]);
    for (int pid = 1; pid <= 5; ++pid) CHECK(archive.post(std::to_string(pid)).floor == pid);
  }
}

TEST_CASE(
    "floors of a thread shown newest first are left alone while a post that was pushed off is on no page") {
  const auto page = [](int number, const std::vector<std::string>& pids, std::int64_t at) {
    std::vector<parsers::Post> posts;
    for (const auto& pid : pids)
      posts.push_back(make_post(pid, "text of " + pid, pid == "1" ? std::optional(1) : std::nullopt));
    auto reversed = thread_page("5", number, 2, posts, at);
    reversed.thread_page->newest_first = true;
    return reversed;
  };
  Archive archive(any_life());
  archive.put(page(1, {"1", "5", "4"}, 10));
  archive.put(page(2, {"3", "2"}, 20));
  archive.put(page(1, {"1", "6", "5"}, 30));
  CHECK(archive.post("6").floor == std::nullopt);
  for (int pid = 1; pid <= 5; ++pid) CHECK(archive.post(std::to_string(pid)).floor == pid);
  archive.put(page(2, {"4", "3", "2"}, 40));
  for (int pid = 1; pid <= 6; ++pid) CHECK(archive.post(std::to_string(pid)).floor == pid);
  SECTION("what is gone has no place and is not waited for") {
    const auto without = page(2, {"4", "2"}, 50);
    archive.commit([&](Batch& batch) {
      REQUIRE(put_records(batch, without, kMinChars));
      REQUIRE(mark_vanished(batch, without, 0));
    });
    CHECK(archive.post("3").seen.gone_at == 50);
    archive.put(page(1, {"1", "6", "5"}, 60));
    CHECK(archive.post("6").floor == 5);
    CHECK(archive.post("4").floor == 3);
    CHECK(archive.post("2").floor == 2);
  }
}

TEST_CASE("a page that a thread shown newest first has lost no longer counts for its floors") {
  const auto page = [](int number, int pages, const std::vector<std::string>& pids, std::int64_t at) {
    std::vector<parsers::Post> posts;
    for (const auto& pid : pids)
      posts.push_back(make_post(pid, "text of " + pid, pid == "1" ? std::optional(1) : std::nullopt));
    auto reversed = thread_page("5", number, pages, posts, at);
    reversed.thread_page->newest_first = true;
    return reversed;
  };
  Archive archive(any_life());
  archive.put(page(1, 3, {"1", "6", "5"}, 10));
  archive.put(page(2, 3, {"4", "3"}, 20));
  archive.put(page(3, 3, {"2"}, 30));
  CHECK(archive.post("6").floor == 6);
  for (const auto& seen : {page(2, 2, {"4", "3"}, 40), page(1, 2, {"1", "6", "5"}, 50)})
    archive.commit([&](Batch& batch) {
      REQUIRE(put_records(batch, seen, kMinChars));
      REQUIRE(mark_vanished(batch, seen, 0));
    });
  CHECK(archive.post("2").seen.gone_at == 40);
  CHECK(archive.post("6").floor == 5);
  CHECK(archive.post("3").floor == 2);
}

TEST_CASE("floors of a thread shown newest first wait for each page up to the last, not for as many") {
  const auto page = [](int number, int pages, const std::string& pid, std::int64_t at) {
    auto reversed = thread_page("5", number, pages, {make_post(pid, "text of " + pid)}, at);
    reversed.thread_page->newest_first = true;
    return reversed;
  };
  Archive archive(any_life());
  archive.put(page(1, 3, "9", 10));
  archive.put(page(2, 3, "8", 20));
  archive.put(thread_page("5", 4, std::nullopt, {make_post("6", "text of 6")}, 5));
  CHECK(archive.post("9").floor == std::nullopt);
  CHECK(archive.post("8").floor == std::nullopt);
}

TEST_CASE("printed floors are taken as they are, and order goes on behind them") {
  Archive archive;
  archive.put(thread_page("5", 1, 2, {make_post("1", "a", 1), make_post("2", "b", 4)}, 10));
  archive.put(thread_page("5", 2, 2, {make_post("3", "c")}, 20));
  CHECK(archive.post("2").floor == 4);
  CHECK(archive.post("3").floor == 5);
}
