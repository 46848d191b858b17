#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using fixture::pager;
using fixture::post;
using fixture::read;
using fixture::reply;

namespace {

constexpr const char* kSecondPage = "http://hearth.example/thread-90-2-1.html";

std::vector<int> floors(const ParsedPage& page) {
  std::vector<int> all;
  for (const Post& each : page.posts) all.push_back(each.floor.value_or(0));
  return all;
}

// A page of replies on these floors; `printed` off leaves the numbers out, as robots get them.
std::string page_of(const std::vector<int>& numbers, const std::string& page_numbers, bool printed = true) {
  fixture::XPage parts{.pager = page_numbers};
  for (const int number : numbers)
    parts.posts.push_back(
        reply(number, printed ? "<em>" + std::to_string(number) + "</em><sup>#</sup>" : "-"));
  return fixture::page(parts);
}

Thread thread_of(const fixture::XPage& parts) {
  fixture::XPage with_post = parts;
  with_post.posts = {post({})};
  return read(fixture::page(with_post)).threads.at(0);
}

}  // namespace

TEST_CASE("a thread page tells title, board, author, counters and pages of its thread") {
  const ParsedPage page = read(page_of({1, 2}, pager(1, 3)));
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.kind == PageKind::kThread);
  REQUIRE(page.threads.size() == 1);
  const Thread& thread = page.threads[0];
  CHECK(thread.thread_id == "90");
  CHECK(thread.title == "Kettles of the north");
  CHECK(thread.board.id == "12");
  CHECK(thread.board.name == "Kitchen");
  CHECK(thread.author == "Guest 1");
  CHECK(thread.author_id == "1");
  CHECK(thread.created_at->rfc3339() == "2021-03-04T06:01:00+08:00");
  CHECK(thread.views == 340);
  CHECK(thread.replies == 21);
  CHECK(thread.pages == 3);
  CHECK(thread.url == "http://hearth.example/thread-90-1-1.html");
  CHECK(thread.site == "hearth.example");
  CHECK_FALSE(thread.closed);
  CHECK_FALSE(thread.type);
}

TEST_CASE("a later page does not tell who opened the thread") {
  const Thread thread = read(page_of({11, 12}, pager(2, 2)), kSecondPage).threads.at(0);
  CHECK_FALSE(thread.author);
  CHECK_FALSE(thread.created_at);
  CHECK_FALSE(thread.url);
  CHECK(thread.replies == 21);
}

TEST_CASE("the canonical link is the thread's URL on every page") {
  fixture::XPage parts{.posts = {reply(11, "11#")}, .pager = pager(2, 2)};
  parts.head = "<link href=\"http://hearth.example/thread-90-1-1.html\" rel=\"canonical\">";
  CHECK(read(fixture::page(parts), kSecondPage).threads.at(0).url ==
        "http://hearth.example/thread-90-1-1.html");
}

TEST_CASE("only the opening post is first") {
  const ParsedPage first = read(page_of({1, 2}, pager(1, 2)));
  CHECK(first.posts[0].first);
  CHECK_FALSE(first.posts[1].first);
  CHECK_FALSE(read(page_of({11}, pager(2, 2)), kSecondPage).posts[0].first);
}

TEST_CASE("a type is a link before the title, or bare words on the pages of robots") {
  const auto type = [](const std::string& before) {
    return thread_of(
        {.heading = "<h1 class=\"ts\">" + before + "<span id=\"thread_subject\">[New] lids</span></h1>"});
  };
  CHECK(
      type("<a href=\"forum.php?mod=forumdisplay&amp;fid=12&amp;filter=typeid&amp;typeid=3\">[For sale]</a>")
          .type == "For sale");
  CHECK(type("\n[For sale]\n").type == "For sale");
  CHECK(type("<a href=\"forum-12-3.html\">【For sale】</a>").type == "For sale");
  CHECK(type("<a href=\"forum.php?fid=12&amp;typeid=3\">[A]</a> <a "
             "href=\"forum.php?fid=12&amp;sortid=2\">[B]</a>")
            .sort == "B");
  CHECK_FALSE(type("").type);
  CHECK(type("").title == "[New] lids");
}

TEST_CASE("a type outside the heading is a link below the path that filters the thread's own board") {
  const std::string menu =
      "<a href=\"forum.php?mod=forumdisplay&amp;fid=12&amp;filter=typeid&amp;typeid=5\">Jobs</a>";
  const auto beside_path = [](const std::string& link) {
    return thread_of({.crumbs = "<a href=\"forum-12-1.html\">Kitchen</a> " + link});
  };
  const auto filter = [](const std::string& board) {
    return "<a href=\"forum.php?mod=forumdisplay&amp;fid=" + board +
           "&amp;filter=typeid&amp;typeid=5\">[Jobs]</a>";
  };
  CHECK(beside_path(filter("12")).type == "Jobs");
  CHECK_FALSE(beside_path(filter("9")).type);
  std::string html = fixture::page({.posts = {post({})}});
  html.insert(html.find("<div id=\"pt\">"), menu);
  CHECK_FALSE(read(html).threads.at(0).type);
}

