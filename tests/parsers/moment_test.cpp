#include "parsers/moment.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <random>

using namespace boardwalk::parsers;

namespace {

std::string date_by_fmt(std::int64_t seconds) {
  const std::chrono::year_month_day date{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{seconds}})};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string time_by_fmt(std::int64_t seconds) {
  const std::int64_t rest = (seconds % 86400 + 86400) % 86400;
  return fmt::format("T{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
}

std::string by_fmt(const Moment& moment) {
  const std::string date = date_by_fmt(moment.local_seconds);
  if (moment.precision == Precision::kDay || !moment.offset_minutes) return date;
  const int offset = std::abs(*moment.offset_minutes);
  return fmt::format("{}{}{}{:02}:{:02}", date, time_by_fmt(moment.local_seconds),
                     *moment.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

}  // namespace

TEST_CASE("times print with zeros up to their widths, also those of years and zones that there are not") {
  std::mt19937_64 engine(3);
  const auto between = [&engine](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(engine);
  };
  constexpr std::int64_t kYear = 31'556'952;
  for (int round = 0; round < 30'000; ++round) {
    const std::int64_t far = round % 3 == 0 ? 20'000 : round % 3 == 1 ? 2'500 : 200;  // years from 1970
    Moment moment;
    moment.local_seconds = between(-far * kYear, far * kYear);
    moment.precision = static_cast<Precision>(between(0, 3));
    if (round % 5 != 0) moment.offset_minutes = static_cast<int>(between(-10'000, 10'000));
    if (moment.rfc3339() != by_fmt(moment)) FAIL(by_fmt(moment));
    const std::string utc = date_by_fmt(moment.local_seconds) + time_by_fmt(moment.local_seconds) + 'Z';
    if (utc_rfc3339(moment.local_seconds) != utc) FAIL(utc);
  }
}

TEST_CASE("a moment is made of seconds where its words can be read again, and of no others") {
  constexpr std::int64_t kEnd = 7'258'118'400;  // 2200-01-01
  for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{1'700'000'000}, kEnd - 1}) {
    const auto moment = moment_at(seconds, Precision::kSecond, kChinaMinutes);
    REQUIRE(moment);
    CHECK(moment_from_rfc3339(moment->rfc3339()) == moment);
  }
  CHECK(moment_at(kEnd - 1, Precision::kSecond, 0)->rfc3339() == "2199-12-31T23:59:59+00:00");
  for (const std::int64_t seconds : {std::int64_t{-1}, kEnd, std::int64_t{1} << 62})
    CHECK_FALSE(moment_at(seconds, Precision::kSecond, kChinaMinutes));
}
