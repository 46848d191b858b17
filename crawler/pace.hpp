// How long a host is left in peace between two requests, by how it answers, and when it is set aside. Pure
// functions. No answer makes us faster than the job allows, and no error makes us faster than we were.
#pragma once

#include <cstdint>

#include "config/job.hpp"
#include "parsers/outcome.hpp"

namespace boardwalk::crawler {

// Milliseconds from the end of one request to the start of the next, after an answer that took `latency`.
// `before` is what held until then, `least` what job and robots.txt ask for: 0 means that the job wants no
// pauses at all, and then there are none. Slowness alone leads to pauses as long as the answers take, errors
// double them, to at most options.max_delay.
[[nodiscard]] std::int64_t next_delay(std::int64_t before, std::int64_t latency, parsers::Outcome outcome,
                                      int status, std::int64_t least, const config::Job::Fetch& options);

// Whether an answer says that the host, not the page, is in trouble: none at all, 429, 5xx (501 and 505
// aside). One that begins and then goes wrong is the page's own.
[[nodiscard]] bool counts_against_host(parsers::Outcome outcome, int status);

// Milliseconds for which a host is set aside after so many failures in a row, 0 for not yet: once there were
// more than `tries`. It is the `times`-th time in a row (0: the first): `first`,
// doubled with each, up to a day.
[[nodiscard]] std::int64_t set_aside_for(int failures_in_a_row, std::int64_t tries, int times,
                                         std::int64_t first);

}  // namespace boardwalk::crawler
