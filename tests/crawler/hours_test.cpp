#include "crawler/hours.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "parsers/moment.hpp"

using namespace boardwalk;

namespace {

constexpr int kBeijing = 8 * 60;

std::int64_t ms(const std::string& time) { return parsers::moment_from_rfc3339(time)->epoch() * 1000; }

std::string next(const std::string& hours, const std::string& now, int zone = kBeijing) {
  const auto read = config::hours_from(hours);
  REQUIRE(read);
  const std::int64_t at = crawler::next_open(*read, zone, ms(now));
  return at == ms(now) ? "open" : parsers::utc_rfc3339(at / 1000);
}

}  // namespace

TEST_CASE("a host without hours is always open") { CHECK(next("", "2026-01-05T12:00:00Z") == "open"); }

TEST_CASE("hours open and close on the minute, in the zone of the job") {
  CHECK(next("01:00-06:00", "2026-01-05T00:59:59+08:00") == "2026-01-04T17:00:00Z");
  CHECK(next("01:00-06:00", "2026-01-05T01:00:00+08:00") == "open");
  CHECK(next("01:00-06:00", "2026-01-05T05:59:59+08:00") == "open");
  CHECK(next("01:00-06:00", "2026-01-05T06:00:00+08:00") == "2026-01-05T17:00:00Z");
  CHECK(next("01:00-06:00", "2026-01-05T03:00:00Z", 0) == "open");
}

TEST_CASE("hours may pass midnight") {
  CHECK(next("22:30-06:00", "2026-01-05T23:00:00+08:00") == "open");
  CHECK(next("22:30-06:00", "2026-01-05T00:00:00+08:00") == "open");
  CHECK(next("22:30-06:00", "2026-01-05T06:00:00+08:00") == "2026-01-05T14:30:00Z");
  CHECK(next("18:00-24:00", "2026-01-05T23:59:00+08:00") == "open");
  CHECK(next("18:00-24:00", "2026-01-06T00:00:00+08:00") == "2026-01-06T10:00:00Z");
}
