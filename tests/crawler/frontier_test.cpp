#include "crawler/frontier.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "tests/crawler/frontier_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::LinkRole;
using parsers::Outcome;
using store::Database;

using Crawl = tests::FrontierFixture;
using tests::kBoard, tests::kElsewhere, tests::kOther, tests::kStart, tests::kThread;

TEST_CASE("listings are taken before threads, threads in the order in which they were found") {
  Crawl crawl(0, 8);
  crawl.offer(kThread);
  crawl.offer(kOther);
  crawl.offer(kBoard, LinkRole::kBoard);
  CHECK(crawl.take_url() == kBoard);
  CHECK(crawl.take_url() == kThread);
  CHECK(crawl.take_url() == kOther);
  CHECK(crawl.take_url().empty());
}

TEST_CASE("a page is queued once, whatever its spellings, and remembers a few of them") {
  Crawl crawl;
  CHECK(crawl.offer(kThread));
  CHECK_FALSE(crawl.offer("http://a.example/forum.php?mod=viewthread&tid=1&extra=page%3D1"));
  CHECK(crawl.frontier().queued() == 1);
  CHECK(crawl.row(kThread).url == kThread);
  CHECK(crawl.row(kThread).others.size() == 1);
}

TEST_CASE("a host that was asked while the clock was years ahead is asked again after its delay") {
  Crawl f(1000);
  f.memory.hosts = GENERATE(1, 100);
  f.reopen();
  f.now += 4 * 365 * std::int64_t{86'400'000};
  for (const auto& url : {kThread, kOther, kElsewhere, std::string("http://b.example/thread-2-1-1.html")})
    f.offer(url);
  for (int i = 0; i < 2; ++i) {
    CHECK_FALSE(f.take_url().empty());
    f.settle_held();
  }
  f.now = kStart;
  f.reopen();
  CHECK(f.take_url().empty());
  std::vector<std::string> taken;
  for (int delays = 0; delays < 2;
       ++delays) {  // a host of which there was no room for its row is read when it is due
    f.now += 1001;
    while (taken.size() < 4) {
      const std::string url = f.take_url();
      if (url.empty()) break;
      taken.push_back(url);
      f.settle_held();
    }
  }
  CHECK(taken.size() >= 2);
  CHECK(std::count_if(taken.begin(), taken.end(),
                      [](const auto& url) { return url.starts_with("http://b."); }) >= 1);
}

TEST_CASE("a page whose try failed while the clock was years ahead is tried again once that is right") {
  Crawl f;
  f.now += 365 * std::int64_t{86'400'000};
  f.offer(kThread);
  f.offer(kOther);
  CHECK(f.take_url() == kThread);
  f.settle_held(Outcome::kTimeout, f.now + 3'600'000);
  CHECK(f.take_url() == kOther);
  f.settle_held(Outcome::kOk, f.now + 3'600'000);
  f.now = kStart;
  f.reopen();
  f.requeue_tried_ahead();
  CHECK(f.take_url() == kThread);
  f.settle_held(Outcome::kTimeout, f.now + 3'600'000);
  f.reopen();
  f.requeue_tried_ahead();
  CHECK(f.take_url().empty());  // it waits by the right clock now
  CHECK(f.host("a.example").waiting == 2);
}

TEST_CASE("nor does it wait for that clock when it is set right in the middle of the run") {
  Crawl f;
  f.now += 365 * std::int64_t{86'400'000};
  f.offer(kThread);
  f.offer(kOther);
  CHECK(f.take_url() == kThread);
  f.settle_held(Outcome::kTimeout, f.now + 3'600'000);
  f.now = kStart;
  CHECK(f.take_url() == kOther);
  f.settle_held();
  f.now += 7'200'000;
  f.reopen();
  f.requeue_tried_ahead();
  CHECK(f.take_url() == kThread);
}

TEST_CASE("pages that were tried by a clock that was ahead are queued anew however many they are") {
  constexpr int kPages = 3000;
  Crawl f;
  f.now += 365 * std::int64_t{86'400'000};
  const std::string padding(400, 'x');
  for (int i = 0; i < kPages; ++i) f.offer("http://a.example/" + std::to_string(i) + ".html?a=" + padding);
  for (int i = 0; i < kPages; ++i) {
    CHECK_FALSE(f.take_url().empty());
    f.settle_held(Outcome::kTimeout, f.now + 3'600'000);
  }
  f.now = kStart;
  f.reopen();
  f.requeue_tried_ahead();
  CHECK(f.host("a.example").ready == kPages);
  CHECK(f.host("a.example").waiting == 0);
  CHECK(f.frontier().queued() == kPages);
}

