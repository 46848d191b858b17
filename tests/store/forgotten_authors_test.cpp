// Where the name of one who is forgotten goes, and what of others', and of the page's, stays.

#include <catch2/catch.hpp>

#include "fetched_site.hpp"
#include "forgotten_words.hpp"
#include "store/page_redaction.hpp"
#include "store/redaction.hpp"
#include "tests/parsers/news_page.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

TEST_CASE("with an author go comments, quotes, last replies and the name wherever pages print it as one") {
  FetchedSite site;
  site.fetch(5,
             {{1, "甲",
               "<div class=\"quote\"><blockquote><font size=\"2\"><font color=\"#999999\">小舟 发表于 "
               "2021-3-4 05:06</font></font><br />\n早安</blockquote></div>我同意",
               comment_html("小舟", "晚安") + comment_html("丙", "午安")},
              {2, "小舟", "早安"}},
             10);
  site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{5, "河边停水", "甲", "小舟"}}), 20);
  REQUIRE(site.post("1").quotes.size() == 1);
  REQUIRE(site.post("1").comments.size() == 2);
  REQUIRE(count(site.lines().front(), "小舟") == 1);
  site.forget(author("小舟"));
  const auto post = site.post("1");
  CHECK(post.text == "我同意");
  REQUIRE(post.quotes.size() == 1);  // its place stays, blacked out
  CHECK_FALSE(post.quotes.front().author);
  CHECK(post.quotes.front().text.find_first_not_of("□ \n") == std::string::npos);
  REQUIRE(post.comments.size() == 1);
  CHECK(post.comments.front().text == "午安");
  CHECK(site.has("bbs.test/thread/5"));
  const std::string all = site.everything();
  for (const char* const words : {"早安", "晚安"}) CHECK(count(all, words) == 0);
  CHECK(count(all, "小舟") == 1);  // by which it is recognised
  CHECK(site.findings().empty());
}

TEST_CASE("with an author goes the name where a label stands before it, and where none of his words are") {
  FetchedSite site;
  site.fetch(5,
             {{1, "甲", "小舟由东门来，作者：小舟"},
              {2, "小舟", "<i class=\"pstatus\">本帖最后由 小舟 于 2021-3-4 05:06 编辑</i><br />\n早安"}},
             10);
  std::string second = thread_html(5, {{31, "丙", kPublic}});
  second.insert(
      second.find("<div class=\"t_fsz\">"),
      "<div class=\"pi\">楼主: <a href=\"space-uid-9.html\" title=\"小舟\">小舟</a></div><div>本主题由 "
      "小舟 于 2021-3-5 置顶</div>");
  site.fetch_page("http://bbs.test/thread-5-2-1.html", second, 20);
  site.forget(author("小舟"));
  CHECK(count(site.body("bbs.test thread 5 1"), "小舟") == 2);  // in what another one says
  CHECK(count(site.body("bbs.test thread 5 2"), "小舟") == 0);
  CHECK(site.post("1").text == "小舟由东门来，作者：小舟");
  CHECK(site.findings().empty());
}

TEST_CASE("an author whose name is a number, a board's or a word of markup takes nothing else along") {
  for (const std::string name : {"22", "forum", "河边停水"}) {
    INFO(name);
    FetchedSite site;
    site.fetch(5, {{1, "甲", kPublic}, {2, name, "早安"}}, 10);
    site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{6, "河边停水", "丙", "丁"}}), 20);
    const auto before = site.lines().size();
    const std::string board = site.body("bbs.test board 2 1");
    site.forget(author(name));
    CHECK(site.body("bbs.test board 2 1") == board);
    CHECK(site.lines().size() == before - 1);
    CHECK(site.post("1").text == kPublic);
    CHECK(site.findings().empty());
  }
}

TEST_CASE("an author whose name has a blank goes as others do") {
  FetchedSite site;
  site.fetch_page("http://bbs.test/thread-5-1-1.html",
                  thread_html(5, {{1, "甲", kPublic, comment_html("Anna Quay", "晚安")}}), 10);
  site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{5, "河边停水", "甲", "Anna Quay"}}), 20);
  REQUIRE(site.post("1").comments.size() == 1);
  site.forget(author("Anna Quay"));
  CHECK(site.post("1").comments.empty());
  CHECK(count(site.lines().front(), "□") == 0);
  CHECK(count(site.everything(), "Anna Quay") == 1);  // by which it is recognised
  CHECK(site.findings().empty());
}

