#include "config/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>

namespace boardwalk::config {
namespace {

namespace fs = std::filesystem;

// Its path below the mount, without the slash in front; v1's groups have lines of their own. A group outside
// of what a container sees of them (`/../…`) has none.
std::optional<fs::path> group_of(const fs::path& membership) {
  constexpr std::string_view kUnified = "0::/";
  std::ifstream file(membership);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kUnified)) continue;
    const std::string group = line.substr(kUnified.size());
    const bool below = !group.starts_with('/') && !group.starts_with("..");
    return below ? std::optional<fs::path>(group) : std::nullopt;
  }
  return std::nullopt;
}

// "QUOTA PERIOD", both in microseconds, or "max PERIOD".
std::optional<int> cores_in(const fs::path& cpu_max) {
  std::ifstream file(cpu_max);
  long long quota = 0, period = 0;
  if (!(file >> quota >> period) || quota <= 0 || period <= 0) return std::nullopt;
  return static_cast<int>(std::clamp<long long>((quota - 1) / period + 1, 1, CPU_SETSIZE));
}

}  // namespace

int usable_cores() {
  cpu_set_t set;
  const bool known = sched_getaffinity(0, sizeof(set), &set) == 0;  // of up to 1024
  const int cores = known ? CPU_COUNT(&set) : static_cast<int>(std::thread::hardware_concurrency());
  const auto share = cores_of_group("/sys/fs/cgroup", "/proc/self/cgroup");
  return std::max(1, share ? std::min(cores, *share) : cores);
}

std::optional<int> cores_of_group(const fs::path& mount, const fs::path& membership) {
  auto group = group_of(membership);
  if (!group) return std::nullopt;
  std::optional<int> fewest;
  for (;; group = group->parent_path()) {
    if (const auto cores = cores_in(mount / *group / "cpu.max"))
      fewest = std::min(fewest.value_or(*cores), *cores);
    if (group->empty()) return fewest;
  }
}

}  // namespace boardwalk::config
