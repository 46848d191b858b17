#include "crawler/recrawl.hpp"

namespace boardwalk::crawler {

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
      return older_than(policy.article);
  }
}

}  // namespace boardwalk::crawler
