// When to try again. Pure functions: no clock, no dice of their own (the caller passes `now` and a number in
// [0, 1)). Errors never speed us up.
#pragma once

#include <cstdint>
#include <optional>

#include "config/job.hpp"
#include "parsers/outcome.hpp"

namespace boardwalk::crawler {

// True for outcomes that another try may change: network errors, time-outs, cut bodies, 408, 425, 429 and 5xx
// (501 and 505 aside).
[[nodiscard]] bool may_pass(parsers::Outcome outcome, int status);

// Milliseconds to wait before try number `attempts` + 1 (`attempts` tries are done, at least 1), or nullopt
// when no more tries are due. Exponential from retry_delay, capped at max_retry_delay, then jittered by ±25
// %, never shorter than Retry-After, of which at most a week counts.
[[nodiscard]] std::optional<std::int64_t> retry_wait(parsers::Outcome outcome, int status, int attempts,
                                                     std::optional<std::int64_t> retry_after_seconds,
                                                     const config::Job::Fetch& options, double dice);

// The longest that retry_wait() gives where no server asks for more.
[[nodiscard]] std::int64_t longest_wait(const config::Job::Fetch& options);

// Milliseconds after which what used up its tries, or asked for a proof of humanity, is asked again:
// recrawl.failed, and a minute longer than a run waits: one that has nothing else to do ends first.
[[nodiscard]] std::int64_t wait_after_failing(const config::Job::Fetch& options,
                                              const config::Job::Recrawl& recrawl);

// Milliseconds for which the whole host is left alone after this answer (0: only its ordinary delay): 429,
// 503 and no answer at all block it, for Retry-After when given, else for retry_delay doubled per failure in
// a row (this one is counted: 1 for the first), capped at max_retry_delay.
[[nodiscard]] std::int64_t host_block(parsers::Outcome outcome, int status,
                                      std::optional<std::int64_t> retry_after_seconds, int failures_in_a_row,
                                      const config::Job::Fetch& options);

}  // namespace boardwalk::crawler
