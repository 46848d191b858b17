// Times as Discuz! prints them: absolute (`2010-3-5 16:28:09`, `2014-12-29 05:51 PM`, `2026-11-15`, and with
// the year last, `24-3-2014`, as an administrator may choose) and
// relative (刚刚, N 秒前, N 分钟前, 半小时前, N 小时前, 今天/昨天/前天 HH:MM, N 天前; traditional and English
// forms too), the latter resolved against the fetch time on the forum's wall clock. The precision is what the
// words let be known: `3 小时前` is known to the hour, `5 秒前` to the minute, as the page may have been made
// some seconds before it was fetched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "parsers/dom.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::parsers::discuz {

// Of dates with the year last. Where it is unknown, one of two numbers up to 12 is no date.
enum class DateOrder { kUnknown, kDayFirst, kMonthFirst };

// The order of the first date in `text` whose numbers tell it: one of them is above 12.
[[nodiscard]] DateOrder order_told(std::string_view text);

// The same of the words and titles in those elements inside `root` that hold a time.
[[nodiscard]] DateOrder order_told_in(dom::Node root, const std::function<bool(dom::Node)>& holds_time);

// The same of the time at which a page was made, which also tells by the day on which it was fetched.
[[nodiscard]] DateOrder order_told_by_clock(std::string_view text, std::int64_t fetched_at, int zone_minutes);

// Whether `text` begins with a date that has the year last, in whatever order.
[[nodiscard]] bool begins_year_last(std::string_view text);

// Whether a date or a time of day stands in `text` that may be written as no forum is known to: `5-12-13`,
// `Mar 24, 2014`, `20:15`, or how long ago it was, whatever that tells. A number of another kind, as a floor's or
// an address's, is none.
[[nodiscard]] bool looks_like_time(std::string_view text);

// A time and where in the text its words stand.
struct FoundTime {
  Moment moment;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first absolute time in `text`, else the first relative one, else the first absolute one with the year
// last. nullopt when there is none.
[[nodiscard]] std::optional<FoundTime> find_time(std::string_view text, std::int64_t fetched_at,
                                                 int zone_minutes, DateOrder order = DateOrder::kUnknown);

// `text` may hold words before and after the time (`发表于 …`, ` · 江西`). nullopt when there is none.
[[nodiscard]] std::optional<Moment> read_time(std::string_view text, std::int64_t fetched_at,
                                              int zone_minutes, DateOrder order = DateOrder::kUnknown);

// The time inside an element: a descendant's (or its own) title attribute when that holds an absolute time,
// else its words.
[[nodiscard]] std::optional<Moment> time_in(dom::Node element, std::int64_t fetched_at, int zone_minutes,
                                            DateOrder order = DateOrder::kUnknown);

}  // namespace boardwalk::parsers::discuz
