#include "config/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace boardwalk::config {

int usable_cores() {
  cpu_set_t set;
  const bool known = sched_getaffinity(0, sizeof(set), &set) == 0;  // of up to 1024
  return std::max(1, known ? CPU_COUNT(&set) : static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace boardwalk::config