TEST_CASE("a clock that is set back in the middle of a run keeps no host from being asked after its delay") {
  Crawl f(1000);
  for (const auto& url : {kThread, kOther, kElsewhere}) f.offer(url);
  for (const auto& url : {kThread, kElsewhere}) {
    CHECK(f.take_url() == url);
    f.settle_held();
  }
  f.now -= 3'600'000;
  CHECK(f.take_url().empty());
  CHECK(f.frontier().next_time() == f.now + 1001);
  f.now += 1001;
  CHECK(f.take_url() == kOther);
}

TEST_CASE("nor does it when an answer comes by the old clock, or the host's row was not in memory") {
  Crawl f(1000);
  f.memory.hosts = GENERATE(1, 100);
  f.reopen();
  const std::vector<std::string> hosts{"a.example", "b.example", "c.example"};
  f.job.seeds = {"http://a.example/", "http://b.example/", "http://c.example/"};
  f.reopen();
  for (const auto& host : hosts)
    for (const char* page : {"1", "2"}) f.offer("http://" + host + "/thread-" + page + "-1-1.html");
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    CHECK_FALSE(f.take_url().empty());
    f.settle_held();
  }
  const std::int64_t old_time = f.now;
  f.now -= 3'600'000;
  CHECK(f.take_url().empty());
  f.now += 1001;
  const auto lease = f.take();
  REQUIRE(lease);
  f.frontier().host(lease->site).last_hit = old_time;
  f.offer("http://" + lease->site + "/thread-3-1-1.html");
  f.settle(*lease);
  std::set<std::string> asked;
  for (int delays = 0; delays < 3; ++delays) {
    for (std::string url = f.take_url(); !url.empty(); url = f.take_url()) {
      asked.insert(url);
      f.settle_held();
    }
    f.now += 1001;
  }
  CHECK(asked.size() == 3);
}

TEST_CASE("a host gives no second page before its delay is over, another host does") {
  Crawl crawl(1000);
  crawl.offer(kThread);
  crawl.offer(kOther);
  crawl.offer(kElsewhere);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  CHECK(crawl.take_url() == kElsewhere);
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().next_time() == kStart + 1001);
  crawl.now += 1000;
  CHECK(crawl.take_url().empty());
  crawl.now += 1;
  CHECK(crawl.take_url() == kOther);
}

TEST_CASE("a host has no more pages out than it has connections") {
  Crawl crawl(0, 2);
  for (int i = 1; i <= 3; ++i) crawl.offer("http://a.example/thread-" + std::to_string(i) + "-1-1.html");
  const auto first = crawl.take();
  REQUIRE(first);
  CHECK(crawl.take());
  CHECK_FALSE(crawl.take());
  crawl.settle(*first);
  CHECK(crawl.take());
}

TEST_CASE("a page that was leased when the process died is there again, a settled one is not") {
  Crawl crawl(0, 8);
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  CHECK(crawl.take_url() == kOther);
  crawl.reopen();
  CHECK(crawl.frontier().queued() == 1);
  CHECK(crawl.take_url() == kOther);
  CHECK(crawl.take_url().empty());
}

TEST_CASE("a retry waits for its time, also in the next run") {
  Crawl crawl;
  crawl.offer(kThread);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held(Outcome::kHttpError, kStart + 5000);
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().next_time() == kStart + 5000);
  crawl.reopen();
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().next_time() == kStart + 5000);
  crawl.now += 5000;
  CHECK(crawl.take_url() == kThread);
}

TEST_CASE("a page that is settled as due at once waits for no time of its own") {
  Crawl crawl;
  crawl.offer(kThread);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held(Outcome::kNotFound, kAtOnce);
  CHECK(crawl.host("a.example").ready == 1);
  CHECK(crawl.host("a.example").waiting == 0);
  CHECK(crawl.take_url() == kThread);
}

