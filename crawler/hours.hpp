// The hours of the day in which a host may be asked (`fetch.hours`). A pure function.
#pragma once

#include <cstdint>

#include "config/quantity.hpp"

namespace boardwalk::crawler {

// `now` (epoch ms) when the hours are open then, else the moment at which they open next. They are told in a
// zone so many minutes east of UTC; the opening minute belongs to them, the closing one does not.
[[nodiscard]] std::int64_t next_open(const config::Hours& hours, int zone_minutes, std::int64_t now);

}  // namespace boardwalk::crawler
