// One line of the crawl's log: what was asked of one URL and what came of it. A line is written when the step
// is committed, so that the log never says more than the archive holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/outcome.hpp"

namespace boardwalk::crawler {

struct LogLine {
  std::int64_t time = 0;  // epoch ms; when the answer had come
  int run = 0;
  std::string site;
  std::string url;  // as asked
  parsers::Outcome outcome = parsers::Outcome::kOk;
  int status = 0;          // HTTP; 0 when none came
  std::int64_t bytes = 0;  // of the body
  std::int64_t milliseconds = 0;
  std::string kind;  // of the page: `thread`, `board`, `robots`, …; empty when it was not parsed
  int added = 0;     // posts, articles, threads and boards that are new
  int changed = 0;   // posts and articles with a new version
  int gone = 0;      // posts that the page no longer shows
  int queued = 0;    // pages that it led to
  int tries = 0;     // in a row that failed, this one included
  std::optional<std::int64_t> due;  // epoch ms; when it is fetched again, if that is known
  std::string via;                  // page key of the page that linked it; empty for a seed
  std::string detail;               // for a person
};

// The keys of a line, in their order.
inline constexpr std::string_view kLogKeys[] = {"time",   "run",   "site", "url", "outcome", "status",
                                                "bytes",  "ms",    "kind", "new", "changed", "gone",
                                                "queued", "tries", "due",  "via", "detail"};

// A JSON object without line end.
[[nodiscard]] std::string to_json(const LogLine& line);

}  // namespace boardwalk::crawler