TEST_CASE("signs beside the title are flags") {
  const auto beside = [](const std::string& signs) {
    return thread_of(
        {.heading = "<h1 class=\"ts\"><span id=\"thread_subject\">Lids</span></h1><span class=\"xg1\">" +
                    signs + "</span>"});
  };
  CHECK(beside("<i class=\"fico-lock fc-s\" title=\"关闭\"></i>").closed == true);
  CHECK(beside("<img src=\"static/image/common/locked.gif\" alt=\"关闭\">").closed == true);
  CHECK(beside("<img src=\"static/image/common/digest_2.gif\">").digest == 2);
  CHECK(beside("[阅读权限 <b>90</b>]").read_permission == 90);
  CHECK_FALSE(beside("<img src=\"static/image/common/hot_2.gif\">").digest);
  const auto titled = [](const std::string& heading) {
    return thread_of({.heading = heading}).read_permission;
  };
  CHECK_FALSE(titled("<h1 class=\"ts\"><span id=\"thread_subject\">请问阅读权限怎样提高到 100</span></h1>"));
  CHECK_FALSE(titled("<h1>阅读权限 255 的帖子怎么看？</h1>"));
  CHECK(titled("<h1 class=\"ts\"><span id=\"thread_subject\">阅读权限 255</span></h1><span>[阅读权限 "
               "<b>90</b>]</span>") == 90);
}

TEST_CASE("the board is the last one of the path, not the category or a filter of it") {
  const Thread thread = thread_of(
      {.script = "var tid = parseInt('90');",
       .crumbs =
           "<a href=\"./\">H</a><a href=\"forum-2-1.html\">Home</a><a href=\"forum-12-1.html\">Kitchen</a>"
           "<a href=\"thread-90-1-1.html\">Kettles ...</a>"});
  CHECK(thread.board.id == "12");
  CHECK(thread.board.name == "Kitchen");
}

TEST_CASE("counters are told by their labels where these are known, else by their order") {
  CHECK(thread_of({.counters = "回复: <span class=\"xi1\">21</span> 查看: <span class=\"xi1\">340</span>"})
            .views == 340);
  const Thread unknown =
      thread_of({.counters = "a: <span class=\"xi1\">340</span> b: <span class=\"xi1\">21</span>"});
  CHECK(unknown.views == 340);
  CHECK(unknown.replies == 21);
  CHECK_FALSE(thread_of({.counters = "楼主: <a href=\"#\"><span class=\"xi1\">Wren</span></a>"}).views);
}

TEST_CASE("centred numbers of the site above the thread are none of its counters") {
  const auto below = [](const std::string& site, const std::string& counters) {
    std::string html = fixture::page({.posts = {post({})}, .counters = counters});
    html.insert(html.find("<div id=\"wp\">"), "<div class=\"hm\">" + site + "</div>");
    return read(html).threads.at(0);
  };
  const std::string signs = "今日签到 <em class=\"xi1\">12</em> 人, 昨日 <em class=\"xi1\">30</em> 人";
  const Thread labelled = below(signs, fixture::XPage{}.counters);
  CHECK(labelled.views == 340);
  CHECK(labelled.replies == 21);
  const Thread unknown = below(signs, "a: <span class=\"xi1\">340</span> b: <span class=\"xi1\">21</span>");
  CHECK(unknown.views == 340);
  CHECK(unknown.replies == 21);
  std::string centred = fixture::page({.posts = {post({})}});
  centred.insert(centred.find("<div id=\"wp\">"), "<div class=\"hm\">" + signs);
  CHECK(read(centred).threads.at(0).views == 340);
}

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

TEST_CASE("a thread without a pager has one page") {
  const ParsedPage page = read(page_of({1, 2}, ""));
  CHECK(page.thread_page->number == 1);
  CHECK(page.thread_page->pages == 1);
}

TEST_CASE("without a pager the URL's page number holds when no floor speaks against it") {
  const ParsedPage page = read(page_of({11, 12}, ""), kSecondPage);
  CHECK(page.thread_page->number == 2);
  CHECK_FALSE(page.thread_page->pages);
  CHECK(read(page_of({1, 2}, ""), kSecondPage).thread_page->number == 1);
}

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
  CHECK_FALSE(read(fixture::page({.posts = posts, .pager = unread}), kSecondPage).posts.at(0).first);
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

TEST_CASE("a view of one author is no whole thread, by its URL") {
  const ParsedPage page =
      read(page_of({1, 5}, ""), "http://hearth.example/forum.php?mod=viewthread&tid=90&authorid=7");
  CHECK(page.kind == PageKind::kThreadFiltered);
  CHECK_FALSE(page.thread_page);
  CHECK(floors(page) == std::vector<int>{0, 0});
  CHECK_FALSE(page.posts[0].first);
  CHECK_FALSE(page.threads.at(0).pages);
  CHECK_FALSE(page.threads.at(0).author);
}

