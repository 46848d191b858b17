// The hours of the day in which a host may be asked (`fetch.hours`). Pure functions.
#pragma once

#include <cstdint>

#include "config/job.hpp"
#include "config/quantity.hpp"

namespace boardwalk::crawler {

// `now` (epoch ms) when the hours are open then, else the moment at which they open next. They are told in a
// zone so many minutes east of UTC; the opening minute belongs to them, the closing one does not.
[[nodiscard]] std::int64_t next_open(const config::Hours& hours, int zone_minutes, std::int64_t now);

// The zone of a job's hours: site.timezone, else China's.
[[nodiscard]] int hours_zone(const config::Job& job);

// When the first of the job's hours open, for all hosts or for some, that are closed at `now`; `now` when none
// are.
[[nodiscard]] std::int64_t next_open(const config::Job& job, std::int64_t now);

}  // namespace boardwalk::crawler
