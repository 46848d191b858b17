// A forum that no built-in parser knows, by the site file that is shipped.

#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/site_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::parsers;

namespace {

std::string post(const std::string& id, const std::string& who, const std::string& uid,
                 const std::string& time, const std::string& words) {
  return "<div id=\"p" + id +
         "\" class=\"post has-profile\"><dl class=\"postprofile\"><dt><a href=\"./member.php?u=" + uid +
         "\" class=\"username\">" + who +
         "</a></dt></dl><div class=\"postbody\"><p class=\"author\">发表于 <time>" + time +
         "</time></p><div class=\"content\">" + words +
         "</div><div class=\"signature\">走走停停</div></div></div>";
}

std::string thread_page(const std::string& posts, const std::string& pager = "") {
  return "<html><head><title>木船怎样过冬 - 河边论坛</title></head><body><ul class=\"nav-breadcrumbs\"><li "
         "class=\"crumb\"><a href=\"./index.php\">首页</a></li><li class=\"crumb\"><a "
         "href=\"./viewforum.php?f=4\">船坞</a></li></ul><h2 class=\"topic-title\"><a>木船怎样过冬</a></h2>" +
         pager + posts + "</body></html>";
}

const std::string kTopic = "https://forum.example/viewtopic.php?f=4&t=12";

}  // namespace

TEST_CASE("a thread of a forum without a parser is read by its site file") {
  const ParsedPage page = read_with(
      shipped_rules("forum.toml"), kTopic,
      thread_page(post("71", "船工老魏", "5", "2026-01-02 08:15", "上岸以后要先晾干吗？<br>还是直接盖布？") +
                  post("72", "阿茶", "9", "2026-01-02 09:40",
                       "<blockquote><cite>船工老魏</cite>还是直接盖布？</blockquote>先晾，见<a "
                       "href=\"./viewtopic.php?t=3\">旧帖</a>。")));
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.kind == PageKind::kThread);
  CHECK(page.software == "phpBB");
  REQUIRE(page.threads.size() == 1);
  const Thread& thread = page.threads.front();
  CHECK(thread.thread_id == "12");
  CHECK(thread.title == "木船怎样过冬");
  CHECK(thread.board == BoardRef{"4", "船坞"});
  CHECK(thread.author == "船工老魏");
  REQUIRE(page.posts.size() == 2);
  const Post& first = page.posts[0];
  CHECK(first.post_id == "71");
  CHECK(first.first);
  CHECK(first.floor == 1);
  CHECK(first.author_id == "5");
  REQUIRE(first.posted_at);
  CHECK(first.posted_at->rfc3339() == "2026-01-02T08:15:00+08:00");
  CHECK(first.text == "上岸以后要先晾干吗？\n还是直接盖布？");
  const Post& second = page.posts[1];
  CHECK_FALSE(second.first);
  CHECK(second.floor == 2);
  CHECK(second.text == "先晾，见旧帖。");
  REQUIRE(second.quotes.size() == 1);
  CHECK(second.quotes.front().text == "船工老魏还是直接盖布？");
  CHECK(second.fold_sha256);
  CHECK(second.thread_title == "木船怎样过冬");
  REQUIRE(page.thread_page);
  CHECK(page.thread_page->post_ids == std::vector<std::string>{"71", "72"});
  CHECK(role_of(page, "https://forum.example/viewtopic.php?t=3") == LinkRole::kThread);
  CHECK(role_of(page, "https://forum.example/viewforum.php?f=4") == LinkRole::kBoard);
}

TEST_CASE("a later page of such a thread has its number, and no floors that it does not print") {
  const std::string pager =
      "<div class=\"pagination\">40 篇 共 3 页 <ul><li><a href=\"?t=12\">1</a></li><li "
      "class=\"active\">2</li><li "
      "class=\"next\"><a href=\"./viewtopic.php?f=4&amp;t=12&amp;start=30\">后面</a></li></ul></div>";
  const ParsedPage page =
      read_with(shipped_rules("forum.toml"), kTopic + "&start=15",
                thread_page(post("90", "阿茶", "9", "2026-01-03 10:00", "已经盖好了。"), pager));
  REQUIRE(page.thread_page);
  CHECK(page.thread_page->number == 2);
  CHECK(page.thread_page->pages == 3);
  REQUIRE(page.posts.size() == 1);
  CHECK_FALSE(page.posts.front().floor);
  CHECK_FALSE(page.posts.front().first);
  CHECK_FALSE(page.threads.front().author);
  CHECK(role_of(page, "https://forum.example/viewtopic.php?f=4&t=12&start=30") == LinkRole::kNextPage);
}

