// What the frontier holds of hosts: when one may be asked, for how long it is left alone, how much it may
// give, and how little of it stands in memory. All on a made-up clock.

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "crawler/retry.hpp"
#include "tests/crawler/frontier_fixture.hpp"

using namespace boardwalk;
using parsers::LinkRole;
using parsers::Outcome;
using Crawl = tests::FrontierFixture;
using tests::kBoard, tests::kElsewhere, tests::kOther, tests::kStart, tests::kThread;

namespace {

std::string thread(int number, const std::string& site = "a.example") {
  return "http://" + site + "/thread-" + std::to_string(number) + "-1-1.html";
}

// All there is, settled at once, in the order in which it is given out.
std::vector<std::string> take_all(Crawl& crawl) {
  std::vector<std::string> urls;
  for (std::string url = crawl.take_url(); !url.empty(); url = crawl.take_url()) {
    urls.push_back(url);
    crawl.settle_held();
  }
  return urls;
}

constexpr std::int64_t kHour = 3'600'000;

}  // namespace

TEST_CASE("a queue longer than its head in memory is given out in order, to its end") {
  Crawl crawl;
  crawl.memory.pages = 3;
  crawl.reopen();
  std::vector<std::string> offered;
  for (int i = 1; i <= 50; ++i) {
    offered.push_back(thread(i));
    crawl.offer(offered.back());
  }
  CHECK(take_all(crawl) == offered);
  CHECK(crawl.frontier().queued() == 0);
}

TEST_CASE("a listing found while threads wait comes before them, and none of them is lost") {
  Crawl crawl;
  for (int i = 1; i <= 5; ++i) crawl.offer(thread(i));
  CHECK(crawl.take_url() == thread(1));
  crawl.settle_held();
  crawl.offer(kBoard, LinkRole::kBoard);
  crawl.offer(thread(6));
  CHECK(take_all(crawl) ==
        std::vector<std::string>{kBoard, thread(2), thread(3), thread(4), thread(5), thread(6)});
}

TEST_CASE("hosts take turns, however many pages each has") {
  Crawl crawl(0, 1);
  for (int i = 1; i <= 30; ++i) crawl.offer(thread(i));
  for (int i = 1; i <= 3; ++i) crawl.offer(thread(i, "b.example"));
  const auto urls = take_all(crawl);
  REQUIRE(urls.size() == 33);
  int elsewhere = 0;
  for (std::size_t i = 0; i < 6; ++i) elsewhere += urls[i].find("b.example") != std::string::npos ? 1 : 0;
  CHECK(elsewhere == 3);
}

TEST_CASE(
    "with more hosts than memory has room for, every page is given out once and rows keep their counts") {
  Crawl crawl;
  crawl.job.seeds.clear();
  for (int host = 0; host < 20; ++host)
    crawl.job.seeds.push_back("http://h" + std::to_string(host) + ".example/");
  crawl.memory = {2, 4};
  crawl.reopen();
  for (int page = 1; page <= 4; ++page)
    for (int host = 0; host < 20; ++host) crawl.offer(thread(page, "h" + std::to_string(host) + ".example"));
  CHECK(crawl.host("h7.example").ready == 4);
  crawl.reopen();
  CHECK(crawl.frontier().queued() == 80);
  std::map<std::string, int> times;
  for (const auto& url : take_all(crawl)) ++times[url];
  CHECK(times.size() == 80);
  for (const auto& [url, taken] : times) CHECK(taken == 1);
  for (int host = 0; host < 20; ++host)
    CHECK(crawl.host("h" + std::to_string(host) + ".example").queued() == 0);
}

TEST_CASE("host rows count what is queued and what waits, as the queue itself has it") {
  Crawl crawl(0, 8);
  for (int i = 1; i <= 4; ++i) crawl.offer(thread(i));
  CHECK(crawl.take_url() == thread(1));
  crawl.settle_held(Outcome::kHttpError, kStart + 5000);
  CHECK(crawl.take_url() == thread(2));
  crawl.settle_held();
  CHECK(crawl.take_url() == thread(3));
  const auto check = [&crawl] {
    CHECK(crawl.host("a.example").ready == 2);
    CHECK(crawl.host("a.example").waiting == 1);
    int ready = 0, waiting = 0;
    REQUIRE(crawl.frontier().scan([&](const crawler::Frontier::Queued& queued) {
      CHECK(queued.site == "a.example");
      ++(queued.due ? waiting : ready);
      return true;
    }));
    CHECK(ready == 2);
    CHECK(waiting == 1);
  };
  check();
  CHECK(crawl.frontier().queued() == 3);
  crawl.reopen();
  check();
}

