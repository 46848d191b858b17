#include "crawler/pace.hpp"

#include <algorithm>

#include "crawler/retry.hpp"

namespace boardwalk::crawler {

using parsers::Outcome;

std::int64_t next_delay(std::int64_t before, std::int64_t latency, Outcome outcome, int status,
                        std::int64_t least, const config::Job::Fetch& options) {
  if (least <= 0) return 0;
  // A Crawl-delay beyond the cap is the site's own word.
  const std::int64_t most = std::max(least, std::int64_t{options.max_delay.count()});
  const std::int64_t held = std::clamp(before, least, most);
  // The host is busy with us half of the time at most.
  const std::int64_t target = std::clamp(latency, least, most);
  // An error may come quickly because nothing was done for it.
  if (may_pass(outcome, status)) return std::min(std::max(held * 2, target), most);
  const bool done =
      outcome == Outcome::kOk || outcome == Outcome::kUnchanged || outcome == Outcome::kRedirected;
  if (!done) return std::max(held, target);
  // Half way only, so that one quick answer does not undo what slow ones taught.
  return std::max(target, (held + target) / 2);
}

bool counts_against_host(Outcome outcome, int status) {
  const bool silent = outcome == Outcome::kNetworkError || outcome == Outcome::kTimeout;
  if (silent) return status == 0;
  return outcome == Outcome::kHttpError && may_pass(outcome, status) && status != 408 && status != 425;
}

std::int64_t set_aside_for(int failures_in_a_row, std::int64_t tries, int times, std::int64_t first) {
  constexpr std::int64_t kDay = 86'400'000;
  if (failures_in_a_row <= tries) return 0;
  std::int64_t aside = first;
  for (; times > 0 && aside > 0 && aside < kDay; --times) aside *= 2;
  return std::max(std::min(aside, kDay), first);
}

}  // namespace boardwalk::crawler
