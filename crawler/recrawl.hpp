// Whether a page that was fetched before is to be fetched again: a pure function of what is known of it and
// of what a listing now says beside its link.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "config/job.hpp"
#include "crawler/rows.hpp"
#include "parsers/page.hpp"

namespace boardwalk::crawler {

struct Offered {
  parsers::LinkRole role = parsers::LinkRole::kOther;
  std::optional<std::string> listed;
  bool listing_stale =
      false;  // the board page that holds this link showed nothing new: its further pages will not either
  std::optional<std::int64_t> modified = std::nullopt;  // epoch seconds, at the latest; as its list says
};

// REQUIRES: row.fetched() and nothing of it is queued. `sweep` is the current sweep, `now` epoch ms.
[[nodiscard]] bool due_again(const UrlRow& row, const Offered& offered, std::int64_t sweep, std::int64_t now,
                             const config::Job::Recrawl& policy);

}  // namespace boardwalk::crawler