TEST_CASE("a host is asked only within its hours, and the frontier tells when they open") {
  Crawl crawl;
  crawl.job.fetch.hours = *config::hours_from("01:00-06:00");
  crawl.job.site.timezone_minutes = 480;  // kStart is 16:00 there
  crawl.reopen();
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().next_time() == kStart + 9 * kHour);
  CHECK(crawl.frontier().waits_for_hours(crawl.now));
  crawl.now = kStart + 14 * kHour - 1;
  CHECK(crawl.take_url() == kThread);
  CHECK_FALSE(crawl.frontier().waits_for_hours(crawl.now));
  crawl.settle_held();
  crawl.now += 1;
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().next_time() == kStart + 33 * kHour);
}

TEST_CASE("what is due after its host's hours have opened again does not wait for them") {
  Crawl crawl;
  crawl.job.fetch.hours = *config::hours_from("01:00-06:00");
  crawl.job.site.timezone_minutes = 480;
  crawl.now = kStart + 14 * kHour - 1;  // the last moment of theirs
  crawl.reopen();
  crawl.offer(kThread);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held(parsers::Outcome::kDenied, crawl.now + 7 * 24 * kHour);
  crawl.now += 1;
  CHECK(crawl.take_url().empty());
  CHECK_FALSE(crawl.frontier().waits_for_hours(crawl.now));
}

TEST_CASE("what the clock was ahead by comes off a host's other times") {
  Crawl crawl(1000);
  constexpr std::int64_t kYear = 365 * 24 * kHour;
  crawl.offer(kThread);
  crawler::HostRow row = crawl.host("a.example");
  row.last_hit = kStart + kYear;
  row.robots_until = kStart + kYear + 24 * kHour;
  row.blocked_until = kStart + kYear + kHour;
  row.failed_at = kStart + kYear - kHour;
  crawl.put_row(store::Family::kHosts, "a.example", store::pack(row));
  crawl.reopen();
  CHECK(crawl.take_url().empty());
  crawl.now += kHour;
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  const crawler::HostRow mended = crawl.host("a.example");
  CHECK(mended.robots_until == kStart + 24 * kHour);
  CHECK(mended.blocked_until == kStart + kHour);
  CHECK(mended.failed_at == kStart - kHour);
}

TEST_CASE("what an operator does to a host of another job changes no count of what is queued") {
  Crawl crawl;
  crawl.offer(kThread);
  crawl.offer(kElsewhere);
  crawl.job.seeds = {"http://a.example/"};
  crawl.reopen();
  CHECK(crawl.frontier().queued() == 1);
  REQUIRE(crawl.frontier().block("b.example", crawl.now + kHour, "boardwalk ctl block"));
  CHECK(crawl.take_url() == kThread);
  CHECK(crawl.frontier().queued() == 1);
  crawl.settle_held();
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().queued() == 0);
}

TEST_CASE("a seed that another job left in the queue is fetched by the run that is given it") {
  Crawl crawl;
  crawl.offer(kThread);
  crawl.offer(kOther);
  crawl.offer(kElsewhere);
  crawl.job.seeds = {"http://a.example/forum-2-1.html"};
  crawl.reopen();
  const bool looked = GENERATE(true, false);
  if (looked) CHECK(crawl.take_url().empty());  // and has read past what is not its own
  CHECK(crawl.seed(kOther));
  CHECK(crawl.seed(kElsewhere));
  CHECK_FALSE(crawl.seed(kElsewhere));
  std::vector<std::string> taken = take_all(crawl);
  std::sort(taken.begin(), taken.end());
  CHECK(taken == std::vector<std::string>{kOther, kElsewhere});
  CHECK(crawl.host("a.example").ready == 1);
  CHECK(crawl.host("b.example").ready == 0);
  CHECK(crawl.frontier().queued() == 0);  // the other job's is not this one's
}

TEST_CASE("a host gives no more pages in a run than its limit, the others go on, the next run too") {
  Crawl crawl(0, 8);
  crawl.job.limits.host_pages = 2;
  crawl.reopen();
  for (int i = 1; i <= 3; ++i) crawl.offer(thread(i));
  crawl.offer(kElsewhere);
  int taken = 0;
  while (crawl.take()) ++taken;
  CHECK(taken == 3);
  CHECK(crawl.frontier().stopped() == std::map<std::string, std::string>{{"a.example", "host_pages"}});
  crawl.reopen();
  taken = 0;
  while (crawl.take()) ++taken;
  CHECK(taken == 3);
}

TEST_CASE("a host that reached its limit did not stop for what is due next week alone") {
  Crawl crawl;
  crawl.job.limits.host_pages = 1;
  crawl.reopen();
  crawl.offer(kThread);
  const auto next_time = GENERATE(kStart + 7 * 24 * kHour, kStart + 1000);
  CHECK(crawl.take_url() == kThread);
  auto& host = crawl.frontier().host("a.example");
  host.run = 2;
  host.run_pages = 1;
  crawl.settle_held(Outcome::kHttpError, next_time);
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().stopped().empty() == (next_time > kStart + kHour));
}

