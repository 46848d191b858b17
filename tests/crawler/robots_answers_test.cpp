// The crawl of a small site whose every answer a test writes: what its robots.txt, or the lack of one, means for
// its pages, for the run and for the next one.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "crawler/robots_answer.hpp"
#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::Outcome;
using tests::at_every_look;
using tests::clock_ms;
using tests::Crawling;
using Site = tests::AnsweringSite;

namespace {

constexpr std::int64_t kMinute = 60'000;

}  // namespace

TEST_CASE("a host whose robots.txt wants to be left alone for hours ends the run as failed") {
  Site site;
  site["/robots.txt"] = {.status = 503, .headers = {{"Retry-After", "7200"}}};
  site.page("/", {});
  Crawling crawling(at_every_look());
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(report.failed == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].url == site.url("/robots.txt"));
  site["/robots.txt"] = {.body = ""};
  site.forget();
  CHECK(crawling.crawl({site.url()}).pages == 0);
  CHECK(site.asked("/robots.txt") == 0);
}

TEST_CASE("a robots.txt that no retry helps holds its host back for recrawl.failed, and not the run") {
  Site site;
  site.redirect("/robots.txt", "http://10.0.0.1/robots.txt");
  site.page("/", {});
  Crawling crawling(at_every_look());
  crawling.job.scope.hosts = {"10.0.0.1"};
  const std::int64_t before = clock_ms();
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(report.queued == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].outcome == Outcome::kUnsafeAddress);
  CHECK(site.asked("/") == 0);
  CHECK(crawling.host(site.site()).blocked_until >= before + 3'600'000);
  CHECK_THAT(crawling.host(site.site()).blocked_because, Catch::StartsWith("robots.txt: "));
  site["/robots.txt"] = {.body = ""};
  CHECK(crawling.crawl({site.url()}).pages == 0);
  crawling.ahead = 3'700'000;
  crawling.crawl({site.url()});
  CHECK(site.asked("/") == 1);
}

TEST_CASE("a robots.txt that is redirected to what fails is tried as often as any, and the run ends") {
  Site site;
  site.redirect("/robots.txt", "/rules");
  site["/rules"] = {.status = 500};
  site.page("/", {});
  Crawling crawling(at_every_look());
  crawling.job.fetch.retries = 2;
  crawling.job.fetch.retry_delay = std::chrono::milliseconds(1);
  crawling.job.fetch.max_retry_delay = std::chrono::milliseconds(2);
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(site.asked("/rules") == 3);
  CHECK(site.asked("/") == 0);
  CHECK(report.failed == 1);
}

TEST_CASE("a robots.txt that is redirected to another host is asked of it when that may be asked") {
  Site first, second, other;
  first.redirect("/robots.txt", other.url("/robots.txt"));
  second.redirect("/robots.txt", other.url("/robots.txt"));
  first.page("/", {});
  second.page("/", {});
  other["/robots.txt"] = {.status = 429, .headers = {{"Retry-After", "7200"}}};
  Crawling crawling(at_every_look());
  crawling.job.fetch.allow_addresses = {"127.0.0.1"};
  crawling.crawl({first.url()});
  CHECK(other.asked("/robots.txt") == 1);
  CHECK(crawling.host(other.site()).blocked_until > clock_ms() + 7'000'000);
  const RunReport report = crawling.crawl({second.url()});
  CHECK(report.failed == 1);
  CHECK(second.asked("/robots.txt") >= 1);
  CHECK(other.asked("/robots.txt") == 1);
  other["/robots.txt"] = {.body = ""};
  crawling.ahead = 12'000'000;
  crawling.crawl({second.url()});
  CHECK(other.asked("/robots.txt") == 2);
  CHECK(second.asked("/") == 1);
}

TEST_CASE("of a robots.txt of any size the first 500 KiB count") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /reeds\n" + std::string(900'000, '#') +
                                 "\nDisallow: /\n"};
  site.page("/", {"/reeds", "/pond"});
  site.page("/pond", {});
  Crawling crawling(at_every_look());
  crawling.job.limits.page_bytes = 65'536;
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.failed == 0);
  CHECK(site.asked("/reeds") == 0);
  CHECK(site.asked("/pond") == 1);
}

TEST_CASE("a Crawl-delay beyond all numbers is a day, and the pages wait for a later run") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nCrawl-delay: 1e300\n"};
  site.page("/", {});
  Crawling crawling(at_every_look());
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(report.queued == 1);
}

