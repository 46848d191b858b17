#include "store/file_limit.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace boardwalk::store {
namespace {

// Tables of 4 TiB. A hard limit may be a thousand million, by which some programs count.
constexpr rlim_t kMost = 65'536;

}  // namespace

std::size_t file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return kMost;
  const rlimit raised{std::min(limit.rlim_max, kMost), limit.rlim_max};
  if (limit.rlim_cur >= raised.rlim_cur || setrlimit(RLIMIT_NOFILE, &raised) != 0) return limit.rlim_cur;
  return raised.rlim_cur;
}

}  // namespace boardwalk::store
