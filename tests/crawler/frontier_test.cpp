#include "crawler/frontier.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::LinkRole;
using parsers::Outcome;
using store::Database;

namespace {

constexpr std::int64_t kStart = 1'000'000'000'000;

// A frontier over an archive of its own, on a made-up clock; tests speak in hosts and pages.
class Crawl {
 public:
  explicit Crawl(std::int64_t delay = 0, std::int64_t per_host = 1, bool obey_robots = false) {
    job_.seeds = {"http://a.example/", "http://b.example/"};
    job_.fetch.obey_robots = obey_robots;
    job_.fetch.delay = config::Milliseconds(delay);
    job_.fetch.per_host = per_host;
    reopen();
  }

  // What a kill and the next run do: leases are gone, what was committed is there.
  void reopen(std::int64_t sweep = 1) {
    frontier_.reset();
    database_.reset();
    auto opened = Database::open(directory_ / "archive", Database::Access::kWrite);
    REQUIRE(opened);
    database_ = std::move(*opened);
    scope_.emplace(*Scope::make(job_));
    frontier_.emplace(*database_, job_, *scope_, ++run_, sweep);
    REQUIRE(frontier_->load());
  }

  bool offer(const std::string& url, LinkRole role = LinkRole::kThread,
             std::optional<std::string> listed = {}) {
    store::Batch batch(*database_);
    Frontier::Offer offer;
    const auto parsed = parsers::parse_url(url);
    REQUIRE(parsed);
    offer.key = parsers::page_key(*parsed);
    offer.url = url;
    offer.site = parsed->site();
    offer.what = {role, std::move(listed), false};
    const auto queued = frontier_->offer(batch, offer, now);
    REQUIRE(queued);
    REQUIRE(database_->commit(batch));
    return queued->queued;
  }

  std::optional<Lease> take() {
    auto lease = frontier_->take(now);
    REQUIRE(lease);
    return *lease;
  }

  // The URL that is taken, or "" when there is none.
  std::string take_url() {
    held_ = take();
    return held_ ? held_->row.url : "";
  }

  void settle(const Lease& lease, Outcome outcome = Outcome::kOk, std::optional<std::int64_t> due = {}) {
    store::Batch batch(*database_);
    auto row = read_url(batch, lease.key);
    REQUIRE(row);
    REQUIRE(*row);
    (*row)->last_outcome = static_cast<int>(outcome);
    (*row)->last_fetch = now;
    (*row)->sweep = frontier_->sweep();
    if (due) ++(*row)->attempts;
    frontier_->settle(batch, lease, **row, due);
    auto& host = frontier_->host(lease.site);
    host.not_before = std::max(host.not_before, now + job_.fetch.delay.count());
    frontier_->put_host(batch, lease.site);
    REQUIRE(database_->commit(batch));
    frontier_->release(lease);
  }

  void settle_held(Outcome outcome = Outcome::kOk, std::optional<std::int64_t> due = {}) {
    REQUIRE(held_);
    settle(*held_, outcome, due);
    held_.reset();
  }

  UrlRow row(const std::string& url) {
    auto row = read_url(*database_, parsers::page_key(*parsers::parse_url(url)).key);
    REQUIRE(row);
    REQUIRE(*row);
    return **row;
  }

  void put(const std::string& url, const UrlRow& row) {
    store::Batch batch(*database_);
    batch.put(store::Family::kUrls, parsers::page_key(*parsers::parse_url(url)).key, store::pack(row));
    REQUIRE(database_->commit(batch));
  }

  Frontier& frontier() { return *frontier_; }
  std::int64_t now = kStart;

 private:
  TemporaryDirectory directory_;
  config::Job job_ = config::default_job();
  int run_ = 0;
  std::optional<Scope> scope_;
  std::unique_ptr<Database> database_;
  std::optional<Frontier> frontier_;
  std::optional<Lease> held_;
};

const std::string kBoard = "http://a.example/forum-2-1.html";
const std::string kThread = "http://a.example/thread-1-1-1.html";
const std::string kOther = "http://a.example/thread-2-1-1.html";
const std::string kElsewhere = "http://b.example/thread-1-1-1.html";

}  // namespace

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

TEST_CASE("a host's block outlives the process") {
  Crawl crawl;
  crawl.offer(kThread);
  crawl.offer(kOther);
  CHECK(crawl.take_url() == kThread);
  crawl.frontier().host("a.example").not_before = kStart + 60'000;
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
  Frontier frontier(*database, job, scope, 1, 1);
  store::Batch batch(*database);
  for (const auto* url : {"http://a.example/private/x", "http://a.example/open"}) {
    const auto parsed = parsers::parse_url(url);
    Frontier::Offer offer;
    offer.key = parsers::page_key(*parsed);
    offer.url = url;
    offer.site = "a.example";
    REQUIRE(frontier.offer(batch, offer, kStart));
  }
  REQUIRE(database->commit(batch));
  const auto robots = frontier.take(kStart);
  REQUIRE(robots);
  REQUIRE(*robots);
  CHECK((*robots)->is_robots);
  CHECK((*robots)->row.url == "http://a.example/robots.txt");
  CHECK_FALSE(*frontier.take(kStart));
  HostRow& host = frontier.host("a.example");
  host.robots_status = 200;
  host.robots_text = "User-agent: *\nDisallow: /private/\n";
  host.robots_until = kStart + 86'400'000;
  frontier.apply_robots("a.example");
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
