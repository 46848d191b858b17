#include "crawler/robots_tag.hpp"

#include <catch2/catch.hpp>
#include <string>

using boardwalk::crawler::robots_tag;
using boardwalk::crawler::RobotsTag;

namespace {

RobotsTag tag(const std::vector<std::string>& values) {
  std::vector<std::pair<std::string, std::string>> headers{{"Content-Type", "nofollow"}};
  for (const auto& value : values) headers.emplace_back("x-robots-tag", value);
  return robots_tag(headers, "Heron");
}

}  // namespace

TEST_CASE("a page without X-Robots-Tag asks for nothing") {
  CHECK_FALSE(tag({}).nofollow);
  CHECK_FALSE(tag({}).noindex);
}

TEST_CASE("directives count without regard to case, from every header") {
  CHECK(tag({"NoFollow"}).nofollow);
  CHECK_FALSE(tag({"nofollow"}).noindex);
  CHECK(tag({"noindex", "nofollow"}).nofollow);
  CHECK(tag({"noarchive ,noindex"}).noindex);
  CHECK((tag({"none"}).noindex && tag({"none"}).nofollow));
}

TEST_CASE("directives behind another crawler's name are not ours, those behind ours are") {
  CHECK_FALSE(tag({"stork: noindex, nofollow"}).nofollow);
  CHECK(tag({"heron: nofollow"}).nofollow);
  CHECK(tag({"stork: noindex, heron: nofollow"}).nofollow);
  CHECK_FALSE(tag({"stork: noindex, heron: nofollow"}).noindex);
}

TEST_CASE("a directive with a value is no crawler's name") {
  CHECK(tag({"unavailable_after: 25 Jun 2030 15:00:00 PST, nofollow"}).nofollow);
  CHECK(tag({"max-snippet: 20, noindex"}).noindex);
}
