#include "crawler/trap.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace boardwalk;
using crawler::trap_of;

namespace {

constexpr std::int64_t kNow = 1'767'600'000'000;  // 2026-01-05

std::string trap(const std::string& target, std::int64_t max_length = 2000) {
  const auto url = parsers::parse_url("http://pond.example" + target);
  REQUIRE(url);
  return std::string(trap_of(*url, kNow, max_length));
}

}  // namespace

TEST_CASE("ordinary URLs of forums and news sites are no trap") {
  for (const std::string target :
       {"/", "/thread-101-1-1.html", "/forum.php?mod=viewthread&tid=203105&extra=page%3D1&page=2",
        "/2026/01/05/c1.html", "/n2/2025/1231/c1004-400.html", "/html/2019-07/12/content_1.htm",
        "/a/1946/05/15/1.html", "/0/0/0/123.jpg", "/list?year=2026&month=12", "/list?year=2027&month=1",
        "/tag/%E6%B2%B3%E5%B2%B8/page/3", "/a/b/a/b/c", "/s?ids=1&ids=2&ids=3&ids=4"}) {
    CAPTURE(target);
    CHECK(trap(target).empty());
  }
}

TEST_CASE("a URL longer than the job allows is a trap") {
  CHECK(trap("/" + std::string(1970, 'a')).empty());
  CHECK(trap("/" + std::string(2000, 'a')) == "long_url");
  CHECK(trap("/abc", 10) == "long_url");
}

TEST_CASE("path segments that come round again and again are a trap") {
  CHECK(trap("/a/a/a") == "repeated_path");
  CHECK(trap("/x/a/b/a/b/a/b/y") == "repeated_path");
  CHECK(trap("/a/b/c/a/b/c/a/b/c.html").empty());
  CHECK(trap("/a/b/c/a/b/c/a/b/c/d.html") == "repeated_path");
  CHECK(trap("/p/1/p/2/p/3") == "repeated_path");
  CHECK(trap("/p/a/q/p/b/r/p/c/s/p/d/t/p") == "repeated_path");
  std::string deep;
  for (int i = 0; i < 25; ++i) deep += "/" + std::string(1, static_cast<char>('a' + i));
  CHECK(trap(deep) == "deep_path");
}

TEST_CASE("a query that grows with every link is a trap") {
  std::string query;
  for (int i = 0; i < 25; ++i) query += "p" + std::to_string(i) + "=1&";
  CHECK(trap("/s?" + query) == "long_query");
  CHECK(trap("/s?f=1&f=2&f=3&f=4&f=5") == "long_query");
  CHECK(trap("/login?back=%252Flogin%253Fback%253D%25252Flogin") == "long_query");
}

TEST_CASE("a calendar is followed to the end of next year and no further") {
  CHECK(trap("/calendar/2027/12/").empty());
  CHECK(trap("/calendar/2028/01/") == "calendar");
  CHECK(trap("/calendar/2028-01-15") == "calendar");
  CHECK(trap("/events?year=2028&month=1") == "calendar");
  CHECK(trap("/events?month=1&year=1899") == "calendar");
  CHECK(trap("/events?date=2028-01") == "calendar");
  CHECK(trap("/events?ym=202801") == "calendar");
  CHECK(trap("/events?year=2028").empty());
  CHECK(trap("/product/3000/12345").empty());
  CHECK(trap("/2031/05/") == "calendar");
  CHECK(trap("/blog/2031/05/07") == "calendar");
  CHECK(trap("/blog/2031-05") == "calendar");
  CHECK(trap("/blog/2031-10-07") == "calendar");
  CHECK(trap("/Events/2031/5") == "calendar");
  CHECK(trap("/date/2031-10") == "calendar");
  CHECK(trap("/calendar/1899/12/") == "calendar");
  CHECK(trap("/calendar/2300/1/") == "calendar");
  CHECK(trap("/events?date=2028-01-15") == "calendar");
  CHECK(trap("/events?date=2028/01/15") == "calendar");
}

TEST_CASE("a thread's number with its page's beside it is no date") {
  for (const std::string target :
       {"/topic/4512/2", "/topic/4512/02", "/topic/1800/3", "/t/slug/1234/5", "/t/slug/1234/12", "/t/2050/11",
        "/read/3456-12345", "/read/2050-10203", "/read/2050-12", "/read/2050-10-99", "/archives/4512/2",
        "/archives/1800/3", "/s?date=2050-10/07", "/s?date=2050-10-32"}) {
    CAPTURE(target);
    CHECK(trap(target).empty());
  }
}