TEST_CASE("a block is not shortened by a later one, and does not hold other hosts") {
  Crawl crawl;
  crawl.offer(kThread);
  crawl.offer(kElsewhere);
  REQUIRE(crawl.frontier().block("a.example", kStart + 60'000, "503 with Retry-After"));
  REQUIRE(crawl.frontier().block("a.example", kStart + 1000, "503"));
  CHECK(crawl.take_url() == kElsewhere);
  crawl.now = kStart + 59'999;
  CHECK(crawl.take_url().empty());
  crawl.now = kStart + 60'000;
  CHECK(crawl.take_url() == kThread);
}

TEST_CASE("a delay that answers called for lengthens the job's own, also in the next run") {
  Crawl crawl(1000);
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  REQUIRE(crawl.frontier().set_delay("a.example", 5000));
  crawl.settle_held();
  crawl.reopen();
  crawl.now = kStart + 5000;
  CHECK(crawl.take_url().empty());
  crawl.now = kStart + 5001;
  CHECK(crawl.take_url() == kOther);
}

TEST_CASE("a host that was set aside waits for its time, but the next run asks it at once") {
  Crawl crawl;
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  crawl.frontier().set_aside("a.example", kStart + kHour, "no route");
  CHECK(crawl.frontier().is_set_aside("a.example"));
  crawl.settle_held(Outcome::kNetworkError, kStart + 1000);
  crawl.now = kStart + kHour - 1;
  CHECK(crawl.take_url().empty());
  crawl.now = kStart + kHour;
  CHECK(crawl.take_url() == kThread);
  crawl.frontier().set_aside("a.example", kStart + 3 * kHour, "no route");
  crawl.settle_held(Outcome::kNetworkError, crawl.now);
  CHECK(crawl.take_url().empty());
  crawl.reopen();
  CHECK(crawl.take_url() == kThread);
}

TEST_CASE(
    "after a kill a host's delay counts from the start of the next run, as requests may have been out") {
  Crawl crawl(1000);
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);  // sent, and never settled
  crawl.now += 10;
  crawl.reopen(1, crawl.now);
  CHECK(crawl.take_url().empty());
  crawl.now += 1001;
  CHECK(crawl.take_url() == kThread);
}

TEST_CASE("a host's row that an earlier version wrote is read, and its queue counted") {
  Crawl crawl;
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held(Outcome::kHttpError, kStart + 5000);
  {
    store::Packer old;  // not before, why, failures, robots.txt until, status, text, redirect, hops, failures
    old(kStart + 60'000), old(std::string("503")), old(2), old(kStart), old(200), old(std::string("# rules"));
    old(std::string()), old(0), old(0), old(1000), old(std::vector<std::int64_t>{7}), old(99);
    crawl.put_row(store::Family::kHosts, "a.example", old.take());
  }
  crawl.reopen();
  CHECK(crawl.frontier().queued() == 2);
  CHECK(crawl.host("a.example").waiting == 1);
  CHECK(crawl.host("a.example").outcomes == std::vector<std::int64_t>{7});
  CHECK(crawl.take_url().empty());
  crawl.now = kStart + 60'000;
  CHECK(crawl.take_url() == kThread);
  crawl.put_row(store::Family::kHosts, "a.example", "\x01");
  const auto damaged = crawler::read_host(crawl.database(), "a.example");
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().message ==
        "the archive's row of host \"a.example\" is damaged; restore it from a backup");
}

TEST_CASE("a run waits for pauses and retries, and for nothing that is longer away") {
  const std::int64_t retry = crawler::longest_wait(config::default_job().fetch);
  Crawl crawl(2 * retry);
  CHECK_FALSE(crawl.frontier().has_due_soon(crawl.now));
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().next_time() == kStart + 2 * retry + 1);
  CHECK(crawl.frontier().has_due_soon(crawl.now));
  crawl.reopen();
  CHECK(crawl.frontier().has_due_soon(crawl.now));
}

TEST_CASE("a run waits for no page that is due later than a retry, nor for a host that is held longer") {
  const std::int64_t retry = crawler::longest_wait(config::default_job().fetch);
  for (const std::int64_t over : {0, 1}) {
    Crawl later(retry);
    later.offer(kThread);
    const auto lease = later.take();
    REQUIRE(lease);
    later.settle(*lease, Outcome::kHttpError, kStart + retry + over);
    CHECK_FALSE(later.take());
    CHECK(later.frontier().has_due_soon(later.now) == (over == 0));
    Crawl held(retry);
    held.offer(kThread);
    REQUIRE(held.frontier().block("a.example", kStart + retry + over, "503"));
    CHECK_FALSE(held.take());
    CHECK(held.frontier().has_due_soon(held.now) == (over == 0));
  }
}

TEST_CASE("a pause of more than an hour is left to later runs") {
  Crawl crawl(30 * kHour);
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  CHECK(crawl.take_url().empty());
  CHECK_FALSE(crawl.frontier().has_due_soon(crawl.now));
}