TEST_CASE("a post that such a page shows twice, on top and in its place, is one, as it stands there") {
  const auto read = [](const std::string& on_top) {
    return read_with(shipped_rules("forum.toml"), kTopic,
                     thread_page("<div class=best>" + on_top + "</div>" +
                                 post("71", "船工老魏", "5", "2026-01-02 08:15", "先晾干吗？") +
                                 post("72", "阿茶", "9", "2026-01-02 09:40", "先晾干，再盖布。")));
  };
  const ParsedPage page = read(post("72", "阿茶", "9", "2026-01-02 09:40", "先晾干…"));
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].post_id == "71");
  CHECK(page.posts[0].first);
  CHECK(page.posts[0].floor == 1);
  CHECK(page.posts[1].post_id == "72");
  CHECK_FALSE(page.posts[1].first);
  CHECK(page.posts[1].floor == 2);
  CHECK(page.posts[1].text == "先晾干，再盖布。");
  CHECK(page.threads.front().author == "船工老魏");
  CHECK(page.thread_page.value().post_ids == std::vector<std::string>{"71", "72"});
}

TEST_CASE("a post of which such a page shows no body at its second place counts where it has one") {
  const ParsedPage page = read_with(
      shipped_rules("forum.toml"), kTopic,
      thread_page(post("71", "船工老魏", "5", "2026-01-02 08:15", "先晾干吗？") +
                  post("72", "阿茶", "9", "2026-01-02 09:40", "先晾干。") + "<div id=p71 class=post></div>"));
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].post_id == "71");
  CHECK(page.posts[0].text == "先晾干吗？");
}

TEST_CASE("a page of such a thread that nothing tells the number of is none of its pages") {
  const auto read = [](const std::string& url) {
    return read_with(shipped_rules("forum.toml"), url,
                     thread_page(post("90", "阿茶", "9", "2026-01-03 10:00", "已经盖好了。")));
  };
  const ParsedPage page = read(kTopic + "&start=15");
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.kind == PageKind::kThreadFiltered);
  CHECK_FALSE(page.thread_page);
  REQUIRE(page.posts.size() == 1);
  CHECK_FALSE(page.posts.front().floor);
  CHECK_FALSE(page.posts.front().first);
  CHECK_FALSE(page.threads.front().author);
  for (const char* behind : {"", "&sid=0123456789abcdef0123456789abcdef", "&utm_source=x"}) {
    INFO(behind);
    const ParsedPage first = read(kTopic + behind);
    REQUIRE(first.thread_page);
    CHECK(first.thread_page->number == 1);
    CHECK(first.posts.front().first);
  }
}

TEST_CASE("a title behind a thread's id names no page of it, a number does") {
  const auto rules = rules_from(
      "host = 'forum.example'\n[pages]\nthread_urls = ['*/topic/{id}/*']\n[thread]\npost = '.p'\n"
      "id = '::attr(id)'\nbody = '.b'\n");
  const auto kind = [&rules](const std::string& url) {
    return read_with(rules, "https://forum.example/topic/12/" + url,
                     "<div class=p id=7><p class=b>话</p></div>")
        .kind;
  };
  CHECK(kind("my-boat") == PageKind::kThread);
  CHECK(kind("my-boat?page=2") == PageKind::kThreadFiltered);
}

TEST_CASE("where later pages of threads have their number in the URL, one without is the first") {
  const auto rules = rules_from(
      "host = 'forum.example'\n[pages]\nthread_urls = ['*/t/{id}/*?page={page}', "
      "'*/t/{id}/*']\n[thread]\npost "
      "= '.p'\nid = '::attr(id)'\nbody = '.b'\n");
  const auto number = [&rules](const std::string& url) {
    const ParsedPage page =
        read_with(rules, "https://forum.example/t/12/" + url, "<div class=p id=7><p class=b>话</p></div>");
    return page.thread_page ? page.thread_page->number : 0;
  };
  CHECK(number("mu-chuan") == 1);
  CHECK(number("mu-chuan?page=3") == 3);
}

