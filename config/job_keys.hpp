// Every key of a job file, with what it may hold and the field that it fills. A key of [fetch] that says
// something of one host may stand in a [[host]] table as well. Private to config's sources, as it needs
// toml++.
#pragma once

#include "config/checked_toml.hpp"
#include "config/job.hpp"

namespace boardwalk::config {

[[nodiscard]] const Keys<Job>& job_keys();

}  // namespace boardwalk::config
