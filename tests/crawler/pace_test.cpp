#include "crawler/pace.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::Outcome;

namespace {

constexpr std::int64_t kLeast = 1000;

config::Job job() {
  config::Job job = config::default_job();
  job.fetch.max_delay = std::chrono::seconds(60);
  job.fetch.retries = 3;
  job.recrawl.failed = std::chrono::hours(1);
  return job;
}

std::int64_t after(std::int64_t before, std::int64_t latency, Outcome outcome = Outcome::kOk,
                   int status = 200, std::int64_t least = kLeast) {
  return next_delay(before, latency, outcome, status, least, job().fetch);
}

std::int64_t aside(int failures, int times) {
  return set_aside_for(failures, 3, times, job().recrawl.failed.count());
}

}  // namespace

TEST_CASE("a host that answers quickly is asked at the job's pace") {
  CHECK(after(0, 30) == kLeast);
  CHECK(after(kLeast, 30) == kLeast);
}

TEST_CASE("a host that answers slowly gets pauses as long as its answers") {
  CHECK(after(kLeast, 5000) == 5000);
  CHECK(after(5000, 8000) == 8000);
}

TEST_CASE("a quick answer takes back half of what slow ones taught, down to the job's pause") {
  CHECK(after(9000, 30) == 5000);
  std::int64_t delay = 60'000;
  for (int i = 0; i < 20; ++i) delay = after(delay, 30);
  CHECK(delay == kLeast);
}

TEST_CASE("errors double the pause, up to the cap") {
  CHECK(after(kLeast, 10, Outcome::kHttpError, 503) == 2000);
  CHECK(after(2000, 60'000, Outcome::kTimeout, 0) == 60'000);
  CHECK(after(50'000, 10, Outcome::kNetworkError, 0) == 60'000);
  CHECK(after(kLeast, 10, Outcome::kTruncated, 200) == 2000);
}

TEST_CASE("no answer that is an error makes us faster") {
  for (const auto& [outcome, status] :
       {std::pair(Outcome::kHttpError, 500), std::pair(Outcome::kHttpError, 418),
        std::pair(Outcome::kDenied, 403), std::pair(Outcome::kNotFound, 404),
        std::pair(Outcome::kNetworkError, 0), std::pair(Outcome::kTooLarge, 200),
        std::pair(Outcome::kUnsafeAddress, 0)}) {
    for (const std::int64_t before : {0, 1000, 7000, 60'000}) {
      CAPTURE(status, before);
      CHECK(after(before, 1, outcome, status) >= std::max<std::int64_t>(before, kLeast));
    }
  }
}

TEST_CASE("a Crawl-delay beyond the cap is kept") {
  CHECK(after(0, 5, Outcome::kOk, 200, 300'000) == 300'000);
}

TEST_CASE("a job that wants no pauses has none") {
  CHECK(after(0, 9000, Outcome::kOk, 200, 0) == 0);
  CHECK(after(5000, 9000, Outcome::kTimeout, 0, 0) == 0);
}

TEST_CASE("what counts against a host is no answer, 429 and 5xx, not what one page is") {
  CHECK(counts_against_host(Outcome::kNetworkError, 0));
  CHECK(counts_against_host(Outcome::kTimeout, 0));
  CHECK(counts_against_host(Outcome::kHttpError, 429));
  CHECK(counts_against_host(Outcome::kHttpError, 500));
  CHECK_FALSE(counts_against_host(Outcome::kHttpError, 501));
  CHECK_FALSE(counts_against_host(Outcome::kTruncated, 200));
  CHECK_FALSE(counts_against_host(Outcome::kNetworkError, 200));
  CHECK_FALSE(counts_against_host(Outcome::kTimeout, 200));
  CHECK_FALSE(counts_against_host(Outcome::kNotFound, 404));
  CHECK_FALSE(counts_against_host(Outcome::kOk, 200));
}

TEST_CASE("a host is set aside when its tries are used up, each time for twice as long, up to a day") {
  constexpr std::int64_t kHour = 3'600'000;
  CHECK(aside(3, 0) == 0);
  CHECK(aside(4, 0) == kHour);
  CHECK(aside(5, 1) == 2 * kHour);
  CHECK(aside(9, 4) == 16 * kHour);
  CHECK(aside(9, 5) == 24 * kHour);
  CHECK(aside(1000, 1000) == 24 * kHour);
}