TEST_CASE(
    "a link to the next page tells that the thread has one, not how many there are, and none that it ends") {
  const auto read = [](const std::string& next, const std::string& count = "") {
    const std::string pager = "<div class=pagination>" + count +
                              "<ul><li class=active>2</li><li class=next><a href=\"" + next +
                              "\">后面</a></li></ul></div>";
    return read_with(shipped_rules("forum.toml"), kTopic + "&start=15",
                     thread_page(post("90", "阿茶", "9", "2026-01-03 10:00", "已经盖好了。"), pager));
  };
  const auto pages = [&read](const auto&... pager) { return read(pager...).thread_page.value().pages; };
  CHECK(pages("./viewtopic.php?f=4&amp;t=12&amp;start=30") == 3);
  CHECK(read("./viewtopic.php?f=4&amp;t=12&amp;start=30").threads.front().pages == std::nullopt);
  CHECK(pages("./viewtopic.php?f=4&amp;t=12&amp;start=30", "共 2 页") == 3);
  CHECK(pages("./viewtopic.php?f=4&amp;t=12&amp;start=30", "共 9 页") == 9);
  CHECK(pages("./viewtopic.php?f=4&amp;t=13") == 2);
  CHECK(pages("#") == 2);
  CHECK(read("#").threads.front().pages == std::nullopt);
  CHECK(pages("#", "共 9 页") == 9);
}

TEST_CASE("a page that shows posts at another URL than a thread's is no article") {
  const std::string words =
      "上岸以后要先晾干，再盖帆布，不然船板里的水出不来，到了开春木头就要发霉。去年有两条船就是这样坏的，修起"
      "来"
      "比买新的还贵，所以大家不要着急，等到天气干了再动手。";
  const ParsedPage page =
      read_with(shipped_rules("forum.toml"), "https://forum.example/viewtopic.php?p=71",
                thread_page(post("71", "船工老魏", "5", "2026-01-02 08:15",
                                 "<p>" + words + "</p><p>" + words + "</p>") +
                            post("72", "阿茶", "9", "2026-01-02 09:40", "<p>" + words + "</p>")));
  CHECK(page.kind == PageKind::kOther);
  CHECK(page.articles.empty());
  CHECK(role_of(page, "https://forum.example/viewforum.php?f=4") == LinkRole::kBoard);
}

TEST_CASE("a board of such a forum gives its threads, and links that tell how far they have grown") {
  const std::string row =
      "<li class=\"row\"><dl><dt><a class=\"topictitle\" "
      "href=\"./viewtopic.php?f=4&amp;t=12\">木船怎样过冬</a><div "
      "class=\"topic-poster\"><a class=\"username\">船工老魏</a> <time>2026-01-02 08:15</time></div></dt><dd "
      "class=\"posts\">41 回复</dd><dd class=\"views\">1,204 浏览</dd><dd class=\"lastpost\"><a "
      "class=\"username\">阿茶</a><time>2026-01-03 10:00</time></dd></dl></li>";
  const ParsedPage page =
      read_with(shipped_rules("forum.toml"), "https://forum.example/viewforum.php?f=4",
                "<html><body><h2 class=\"forum-title\">船坞</h2><ul class=\"topics\"><li "
                "class=\"row\"><a class=\"topictitle\" href=\"/rules.html\">版规</a></li>" +
                    row + "</ul></body></html>");
  CHECK(page.kind == PageKind::kBoard);
  REQUIRE(page.boards.size() == 1);
  CHECK(page.boards.front().board_id == "4");
  CHECK(page.boards.front().name == "船坞");
  REQUIRE(page.threads.size() == 1);
  const Thread& thread = page.threads.front();
  CHECK(thread.thread_id == "12");
  CHECK(thread.title == "木船怎样过冬");
  CHECK(thread.author == "船工老魏");
  CHECK(thread.replies == 41);
  CHECK(thread.views == 1204);
  CHECK(thread.last_reply_by == "阿茶");
  REQUIRE(thread.last_reply_at);
  CHECK(thread.last_reply_at->rfc3339() == "2026-01-03T10:00:00+08:00");
  for (const Link& link : page.links)
    CHECK(link.listed.has_value() == (link.url == "https://forum.example/viewtopic.php?f=4&t=12"));
}

