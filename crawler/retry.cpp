#include "crawler/retry.hpp"

#include <algorithm>

#include "crawler/response.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::Outcome;

constexpr double kJitter = 0.25;  // shorter or longer by this much

// A run looks for what is due some time after the answer came: when the pages before it are written, on a
// machine that has other things to do.
constexpr std::int64_t kLookedForBy = 60'000;  // ms

// retry_delay · 2^doublings, no more than max_retry_delay; without overflow however often it failed.
std::int64_t backed_off(const config::Job::Fetch& options, int doublings) {
  const std::int64_t cap = std::max<std::int64_t>(options.max_retry_delay.count(), 0);
  std::int64_t wait = std::clamp<std::int64_t>(options.retry_delay.count(), 0, cap);
  for (; doublings > 0 && wait > 0 && wait < cap; --doublings) wait = wait > cap / 2 ? cap : wait * 2;
  return wait;
}

std::int64_t asked_for(std::optional<std::int64_t> retry_after_seconds) {
  return std::clamp<std::int64_t>(retry_after_seconds.value_or(0), 0, kLongestRetryAfter) * 1000;
}

}  // namespace

bool may_pass(Outcome outcome, int status) {
  switch (outcome) {
    case Outcome::kNetworkError:
    case Outcome::kTimeout:
    case Outcome::kTruncated:
      return true;
    case Outcome::kHttpError:
      if (status == 408 || status == 425 || status == 429) return true;
      return status >= 500 && status <= 599 && status != 501 && status != 505;
    default:
      return false;
  }
}

std::optional<std::int64_t> retry_wait(Outcome outcome, int status, int attempts,
                                       std::optional<std::int64_t> retry_after_seconds,
                                       const config::Job::Fetch& options, double dice) {
  if (attempts > options.retries || !may_pass(outcome, status)) return std::nullopt;
  // Jitter after the cap: pages that failed together at a dead host do not come back together.
  const double jitter = 1 - kJitter + 2 * kJitter * std::clamp(dice, 0.0, 1.0);
  const auto wait =
      static_cast<std::int64_t>(static_cast<double>(backed_off(options, attempts - 1)) * jitter);
  return std::max(wait, asked_for(retry_after_seconds));
}

std::int64_t longest_wait(const config::Job::Fetch& options) {
  const auto cap = std::max<std::int64_t>(options.max_retry_delay.count(), 0);
  return static_cast<std::int64_t>(static_cast<double>(cap) * (1 + kJitter));
}

std::int64_t wait_after_failing(const config::Job::Fetch& options, const config::Job::Recrawl& recrawl) {
  return std::max<std::int64_t>(recrawl.failed.count(), longest_wait(options) + kLookedForBy);
}

std::int64_t host_block(Outcome outcome, int status, std::optional<std::int64_t> retry_after_seconds,
                        int failures_in_a_row, const config::Job::Fetch& options) {
  const bool silent = status == 0 && (outcome == Outcome::kNetworkError || outcome == Outcome::kTimeout);
  if (status != 429 && status != 503 && !silent) return 0;
  if (retry_after_seconds) return asked_for(retry_after_seconds);
  return backed_off(options, failures_in_a_row - 1);
}

}  // namespace boardwalk::crawler
