// How much a run may take, of all hosts or of one (`limits`). A pure function: `why` a page waits can be told
// again from the job and the host's row.
#pragma once

#include <cstdint>
#include <string_view>

#include "config/job.hpp"

namespace boardwalk::crawler {

struct Spent {
  std::int64_t pages = 0;   // begun; robots.txt files are none
  std::int64_t bytes = 0;   // of bodies
  std::int64_t errors = 0;  // fetches that failed (is_failure), each try
  std::int64_t milliseconds = 0;
};

// The limit of the run that is reached: `max_pages`, `max_bytes`, `max_errors`, `max_time`; empty when none
// is. A limit of 0 is none.
[[nodiscard]] std::string_view run_limit_reached(const Spent& spent, const config::Job::Limits& limits);
// The same for one host in one run: `host_pages`, `host_bytes`, `host_errors`, `host_time`.
[[nodiscard]] std::string_view host_limit_reached(const Spent& spent, const config::Job::Limits& limits);

}  // namespace boardwalk::crawler
