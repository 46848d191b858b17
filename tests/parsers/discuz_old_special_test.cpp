// Special threads of 6.x and 7.x, whose facts stand in lines of labels around the opening post's words.
#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// A thread page of 7.x (`words` in a cell) or 6.x (in a block) with one post, `before` and `behind` its
// words.
ParsedPage thread_with(const std::string& before, const std::string& behind, bool six = false) {
  const std::string words = six ? "<div class=t_msgfont id=postmessage_71>All are welcome: come.</div>"
                                : "<table><tr><td class=t_msgfont id=postmessage_71>All are welcome: "
                                  "come.</td></tr></table>";
  return fixture::read(
      "<html><head><title>Tea - Hearth - Powered by Discuz!</title></head><body><div id=nav><a "
      "href=index.php>Hearth</a> "
      "&raquo; <a href='forumdisplay.php?fid=4'>Kitchen</a> &raquo; Tea</div><div id=postlist class='mainbox "
      "viewthread'>"
      "<div id=post_71><table id=pid71><tr><td class=postauthor rowspan=2><div class=postinfo><a "
      "href='space.php?uid=3'>Finn</a></div><dl class=profile><dt>性别:</dt><dd>男</dd></dl></td><td "
      "class=postcontent><div class=postinfo><strong><a id=postnum71>1#</a></strong><em "
      "id=authorposton71>发表于 2010-3-5 "
      "16:28</em></div><div class=defaultpost><div class='postmessage firstpost'><h1>Tea</h1>" +
          before + words + behind +
          "</div></div><div class=signatures>悬赏价格: 9</div></td></tr></table></div></div><div "
          "id=footer>Powered by "
          "Discuz! 7.2</div></body></html>",
      "http://hearth.example/viewthread.php?tid=34");
}

Thread special(const std::string& before, const std::string& behind, bool six = false) {
  const ParsedPage page = thread_with(before, behind, six);
  REQUIRE(page.threads.size() == 1);
  CHECK(page.posts.at(0).text == "All are welcome: come.");
  CHECK(page.posts[0].author == "Finn");
  return page.threads[0];
}

}  // namespace

TEST_CASE("an activity of 6.x and 7.x is told by its labels, which stand in lists or tables") {
  const Fields fields{{"活动类型", "Walk"},
                      {"开始时间", "2010-4-1 09:00"},
                      {"活动地点", "The quay"},
                      {"已报名人数", "12 人"}};
  const Thread listed = special(
      "<dl><dt>活动类型:</dt><dd>Walk</dd><dt>开始时间:</dt><dd>2010-4-1 09:00</dd><dt>活动地点:</dt><dd>The "
      "quay</dd>"
      "<dt>性别:</dt><dd>-</dd><dt>已报名人数:</dt><dd>12 人</dd></dl>",
      "");
  CHECK(listed.special == "activity");
  CHECK(listed.special_fields == fields);
  CHECK(listed.participants == 12);
  const Thread tabled =
      special("",
              "<table><tr><th>活动类型：</th><td>Walk</td></tr><tr><th>开始时间：</th><td>2010-4-1 "
              "09:00</td></tr><tr><th>活动地点：</th><td>The quay</td></tr><tr><th>剩余时间：</th><td>3 "
              "天</td></tr><tr><th>已报名人数：</th><td>12 人</td></tr></table><button>join</button>",
              true);
  CHECK(tabled.special_fields == fields);
}

TEST_CASE("goods of 6.x and 7.x have name, post and labels") {
  const Thread thread = special(
      "",
      "<div class=goods><h3><a href='viewthread.php?do=tradeinfo&amp;tid=34&amp;pid=72'>Tin "
      "kettle</a></h3><ul><li>商品类型: 二手</li><li>商品数量: 3</li><li>价格: 25 元</li></ul></div>");
  CHECK(thread.special == "trade");
  CHECK(thread.special_fields == Fields{{"goods", "Tin kettle"},
                                        {"goods_post", "72"},
                                        {"商品类型", "二手"},
                                        {"商品数量", "3"},
                                        {"价格", "25 元"}});
}

TEST_CASE("a reward of 6.x and 7.x has price, state and best answer") {
  const Thread open = special("<p>悬赏价格: <strong>金钱 20</strong></p><p>[未解决]</p>", "");
  CHECK(open.special == "reward");
  CHECK(open.special_fields == Fields{{"price", "20 金钱"}, {"solved", "false"}});
  const Thread solved =
      special("<p>懸賞價格: 20 金錢 (已解決)</p>",
              "<div class=best><h4>最佳答案</h4><a href='space.php?uid=9'>Tom</a> <a "
              "href='redirect.php?goto=findpost&amp;pid=73&amp;ptid=34'>look</a><p>Very.</p></div>",
              true);
  CHECK(solved.special_fields ==
        Fields{
            {"price", "20 金錢"}, {"solved", "true"}, {"best_answer_by", "Tom"}, {"best_answer_post", "73"}});
}

TEST_CASE("a debate of 6.x and 7.x has both sides with their votes") {
  const Fields fields{
      {"affirmative", "Tin."}, {"affirmative_votes", "23"}, {"negative", "Iron."}, {"negative_votes", "11"}};
  CHECK(special(
            "",
            "<table><tr><td class=si_1><div class=point><strong>正方观点 "
            "(23)</strong><p>Tin.</p></div></td><td "
            "class=si_2><div class=point><strong>反方观点 (11)</strong><p>Iron.</p></div></td></tr></table>")
            .special_fields == fields);
  const Thread plain =
      special("", "<h4>正方观点 (23)</h4><p>Tin.</p><h4>反方观点 (11)</h4><p>Iron.</p>", true);
  CHECK(plain.special == "debate");
  CHECK(plain.special_fields == fields);
}

TEST_CASE(
    "an ordinary thread of 6.x and 7.x is of no special kind, whatever its author's card and signature say") {
  const Thread thread = special("<p>Note: none</p>", "<p>悬赏: none</p>");
  CHECK_FALSE(thread.special);
  CHECK(thread.special_fields.empty());
}

TEST_CASE("a thread's title is none of these labels") {
  for (const std::string title : {"悬赏积分：求助一个问题", "活动类型: 自驾游", "商品数量: 10 件"}) {
    INFO(title);
    const Thread plain =
        special("<div id=threadtitle><h1>" + title + "</h1></div><h2>" + title + "</h2>", "");
    CHECK_FALSE(plain.special);
    CHECK(plain.special_fields.empty());
  }
}
