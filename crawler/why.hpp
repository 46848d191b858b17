// Why a URL is, or is not, in the archive: what decided, and when, from what the crawl left there and the
// scope of the last run's job. Nothing is fetched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/job.hpp"
#include "parsers/url.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// What decides, the words of the manual: no other is ever given.
inline constexpr std::string_view kDecisions[] = {
    "fetched",      "duplicate_spelling", "out_of_scope", "robots",    "budget",
    "denied",       "challenge",          "not_there",    "failed",    "redirected",
    "blocked_host", "due_later",          "queued",       "never_seen"};

struct Why {
  std::string decision;            // of kDecisions
  std::string url;                 // as asked
  std::string key;                 // of its page
  std::optional<std::int64_t> at;  // epoch ms; when that was decided, if a moment decided it
  std::string because;             // one line for a person
  std::vector<std::pair<std::string, std::string>> facts;  // what else is known, as name and value
};

// `job` as the last run's (last_job below), or the one that is asked about; without one, nothing is said of
// scope.
[[nodiscard]] Result<Why> why(const store::Database& database, const parsers::Url& url,
                              const std::optional<config::Job>& job, std::int64_t now);

// The last run's seeds and scope over the default job; absent when there was no run, or it kept none.
[[nodiscard]] Result<std::optional<config::Job>> last_job(const store::Database& database);

}  // namespace boardwalk::crawler
