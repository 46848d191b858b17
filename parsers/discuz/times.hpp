// Times as Discuz! prints them: absolute (`2010-3-5 16:28:09`, `2014-12-29 05:51 PM`, `2026-11-15`) and relative
// (刚刚, N 秒前, N 分钟前, 半小时前, N 小时前, 昨天 HH:MM, 前天 HH:MM, N 天前; traditional forms too), the latter resolved against the
// fetch time on the forum's wall clock. The precision is what the words let be known: `3 小时前` is known to the hour.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "parsers/dom.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::parsers::discuz {

// `text` may hold words before and after the time (`发表于 …`, ` · 江西`). nullopt when there is none.
[[nodiscard]] std::optional<Moment> read_time(std::string_view text, std::int64_t fetched_at, int zone_minutes);

// The time inside an element: a descendant's (or its own) title attribute when that holds a time, else its words.
[[nodiscard]] std::optional<Moment> time_in(dom::Node element, std::int64_t fetched_at, int zone_minutes);

}  // namespace boardwalk::parsers::discuz
