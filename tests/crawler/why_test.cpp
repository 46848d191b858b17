#include "crawler/why.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>

#include "crawler/report.hpp"
#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/temporary_directory.hpp"

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

TEST_CASE("hours leave what waited for them, not a page that fell due when the run was over") {
  Site open, closed;
  open.page("/", {"/egg.html"});
  open["/egg.html"].status = 500;
  Crawling crawling(tests::at_every_look());
  crawling.job.fetch.retries = 0;
  const std::int64_t hour = tests::clock_ms() / 3'600'000 % 24;  // of the day, in UTC
  crawling.job.site.timezone_minutes = 0;
  REQUIRE(config::set_key(crawling.job, fmt::format("host=[{{name='{}', hours='{:02}:00-{:02}:30'}}]",
                                                    closed.site(), (hour + 10) % 24, (hour + 10) % 24)));
  REQUIRE(crawling.crawl({open.url(), closed.url()}).stop == "outside_hours");
  const auto decision = [&](const std::string& url) {
    const auto job = crawler::last_job(crawling.database());
    REQUIRE(job);
    const auto why =
        crawler::why(crawling.database(), *parsers::parse_url(url), *job, tests::clock_ms() + 7'200'000);
    REQUIRE(why);
    return why->decision;
  };
  CHECK(decision(open.url("/egg.html")) == "queued");
  CHECK(decision(closed.url()) == "budget");
}

TEST_CASE("a run whose job would not check any more still says what it was to crawl") {
  const TemporaryDirectory directory;
  const auto database = store::Database::open(directory / "a", store::Database::Access::kWrite);
  REQUIRE(database);
  crawler::RunReport run;
  run.run = 1;
  run.scope = {"fetch.user_agent=\"Heron\\nX-Egg: blue\"", R"(seeds=["http://pond.example/"])"};
  store::Batch batch(**database);
  crawler::begin_run(batch, run);
  REQUIRE((*database)->commit(batch));
  const auto job = crawler::last_job(**database);
  REQUIRE(job);
  REQUIRE(*job);
  CHECK((*job)->seeds == std::vector<std::string>{"http://pond.example/"});
  CHECK((*job)->fetch.user_agent == config::default_job().fetch.user_agent);
}
