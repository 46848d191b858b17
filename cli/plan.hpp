// `crawl --plan`: what a run would fetch, and why.
#pragma once

#include "cli/crawl_run.hpp"
#include "config/job.hpp"

namespace boardwalk::cli {

// Prints a line per page: `now`, or the time before which it is not fetched, the reason, and the URL. Gives
// the exit code.
[[nodiscard]] int show_plan(const config::Job& job, const RunFiles& files);

}  // namespace boardwalk::cli
