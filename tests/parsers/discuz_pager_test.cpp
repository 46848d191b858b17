// Which page of its thread a page is and how many there are: by its pager, its links and its URL.
#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using fixture::kSecondPage;
using fixture::page_of;
using fixture::pager;
using fixture::read;

TEST_CASE("a page knows its number and how many there are from the pager") {
  const ParsedPage page = read(page_of({11, 12}, pager(2, 4)), kSecondPage);
  REQUIRE(page.thread_page);
  CHECK(page.thread_page->number == 2);
  CHECK(page.thread_page->pages == 4);
  CHECK(page.thread_page->thread_id == "90");
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"511", "512"});
  CHECK(page.thread_page->whole);
}

TEST_CASE("a page beyond the end is the last one") {
  const ParsedPage page = read(page_of({11, 12}, pager(2, 2)), "http://hearth.example/thread-90-99-1.html");
  CHECK(page.thread_page->number == 2);
}

TEST_CASE("the pager's own words on how many pages there are outdo its last link") {
  const std::string odd =
      "<div class=\"pg\"><a class=\"nxt\" href=\"#\">كېيىنكى</a><label><span title=\"共 5 页\">/ "
      "5</span></label><a href=\"#\">... 2229</a>"
      "<a href=\"#\">3</a><strong>2</strong><a href=\"#\">1</a></div>";
  CHECK(read(page_of({11}, odd), kSecondPage).thread_page->pages == 5);
  const std::string bare =
      "<div class=\"pg\"><a href=\"#\" class=\"first\">1 ...</a><strong>4</strong><a href=\"#\">5</a><a "
      "class=\"last\" href=\"#\">... 13</a></div>";
  CHECK(read(page_of({31}, bare), kSecondPage).thread_page->pages == 13);
}

TEST_CASE("a box with numbers that turns no pages of the thread is not its pager where another does") {
  const std::string foreign =
      "<div class=\"pg\"><strong>1</strong><a href=\"portal.php?page=2\">2</a><a "
      "href=\"portal.php?page=9\">9</a></div>";
  for (const bool printed : {true, false}) {
    const ParsedPage page = read(page_of({11, 12}, foreign + pager(2, 3), printed), kSecondPage);
    INFO(printed);
    CHECK(page.thread_page->number == 2);
    CHECK(page.thread_page->pages == 3);
    CHECK_FALSE(page.posts[0].first);
    CHECK(page.posts[0].floor != 1);
    CHECK_FALSE(page.threads.at(0).author);
  }
  const std::string unread = "<div class=\"pg\"><a href=\"thread-90-1-1.html\">1</a><b>2</b></div>";
  CHECK(read(page_of({11, 12}, foreign + unread), kSecondPage).thread_page->number == 2);
  CHECK(read(page_of({1, 2}, foreign)).thread_page->pages == 9);
}

TEST_CASE("a pager of scripts is the thread's beside a box that leads back to the thread") {
  const std::string back = "<div class=\"pages\"><a href=\"thread-90-1-1.html\">返回主题</a></div>";
  for (const std::string href : {"javascript:;", "#"}) {
    const std::string scripts = "<div class=\"pg\"><a href=\"" + href +
                                "\">1</a><strong>2</strong><a href=\"" + href + "\">3</a></div>";
    const ParsedPage page = read(page_of({3, 4}, back + scripts, false), kSecondPage);
    INFO(href);
    CHECK(page.thread_page->number == 2);
    CHECK(page.thread_page->pages == 3);
    CHECK(fixture::floors(page) == std::vector<int>{3, 4});
  }
  const std::string rewritten =
      "<div class=\"pg\"><strong>1</strong><a href=\"/t/90/2\">2</a><a href=\"/t/90/3\">3</a></div>";
  CHECK(read(page_of({1, 2}, back + rewritten)).thread_page->pages == 3);
}

TEST_CASE("a thread without a pager has one page") {
  const ParsedPage page = read(page_of({1, 2}, ""));
  CHECK(page.thread_page->number == 1);
  CHECK(page.thread_page->pages == 1);
}

TEST_CASE("a page that was cut before a pager could stand does not tell how many there are") {
  const std::string html = page_of({1, 2, 3}, "");
  const ParsedPage page = read(html.substr(0, html.find("<div id=\"post_503\"")));
  CHECK_FALSE(page.thread_page->whole);
  CHECK_FALSE(page.thread_page->pages);
  CHECK_FALSE(page.threads.at(0).pages);
}

TEST_CASE("links of an unread pager promise the pages that they lead to, and nothing where none is later") {
  const auto promised = [](const std::string& links, const std::vector<int>& floors, const std::string& url) {
    const ParsedPage page = read(page_of(floors, "<div class=\"pg\">" + links + "</div>"), url);
    CHECK_FALSE(page.threads.at(0).pages);
    return page.thread_page->pages;
  };
  const std::string first = "http://hearth.example/thread-90-1-1.html";
  const std::string later = "<a href=\"thread-90-2-1.html\">2</a><a href=\"thread-90-4-1.html\">4</a>";
  CHECK(promised("<em>1</em>" + later, {1, 2}, first) == 4);
  CHECK(promised("<a href=\"thread-90-1-1.html\">1</a><em>2</em>", {11, 12}, kSecondPage) == std::nullopt);
  CHECK(promised("<a href=\"thread-90-1-1.html\">返回主题</a>", {1, 2}, first) == std::nullopt);
  CHECK(promised("<em>1</em><a href=\"thread-91-7-1.html\">7</a>", {1, 2}, first) == std::nullopt);
}

TEST_CASE("without a pager the URL's page number holds when no floor speaks against it") {
  const ParsedPage page = read(page_of({11, 12}, ""), kSecondPage);
  CHECK(page.thread_page->number == 2);
  CHECK_FALSE(page.thread_page->pages);
  CHECK(read(page_of({1, 2}, ""), kSecondPage).thread_page->number == 1);
}

TEST_CASE("an unread pager leaves the page's number to the URL, also where no floor is printed") {
  const std::string unread = "<div class=\"pg\"><a href=\"thread-90-1-1.html\">1</a><b>2</b></div>";
  const auto number = [](const std::vector<int>& floors, const std::string& pages, bool printed) {
    return read(page_of(floors, pages, printed), kSecondPage).thread_page->number;
  };
  CHECK(number({11, 12}, unread, true) == 2);
  CHECK(number({11, 12}, unread, false) == 2);
  CHECK(number({1, 2}, unread, true) == 1);
  CHECK(number({1, 2}, "", false) == 1);
}
