#include "crawler/budget.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using namespace boardwalk::crawler;

TEST_CASE("a limit of nothing is none") {
  CHECK(run_limit_reached({1'000'000, 1 << 30, 1000, 1'000'000'000}, {}).empty());
  CHECK(host_limit_reached({1'000'000, 1 << 30, 1000, 1'000'000'000}, {}).empty());
}

TEST_CASE("each limit of a run has its name, and is reached by what equals it") {
  config::Job::Limits limits;
  limits.max_pages = 10;
  limits.max_bytes = 1000;
  limits.max_errors = 3;
  limits.max_time = config::Milliseconds(60'000);
  CHECK(run_limit_reached({9, 999, 2, 59'999}, limits).empty());
  CHECK(run_limit_reached({10, 0, 0, 0}, limits) == "max_pages");
  CHECK(run_limit_reached({0, 1000, 0, 0}, limits) == "max_bytes");
  CHECK(run_limit_reached({0, 0, 3, 0}, limits) == "max_errors");
  CHECK(run_limit_reached({0, 0, 0, 60'000}, limits) == "max_time");
}

TEST_CASE("each limit of a host has its name, and is reached by what equals it") {
  config::Job::Limits limits;
  limits.host_pages = 10;
  limits.host_bytes = 1000;
  limits.host_errors = 3;
  limits.host_time = config::Milliseconds(60'000);
  CHECK(host_limit_reached({9, 999, 2, 59'999}, limits).empty());
  CHECK(host_limit_reached({10, 0, 0, 0}, limits) == "host_pages");
  CHECK(host_limit_reached({0, 1000, 0, 0}, limits) == "host_bytes");
  CHECK(host_limit_reached({0, 0, 3, 0}, limits) == "host_errors");
  CHECK(host_limit_reached({0, 0, 0, 60'000}, limits) == "host_time");
}
