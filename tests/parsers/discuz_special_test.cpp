#include "parsers/discuz/special.hpp"

#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Thread thread_of(const fixture::XPost& first) {
  return fixture::read(fixture::page({.posts = {fixture::post(first)}})).threads.at(0);
}

std::string poll_form(const std::string& head, const std::string& options,
                      const std::string& countdown = {}) {
  return "<form id=\"poll\"><input type=\"hidden\" name=\"formhash\"><div class=\"pinf\">" + head + "</div>" +
         countdown + "<div class=\"pcht\"><table>" + options + "</table></div></form>";
}

std::string option(int number, const std::string& text, const std::string& votes) {
  const std::string row =
      votes.empty() ? "" : "<tr><td></td><td>25% <em style=\"color:#E92\">(" + votes + ")</em></td></tr>";
  return "<tr><td class=\"pvt\"><label for=\"option_" + std::to_string(number) + "\">" +
         std::to_string(number) + ". &nbsp;" + text + "</label></td></tr>" + row;
}

}  // namespace

TEST_CASE("an ordinary thread is of no special kind") {
  const Thread thread = thread_of({});
  CHECK_FALSE(thread.special);
  CHECK_FALSE(thread.poll);
  CHECK(thread.special_fields.empty());
}

TEST_CASE("a poll has options with votes, voters and whether several may be chosen, and keeps its words") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {fixture::post(
           {.body = "Which?",
            .after = poll_form(
                "<strong>多选投票</strong>: ( 最多可选 2 项 ), 共有 64 人参与投票 <a href=\"#\">9 人</a>",
                option(1, "Tin &amp; lid", "12") + option(2, "3. Iron", "1,024"))})}}));
  const Thread& thread = page.threads.at(0);
  CHECK(thread.special == "poll");
  REQUIRE(thread.poll);
  REQUIRE(thread.poll->options.size() == 2);
  CHECK(thread.poll->options[0].text == "Tin & lid");
  CHECK(thread.poll->options[0].votes == 12);
  CHECK(thread.poll->options[1].text == "3. Iron");
  CHECK(thread.poll->options[1].votes == 1024);
  CHECK(thread.poll->multiple == true);
  CHECK(thread.participants == 64);
  CHECK_FALSE(thread.poll->ends_at);
  CHECK(page.posts.at(0).text == "Which?");
}

TEST_CASE("a poll that hides its results has options without votes") {
  const Thread thread =
      thread_of({.after = poll_form("<strong>单选投票</strong>, 共有 98 人参与投票", option(1, "Tin", ""))});
  REQUIRE(thread.poll);
  CHECK_FALSE(thread.poll->options.at(0).votes);
  CHECK(thread.poll->multiple == false);
}

TEST_CASE("a poll's kind follows from its buttons when its words are unknown") {
  const std::string radio = "<tr><td><input type=\"radio\" name=\"pollanswers[]\"></td></tr>";
  CHECK(thread_of({.after = poll_form("ئاۋاز", radio + option(1, "Tin", ""))}).poll->multiple == false);
}

TEST_CASE("a poll's end follows from its countdown and the whole days that it runs") {
  // Posted 2021-03-04 05:06:07, fetched 2021-03-10 12:00:00.
  const auto ends = [](const std::string& countdown) {
    return thread_of({.after = poll_form("<strong>单选投票</strong>", option(1, "Tin", ""),
                                         "<p class=\"ptmr\">" + countdown + "</p>")})
        .poll->ends_at;
  };
  const auto whole_days = ends("距结束还有: <strong>3 天 17 小时 6 分钟</strong>");
  REQUIRE(whole_days);
  CHECK(whole_days->rfc3339() == "2021-03-14T05:06:07+08:00");
  CHECK(whole_days->precision == Precision::kSecond);
  const auto other = ends("距结束还有: <strong>1 天 2 小时 30 分钟</strong>");
  REQUIRE(other);
  CHECK(other->rfc3339() == "2021-03-11T14:30:00+08:00");
  CHECK(other->precision == Precision::kMinute);
  CHECK(ends("结束时间: 2021-4-1 08:00")->rfc3339() == "2021-04-01T08:00:00+08:00");
  CHECK_FALSE(ends("<strong>投票已经结束</strong>"));
}

TEST_CASE("a solved reward names price and best answer, whose words are not the opening post's") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {fixture::post(
           {.body = "-",
            .before = "<div class=\"rwd cl\"><div class=\"rsld "
                      "z\"><i></i>悬赏<cite>10</cite>金钱<em>已解决</em></div><div class=\"rwdn\"><table>"
                      "<tr><td class=\"t_f\" id=\"postmessage_501\">How "
                      "hot?</td></tr></table></div></div><div class=\"rwdbst\"><h3>最佳答案</h3>"
                      "<div class=\"pstl\"><div class=\"psta\"><a "
                      "href=\"space-uid-9.html\">Tom</a></div><div class=\"psti\"><a href=\"javascript:;\" "
                      "onclick=\"window.open('forum.php?mod=redirect&goto=findpost&ptid=90&pid=502')\">查看</"
                      "a><div>Very.</div></div></div></div>"})}}));
  const Thread& thread = page.threads.at(0);
  CHECK(thread.special == "reward");
  CHECK(thread.special_fields == Fields{{"price", "10 金钱"},
                                        {"solved", "true"},
                                        {"best_answer_by", "Tom"},
                                        {"best_answer_post", "502"}});
  CHECK(page.posts.at(0).text == "How hot?");
  CHECK(page.posts.at(0).author == "Wren");
}

