// How many threads of this process can run at once.
#pragma once

namespace boardwalk::config {

// The processors that the calling thread may run on (sched_getaffinity(2)), as a container or taskset(1)
// bounds them; at least 1. A share of time (cgroup's cpu.max) is not heeded.
[[nodiscard]] int usable_cores();

}  // namespace boardwalk::config
