// The rounds in which listings are looked at: which one a run is in, and which one a host.

#include "crawler/sweeps.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using tests::at_every_look;
using tests::clock_ms;
using tests::Crawling;
using Site = tests::AnsweringSite;

namespace {

// A site whose front page links that many pages.
void fill(Site& site, int pages) {
  std::vector<std::string> links;
  for (int i = 1; i <= pages; ++i) {
    links.push_back("/p" + std::to_string(i) + ".html");
    site.page(links.back(), {});
  }
  site.page("/", links);
}

// Hours that are over, or open for another hour at least.
void set_hours(Crawling& crawling, const std::string& site, bool open) {
  const auto minute = static_cast<int>(clock_ms() / 60'000 % 1440);  // of the day, in UTC
  const int from = minute + (open ? 1380 : 600);
  crawling.job.site.timezone_minutes = 0;
  crawling.job.hosts = {{{site}, [from](config::Job::Fetch& fetch) {
                           fetch.hours = {from % 1440, (from + 120) % 1440};
                         }}};
}

}  // namespace

TEST_CASE("a job that was cut short is gone on with in its own sweep, whatever other jobs did since") {
  const auto run_of = [](const std::string& job, std::int64_t sweep, const std::string& stop) {
    RunReport run;
    run.job = job;
    run.sweep = sweep;
    run.stop = stop;
    run.scope = {"seeds=[ 'http://" + job + ".example/' ]"};
    return run;
  };
  std::vector<RunReport> runs;
  const auto next = [&runs](const std::string& job, const std::vector<std::string>& scope = {}) {
    return next_sweep(runs, last_run_of(runs, job, scope));
  };
  CHECK(next("a") == 1);
  runs = {run_of("a", 1, "max_pages"), run_of("b", 2, "done")};
  CHECK(next("a") == 1);
  CHECK(next("b") == 3);
  CHECK(next("c") == 3);
  runs.push_back(run_of("a", 1, "done"));
  CHECK(next("a") == 3);
  CHECK(new_sweep(runs) == 3);
  runs.back().stop = "outside_hours";
  CHECK(next("a") == 3);
  runs.back().stop = "host_pages";
  CHECK(next("a") == 3);
  runs.push_back(run_of("", 3, ""));
  CHECK(next("", runs.back().scope) == 3);
  CHECK(next("", {runs.back().scope.front(), "fetch.user_agent='Another/1.0'"}) == 3);
  CHECK(next("", {"seeds=[ 'http://elsewhere.example/' ]"}) == 4);
  CHECK(next("", runs.front().scope) == 4);
}

TEST_CASE("a host that reached a limit of its own goes on with its round, and the others begin the next") {
  Site large, small;
  fill(large, 5);
  fill(small, 1);
  Crawling crawling(at_every_look());
  crawling.job.limits.host_pages = 3;
  const std::vector<std::string> seeds{large.url(), small.url()};
  CHECK(crawling.crawl(seeds).stop == "host_pages");
  CHECK(small.asked("/p1.html") == 1);
  fill(small, 2);
  CHECK(crawling.crawl(seeds).stop == "done");
  CHECK(small.asked("/") == 2);
  CHECK(small.asked("/p2.html") == 1);
  CHECK(large.asked("/") == 1);
  CHECK(large.asked("/p5.html") == 1);
  CHECK(crawling.crawl(seeds).stop == "host_pages");
  CHECK(large.asked("/") == 2);
}

TEST_CASE("a run that is cut short leaves a host in its round to the next one, too") {
  Site large;
  fill(large, 5);
  Crawling crawling(at_every_look());
  crawling.job.limits.host_pages = 2;
  CHECK(crawling.crawl({large.url()}).stop == "host_pages");
  crawling.job.limits.max_pages = 1;
  CHECK(crawling.crawl({large.url()}).stop == "max_pages");
  crawling.job.limits.max_pages = 0;
  CHECK(crawling.crawl({large.url()}).stop == "host_pages");
  CHECK(large.asked("/") == 1);
  CHECK(large.asked("/p4.html") == 1);
  CHECK(crawling.crawl({large.url()}).stop == "done");
  CHECK(large.asked("/") == 1);
  CHECK(large.asked("/p5.html") == 1);
}

TEST_CASE("a run of an earlier version, which kept nothing of hosts, is gone on with at all of them") {
  Site large;
  fill(large, 5);
  const TemporaryDirectory directory;
  const auto database = store::Database::open(directory / "archive", store::Database::Access::kWrite);
  REQUIRE(database);
  config::Job job = at_every_look();
  job.seeds = {large.url()};
  job.limits.host_pages = 3;
  CrawlOptions options;
  options.now = clock_ms;
  const auto first = crawl(**database, job, options);
  REQUIRE(first);
  CHECK(first->stop == "host_pages");
  store::Batch batch(**database);
  erase_left(batch, first->run);
  REQUIRE((*database)->commit(batch));
  job.limits.host_pages = 0;
  REQUIRE(crawl(**database, job, options));
  CHECK(large.asked("/") == 1);
  CHECK(large.asked("/p5.html") == 1);
  REQUIRE(crawl(**database, job, options));
  CHECK(large.asked("/") == 2);
}

TEST_CASE("only a job's last run keeps where hosts were") {
  Site large;
  fill(large, 3);
  Crawling crawling(at_every_look());
  crawling.job.limits.host_pages = 1;
  for (int run = 1; run <= 3; ++run) CHECK(crawling.crawl({large.url()}).run == run);
  std::vector<std::string> kept;
  REQUIRE(crawling.database().scan(store::Family::kRuns, "", "", [&](std::string_view key, std::string_view) {
    if (key.ends_with("/left")) kept.emplace_back(key);
    return true;
  }));
  CHECK(kept == std::vector<std::string>{store::big_endian(3) + "/left"});
}

TEST_CASE("the hours of one host keep the listings of no other from being looked at") {
  Site closed, open;
  fill(closed, 2);
  fill(open, 1);
  Crawling crawling(at_every_look());
  set_hours(crawling, closed.site(), false);
  const std::vector<std::string> seeds{closed.url(), open.url()};
  CHECK(crawling.crawl(seeds).stop == "outside_hours");
  fill(open, 2);
  CHECK(crawling.crawl(seeds).stop == "outside_hours");
  CHECK(open.asked("/p2.html") == 1);
  CHECK(closed.asked() == 0);
  set_hours(crawling, closed.site(), true);
  CHECK(crawling.crawl(seeds).stop == "done");
  CHECK(closed.asked("/p2.html") == 1);
}