TEST_CASE("a view of one author is known from the page alone") {
  const auto kind = [](const std::string& link) {
    return read(fixture::page({.posts = {post({.beside_time = link})}})).kind;
  };
  CHECK(kind("<a href=\"thread-90-1-1.html\" rel=\"nofollow\">显示全部楼层</a>") ==
        PageKind::kThreadFiltered);
  CHECK(kind("<a href=\"forum.php?mod=viewthread&amp;tid=90&amp;page=1&amp;authorid=7\" "
             "rel=\"nofollow\">只看该作者</a>") == PageKind::kThread);
  CHECK(kind("<input onkeyup=\"$('fj_btn').href='forum.php?ptid=90&authorid=7&postno='+this.value\">") ==
        PageKind::kThreadFiltered);
  CHECK(kind("<input onkeyup=\"$('fj_btn').href='forum.php?ptid=90&authorid=0&postno='+this.value\">") ==
        PageKind::kThread);
}

TEST_CASE("a robot's page, which always offers all floors, is a whole thread") {
  const std::string html = fixture::page(
      {.posts = {post({.floor = "-",
                       .beside_time = "<a href=\"thread-90-1-1.html\" rel=\"nofollow\">显示全部楼层</a>"})}});
  CHECK(read(html).kind == PageKind::kThread);
}

TEST_CASE("views by post, order or side are no whole threads") {
  for (const char* query : {"viewpid=501", "ordertype=1", "stand=0"})
    CHECK(
        read(page_of({1}, ""), std::string("http://hearth.example/forum.php?mod=viewthread&tid=90&") + query)
            .kind == PageKind::kThreadFiltered);
}

TEST_CASE("a page cut inside its posts is not whole") {
  const std::string html = page_of({1, 2, 3}, pager(1, 1));
  for (const char* at : {"<div id=\"post_503\"", "id=\"authorposton503\"",
                         "<td class=\"t_f\" id=\"postmessage_503\"", "id=\"_postposition503\""}) {
    const ParsedPage page = read(html.substr(0, html.find(at)));
    INFO(at);
    CHECK(page.outcome == Outcome::kOk);
    REQUIRE(page.thread_page);
    CHECK_FALSE(page.thread_page->whole);
    CHECK_FALSE(page.detail.empty());
  }
}

TEST_CASE("a post whose landmarks are missing keeps its page from being whole, and is named") {
  fixture::XPage parts{
      .posts = {reply(1, "1#"), reply(2, "2#"), post({.pid = "503", .body = "-", .floor = "3#"})}};
  const ParsedPage page = read(fixture::page(parts));
  CHECK(page.outcome == Outcome::kOk);
  CHECK_FALSE(page.thread_page->whole);
  CHECK(page.detail == "1 of 3 posts without words (postmessage)");
  CHECK(page.posts.size() == 3);
}

TEST_CASE("a thread page without posts is unreadable") {
  const ParsedPage page = read(fixture::page({}));
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail == "a thread page without posts (no post_N, no pidN)");
}

TEST_CASE("a template that has lost a landmark makes its pages unreadable, with what was missing") {
  fixture::XPage parts{
      .posts = {post({.time = "soon"}), post({.pid = "502", .time = "later", .beside_time = {}})}};
  const ParsedPage page = read(fixture::page(parts));
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail == "2 of 2 posts without a time (authorposton)");
  CHECK(page.posts.empty());
  CHECK(page.threads.empty());
  CHECK_FALSE(page.thread_page);
}

TEST_CASE("the thread's number is found in script, canonical link, URL or the posts' links") {
  const auto id = [](const fixture::XPage& parts, const std::string& url) {
    fixture::XPage with_post = parts;
    with_post.posts = {post({.after = "<a href=\"forum.php?mod=viewthread&amp;tid=44&amp;page=1\">x</a>"})};
    const ParsedPage page = read(fixture::page(with_post), url);
    return page.threads.empty() ? page.detail : page.threads[0].thread_id;
  };
  const std::string saved = "http://hearth.example/saved-copy";
  CHECK(id({.script = "var fid = '12', tid = '41';"}, saved) == "41");
  CHECK(id({.script = "", .head = "<link rel=\"canonical\" href=\"thread-42-1-1.html\">"}, saved) == "42");
  CHECK(id({.script = "if(tid == 9) x();"}, "http://hearth.example/forum.php?mod=viewthread&tid=43") == "43");
  CHECK(id({.script = ""}, saved) == "44");
}

TEST_CASE("posts stand once though their container's id stands twice") {
  const std::string html = page_of({1, 2, 2}, "");
  const ParsedPage page = read(html);
  CHECK(page.posts.size() == 2);
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