TEST_CASE("a host's block outlives the process") {
  Crawl crawl;
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  REQUIRE(crawl.frontier().block("a.example", kStart + 60'000, "503"));
  crawl.settle_held();
  crawl.reopen();
  CHECK(crawl.take_url().empty());
  crawl.now += 60'000;
  CHECK(crawl.take_url() == kOther);
}

TEST_CASE(
    "a thread whose row in a listing changed is queued again in the next sweep, an unchanged one is not") {
  Crawl crawl(0, 8);
  crawl.offer(kThread, LinkRole::kThread, "1|Li");
  crawl.offer(kOther, LinkRole::kThread, "1|Wu");
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  CHECK(crawl.take_url() == kOther);
  crawl.settle_held();
  crawl.reopen(2);
  CHECK(crawl.offer(kThread, LinkRole::kThread, "2|Ma"));
  CHECK_FALSE(crawl.offer(kOther, LinkRole::kThread, "1|Wu"));
  CHECK(crawl.take_url() == kThread);
  CHECK(crawl.take_url().empty());
}

TEST_CASE("a page that asks for robots.txt first gives that host nothing else meanwhile") {
  TemporaryDirectory directory;
  config::Job job = config::default_job();
  job.seeds = {"http://a.example/"};
  job.fetch.delay = {};
  auto database = *Database::open(directory / "archive", Database::Access::kWrite);
  const Scope scope = *Scope::make(job);
  const HostSettings settings(job);
  Frontier frontier(*database, job, settings, scope, 1, 1);
  store::Batch batch(*database);
  for (const auto* url : {"http://a.example/private/x", "http://a.example/open"}) {
    const auto parsed = parsers::parse_url(url);
    Offer offer;
    offer.key = parsers::page_key(*parsed);
    offer.url = url;
    offer.site = "a.example";
    REQUIRE(frontier.offer(batch, offer, kStart));
  }
  frontier.put_hosts(batch);
  REQUIRE(database->commit(batch));
  const auto robots = frontier.take(kStart);
  REQUIRE(robots);
  REQUIRE(*robots);
  CHECK((*robots)->is_robots);
  CHECK((*robots)->row.url == "http://a.example/robots.txt");
  CHECK_FALSE(*frontier.take(kStart));
  HostRow& host = frontier.host("a.example");
  const std::string text = "User-agent: *\nDisallow: /private/\n";
  host.robots_status = 200;
  host.robots_sha256 = parsers::sha256_hex(text);
  host.robots_until = kStart + 86'400'000;
  REQUIRE(store::put_body(batch, host.robots_sha256, text));
  frontier.put_hosts(batch);
  REQUIRE(database->commit(batch));
  frontier.release(**robots);
  const auto denied = frontier.take(kStart);
  REQUIRE(*denied);
  CHECK((*denied)->robots_denied == "disallow: /private/");
  frontier.release(**denied);
}

TEST_CASE("robots.txt is asked for without the validators of the page that waits for it") {
  Crawl crawl(0, 1, true);
  crawl.offer(kThread);
  {
    UrlRow row = crawl.row(kThread);
    row.etag = "\"page\"";
    row.last_modified = "Mon, 20 May 2024 12:00:00 GMT";
    crawl.put(kThread, row);
  }
  const auto lease = crawl.take();
  REQUIRE(lease);
  CHECK(lease->is_robots);
  CHECK(lease->row.url == "http://a.example/robots.txt");
  CHECK(lease->row.etag.empty());
  CHECK(lease->row.last_modified.empty());
}

TEST_CASE("queueing everything anew ends between two commits when it is told to") {
  constexpr int kPages = 500;
  Crawl crawl;
  crawler::UrlRow row;
  row.site = "a.example";
  row.last_outcome = static_cast<int>(parsers::Outcome::kOk);
  row.last_fetch = kStart;
  for (int i = 0; i < kPages; ++i) {
    row.url = "http://a.example/" + std::to_string(i) + std::string(5000, 'x');
    crawl.put(row.url, row);
  }
  const bool goes_on = GENERATE(true, false);
  int asked = 0;
  std::string behind;
  const std::int64_t queued = crawl.requeue_all([&](const std::string& key) {
    if (asked++ == 0) behind = key;
    return goes_on;
  });
  CHECK((goes_on ? queued == kPages : queued > 0 && queued < kPages));
  CHECK((goes_on ? asked > 2 : asked == 2));  // the last time behind all of them
  CHECK(crawl.frontier().queued() == queued);
  if (goes_on) return;
  CHECK(crawl.requeue_all([](const std::string&) { return true; }, behind) == kPages - queued);
  CHECK(crawl.frontier().queued() == kPages);
}

TEST_CASE("a page that a picture's address named first is read once something links it as a page") {
  Crawl crawl;
  crawl.offer(kThread, LinkRole::kAttachment);
  CHECK(crawl.take_url() == kThread);
  CHECK_FALSE(crawl.offer(kThread));  // it is being fetched
  crawl.settle_held(parsers::Outcome::kNotHtml);
  CHECK_FALSE(crawl.offer(kThread, LinkRole::kAttachment));
  CHECK(crawl.offer(kThread));
  CHECK(crawl.row(kThread).link_role() == LinkRole::kThread);
  CHECK(crawl.take_url() == kThread);
}
