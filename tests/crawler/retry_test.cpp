#include "crawler/retry.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <limits>

using namespace std::chrono_literals;
using boardwalk::config::Job;
using boardwalk::crawler::host_block;
using boardwalk::crawler::longest_wait;
using boardwalk::crawler::may_pass;
using boardwalk::crawler::retry_wait;
using boardwalk::crawler::wait_after_failing;
using boardwalk::parsers::Outcome;

namespace {

Job::Fetch options() {
  Job::Fetch fetch;
  fetch.retries = 10;
  fetch.retry_delay = 2s;
  fetch.max_retry_delay = 60s;
  return fetch;
}

// The wait in the middle of the jitter.
std::optional<std::int64_t> wait(int attempts, std::optional<std::int64_t> retry_after = std::nullopt,
                                 double dice = 0.5) {
  return retry_wait(Outcome::kHttpError, 503, attempts, retry_after, options(), dice);
}

}  // namespace

TEST_CASE("network errors, time-outs and cut bodies may pass, whatever status came before them") {
  for (const Outcome outcome : {Outcome::kNetworkError, Outcome::kTimeout, Outcome::kTruncated}) {
    CHECK(may_pass(outcome, 0));
    CHECK(may_pass(outcome, 200));
  }
}

TEST_CASE("of the statuses, 408, 425, 429 and the 5xx that are not verdicts may pass") {
  for (const int status : {408, 425, 429, 500, 502, 503, 504, 507, 520, 599}) {
    CAPTURE(status);
    CHECK(may_pass(Outcome::kHttpError, status));
  }
  for (const int status : {0, 300, 400, 402, 405, 418, 501, 505, 600, 999}) {
    CAPTURE(status);
    CHECK_FALSE(may_pass(Outcome::kHttpError, status));
  }
}

TEST_CASE("answers and refusals are final") {
  for (const Outcome outcome :
       {Outcome::kOk, Outcome::kUnchanged, Outcome::kRedirected, Outcome::kDenied, Outcome::kChallenge,
        Outcome::kNotFound, Outcome::kGone, Outcome::kUnreadable, Outcome::kRedirectLoop, Outcome::kTooLarge,
        Outcome::kTooComplex, Outcome::kNotHtml, Outcome::kRobotsDenied, Outcome::kUnsafeAddress}) {
    CAPTURE(to_string(outcome));
    CHECK_FALSE(may_pass(outcome, 503));
    CHECK_FALSE(retry_wait(outcome, 503, 1, std::nullopt, options(), 0.5));
  }
}

TEST_CASE("the wait doubles with each try until the cap") {
  const std::int64_t expected[] = {2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000};
  for (int i = 0; i < 8; ++i) CHECK(wait(i + 1) == expected[i]);
}

TEST_CASE("the dice move the wait by a quarter down or up") {
  CHECK(wait(1, std::nullopt, 0.0) == 1500);
  CHECK(wait(1, std::nullopt, 0.5) == 2000);
  CHECK(wait(1, std::nullopt, 0.999999999) == 2499);
  CHECK(wait(9, std::nullopt, 0.0) == 45000);
  CHECK(wait(1, std::nullopt, -3.0) == 1500);
  CHECK(wait(1, std::nullopt, 7.0) == 2500);
}

TEST_CASE("a wait is never shorter than Retry-After, and Retry-After never shortens it") {
  CHECK(wait(1, 120) == 120'000);
  CHECK(wait(1, 120, 0.0) == 120'000);
  CHECK(wait(1, 0) == 2000);
  CHECK(wait(6, 1) == 60'000);
  CHECK(wait(1, -5) == 2000);
  CHECK(wait(1, std::numeric_limits<std::int64_t>::max()) == 7LL * 24 * 3600 * 1000);
}

TEST_CASE("after the retries that the job grants there is no more") {
  CHECK(wait(10));
  CHECK_FALSE(wait(11));
  CHECK_FALSE(wait(11, 5));
  Job::Fetch none = options();
  none.retries = 0;
  CHECK_FALSE(retry_wait(Outcome::kTimeout, 0, 1, std::nullopt, none, 0.5));
}

TEST_CASE("a thousand failures overflow nothing") {
  Job::Fetch patient = options();
  patient.retries = std::numeric_limits<std::int64_t>::max();
  patient.retry_delay = patient.max_retry_delay = boardwalk::config::Milliseconds(std::int64_t{1} << 52);
  CHECK(retry_wait(Outcome::kTimeout, 0, 1000, std::nullopt, patient, 0.5) == std::int64_t{1} << 52);
  CHECK(host_block(Outcome::kHttpError, 503, std::nullopt, std::numeric_limits<int>::max(), options()) ==
        60'000);
}

TEST_CASE("429 and 503 block the host for Retry-After, else longer with every failure in a row") {
  for (const int status : {429, 503}) {
    CAPTURE(status);
    CHECK(host_block(Outcome::kHttpError, status, 30, 1, options()) == 30'000);
    CHECK(host_block(Outcome::kHttpError, status, 30, 9, options()) == 30'000);
    CHECK(host_block(Outcome::kHttpError, status, 0, 1, options()) == 0);
    CHECK(host_block(Outcome::kHttpError, status, std::nullopt, 1, options()) == 2000);
    CHECK(host_block(Outcome::kHttpError, status, std::nullopt, 3, options()) == 8000);
    CHECK(host_block(Outcome::kHttpError, status, std::nullopt, 20, options()) == 60'000);
  }
}

TEST_CASE("other answers leave the host its ordinary delay") {
  for (const int status : {0, 200, 304, 403, 404, 500, 502, 504}) {
    CAPTURE(status);
    CHECK(host_block(Outcome::kHttpError, status, 30, 5, options()) == 0);
  }
}

TEST_CASE("no wait of a try is longer than the longest, and what used up its tries waits longer") {
  CHECK(longest_wait(options()) == wait(9, std::nullopt, 1.0));
  Job::Recrawl recrawl;
  for (const std::int64_t failed : {0, 60'000, 75'000}) {
    recrawl.failed = boardwalk::config::Milliseconds(failed);
    CHECK(wait_after_failing(options(), recrawl) == 135'000);
  }
  recrawl.failed = std::chrono::hours(1);
  CHECK(wait_after_failing(options(), recrawl) == 3'600'000);
}
