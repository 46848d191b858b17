#include "tests/bench/resources.hpp"

#include <fmt/format.h>
#include <jemalloc/jemalloc.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#pragma weak mallctl  // sanitizers bring a malloc of their own, without it

namespace boardwalk::bench {

double cpu_micros() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

double waits() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_nvcsw);
}

double peak_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return static_cast<double>(std::atoll(line.c_str() + 6)) * 1024 / 1e6;
  throw std::runtime_error("/proc/self/status does not tell VmHWM");
}

void forget_peak() {
  const std::string purge = fmt::format("arena.{}.purge", MALLCTL_ARENAS_ALL);
  if (mallctl != nullptr && mallctl(purge.c_str(), nullptr, nullptr, nullptr, 0) != 0)
    throw std::runtime_error("jemalloc does not give back what is free");
  if (std::ofstream clear("/proc/self/clear_refs"); !(clear << 5 << std::flush))
    throw std::runtime_error("/proc/self/clear_refs cannot be written");
}

}  // namespace boardwalk::bench
