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

TEST_CASE("a date with the year last is read where its own numbers tell the order") {
  CHECK(when("Post time 24-3-2014 10:30 PM") == "2014-03-24T22:30:00+08:00 minute");
  CHECK(when("发表于 3/14/2014 10:05") == "2014-03-14T10:05:00+08:00 minute");
  CHECK(when("14.3.2014") == "2014-03-14 day");
  CHECK(when("4-4-2014") == "2014-04-04 day");
  CHECK(when("5-12-2013 08:23 PM") == "none");
  CHECK(when("24-3/2014") == "none");
  CHECK(when("1-24-3-2014") == "none");
  CHECK(when("31-2-2014") == "none");
  CHECK(when("24-3-2014 and 2015-6-7") == "2015-06-07 day");
  CHECK(time_in("<em>4 days <span title=\"24-3-2014 10:30 PM\">ago</span></em>") ==
        "2014-03-24T22:30:00+08:00");
}

TEST_CASE("an ambiguous date with the year last is read in the order that the page tells") {
  using discuz::DateOrder;
  const auto read = [](DateOrder order) {
    return discuz::read_time("5-12-2013 08:23 PM", kNow, 480, order).value().rfc3339();
  };
  CHECK(read(DateOrder::kDayFirst) == "2013-12-05T20:23:00+08:00");
  CHECK(read(DateOrder::kMonthFirst) == "2013-05-12T20:23:00+08:00");
  CHECK(discuz::order_told("5-12-2013, 24-3-2014") == DateOrder::kDayFirst);
  CHECK(discuz::order_told("3/14/2014") == DateOrder::kMonthFirst);
  CHECK(discuz::order_told("5-12-2013, 2014-3-24") == DateOrder::kUnknown);
  const auto told = [](std::string_view text) { return discuz::order_told_by_clock(text, kNow, 480); };
  CHECK(told("GMT+8, 10-3-2021 12:34") == DateOrder::kDayFirst);
  CHECK(told("GMT+8, 3-10-2021 12:34") == DateOrder::kMonthFirst);
  CHECK(told("GMT+8, 24-3-2014 12:34") == DateOrder::kDayFirst);
  CHECK(told("GMT+8, 5-12-2013 12:34") == DateOrder::kUnknown);
  CHECK(told("GMT+8, 2021-3-10 12:34") == DateOrder::kUnknown);
}

TEST_CASE("what may be a time in an unknown form is told from other numbers") {
  for (const char* text : {"5-11-13", "13/5/2", "5.11.13.", "on Mar 24, 2014", "20:15", "5年11月3日",
                           "2 周前", "3 个月前", "1 年前", "一小时前", "a month ago"}) {
    INFO(text);
    CHECK(discuz::looks_like_time(text));
  }
  for (const char* text : {"12 楼", "1.2.3.4", "1.2.3.x", "2001:0db8:77", "1/3", "99:15", "20141", ""}) {
    INFO(text);
    CHECK_FALSE(discuz::looks_like_time(text));
  }
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
  CHECK(when("大前天 01:02") == "2021-03-07T01:02:00+08:00 minute");
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