TEST_CASE("an open reward is unsolved") {
  const Thread thread = thread_of({.before = "<div class=\"rwd cl\"><div class=\"rusld "
                                             "z\">悬赏<cite>20</cite>金钱<em>未解决</em></div></div>"});
  CHECK(thread.special_fields == Fields{{"price", "20 金钱"}, {"solved", "false"}});
}

TEST_CASE("a debate has both sides with votes and debaters") {
  const ParsedPage page = fixture::read(
      fixture::page({.posts = {fixture::post(
                         {.body = "Argue.",
                          .after = "<div class=\"ds\"><table><tr><td class=\"si_1\"><div "
                                   "class=\"point\"><strong>正方观点 (23)</strong><p>Tin.</p></div></td>"
                                   "<td class=\"si_2\"><div class=\"point\"><strong>反方观点 "
                                   "(11)</strong><p>Iron.</p></div></td></tr></table></div>"
                                   "<div class=\"dr\"><table><tr><td><h5>辩手:5 ( <a href=\"#\">加入 1</a> "
                                   ")</h5></td><td><h5>辩手:4</h5></td></tr></table></div>"})}}));
  const Thread& thread = page.threads.at(0);
  CHECK(thread.special == "debate");
  CHECK(thread.special_fields == Fields{{"affirmative", "Tin."},
                                        {"affirmative_votes", "23"},
                                        {"negative", "Iron."},
                                        {"negative_votes", "11"},
                                        {"affirmative_debaters", "5"},
                                        {"negative_debaters", "4"}});
  CHECK(page.posts.at(0).text == "Argue.");
}

TEST_CASE("goods have name, post, prices and labels, but no countdown") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {fixture::post(
           {.body = "For sale.",
            .after =
                "<div class=\"trdb\"><div id=\"trade77\" class=\"trdl cl\"><div class=\"ta spi\"><h4><a "
                "href=\"#\">A kettle</a></h4><dl>"
                "<dt>商品类型:</dt><dd>二手商品</dd><dt>剩余时间:</dt><dd>29天23小时</dd></"
                "dl><div><strong>8.50</strong>&nbsp;元&nbsp;"
                "<p><del>20.00 元</del></p></div></div></div></div><div id=\"postmessage_501\"></div>"})}}));
  const Thread& thread = page.threads.at(0);
  CHECK(thread.special == "trade");
  CHECK(thread.special_fields == Fields{{"goods", "A kettle"},
                                        {"goods_post", "77"},
                                        {"price", "8.50 元"},
                                        {"list_price", "20.00 元"},
                                        {"商品类型", "二手商品"}});
  CHECK(page.posts.size() == 1);
  CHECK(page.posts.at(0).text == "For sale.");
}

TEST_CASE("an activity has its labels and how many take part") {
  const Thread thread = thread_of(
      {.before = "<div class=\"act pbm cl\"><div class=\"spi\"><dl><dt>开始时间:</dt><dd>\n2021-4-4 "
                 "08:00</dd><dt>活动地点：</dt><dd>The "
                 "jetty</dd></dl><dl class=\"nums mtw\"><dt>已报名人数:</dt><dd><em>6</em> "
                 "人</dd></dl><dl><dt></dt><dd></dd></dl></div></div>"});
  CHECK(thread.special == "activity");
  CHECK(thread.participants == 6);
  CHECK(thread.special_fields ==
        Fields{{"开始时间", "2021-4-4 08:00"}, {"活动地点", "The jetty"}, {"已报名人数", "6 人"}});
}

TEST_CASE("a table of classified information gives sort and fields, and the thread has no special kind") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {fixture::post(
           {.before = "<div class=\"typeoption\"><table class=\"cgtl mbm\"><caption>Lost "
                      "kettles</caption><tbody><tr><th>Colour:</th><td>red &amp; "
                      "tin&nbsp;</td></tr><tr><th>Size:</th><td>-</td></tr></tbody></table></div>"})}}));
  const Thread& thread = page.threads.at(0);
  CHECK(thread.sort == "Lost kettles");
  CHECK(thread.special_fields == Fields{{"Colour", "red & tin"}});
  CHECK_FALSE(thread.special);
  CHECK(page.posts.at(0).text == "Tea is ready.");
}

TEST_CASE("a thread for sale has its price, and only the free words") {
  const ParsedPage page = fixture::read(fixture::page(
      {.posts = {fixture::post({.body = "-",
                                .before = "<div id=\"postmessage_999\" class=\"t_f\">The free part.<br "
                                          "/></div><div class=\"locked\"><a "
                                          "href=\"forum.php?mod=misc&amp;action=pay&amp;tid=90\" "
                                          "class=\"viewpay\">购买主题</a><em class=\"right\"></em>"
                                          "本主题需向作者支付 <strong>5 金钱</strong> 才能浏览</div>"}),
                 fixture::post({.pid = "999", .body = "I paid.", .floor = "沙发"})}}));
  CHECK(page.threads.at(0).price == 5);
  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].text == "The free part.");
  CHECK(page.posts[0].flags == std::vector<std::string>{"hidden_part"});
  CHECK(page.posts[1].text == "I paid.");
}
