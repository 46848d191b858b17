// Times as Discuz! prints them: absolute (`2010-3-5 16:28:09`, `2014-12-29 05:51 PM`, `2026-11-15`) and
// relative (刚刚, N 秒前, N 分钟前, 半小时前, N 小时前, 今天/昨天/前天 HH:MM, N 天前; traditional and English
// forms too), the latter resolved against the fetch time on the forum's wall clock. The precision is what the
// words let be known: `3 小时前` is known to the hour, `5 秒前` to the minute, as the page may have been made
// some seconds before it was fetched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "parsers/dom.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::parsers::discuz {

// A time and where in the text its words stand.
struct FoundTime {
  Moment moment;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first absolute time in `text`, else the first relative one. nullopt when there is none.
[[nodiscard]] std::optional<FoundTime> find_time(std::string_view text, std::int64_t fetched_at,
                                                 int zone_minutes);

// `text` may hold words before and after the time (`发表于 …`, ` · 江西`). nullopt when there is none.
[[nodiscard]] std::optional<Moment> read_time(std::string_view text, std::int64_t fetched_at,
                                              int zone_minutes);

// The time inside an element: a descendant's (or its own) title attribute when that holds an absolute time,
// else its words.
[[nodiscard]] std::optional<Moment> time_in(dom::Node element, std::int64_t fetched_at, int zone_minutes);

}  // namespace boardwalk::parsers::discuz
