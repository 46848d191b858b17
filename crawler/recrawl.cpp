#include "crawler/recrawl.hpp"

#include <algorithm>

namespace boardwalk::crawler {
namespace {

constexpr config::Milliseconds kLeastBetween = std::chrono::hours(1);

}  // namespace

bool due_again(const UrlRow& row, const Offered& offered, std::int64_t sweep, std::int64_t now,
               const config::Job::Recrawl& policy) {
  using parsers::LinkRole;
  using parsers::Outcome;
  if (row.sweep >= sweep) return false;  // once a sweep, whatever the pages say
  const auto older_than = [&](config::Milliseconds age) { return now - row.last_fetch >= age.count(); };
  switch (row.outcome().value_or(Outcome::kOk)) {
    case Outcome::kOk:
    case Outcome::kUnchanged:
    case Outcome::kRedirected:
      break;
    default:
      return older_than(policy.denied);
  }
  const bool by_list = offered.modified && offered.role != LinkRole::kThread;
  if (by_list && *offered.modified * 1000 <= row.last_fetch) return false;
  switch (offered.role) {
    case LinkRole::kIndex:
    case LinkRole::kBoard:
    case LinkRole::kListing:
      return !offered.listing_stale && older_than(policy.listing);
    case LinkRole::kAttachment:
      return false;  // a file stays what it is
    case LinkRole::kThread:
      return offered.listed && *offered.listed != row.listed;
    default:
      // Some lists call everything changed that very moment.
      return older_than(by_list ? std::min(policy.article, kLeastBetween) : policy.article);
  }
}

}  // namespace boardwalk::crawler