TEST_CASE("with an author goes the name as that of the best answer to others, and no other's") {
  const auto reward_html = [](int tid, const std::string& answered_by) {
    std::string page = thread_html(tid, {{tid, "甲", kPublic}});
    page.insert(page.find("<div class=\"t_fsz\">"),
                "<div class=\"rwdbst\"><h3>最佳答案</h3><div class=\"pstl\"><div class=\"psta\"><a "
                "href=\"space-uid-9.html\">" +
                    answered_by + "</a></div></div></div>");
    return page;
  };
  FetchedSite site;
  site.fetch_page("http://bbs.test/thread-5-1-1.html", reward_html(5, "小舟"), 10);
  site.fetch_page("http://bbs.test/thread-6-1-1.html", reward_html(6, "丙"), 20);
  const auto answers_of = [&](const std::string& name) {
    std::size_t answers = 0;
    for (const auto& line : site.lines()) answers += count(line, "\"best_answer_by\":\"" + name + "\"");
    return answers;
  };
  REQUIRE(answers_of("小舟") == 1);
  CHECK(site.forget(author("小舟")).records == 0);
  CHECK(answers_of("小舟") == 0);
  CHECK(answers_of("丙") == 1);
  CHECK(answers_of("□□") == 0);
  CHECK(count(site.everything(), "小舟") == 1);  // by which it is recognised
  CHECK(site.findings().empty());
}

TEST_CASE("a forgotten author's name goes from addresses too") {
  std::string page = thread_html(5, {{1, "甲", kPublic}, {2, "zhangsan123", kSecret}});
  page.insert(page.find("</body>"),
              "<a href=\"space-username-zhangsan123.html\"><img src=\"avatar/zhangsan123.jpg\"></a>");
  FetchedSite site;
  site.fetch_page("http://bbs.test/thread-5-1-1.html", page, 10);
  site.forget(record_target("bbs.test/post/2"));
  CHECK(count(site.body("bbs.test thread 5 1"), "zhangsan123") == 0);
}

TEST_CASE("names of forgotten authors are blacked out in what listings say beside a link") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "小舟", "早安"}}, 10);
  site.forget(author("小舟"));
  const auto forgotten = Forgotten::load(site.database());
  REQUIRE(forgotten);
  parsers::ParsedPage page;
  page.links = {{"http://bbs.test/thread-5-1-1.html", parsers::LinkRole::kThread, "20 2021-3-5 小舟"},
                {"http://other.test/thread-5-1-1.html", parsers::LinkRole::kThread, "20 2021-3-5 小舟"}};
  forgotten->take_out(page);
  CHECK(page.links[0].listed == "20 2021-3-5 □");
  CHECK(page.links[1].listed == "20 2021-3-5 小舟");
}

TEST_CASE("a forgotten author whose name is the black character itself is looked for once") {
  FetchedSite site;
  site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{5, "河边停水", "甲", "□"}}), 10);
  site.forget(author("□"));
  const auto forgotten = Forgotten::load(site.database());
  REQUIRE(forgotten);
  parsers::ParsedPage page;
  page.links = {{"http://bbs.test/thread-5-1-1.html", parsers::LinkRole::kThread, "3 □ 2024-1-1 □"}};
  forgotten->take_out(page);
  CHECK(page.links[0].listed == "3 □ 2024-1-1 □");
}

TEST_CASE("with an author goes the name as that of an article's editor, and the article stays") {
  FetchedSite site;
  const auto article = [](const std::string& title, const std::string& line) {
    return parsers::news_page("2021-03-04 05:06",
                              parsers::paragraphs() + "<p>" + title + "编辑部供稿。</p><p>" + line + "</p>");
  };
  site.fetch_page("http://bbs.test/a/1.html", article("甲", "责任编辑：江一舟"), 10);
  REQUIRE(site.lines().front().find("\"editor\":\"江一舟\"") != std::string::npos);
  const auto receipt = site.forget(author("江一舟"));
  CHECK(receipt.records == 0);
  REQUIRE(site.lines().size() == 1);
  CHECK(site.lines().front().find("\"editor\":null") != std::string::npos);
  CHECK(site.body("bbs.test /a/1.html").find("江一舟") == std::string::npos);
  CHECK(site.body("bbs.test /a/1.html").find(parsers::kSecond) != std::string::npos);
  site.fetch_page("http://bbs.test/a/1.html", article("乙", "责任编辑：江一舟"), 20);
  CHECK(site.lines().front().find("\"editor\":null") != std::string::npos);
  CHECK(site.body("bbs.test /a/1.html").find("江一舟") == std::string::npos);
}
