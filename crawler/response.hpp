// What an HTTP answer says, apart from how it arrived (RFC 9110): the outcome that its status stands for, and
// when it asks to be asked again. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "parsers/outcome.hpp"

namespace boardwalk::crawler {

// As fetcher.hpp lists them. A 206 counts as kTruncated: no part was asked for.
[[nodiscard]] parsers::Outcome outcome_of(int status, bool has_location);

inline constexpr std::int64_t kLongestRetryAfter = 604'800;  // seconds: a week

// Retry-After (RFC 9110 §10.2.3) in seconds, from 0 to kLongestRetryAfter. A date counts from the response's
// own `date`, so that a server's wrong clock does no harm, else from `now` (epoch seconds). nullopt for what
// is neither.
[[nodiscard]] std::optional<std::int64_t> retry_after(std::string_view value, std::string_view date,
                                                      std::int64_t now);

}  // namespace boardwalk::crawler
