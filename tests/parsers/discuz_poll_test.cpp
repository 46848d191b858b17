// Polls as each version prints them; what they have in common stands in discuz_special_test.cpp.
#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;

namespace {

Thread poll(const std::string& form) {
  const ParsedPage page = fixture::read(
      fixture::page({.posts = {fixture::post({.after = "<form id=\"poll\">" + form + "</form>"})}}));
  REQUIRE(page.threads.size() == 1);
  REQUIRE(page.threads[0].poll);
  CHECK(page.posts.at(0).text == "Tea is ready.");
  return page.threads[0];
}

}  // namespace

TEST_CASE("a poll with pictures has its options' words and votes below them") {
  const Thread thread = poll(
      R"(<div class="pinf"><strong>单选投票</strong>, 共有 9 人参与投票</div><div class="pcht"><table><tr>
<td valign="bottom" id="polloption_11"><div class="polltd cl"><a href="javascript:;" title="Copper"><img id="aimg_5" src="a.jpg"/></a>
<p class="mtn mbn xi2"><label><input type="radio" id="option_1" name="pollanswers[]" value="11"/></label>Copper</p><div class="imgf imgf2">
<span class="jdt" style="width: 60%">&nbsp;</span><p class="imgfc"><span class="z">6票</span><span class="y">66.67%</span></p></div></div></td>
<td id="polloption_12"><a href="javascript:;" title="Tin"><img src="b.jpg"/></a><p class="mtn mbn xi2">Tin</p></td></tr></table></div>)");
  CHECK(thread.poll->options == std::vector<PollOption>{{"Copper", 6}, {"Tin", std::nullopt}});
  CHECK(thread.poll->multiple == false);
  CHECK(thread.participants == 9);
}

TEST_CASE("votes are told from their share, whichever stands in parentheses") {
  const Thread thread = poll(
      R"(<div class="pollinfo"><strong>多选投票</strong>: ( 最多可选 3 项 ), 共有 <strong>98</strong> 人参与投票</div><table>
<tr><td><label for="option_1">1. &nbsp;Copper</label></td></tr><tr><td>40.82% <em>(40)</em></td></tr>
<tr><td><label for="option_2">2. &nbsp;Tin, 2024</label></td></tr><tr><td>58 <em>(59.18%)</em></td></tr></table>)");
  CHECK(thread.poll->options == std::vector<PollOption>{{"Copper", 40}, {"Tin, 2024", 58}});
  CHECK(thread.poll->multiple == true);
  CHECK(thread.participants == 98);
}

TEST_CASE("a poll of 6.x has its options in bare cells, votes before the share") {
  const Thread thread = poll(
      R"(<div class="box pollpanel"><h4><strong>单选投票</strong> 共有 98 人参与投票</h4><table summary="poll panel">
<tr><td class="selector"><input type="radio"/></td><td>1. &nbsp;Copper</td><td><div class="optionbar"></div></td><td><strong>40</strong> / 40.82%</td></tr>
<tr><td class="selector"><input type="radio"/></td><td>2. &nbsp;Tin</td><td></td><td><strong>58</strong> / 59.18%</td></tr></table></div>)");
  CHECK(thread.poll->options == std::vector<PollOption>{{"Copper", 40}, {"Tin", 58}});
  CHECK(thread.poll->multiple == false);
  CHECK(thread.participants == 98);
}

TEST_CASE("a poll that is over keeps its options and tells no end") {
  const Thread thread = poll(
      R"(<div class="pinf">單選投票, 共有 3 人參與投票</div><p class="ptmr">投票已經結束</p><table><tr><td class="pvt"><label
for="option_1">1. &nbsp;鐵</label></td></tr><tr><td>100.00% <em>(3)</em></td></tr></table>)");
  CHECK(thread.poll->options == std::vector<PollOption>{{"鐵", 3}});
  CHECK(thread.poll->multiple == false);
  CHECK_FALSE(thread.poll->ends_at);
}

TEST_CASE("a countdown tells the end, unless that lies behind any year that there is") {
  const auto end = [](const std::string& left) {
    const Thread thread = poll("<div class=\"pinf\">单选投票</div><p class=\"ptmr\">距结束还有: <strong>" +
                               left + "</strong></p>");
    return thread.poll->ends_at ? thread.poll->ends_at->rfc3339() : "none";
  };
  CHECK(end("3 天 5 小时 20 分钟") == "2021-03-13T17:20:00+08:00");
  std::string numbers;
  for (int i = 0; i < 2000; ++i) numbers += " 111";
  CHECK(end("3 天" + numbers) == "2021-03-13T12:00:00+08:00");
  CHECK(end("99999 天") == "none");
  CHECK(end("60000 天 60000 天") == "none");
}
