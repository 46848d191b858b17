#include <catch2/catch.hpp>
#include <ctime>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using fixture::floors;
using fixture::kSecondPage;
using fixture::page_of;
using fixture::pager;
using fixture::post;
using fixture::read;
using fixture::reply;

namespace {

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

TEST_CASE("links to several types above the title are a menu of the board") {
  const auto filter = [](const std::string& type) {
    return "<li><a href=\"forum.php?mod=forumdisplay&amp;fid=12&amp;filter=typeid&amp;typeid=" + type +
           "\">Type " + type + "</a></li>";
  };
  const std::string title = "<h1 class=\"ts\"><span id=\"thread_subject\">Lids</span></h1>";
  CHECK_FALSE(thread_of({.heading = "<ul>" + filter("1") + filter("2") + "</ul>" + title}).type);
  CHECK(thread_of({.heading = "<ul>" + filter("1") + filter("1") + "</ul>" + title}).type == "Type 1");
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
  CHECK(beside("<i class=\"tdigest\" title=\"精华 3\"></i>").digest == 3);
  CHECK(beside("<i class=\"tdigest\" title=\"2024 精华\"></i>").digest == 1);
  CHECK_FALSE(beside("<img src=\"static/image/common/digest_2024.png\">").digest);
  CHECK(beside("<i class=\"tdigest\"></i><img src=\"digest_2024.png\">").digest == 1);
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

TEST_CASE("a link beside the time that leads elsewhere does not make the thread a view") {
  const auto kind = [](const std::string& link, const std::string& author) {
    return read(fixture::page({.posts = {post({.beside_time = link + author})}})).kind;
  };
  const std::string only_author =
      "<a href=\"forum.php?mod=viewthread&amp;tid=90&amp;authorid=7\" rel=\"nofollow\">只看该作者</a>";
  for (const std::string link :
       {"<a href=\"misc.php?mod=mobile\" rel=\"nofollow\">来自手机</a>",
        "<a href=\"plugin.php?id=report&amp;tid=90\" rel=\"nofollow\">举报</a>",
        "<a href=\"http://else.example/thread-90-1-1.html\" rel=\"nofollow\">App</a>",
        "<a href=\"thread-91-1-1.html\" rel=\"nofollow\">规则</a>",
        "<a href=\"forum.php?mod=viewthread&amp;tid=90&amp;ordertype=1\" "
        "rel=\"nofollow\">倒序浏览</a>"}) {
    INFO(link);
    CHECK(kind(link, "") == PageKind::kThread);
    CHECK(kind(link, only_author) == PageKind::kThread);
  }
  const std::string whole = "<a href=\"thread-90-1-1.html\" rel=\"nofollow\">1#</a>";
  CHECK(kind(whole, only_author) == PageKind::kThread);
  CHECK(kind("<a href=\"misc.php?mod=mobile\" rel=\"nofollow\">来自手机</a>", whole) ==
        PageKind::kThreadFiltered);
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

TEST_CASE("a time that stands there but cannot be read leaves its post without one") {
  const ParsedPage page = read(fixture::page({.posts = {post({.time = "发表于 5-12-2013 08:23 PM"}),
                                                        post({.pid = "502", .time = "发表于 5-11-13"})}}));
  CHECK(page.outcome == Outcome::kOk);
  REQUIRE(page.posts.size() == 2);
  CHECK_FALSE(page.posts[0].posted_at);
  CHECK_FALSE(page.posts[1].posted_at);
  CHECK(page.thread_page->whole);
  CHECK(page.detail == "2 of 2 posts with a time that cannot be read");
  CHECK(read(fixture::page({.posts = {post({}), post({.pid = "502", .time = "5-11-13"})}})).detail.empty());
}

TEST_CASE("numbers that are no time do not stand for one") {
  for (const std::string words : {"12 楼", "IP 1.2.3.4", "IP: 1.2.3.*", "1/3"}) {
    const ParsedPage page = read(fixture::page({.posts = {post({.time = words})}}));
    INFO(words);
    CHECK(page.outcome == Outcome::kUnreadable);
  }
}

TEST_CASE("ambiguous dates of a page have the order of its other ones") {
  const ParsedPage page = read(fixture::page(
      {.posts = {post({.time = "Post time 5-12-2013 08:23 PM"}),
                 post({.pid = "502", .time = "Post time <span title=\"24-1-2014 10:30 PM\">x</span>"})}}));
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].posted_at->rfc3339() == "2013-12-05T20:23:00+08:00");
  CHECK(page.posts[1].posted_at->rfc3339() == "2014-01-24T22:30:00+08:00");
}

TEST_CASE("of numbers in scripts the thread's own is the one that its link, URL or path names") {
  const auto read_with = [](const std::string& head, const std::string& url) {
    return read(fixture::page({.posts = {post({})}, .head = head}), url).threads.at(0);
  };
  const std::string foreign = "<script>var fid = '99', tid = '77';</script>";
  const Thread named = read_with(foreign, "http://hearth.example/thread-90-1-1.html");
  CHECK(named.thread_id == "90");
  CHECK(named.board.id == "12");
  CHECK(named.board.name == "Kitchen");
  const std::string saved = "http://hearth.example/saved-copy";
  const std::string canonical = "<link rel=\"canonical\" href=\"thread-90-1-1.html\">";
  CHECK(read_with(canonical + foreign, saved).thread_id == "90");
  CHECK(read_with(foreign, saved).thread_id == "77");
}

TEST_CASE("a path of many links and scripts of many numbers are read without comparing each with each") {
  std::string crumbs, script = "var tid = 90;";
  for (int i = 0; i < 20'000; ++i) crumbs += "<a href=forum-" + std::to_string(200'000 + i) + "-1.html>x</a>";
  for (int i = 0; i < 100'000; ++i) script += "fid=" + std::to_string(500'000 + i) + ";";
  const std::string html = fixture::page({.posts = {post({})}, .script = script, .crumbs = crumbs});
  const std::clock_t begun = std::clock();
  const Thread thread = read(html).threads.at(0);
  CHECK(std::clock() - begun < 2 * CLOCKS_PER_SEC);
  CHECK(thread.thread_id == "90");
  CHECK(thread.board.id == "500000");
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
