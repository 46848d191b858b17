#include "crawler/response.hpp"

#include <catch2/catch.hpp>
#include <string>

using boardwalk::crawler::outcome_of;
using boardwalk::crawler::retry_after;
using boardwalk::parsers::Outcome;

TEST_CASE("a redirect without a Location is an error, and a Location elsewhere is no redirect") {
  for (const int status : {300, 301, 302, 303, 305, 307, 308}) {
    CAPTURE(status);
    CHECK(outcome_of(status, true) == Outcome::kRedirected);
    CHECK(outcome_of(status, false) == Outcome::kHttpError);
  }
  CHECK(outcome_of(304, true) == Outcome::kUnchanged);
  CHECK(outcome_of(201, true) == Outcome::kOk);
  CHECK(outcome_of(404, true) == Outcome::kNotFound);
  CHECK(outcome_of(503, true) == Outcome::kHttpError);
}

TEST_CASE("a status outside the known classes is an error") {
  for (const int status : {0, 100, 101, 199, 600, 999})
    CHECK(outcome_of(status, false) == Outcome::kHttpError);
}

TEST_CASE("Retry-After in seconds is taken as it is, up to a week") {
  CHECK(retry_after("0", "", 0) == 0);
  CHECK(retry_after("3600", "", 0) == 3600);
  CHECK(retry_after("604800", "", 0) == 604800);
  CHECK(retry_after("604801", "", 0) == 604800);
  CHECK(retry_after("99999999999999999999999999", "", 0) == 604800);
}

TEST_CASE("Retry-After as a date counts from the response's date, else from now, and is never negative") {
  const std::string eight = "Tue, 05 Mar 2024 08:00:00 GMT";
  constexpr std::int64_t kEight = 1709625600;
  CHECK(retry_after("Tue, 05 Mar 2024 08:02:00 GMT", eight, 0) == 120);
  CHECK(retry_after("Tue, 05 Mar 2024 08:02:00 GMT", "", kEight + 20) == 100);
  CHECK(retry_after("Tue, 05 Mar 2024 08:02:00 GMT", "reeds", kEight + 20) == 100);
  CHECK(retry_after("Tue, 05 Mar 2024 07:00:00 GMT", eight, 0) == 0);
  CHECK(retry_after("Wed, 05 Mar 2025 08:00:00 GMT", eight, 0) == 604800);
  // The two obsolete forms of RFC 9110 §5.6.7.
  CHECK(retry_after("Tuesday, 05-Mar-24 08:02:00 GMT", eight, 0) == 120);
  CHECK(retry_after("Tue Mar  5 08:02:00 2024", eight, 0) == 120);
}

TEST_CASE("a Retry-After that is neither is none") {
  for (const std::string value : {"", "soon", "-5", "1.5", "12 s", "Tue", "08:99:99 nonsense"}) {
    CAPTURE(value);
    CHECK_FALSE(retry_after(value, "", 1709625600));
  }
}
