#include "parsers/discuz/times.hpp"

#include <catch2/catch.hpp>

#include "parsers/html.hpp"

using namespace boardwalk::parsers;

namespace {

// Wednesday 2021-03-10 12:34:56 +08:00.
constexpr std::int64_t kNow = 1615350896;

std::string when(std::string_view text, int zone = 480) {
  const auto moment = discuz::read_time(text, kNow, zone);
  return moment ? moment->rfc3339() + " " + std::string(to_string(moment->precision)) : "none";
}

std::string time_in(const std::string& html) {
  Arena arena;
  const auto document = parse_html(html, arena);
  const auto moment = discuz::time_in(document->root(), kNow, 480);
  return moment ? moment->rfc3339() : "none";
}

}  // namespace

TEST_CASE("an absolute time keeps its digits and the precision that they have") {
  CHECK(when("发表于 2010-3-5 16:28:09") == "2010-03-05T16:28:09+08:00 second");
  CHECK(when("发表于 2010-3-5 16:28") == "2010-03-05T16:28:00+08:00 minute");
  CHECK(when("2026-11-15") == "2026-11-15 day");
  CHECK(when("發表於: 2014/12/09 07:05") == "2014-12-09T07:05:00+08:00 minute");
  CHECK(when("于 2014年2月9日 7:05 编辑") == "2014-02-09T07:05:00+08:00 minute");
  CHECK(when("2010-3-5\xC2\xA0"
             "16:28") == "2010-03-05T16:28:00+08:00 minute");
}

TEST_CASE("a time on a twelve-hour clock is read in either order") {
  CHECK(when("發表於 2014-12-29 05:51 PM") == "2014-12-29T17:51:00+08:00 minute");
  CHECK(when("2014-12-29 12:05 AM") == "2014-12-29T00:05:00+08:00 minute");
  CHECK(when("2014-12-29 12:05 pm") == "2014-12-29T12:05:00+08:00 minute");
  CHECK(when("2014-12-29 下午 05:51") == "2014-12-29T17:51:00+08:00 minute");
  CHECK(when("2014-12-29 上午 05:51") == "2014-12-29T05:51:00+08:00 minute");
}

TEST_CASE("words around a time do not matter") {
  CHECK(when("يوللىغان ۋاقتى 2014-1-2 03:04 · 江西") == "2014-01-02T03:04:00+08:00 minute");
  CHECK(when("floor 12 at 2014-1-2 03:04:05, edited twice") == "2014-01-02T03:04:05+08:00 second");
}

TEST_CASE("relative times are resolved on the forum's wall clock and known as far as their words say") {
  CHECK(when("刚刚") == "2021-03-10T12:34:00+08:00 minute");
  CHECK(when("50\xC2\xA0秒前") == "2021-03-10T12:34:00+08:00 minute");
  CHECK(when("5\xC2\xA0分钟前") == "2021-03-10T12:29:00+08:00 minute");
  CHECK(when("5 分鐘前") == "2021-03-10T12:29:00+08:00 minute");
  CHECK(when("半小时前") == "2021-03-10T12:00:00+08:00 hour");
  CHECK(when("3\xC2\xA0小时前") == "2021-03-10T09:00:00+08:00 hour");
  CHECK(when("今天 08:15") == "2021-03-10T08:15:00+08:00 minute");
  CHECK(when("昨天\xC2\xA0"
             "23:30") == "2021-03-09T23:30:00+08:00 minute");
  CHECK(when("前天 01:02") == "2021-03-08T01:02:00+08:00 minute");
  CHECK(when("4\xC2\xA0天前") == "2021-03-06 day");
  CHECK(when("yesterday 23:30") == "2021-03-09T23:30:00+08:00 minute");
  CHECK(when("The day before yesterday 08:10 PM") == "2021-03-08T20:10:00+08:00 minute");
  CHECK(when("2 hours ago") == "2021-03-10T10:00:00+08:00 hour");
  CHECK(when("half an hour ago") == "2021-03-10T12:00:00+08:00 hour");
}

TEST_CASE("yesterday is the forum's own, wherever the crawler stands") {
  CHECK(when("昨天 23:30", -600) == "2021-03-08T23:30:00-10:00 minute");
  CHECK(when("昨天 23:30", 840) == "2021-03-09T23:30:00+14:00 minute");
}

TEST_CASE("words without a time have none") {
  CHECK(when("") == "none");
  CHECK(when("目前 12") == "none");
  CHECK(when("2014-13-01 10:00") == "none");
  CHECK(when("2014-02-30") == "none");
  CHECK(when("12:30") == "none");
  CHECK(when("3 天") == "none");
  CHECK(when("昨天 25:99") == "none");
}

TEST_CASE("an absolute time in the text outdoes a relative one before it") {
  CHECK(when("昨天 10:00 (2021-3-9 10:00:30)") == "2021-03-09T10:00:30+08:00 second");
}

TEST_CASE("a title holds the real time of relative words") {
  CHECK(time_in("<em>发表于 <span title=\"2021-3-9 11:50:41\">昨天&nbsp;11:50</span></em>") ==
        "2021-03-09T11:50:41+08:00");
  CHECK(time_in("<em>يوللىغان <span title=\"2021-3-6 01:02\">4 كۈن ئالدىدا</span></em>") ==
        "2021-03-06T01:02:00+08:00");
  CHECK(time_in("<em>时间：<em>2021-3-6 01:02</em></em>") == "2021-03-06T01:02:00+08:00");
  CHECK(time_in("<em title=\"a note\">昨天 11:50</em>") == "2021-03-09T11:50:00+08:00");
  CHECK(time_in("<em>soon</em>") == "none");
}

TEST_CASE("the place of a time in its text is known") {
  const std::string_view text = "Wren 发表于 2021-3-4 05:06 看";
  const auto found = discuz::find_time(text, kNow, 480);
  REQUIRE(found);
  CHECK(text.substr(found->begin, found->end - found->begin) == "2021-3-4 05:06");
}

TEST_CASE("words that lead back before 1970 tell no time") {
  CHECK(discuz::read_time("1 天前", 86400, 0));
  CHECK_FALSE(discuz::read_time("9 天前", 86400, 0));
}
