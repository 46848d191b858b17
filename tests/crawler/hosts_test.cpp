// A crawl over several hosts.

#include <catch2/catch.hpp>
#include <string>

#include "tests/crawler/crawling.hpp"
#include "tests/crawler/fetching.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using parsers::Outcome;

namespace {

bool page(RawConnection& connection, const std::string& request, const std::string& links) {
  if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
  return connection.send(answer("200 OK", "Content-Type: text/html\r\n", "<p>reeds</p>" + links));
}

}  // namespace

TEST_CASE("links to a host of scope.hosts are followed, those to strangers are kept out and counted") {
  RawServer other(
      [](RawConnection& connection, const std::string& request) { return page(connection, request, ""); });
  RawServer stranger(
      [](RawConnection& connection, const std::string& request) { return page(connection, request, ""); });
  RawServer site([&](RawConnection& connection, const std::string& request) {
    return page(
        connection, request,
        "<a href='" + other.url("/pond") + "'>on</a> <a href='" + stranger.url("/marsh") + "'>away</a>");
  });
  Crawling crawling;
  crawling.job.scope.hosts = {"127.0.0.1:" + std::to_string(other.port())};
  const auto report = crawling.crawl({site.url()});
  CHECK(crawling.outcome_of(other.url("/pond")) == Outcome::kOk);
  CHECK(report.kept_out.at("host") == 1);
  CHECK(stranger.connections() == 0);
}