TEST_CASE("a count that a board's row rounds is not known") {
  const auto rules = rules_from(
      "host = 'forum.example'\n[pages]\nthread_urls = ['*/t/{id}']\nboard_urls = ['*/b/{id}']\n"
      "[thread]\npost = '.p'\nid = '::attr(id)'\nbody = '.b'\n[board]\nrow = 'li'\nlink = 'a'\nreplies = "
      "'.n'\nviews = '.v'\n");
  const auto row = [&rules](const std::string& count) {
    const std::string cells = "<i class=n>" + count + "</i><i class=v>" + count + "</i>";
    const ParsedPage page =
        read_with(rules, "https://forum.example/b/4",
                  "<html><body><ul><li><a href=/t/12>木船</a>" + cells + "</ul></body></html>");
    REQUIRE(page.threads.size() == 1);
    CHECK(page.threads.front().replies == page.threads.front().views);
    return page.threads.front().replies;
  };
  for (const char* rounded : {"1.2K", "12K", "3M", "1,2k 回复", "3m", "99+"}) {
    INFO(rounded);
    CHECK(row(rounded) == std::nullopt);
  }
  CHECK(row("1,234") == 1234);
  CHECK(row("1 234 messages") == 1234);
  CHECK(row("12messages") == 12);
  CHECK(row("41 回复") == 41);
  CHECK(row("1.2万") == 12000);
}

TEST_CASE("a time since then, another at each visit, does not make a thread look grown") {
  const auto rules = rules_from(
      "host = 'forum.example'\n[pages]\nthread_urls = ['*/t/{id}']\nboard_urls = ['*/b/{id}']\n"
      "[thread]\npost = '.p'\nid = '::attr(id)'\nbody = '.b'\n[board]\nrow = 'li'\nlink = 'a'\nreplies = "
      "'.n'\nlast_reply = 'time'\n");
  const auto listed = [&](const std::string& replies, const std::string& time) {
    const ParsedPage page = read_with(rules, "https://forum.example/b/4",
                                      "<html><body><ul><li><a href=/t/12>木船</a><i class=n>" + replies +
                                          "</i><time>" + time + "</time></li></ul></body></html>");
    for (const Link& link : page.links)
      if (link.listed) return *link.listed;
    return std::string("none");
  };
  CHECK(listed("41", "5 分钟前") == listed("41", "昨天 10:05"));
  CHECK(listed("41", "5 分钟前") != listed("42", "5 分钟前"));
  CHECK(listed("41", "2026-01-03 10:00") != listed("41", "2026-01-03 10:05"));
  CHECK(listed("", "5 分钟前") != listed("", "6 分钟前"));
  CHECK(listed("1.2k", "3月3日 10:05") != listed("1.2k", "4月3日 10:05"));
}

TEST_CASE("a thread's page where the file finds no posts, or posts without ids, is unreadable") {
  const auto rules = shipped_rules("forum.toml");
  const ParsedPage empty = read_with(rules, kTopic, thread_page("<p>维护中</p>"));
  CHECK(empty.outcome == Outcome::kUnreadable);
  CHECK(empty.detail.ends_with("forum.toml: thread.post finds nothing on a thread's page"));
  const ParsedPage nameless =
      read_with(rules, kTopic, thread_page("<div class=post><div class=content>话</div></div>"));
  CHECK(nameless.outcome == Outcome::kUnreadable);
  CHECK(nameless.posts.empty());
}

TEST_CASE("a thread's page where most posts are without a body is unreadable, one without some is not") {
  const auto page_with = [](const std::vector<std::string>& classes) {
    std::string posts;
    for (const std::string& name : classes)
      posts +=
          "<div id=p" + std::to_string(posts.size()) + " class=post><div class=" + name + ">话</div></div>";
    return read_with(shipped_rules("forum.toml"), kTopic, thread_page(posts));
  };
  const ParsedPage renamed = page_with({"words", "words", "content"});
  CHECK(renamed.outcome == Outcome::kUnreadable);
  CHECK(renamed.detail.ends_with("forum.toml: thread.body finds nothing in most posts"));
  CHECK(renamed.posts.empty());
  CHECK(renamed.threads.empty());
  CHECK_FALSE(renamed.thread_page);
  const ParsedPage hidden = page_with({"content", "hidden", "content"});
  CHECK(hidden.outcome == Outcome::kOk);
  REQUIRE(hidden.posts.size() == 3);
  CHECK(hidden.posts[1].text.empty());
}
