// What of a job decides what it crawls, as text that set_key() reads back: kept with each run, so that years
// later it can be said why a page was left out.
#pragma once

#include <string>
#include <vector>

#include "config/job.hpp"

namespace boardwalk::config {

// `seeds=[…]`, every key of [scope] as `scope.key=value`, and what robots.txt is asked by: `fetch.user_agent`
// and `fetch.obey_robots`, but those of [[host]] tables.
[[nodiscard]] std::vector<std::string> scope_assignments(const Job& job);

}  // namespace boardwalk::config