TEST_CASE("a Crawl-delay is that of the agent that asks, whichever one brought robots.txt") {
  Site site;
  site["/robots.txt"] = {.body =
                             "User-agent: Careful\nCrawl-delay: 90000\n\nUser-agent: *\nDisallow: /reeds\n"};
  site.page("/", {"/pond"});
  site.page("/pond", {});
  Crawling crawling(at_every_look());
  CHECK(crawling.crawl({site.url()}).pages == 2);
  crawling.job.fetch.user_agent = "Careful/1.0";
  const RunReport careful = crawling.crawl({site.url()});
  CHECK(careful.pages == 0);
  CHECK(careful.queued == 1);
  CHECK(site.asked("/robots.txt") == 1);
  crawling.job.fetch.user_agent = config::default_job().fetch.user_agent;
  CHECK(crawling.crawl({site.url()}).pages == 2);
}

TEST_CASE("a Crawl-delay that was another agent's does not hold a run back") {
  const auto later = GENERATE(10 * kMinute, 25 * 60 * kMinute);  // robots.txt holds still, or no longer
  Site site;
  site["/robots.txt"] = {.body =
                             "User-agent: Careful\nCrawl-delay: 7200\n\nUser-agent: *\nDisallow: /reeds\n"};
  site.page("/", {"/pond", "/lake"});
  site.page("/pond", {});
  site.page("/lake", {});
  Crawling crawling(at_every_look());
  crawling.job.fetch.user_agent = "Careful/1.0";
  CHECK(crawling.crawl({site.url()}).pages == 0);
  const bool asked = GENERATE(false, true);  // pages, by its pauses
  if (asked) {
    crawling.ahead = 180 * kMinute;
    CHECK(crawling.crawl({site.url()}).pages == 1);
  }
  crawling.ahead += later;
  crawling.job.fetch.user_agent = "Other/1.0";
  CHECK(crawling.crawl({site.url()}).queued == 0);
  CHECK(site.asked("/lake") == 1);
}

TEST_CASE("what robots.txt forbade is fetched once it does no longer, and was no request before") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /reeds\n"};
  site.page("/", {"/reeds.html", "/pond.html"});
  site.page("/reeds.html", {});
  site.page("/pond.html", {});
  Crawling crawling(at_every_look());
  crawling.job.recrawl = config::default_job().recrawl;
  crawling.job.limits.host_pages = 2;
  const RunReport first = crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url("/reeds.html")).outcome == Outcome::kRobotsDenied);
  CHECK(first.pages == 2);
  CHECK(first.fetches == 3);
  CHECK(site.asked("/pond.html") == 1);
  site["/robots.txt"] = {.body = ""};
  crawling.ahead = 25 * 3'600'000;
  crawling.crawl({site.url()});
  CHECK(site.asked("/reeds.html") == 1);
}

TEST_CASE("a site that answers by one scheme alone is asked for its robots.txt by that one") {
  using Kind = RobotsAnswer::Kind;
  const auto in_vain = [](const std::string& url, Outcome outcome = Outcome::kNetworkError) {
    FetchResult answer;
    answer.url = url;
    answer.outcome = outcome;
    return answer;
  };
  const FetchResult first = in_vain("https://bbs.example/robots.txt");
  CHECK(robots_answer(first, 0, false).kind == Kind::kRedirect);
  CHECK(robots_answer(first, 0, false).target == "http://bbs.example/robots.txt");
  CHECK(robots_answer(in_vain("http://bbs.example/robots.txt"), 0, false).target ==
        "https://bbs.example/robots.txt");
  CHECK(robots_answer(first, 1, false).kind == Kind::kUnreachable);
  CHECK(robots_answer(in_vain("http://bbs.example:8080/robots.txt"), 0, false).kind == Kind::kUnreachable);
  CHECK(robots_answer(in_vain("http://bbs.example/robots.txt", Outcome::kUnsafeAddress), 0, false).kind ==
        Kind::kUnreachable);
  CHECK(robots_answer(first, 0, true).kind == Kind::kUnreachable);
  FetchResult moved = first;
  moved.outcome = Outcome::kRedirected;
  moved.status = 302;
  moved.location = "/r.txt";
  for (const int hops : {0, 4, kByOtherScheme, kByOtherScheme + 4})
    CHECK(robots_answer(moved, hops, false).kind == Kind::kRedirect);
  for (const int hops : {5, kByOtherScheme + 5})
    CHECK(robots_answer(moved, hops, false).kind == Kind::kUnavailable);
  FetchResult refused = first;
  refused.status = 503;
  CHECK(robots_answer(refused, 0, false).kind == Kind::kUnreachable);
}

TEST_CASE("a run settles all pages that robots.txt forbids, however many wait in a row") {
  constexpr int kPages = 150;
  Site site;
  std::vector<std::string> links;
  for (int i = 0; i < kPages; ++i) links.push_back("/d" + std::to_string(i) + ".html");
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /d"};
  site.page("/", links);
  Crawling crawling(at_every_look());
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.count(Outcome::kRobotsDenied) == kPages);
  CHECK(report.queued == 0);
  CHECK(report.stop == "done");
}
