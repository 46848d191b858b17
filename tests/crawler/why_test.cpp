#include "crawler/why.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"

using namespace boardwalk;
using tests::Crawling;
using Site = tests::AnsweringSite;

TEST_CASE("whether robots.txt forbids a page that was never seen is asked as the job asks that host") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /\n\nUser-agent: Heron\nAllow: /\n"};
  site.page("/", {});
  Crawling crawling;
  crawling.crawl({site.url()});
  const auto decision = [&](const std::string& table) {
    auto job = config::parse_job(
        "seeds = ['" + site.url() + "']\n[[host]]\nname = '" + site.site() + "'\n" + table, "job.toml");
    REQUIRE(job);
    const auto url = parsers::parse_url(site.url("/reeds.html"));
    const auto why = crawler::why(crawling.database(), *url, *job, tests::clock_ms());
    REQUIRE(why);
    return why->decision;
  };
  CHECK(decision("delay = '1s'\n") == "robots");
  CHECK(decision("user_agent = 'Heron/1.0'\n") == "never_seen");
  CHECK(decision("obey_robots = false\n") == "never_seen");
}
