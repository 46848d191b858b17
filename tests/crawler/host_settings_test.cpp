#include "crawler/host_settings.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using namespace std::chrono_literals;
using crawler::HostSettings;

namespace {

config::Job job_of(const std::string& toml) {
  auto job = config::parse_job(toml, "job.toml");
  REQUIRE(job);
  return *job;
}

}  // namespace

TEST_CASE("a host without a table is fetched as [fetch] says") {
  const HostSettings settings(job_of("[fetch]\ndelay = '3s'\n[[host]]\nname = 'a.example'\ndelay = '9s'\n"));
  CHECK(settings.of("b.example").delay == 3s);
  CHECK(settings.of("sub.a.example").delay == 3s);
}

TEST_CASE("a host's table changes the keys that it names, and keeps the others of [fetch]") {
  const HostSettings settings(
      job_of("[fetch]\ndelay = '3s'\nretries = 7\n[[host]]\nname = 'a.example'\ndelay = '9s'\n"));
  CHECK(settings.of("a.example").delay == 9s);
  CHECK(settings.of("a.example").retries == 7);
}

TEST_CASE("the first table that fits counts: names are patterns, and hold a port that is not the scheme's") {
  const HostSettings settings(
      job_of("[[host]]\nname = ['a.example', 'b.example:8080']\nper_host = 2\n"
             "[[host]]\nname = '*.example'\nper_host = 3\ndelay = '9s'\n"));
  CHECK(settings.of("a.example").per_host == 2);
  CHECK(settings.of("a.example").delay == 1s);
  CHECK(settings.of("b.example:8080").per_host == 2);
  CHECK(settings.of("b.example:8081").per_host == 1);
  CHECK(settings.of("c.example").per_host == 3);
}

TEST_CASE("what --set changes of [fetch] holds for hosts whose tables say nothing of it") {
  config::Job job = job_of("[[host]]\nname = 'a.example'\ndelay = '9s'\n");
  REQUIRE(config::set_key(job, "fetch.retries=5"));
  REQUIRE(config::set_key(job, "fetch.delay=0s"));
  const HostSettings settings(job);
  CHECK(settings.of("a.example").retries == 5);
  CHECK(settings.of("a.example").delay == 9s);
  CHECK(settings.of("b.example").delay == 0s);
}
