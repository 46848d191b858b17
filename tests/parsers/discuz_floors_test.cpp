// The floors of posts: printed, in words, counted, and out of their order.
#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using fixture::floors;
using fixture::kSecondPage;
using fixture::page_of;
using fixture::pager;
using fixture::read;
using fixture::reply;

TEST_CASE("printed floors win over the order on the page") {
  CHECK(floors(read(page_of({11, 13, 14}, pager(2, 2)), kSecondPage)) == std::vector<int>{11, 13, 14});
}

TEST_CASE("floors named by the forum itself follow from a numbered neighbour") {
  fixture::XPage parts{.posts = {reply(1, "Hearth"), reply(2, "Stool"), reply(3, "<em>3</em>#")}};
  CHECK(floors(read(fixture::page(parts))) == std::vector<int>{1, 2, 3});
  fixture::XPage all_named{.posts = {reply(1, "Hearth"), reply(2, "Stool")}};
  CHECK(floors(read(fixture::page(all_named))) == std::vector<int>{1, 2});
}

TEST_CASE("the opening post is floor 1 under a word of the forum's own, whatever floors stand behind it") {
  const auto read_floors = [](const std::vector<std::string>& posts, const std::string& pages) {
    const ParsedPage page = read(fixture::page({.posts = posts, .pager = pages}));
    CHECK(page.posts.at(0).first);
    CHECK(page.threads.at(0).author == "Guest 1");
    CHECK(page.threads.at(0).created_at);
    return floors(page);
  };
  // Replies that are counted from 1 leave the opening post none.
  CHECK(floors(read(fixture::page({.posts = {reply(1, "Hearth"), reply(2, "1#"), reply(3, "2#")}}))) ==
        std::vector<int>{0, 1, 2});
  // A reply was deleted; no telling which of the worded ones it stood before.
  CHECK(read_floors({reply(1, "Hearth"), reply(3, "Stool"), reply(4, "Shelf"), reply(5, "5#")}, "") ==
        std::vector<int>{1, 0, 0, 5});
  CHECK(read_floors({reply(1, "Hearth"), reply(3, "板凳"), reply(4, "地板"), reply(5, "5#")}, pager(1, 2)) ==
        std::vector<int>{1, 3, 4, 5});
  CHECK(read_floors({reply(1, "Hearth"), reply(30, "30#"), reply(29, "29#"), reply(28, "28#")},
                    pager(1, 3)) == std::vector<int>{1, 30, 29, 28});
}

TEST_CASE("no reply is the opening post where the page or its number speaks against it") {
  const std::vector<std::string> posts = {reply(4, "Shelf"), reply(5, "5#"), reply(6, "6#")};
  const ParsedPage later = read(fixture::page({.posts = posts, .pager = pager(2, 2)}), kSecondPage);
  CHECK(floors(later) == std::vector<int>{4, 5, 6});
  CHECK_FALSE(later.posts.at(0).first);
  const std::string unread = "<div class=\"pg\"><a href=\"thread-90-1-1.html\">1</a><b>2</b></div>";
  const ParsedPage unpaged = read(fixture::page({.posts = posts, .pager = unread}), kSecondPage);
  CHECK(floors(unpaged) == std::vector<int>{4, 5, 6});
  CHECK_FALSE(unpaged.posts.at(0).first);
  const ParsedPage part = read(fixture::page({.posts = posts}),
                               "http://hearth.example/forum.php?mod=viewthread&tid=90&authorid=7");
  CHECK(floors(part) == std::vector<int>{0, 0, 0});
  CHECK_FALSE(part.posts.at(0).first);
  const ParsedPage without = read(
      fixture::page({.posts = {reply(2, "沙发"), reply(3, "3#"), reply(4, "4#")}, .pager = pager(1, 2)}));
  CHECK(floors(without) == std::vector<int>{2, 3, 4});
  CHECK_FALSE(without.posts.at(0).first);
}

TEST_CASE("a floor's word that another floor has on this forum means the next one") {
  std::vector<std::string> posts;
  for (const char* word : {"楼主", "沙发", "板凳", "报纸", "地板", "<em>6</em><sup>#</sup>"})
    posts.push_back(fixture::reply(static_cast<int>(posts.size()) + 1, word));
  const ParsedPage page = fixture::read(fixture::page({.posts = posts}));
  for (std::size_t i = 0; i < page.posts.size(); ++i) CHECK(page.posts[i].floor == static_cast<int>(i) + 1);
  const ParsedPage gap = fixture::read(fixture::page(
      {.posts = {fixture::reply(1, "楼主"), fixture::reply(4, "地板"), fixture::reply(5, "<em>5</em>")}}));
  CHECK(gap.posts.at(1).floor == 4);
}

TEST_CASE("unnumbered floors follow from order on page 1 and on pages before the last") {
  CHECK(floors(read(page_of({1, 2, 3}, pager(1, 3), false))) == std::vector<int>{1, 2, 3});
  CHECK(floors(read(page_of({4, 5, 6}, pager(2, 3), false), kSecondPage)) == std::vector<int>{4, 5, 6});
}

TEST_CASE("unnumbered floors of the last page stay open, as its length tells nothing of the others'") {
  const ParsedPage page = read(page_of({4, 5}, pager(2, 2), false), kSecondPage);
  CHECK(floors(page) == std::vector<int>{0, 0});
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"504", "505"});
}

