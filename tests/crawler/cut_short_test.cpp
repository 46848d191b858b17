// Runs that end before their time, and what the next one owes to that.

#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/crawler/frontier_fixture.hpp"
#include "tests/crawler/raw_server.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using tests::at_every_look;
using tests::Crawling;
using tests::kStart;
using Site = tests::AnsweringSite;

namespace {

bool never_answer(tests::RawConnection& connection, const std::string&) {
  connection.wait_until_closed();
  return false;
}

config::Job with_all_patience() {
  config::Job job = at_every_look();
  job.fetch.obey_robots = false;
  job.fetch.timeout = std::chrono::hours(1);
  return job;
}

}  // namespace

TEST_CASE("a host whose answer an interrupted run no longer waits for was asked until that run ended") {
  const tests::RawServer server(never_answer);
  Crawling crawling(with_all_patience());
  std::atomic<bool> interrupted = false;
  std::int64_t clock = kStart;
  CrawlOptions options;
  options.now = [&clock] { return clock; };
  options.interrupted = &interrupted;
  options.on_progress = [&](const RunReport&) {
    clock += 7000;
    interrupted = !server.requests().empty();
  };
  const RunReport report = crawling.crawl({server.url("/")}, options);
  CHECK(report.stop == "interrupted");
  const std::string site = "127.0.0.1:" + std::to_string(server.port());
  CHECK(crawling.host(site).last_hit == report.ended_at);
}

TEST_CASE("a run whose time is over waits no longer for answers than one that was interrupted") {
  const tests::RawServer server(never_answer);
  Crawling crawling(with_all_patience());
  crawling.job.limits.max_time = std::chrono::seconds(10);
  std::int64_t clock = kStart;
  CrawlOptions options;
  options.now = [&clock] { return clock; };
  options.on_progress = [&](const RunReport&) { clock += server.requests().empty() ? 0 : 3000; };
  const RunReport report = crawling.crawl({server.url("/")}, options);
  CHECK(report.stop == "max_time");
  CHECK(report.ended_at.value_or(0) <= kStart + 20'000);
  CHECK(report.queued == 1);
}

TEST_CASE("a host whose answer came and was read no more was asked until the run ended, and no other was") {
  tests::FrontierFixture crawl;
  crawl.offer(tests::kThread);
  crawl.offer(tests::kElsewhere);
  const auto lease = crawl.take();
  REQUIRE(lease);
  const auto other = crawl.take();
  REQUIRE(other);
  crawl.settle(*other);
  crawl.now += 7000;
  crawl.note_leased();
  CHECK(crawl.host(lease->site).last_hit == kStart + 7000);
  CHECK(crawl.host(other->site).last_hit == kStart);
}

TEST_CASE("a run that was killed while it ended at a limit is waited for as one that was killed before") {
  Site site;
  site.page("/", {});
  const TemporaryDirectory directory;
  auto database = store::Database::open(directory / "archive", store::Database::Access::kWrite);
  REQUIRE(database);
  RunReport killed;
  killed.run = 1;
  killed.stop = "max_pages";
  store::Batch batch(**database);
  begin_run(batch, killed);
  REQUIRE((*database)->commit(batch));
  config::Job job = at_every_look();
  job.seeds = {site.url()};
  job.fetch.obey_robots = false;
  job.fetch.delay = std::chrono::seconds(5);
  std::int64_t clock = kStart;
  std::optional<std::int64_t> asked;
  CrawlOptions options;
  options.now = [&clock] { return clock; };
  options.on_progress = [&](const RunReport&) { clock += 1000; };
  options.on_step = [&](const LogLine&) { asked = asked.value_or(clock); };
  REQUIRE(crawl(**database, job, options));
  CHECK(asked >= kStart + 5000);
}

TEST_CASE("a full run that is cut short while it queues what is known is gone on with by the next one") {
  constexpr int kPages = 500;
  Site site;
  std::vector<std::string> links;
  for (int i = 0; i < kPages; ++i) {
    links.push_back("/" + std::to_string(i) + ".html?a=" + std::string(3500, 'x'));
    site.page(links.back(), {});
  }
  site.page("/", links);
  Crawling crawling;
  crawling.job.scope.traps = false;
  CHECK(crawling.crawl({site.url()}).pages == kPages + 1);
  site.forget();
  std::atomic<bool> interrupted = true;
  CrawlOptions options;
  options.now = tests::clock_ms;
  options.interrupted = &interrupted;
  options.full = true;
  CHECK(crawling.crawl({site.url()}, options).stop == "interrupted");
  CHECK(site.asked() == 0);
  options.full = false;
  interrupted = false;
  CHECK(crawling.crawl({site.url()}, options).stop == "done");
  for (const auto& link : links) CHECK(site.asked(link) == 1);
  site.forget();
  crawling.crawl({site.url()}, options);
  for (const auto& link : links) CHECK(site.asked(link) == 0);
}
