#include "crawler/recrawl.hpp"

#include <algorithm>
#include <vector>

#include "crawler/retry.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;
using parsers::Outcome;
using Intervals = std::vector<config::Milliseconds>;

constexpr config::Milliseconds kLeastBetween = std::chrono::hours(1);
constexpr int kMostDoublings = 6;  // of the last interval: from a month to five years

bool was_read(Outcome outcome) {
  return outcome == Outcome::kOk || outcome == Outcome::kUnchanged || outcome == Outcome::kRedirected;
}

bool is_listing(LinkRole role) {
  return role == LinkRole::kIndex || role == LinkRole::kBoard || role == LinkRole::kListing ||
         role == LinkRole::kNextPage || role == LinkRole::kPage;
}

// The first interval that is not much shorter than the age.
int step_for_age(std::int64_t age, const Intervals& intervals) {
  int step = 0;
  while (step + 1 < static_cast<int>(intervals.size()) &&
         age >= intervals[static_cast<std::size_t>(step) + 1].count())
    ++step;
  return step;
}

std::int64_t interval(int step, const Intervals& intervals) {
  const int last = static_cast<int>(intervals.size()) - 1;
  const int doublings = std::clamp(step - last, 0, kMostDoublings);
  return intervals[static_cast<std::size_t>(std::min(step, last))].count() << doublings;
}

Recheck recheck_read(const Found& found, int step, const Intervals& intervals) {
  if (intervals.empty() || (found.role != LinkRole::kArticle && found.role != LinkRole::kOther)) return {};
  if (found.first)
    step = step_for_age(found.age.value_or(0), intervals);
  else
    step = found.changed ? std::max(step - 1, 0) : step + 1;
  return {step, interval(step, intervals)};
}

}  // namespace

bool is_refusal(Outcome outcome, int status) {
  if (outcome == Outcome::kHttpError) return !may_pass(outcome, status);
  if (outcome == Outcome::kRedirected) return status == 302 || status == 303 || status == 307;
  return outcome == Outcome::kDenied || outcome == Outcome::kRobotsDenied || outcome == Outcome::kNotFound ||
         outcome == Outcome::kUnreadable || outcome == Outcome::kTooComplex ||
         outcome == Outcome::kTooLarge || outcome == Outcome::kRedirectLoop ||
         outcome == Outcome::kUnsafeAddress;
}

bool due_again(const UrlRow& row, const Offered& offered, std::int64_t sweep, std::int64_t now,
               const config::Job::Recrawl& policy) {
  if (row.sweep >= sweep) return false;  // once a sweep, whatever the pages say
  const std::int64_t last_fetch = row.last_fetch > now ? 0 : row.last_fetch;  // by a clock that was ahead
  const auto older_than = [&](config::Milliseconds age) { return now - last_fetch >= age.count(); };
  const bool dated = offered.modified && offered.role != LinkRole::kThread;
  if (dated && *offered.modified * 1000 <= last_fetch) return false;
  const bool news = dated || (offered.listed && *offered.listed != row.listed);
  const bool listing = is_listing(offered.role);
  if (!was_read(row.outcome().value_or(Outcome::kOk))) {
    if (policy.denied.empty()) return true;
    // No listing tells of rules that have changed.
    const bool forbidden = row.outcome() == Outcome::kRobotsDenied;
    return (listing || news || forbidden) && older_than(policy.denied.front());
  }
  if (offered.role == LinkRole::kAttachment) return false;  // a file stays what it is
  if (listing) return !offered.listing_stale && older_than(policy.listing);
  if (policy.article.empty() && offered.role != LinkRole::kThread) return true;
  return news &&
         (!dated || older_than(kLeastBetween));  // some lists call everything changed that very moment
}

Recheck next_recheck(const Found& found, int step, const config::Job::Recrawl& policy) {
  if (found.outcome == Outcome::kOk || found.outcome == Outcome::kUnchanged)
    return recheck_read(found, step, policy.article);
  if (!is_refusal(found.outcome, found.status) && !found.empty) return {};
  // Listings are looked at in every run, and where files have moved they mostly stay.
  const bool stays = is_listing(found.role) || found.role == LinkRole::kAttachment;
  if (found.outcome == Outcome::kRedirected && stays) return {};
  if (!found.refused) step = 0;  // what was counted were looks at what it said
  if (step >= static_cast<int>(policy.denied.size())) return {step, std::nullopt};
  return {step + 1, policy.denied[static_cast<std::size_t>(step)].count()};
}

}  // namespace boardwalk::crawler
