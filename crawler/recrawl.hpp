// When a page that was fetched before is fetched again: pure functions of what is known of it and of what a
// listing now says beside its link. Threads and listings come again by what listings tell (due_again),
// whatever no listing tells of by itself, at growing intervals (next_recheck).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "config/job.hpp"
#include "crawler/rows.hpp"
#include "parsers/page.hpp"

namespace boardwalk::crawler {

// The page said no, could not be read, is forbidden by robots.txt, sent its visitor elsewhere for a while
// (302, 303, 307) or in circles, stood where nothing may be asked for, or answered with an error that no retry
// helps (retry.hpp): it may be there another day.
// `status` is HTTP's.
[[nodiscard]] bool is_refusal(parsers::Outcome outcome, int status);

struct Offered {
  parsers::LinkRole role = parsers::LinkRole::kOther;
  std::optional<std::string> listed;
  bool listing_stale = false;  // what holds this link to a listing does not make it worth another look
  std::optional<std::int64_t> modified = std::nullopt;  // epoch seconds, at the latest; as its list says
  std::optional<std::int64_t> replies = std::nullopt;   // that a row counts
  bool sticky = false;                                  // a row that stands on top whatever happens in it
  std::optional<std::string> thread_id = std::nullopt;  // that a row tells and the URL does not
};

// Whether a link to it makes the page due. Where recrawl.article or recrawl.denied has no intervals, every
// link does. REQUIRES: row.fetched(), and no try of it is under way. `sweep` is the current sweep, `now`
// epoch ms.
[[nodiscard]] bool due_again(const UrlRow& row, const Offered& offered, std::int64_t sweep, std::int64_t now,
                             const config::Job::Recrawl& policy);

// A page as it was found now.
struct Found {
  parsers::LinkRole role = parsers::LinkRole::kOther;
  parsers::Outcome outcome = parsers::Outcome::kOk;
  bool first = false;                              // it was never fetched before
  bool refused = false;                            // the last time was a refusal, or empty
  bool changed = false;                            // it holds something that it did not hold at the last time
  std::optional<std::int64_t> age = std::nullopt;  // ms since what it holds was published
  int status = 200;                                // HTTP
  bool empty = false;                              // nothing came where a page or file should be
};

struct Recheck {
  int step = 0;                       // to be kept with the page
  std::optional<std::int64_t> after;  // ms; absent: not by itself
};

// When the page is looked at again by itself, after `step` looks that found nothing new. An article, and a
// page of no known kind: after the first interval of recrawl.article, the next after a look that found
// nothing new, the one before after a look that did; behind the last one each is twice as long. One that was
// old when it was first met begins at an interval of about its age. A refusal, and a body without a byte:
// after those of recrawl.denied, and no more behind the last; not a listing or file that redirects. All
// others, and what is gone: not by itself.
[[nodiscard]] Recheck next_recheck(const Found& found, int step, const config::Job::Recrawl& policy);

}  // namespace boardwalk::crawler