TEST_CASE(
    "unnumbered floors of a later page stay open where its pager cannot be read, and no post is first") {
  const char* odd = "<div class=\"pg\"><a href=\"thread-90-1-1.html\">1</a><b>2</b></div>";
  const ParsedPage page = read(page_of({4, 5, 6}, odd, false), kSecondPage);
  CHECK(floors(page) == std::vector<int>{0, 0, 0});
  CHECK(page.thread_page->number == 2);
  CHECK_FALSE(page.thread_page->pages);
  CHECK_FALSE(page.posts.at(0).first);
  CHECK_FALSE(page.threads.at(0).author);
  CHECK_FALSE(page.threads.at(0).created_at);
  CHECK(floors(read(page_of({1, 2, 3}, odd, false))) == std::vector<int>{1, 2, 3});
}

TEST_CASE("a box that is called a pager and turns no pages of the thread says nothing of the page") {
  const char* shop = "<div class=\"pages\"><a href=\"/shop\">Kettles, 12 pages</a></div>";
  const ParsedPage page = read(page_of({1, 2, 3}, shop, false), kSecondPage);
  CHECK(floors(page) == std::vector<int>{1, 2, 3});
  CHECK(page.thread_page->number == 1);
  CHECK(page.posts.at(0).first);
}

TEST_CASE("the opening post of an unnumbered page 1 is first") {
  CHECK(read(page_of({1, 2, 3}, pager(1, 3), false)).posts[0].first);
}

TEST_CASE("a sticky reply keeps its own floor and does not count on page 1") {
  fixture::XPage parts{.posts = {reply(1, "楼主"), reply(18, "<em class=\"replystick\">顶</em> 来自 18#"),
                                 reply(2, "沙发"), reply(3, "板凳")},
                       .pager = pager(1, 2)};
  const ParsedPage page = read(fixture::page(parts));
  CHECK(floors(page) == std::vector<int>{1, 18, 2, 3});
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"501", "502", "503"});
  CHECK_FALSE(page.thread_page->newest_first);
}

TEST_CASE("a recommended reply has the floor that the others leave free, or none") {
  const auto floors_of = [](const std::vector<std::string>& posts, const std::string& pages) {
    return floors(read(fixture::page({.posts = posts, .pager = pages})));
  };
  for (const std::string word : {"推荐", "<em>推薦</em>", "\n推荐\n"}) {
    INFO(word);
    const ParsedPage page =
        read(fixture::page({.posts = {reply(1, "楼主"), reply(18, word), reply(25, word), reply(2, "沙发"),
                                      reply(3, "板凳"), reply(4, "<em>4</em>#"), reply(5, "<em>5</em>#")},
                            .pager = pager(1, 3)}));
    CHECK(floors(page) == std::vector<int>{1, 0, 0, 2, 3, 4, 5});
    CHECK(page.thread_page->post_ids == std::vector<std::string>{"501", "502", "503", "504", "505"});
    CHECK_FALSE(page.thread_page->newest_first);
    // One of this very page, whose number is not printed where it belongs either.
    CHECK(floors_of({reply(1, "楼主"), reply(3, word), reply(2, "沙发"), reply(4, "4#"), reply(5, "5#")},
                    "") == std::vector<int>{1, 3, 2, 4, 5});
    // One that the numbers of the others do not count.
    CHECK(floors_of({reply(1, "楼主"), reply(2, word), reply(3, "沙发"), reply(4, "板凳"), reply(5, "4#")},
                    "") == std::vector<int>{1, 0, 2, 3, 4});
  }
}

TEST_CASE("a sticky reply without a mark is known by its floor") {
  const ParsedPage page = read(page_of({1, 18, 2, 3}, pager(1, 2)));
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"501", "502", "503"});
}

TEST_CASE("a sticky reply on an unnumbered page is known by its time and gets no floor there") {
  const ParsedPage page = read(page_of({1, 18, 2, 3, 4}, pager(1, 2), false));
  CHECK(floors(page) == std::vector<int>{1, 0, 2, 3, 4});
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"501", "502", "503", "504"});
}

TEST_CASE("a sticky reply of this very page is counted where it belongs") {
  const ParsedPage page = read(page_of({1, 4, 2, 3, 5}, pager(1, 2), false));
  CHECK(floors(page) == std::vector<int>{1, 4, 2, 3, 5});
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"501", "502", "503", "504", "505"});
}

TEST_CASE("a thread that shows its newest replies first is a whole thread") {
  const ParsedPage page = read(page_of({1, 28, 27, 26}, pager(1, 3)));
  CHECK(page.kind == PageKind::kThread);
  CHECK(floors(page) == std::vector<int>{1, 28, 27, 26});
  CHECK(page.posts[0].first);
  CHECK(page.thread_page->newest_first);
  CHECK(page.thread_page->whole);
}

TEST_CASE("newest first without numbers: the opening post and the last page are sure, the rest stays open") {
  CHECK(floors(read(page_of({1, 28, 27, 26}, pager(1, 3), false))) == std::vector<int>{1, 0, 0, 0});
  CHECK(floors(read(page_of({19, 18, 17}, pager(2, 3), false), kSecondPage)) == std::vector<int>{0, 0, 0});
  const ParsedPage last =
      read(page_of({4, 3, 2}, pager(3, 3), false), "http://hearth.example/thread-90-3-1.html");
  CHECK(floors(last) == std::vector<int>{4, 3, 2});
  CHECK(last.thread_page->newest_first);
}
