#include "crawler/schedule.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using namespace boardwalk::crawler;

namespace {

RunReport run(const std::string& job, std::int64_t started_at, const std::string& stop) {
  RunReport report;
  report.job = job;
  report.started_at = started_at;
  report.stop = stop;
  return report;
}

config::Job every(config::Milliseconds time) {
  config::Job job = config::default_job();
  job.schedule.every = time;
  return job;
}

const config::Job kEvery = every(config::Milliseconds(1000));

}  // namespace

TEST_CASE("a job is due again its interval after the start of its own last run") {
  CHECK(next_start({run("a", 5000, "done"), run("b", 9000, "done")}, "a", kEvery, 9000) == 5750);
  CHECK(next_start({run("a", 5000, "max_pages")}, "a", kEvery, 9000) == 5750);
}

TEST_CASE("a job is due at a look that comes earlier than the last one came, by ten minutes at most") {
  constexpr std::int64_t kMinute = 60'000;
  const auto due = [](config::Milliseconds time) {
    return next_start({run("a", 0, "done")}, "a", every(time), 1);
  };
  CHECK(due(std::chrono::hours(1)) == 50 * kMinute);
  CHECK(due(std::chrono::hours(24)) == (24 * 60 - 10) * kMinute);
  CHECK(due(std::chrono::minutes(4)) == 3 * kMinute);
  CHECK(due(config::Milliseconds(0)) == 0);
}

TEST_CASE("a job that is looked at all the time does not move through the day") {
  std::vector<RunReport> runs{run("a", 100'000, "done")};
  for (std::int64_t days = 1; days <= 20; ++days) {
    const std::int64_t due = next_start(runs, "a", kEvery, 1'000'000);
    CHECK(due == 100'000 + days * 1000 - 250);
    runs.push_back(run("a", due, "done"));
  }
}

TEST_CASE("a job that never ran, or was cut short, is due at once") {
  CHECK(next_start({run("b", 9000, "done")}, "a", kEvery, 9000) == 0);
  for (const auto* stop : {"", "interrupted", "disk_full"})
    CHECK(next_start({run("a", 4000, "done"), run("a", 5000, stop)}, "a", kEvery, 9000) == 0);
}

TEST_CASE("a job whose last run was started by a clock that was ahead is due at once") {
  CHECK(next_start({run("a", 9001, "done")}, "a", kEvery, 9000) == 0);
  CHECK(next_start({run("a", 9000, "done")}, "a", kEvery, 9000) == 9750);
}

TEST_CASE("what a job left because of its hours is gone on with when they open, as often as they do") {
  constexpr std::int64_t kHour = 3'600'000;
  config::Job job = every(std::chrono::hours(24));
  job.site.timezone_minutes = 0;
  job.fetch.hours = *config::hours_from("01:00-06:00");
  const std::vector<RunReport> runs{run("a", 12 * kHour, "outside_hours")};
  CHECK(next_start(runs, "a", job, 13 * kHour) == 25 * kHour);
  CHECK(next_start(runs, "a", job, 26 * kHour) == 25 * kHour);
  job.schedule.every = std::chrono::hours(2);
  CHECK(next_start(runs, "a", job, 13 * kHour) == 14 * kHour - kHour / 6);
}

TEST_CASE("what a job left because of one host's hours is gone on with when that one's open") {
  constexpr std::int64_t kHour = 3'600'000;
  config::Job job = every(std::chrono::hours(24));
  job.site.timezone_minutes = 0;
  job.hosts.push_back(
      {{"a.example"}, [](config::Job::Fetch& fetch) { fetch.hours = *config::hours_from("01:00-06:00"); }});
  CHECK(next_start({run("a", 12 * kHour, "outside_hours")}, "a", job, 13 * kHour) == 25 * kHour);
  CHECK(next_start({run("a", 12 * kHour, "done")}, "a", job, 13 * kHour) == 36 * kHour - kHour / 6);
}

TEST_CASE("while other hours are open, what waits for the closed ones is not asked about") {
  constexpr std::int64_t kHour = 3'600'000;
  config::Job job = every(std::chrono::hours(24));
  job.site.timezone_minutes = 0;
  job.fetch.hours = *config::hours_from("12:00-18:00");
  job.hosts.push_back(
      {{"a.example"}, [](config::Job::Fetch& fetch) { fetch.hours = *config::hours_from("01:00-06:00"); }});
  CHECK(next_start({run("a", 13 * kHour, "outside_hours")}, "a", job, 14 * kHour) == 25 * kHour);
  CHECK(next_start({run("a", 7 * kHour, "outside_hours")}, "a", job, 8 * kHour) == 12 * kHour);
}
