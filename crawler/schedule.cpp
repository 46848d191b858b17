#include "crawler/schedule.hpp"

#include <algorithm>

#include "crawler/hours.hpp"

namespace boardwalk::crawler {
namespace {

constexpr config::Milliseconds kMostEarly = std::chrono::minutes(10);

}  // namespace

std::int64_t next_start(const std::vector<RunReport>& runs, const std::string& name, const config::Job& job,
                        std::int64_t now) {
  const auto last =
      std::find_if(runs.rbegin(), runs.rend(), [&name](const RunReport& run) { return run.job == name; });
  if (last == runs.rend()) return 0;
  const bool cut_short = last->stop.empty() || last->stop == "interrupted" || last->stop == "disk_full";
  if (cut_short || last->started_at > now) return 0;
  // A run that began early counts as begun when it was to, or it would move through the day.
  const config::Milliseconds every = job.schedule.every;
  const std::int64_t whole = every.count();
  const std::int64_t early = std::min(every / 4, kMostEarly).count();
  std::int64_t begun = 0;
  for (const auto& run : runs) {
    if (run.job != name) continue;
    const bool was_early = run.started_at >= begun + whole - early && run.started_at < begun + whole;
    begun = was_early ? begun + whole : run.started_at;
  }
  const std::int64_t due = begun + whole - early;
  if (last->stop != "outside_hours") return due;
  return std::min(due, next_open(job, last->ended_at.value_or(last->started_at)));
}

}  // namespace boardwalk::crawler
