// The part of a step that decides what an answer to robots.txt means for its host (RFC 9309).
#include <algorithm>

#include "crawler/follow.hpp"
#include "crawler/host_answer.hpp"
#include "crawler/retry.hpp"
#include "crawler/robots_answer.hpp"
#include "crawler/step_writer.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::Outcome;

constexpr std::int64_t kRobotsLife = 24 * 3'600'000;  // RFC 9309 §2.4

// By which a robots.txt is named among what fails.
std::string name_of(const Lease& lease) { return lease.site + " robots.txt"; }

}  // namespace

Result<void> StepWriter::finish_robots(store::Batch& batch, Step& step) {
  const FetchResult& answer = step.answer;
  RobotsAnswer means = robots_answer(answer, step.lease.row.hops, has_tries_left(step));
  // Rules that are held are not lifted by what stands, perhaps, at the other scheme's port alone.
  const bool holds_rules = frontier_.host(step.lease.site).robots_status == 200;
  if (step.lease.row.hops >= kByOtherScheme && holds_rules && means.kind == RobotsAnswer::Kind::kUnavailable)
    means = {RobotsAnswer::Kind::kUnreachable, {}, means.reason};
  if (means.kind == RobotsAnswer::Kind::kRedirect) {
    auto held = is_held(step, means.target);
    if (!held) return tl::unexpected(held.error());
    if (*held) {
      means = {RobotsAnswer::Kind::kUnreachable, {}, {}};
      step.answer.detail = "redirected to a host that is left alone";
    }
  }
  const bool unreachable = means.kind == RobotsAnswer::Kind::kUnreachable;
  const bool moved = means.kind == RobotsAnswer::Kind::kRedirect;
  account_.answered_after_all(name_of(step.lease));
  const Verdict verdict = moved ? Verdict::kNeither : unreachable ? Verdict::kAgainst : Verdict::kFor;
  if (auto noted =
          note_answer(frontier_, step.lease, answer, verdict, settings_.of(step.lease.site), job_.recrawl);
      !noted)
    return noted;
  if (auto noted = note_other_host(step); !noted) return noted;
  count(step, answer.outcome);
  if (auto kept = keep(batch, step, answer.outcome, answer.detail); !kept) return kept;
  HostRow& host = frontier_.host(step.lease.site);
  host.robots_redirect = moved ? means.target : std::string{};
  const int hops = answer.status == 0 ? kByOtherScheme : step.lease.row.hops + 1;
  host.robots_hops = moved ? hops : 0;
  if (moved) return {};
  return unreachable ? robots_unreachable(step) : take_rules(batch, step, means);
}

// What the answer means for the host that gave it, where robots.txt was redirected to another one.
Result<void> StepWriter::note_other_host(const Step& step) {
  const FetchResult& answer = step.answer;
  const auto site = site_elsewhere(answer.url, step.lease.site);
  if (!site) return {};
  if (auto noted = frontier_.note_asked(*site, answer.ended_at); !noted) return noted;
  const std::int64_t block =
      host_block(answer.outcome, answer.status, answer.retry_after, 1, settings_.of(*site));
  return block > 0 ? frontier_.block(*site, answer.ended_at + block, answer.detail) : Result<void>{};
}

// Whether a run does not wait for the host that robots.txt was redirected to.
Result<bool> StepWriter::is_held(const Step& step, const std::string& target) {
  const auto site = site_elsewhere(target, step.lease.site);
  if (!site) return false;
  const auto until = frontier_.held_until(*site);
  if (!until) return tl::unexpected(until.error());
  return *until - step.answer.ended_at > longest_wait(settings_.of(step.lease.site));
}

// Whether the host is asked again in this run when it does not answer this time.
bool StepWriter::has_tries_left(const Step& step) {
  return frontier_.host(step.lease.site).failures < settings_.of(step.lease.site).retries;
}

// §2.3.1.4: nothing may be fetched, and it is asked for again.
Result<void> StepWriter::robots_unreachable(const Step& step) {
  const FetchResult& answer = step.answer;
  const FailedPage failure{answer.url, answer.outcome, answer.detail};
  const std::string name = name_of(step.lease);
  // A host that stands where nothing may be asked for has said no: none of its pages failed.
  const bool refused = answer.outcome == Outcome::kUnsafeAddress && step.lease.row.hops == 0;
  if (frontier_.is_set_aside(step.lease.site)) {
    if (!refused) account_.failed(name, failure);
    return {};
  }
  const config::Job::Fetch& fetch = settings_.of(step.lease.site);
  const int failures = std::max(frontier_.host(step.lease.site).failures, 1);
  const auto wait = retry_wait(answer.outcome, answer.status, failures, answer.retry_after, fetch, roll());
  if (wait)
    account_.will_retry(name, failure);
  else if (!refused)
    account_.failed(name, failure);
  const std::int64_t until = answer.ended_at + wait.value_or(wait_after_failing(fetch, job_.recrawl));
  return frontier_.block(step.lease.site, until, "robots.txt: " + answer.detail);
}

// What it allows holds for a day, and the sitemaps that it names are offered.
Result<void> StepWriter::take_rules(store::Batch& batch, const Step& step, const RobotsAnswer& means) {
  const FetchResult& answer = step.answer;
  HostRow& host = frontier_.host(step.lease.site);
  host.robots_status = means.kind == RobotsAnswer::Kind::kRules ? answer.status : 404;
  host.robots_sha256 = step.sha256;
  host.robots_reason = means.reason;
  host.robots_until = std::max(answer.ended_at, now_()) + kRobotsLife;
  const std::string& agent = settings_.of(step.lease.site).user_agent;
  const Robots robots = robots_of(means, answer.body, product_token(agent));
  host.set_crawl_delay(pause_asked_by(robots));
  for (const auto& offer : sitemaps_to_follow(robots, scope_, now_()))
    if (auto queued = frontier_.offer(batch, offer, now_()); !queued) return tl::unexpected(queued.error());
  return {};
}

}  // namespace boardwalk::crawler
