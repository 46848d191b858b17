#include "store/file_limit.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>

using boardwalk::store::file_limit;

TEST_CASE("a process may hold as many files open as the system lets it, whatever it began with") {
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit low{std::min<rlim_t>(before.rlim_max, 256), before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &low) == 0);
  const auto most = std::min<rlim_t>(before.rlim_max, 65'536);
  CHECK(file_limit() == most);
  CHECK(file_limit() == most);
  rlimit now{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &now) == 0);
  CHECK(now.rlim_cur == most);
  CHECK(now.rlim_max == before.rlim_max);
  CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
}
