#include "crawler/schedule.hpp"

#include <algorithm>

namespace boardwalk::crawler {
namespace {

constexpr config::Milliseconds kMostEarly = std::chrono::minutes(10);

}  // namespace

std::int64_t next_start(const std::vector<RunReport>& runs, const std::string& job,
                        config::Milliseconds every, std::int64_t now) {
  const auto last =
      std::find_if(runs.rbegin(), runs.rend(), [&job](const RunReport& run) { return run.job == job; });
  if (last == runs.rend()) return 0;
  const bool cut_short = last->stop.empty() || last->stop == "interrupted" || last->stop == "disk_full";
  if (cut_short || last->started_at > now) return 0;
  return last->started_at + (every - std::min(every / 4, kMostEarly)).count();
}

}  // namespace boardwalk::crawler
