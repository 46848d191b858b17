#include "crawler/host_answer.hpp"

#include <algorithm>

#include "crawler/pace.hpp"
#include "crawler/retry.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::int64_t kLeastTries = 4;  // before a host is set aside

}  // namespace

Result<void> note_answer(Frontier& frontier, const Lease& lease, const FetchResult& answer, Verdict verdict,
                         const config::Job::Fetch& fetch, const config::Job::Recrawl& recrawl) {
  HostRow& host = frontier.host(lease.site);
  host.last_hit = std::max(host.last_hit, answer.ended_at);
  if (verdict == Verdict::kNeither && answer.status == 0) return {};
  const std::int64_t delay = next_delay(host.delay, answer.ended_at - answer.started_at, answer.outcome,
                                        answer.status, frontier.least_pause(lease.site), fetch);
  if (auto set = frontier.set_delay(lease.site, delay); !set) return set;
  if (verdict == Verdict::kNeither) return {};
  if (verdict == Verdict::kFor) {
    host.failures = host.set_aside = 0;
    if (host.blocked_until <= answer.ended_at) host.blocked_because.clear();
    return {};
  }
  // Requests that were out together when the host fell over say it once.
  if (answer.started_at >= host.failed_at) {
    ++host.failures;
    host.failed_at = answer.ended_at;
  }
  const auto block = host_block(answer.outcome, answer.status, answer.retry_after, host.failures, fetch);
  if (block > 0)
    if (auto blocked = frontier.block(lease.site, answer.ended_at + block, answer.detail); !blocked)
      return blocked;
  // Pages may fail in ways of their own; without robots.txt nothing of the host can be had.
  const std::int64_t tries = lease.is_robots ? fetch.retries : std::max(fetch.retries, kLeastTries);
  const std::int64_t aside =
      set_aside_for(host.failures, tries, host.set_aside, wait_after_failing(fetch, recrawl));
  if (aside > 0) frontier.set_aside(lease.site, answer.ended_at + aside, answer.detail);
  return {};
}

}  // namespace boardwalk::crawler
