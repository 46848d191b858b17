// How many threads of this process can run at once.
#pragma once

#include <filesystem>
#include <optional>

namespace boardwalk::config {

// The processors that the calling thread may run on (sched_getaffinity(2)), as a container or taskset(1)
// bounds them, and no more than cores_of_group() says; at least 1.
[[nodiscard]] int usable_cores();

// Cores whose whole time the control group of a process may use, and those above it (cpu.max of Linux' cgroup
// v2; a part of a core counts as one); absent: nothing bounds them, or there is none. `mount` is where the
// groups are mounted, `membership` the process's file `cgroup` in /proc.
[[nodiscard]] std::optional<int> cores_of_group(const std::filesystem::path& mount,
                                                const std::filesystem::path& membership);

}  // namespace boardwalk::config
