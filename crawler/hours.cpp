#include "crawler/hours.hpp"

#include <algorithm>
#include <optional>

namespace boardwalk::crawler {
namespace {

constexpr int kChina = 8 * 60;  // minutes: where the sites are whose pages tell no zone

}  // namespace

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

int hours_zone(const config::Job& job) { return job.site.timezone_minutes.value_or(kChina); }

std::int64_t next_open(const config::Job& job, std::int64_t now) {
  std::optional<std::int64_t> first;
  const auto look_at = [&](const config::Hours& hours) {
    const std::int64_t opens = next_open(hours, hours_zone(job), now);
    if (opens > now) first = std::min(first.value_or(opens), opens);
  };
  look_at(job.fetch.hours);
  for (const auto& host : job.hosts) {
    config::Job::Fetch fetch = job.fetch;
    host.change(fetch);
    look_at(fetch.hours);
  }
  return first.value_or(now);
}

}  // namespace boardwalk::crawler
