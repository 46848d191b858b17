#include "crawler/hours.hpp"

namespace boardwalk::crawler {

std::int64_t next_open(const config::Hours& hours, int zone_minutes, std::int64_t now) {
  constexpr std::int64_t kMinute = 60'000;
  constexpr std::int64_t kDay = 24 * 60 * kMinute;
  if (hours.always()) return now;
  const std::int64_t here = now + zone_minutes * kMinute;
  const std::int64_t of_day = ((here % kDay) + kDay) % kDay;
  const std::int64_t from = hours.from * kMinute;
  const std::int64_t to = hours.to * kMinute;
  const bool open = from < to ? of_day >= from && of_day < to : of_day >= from || of_day < to;
  if (open) return now;
  return now + (from > of_day ? from - of_day : from - of_day + kDay);
}

}  // namespace boardwalk::crawler
