// The crawl against a real server: what it asks for, when, and what every answer becomes.

#include "crawler/engine.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <set>
#include <string>

#include "crawler/state.hpp"
#include "store/query.hpp"
#include "store/visits.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::Outcome;
using sample::SampleForum;
using store::Database;

namespace {

std::int64_t clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// An archive and the jobs that are run over it.
class Archive {
 public:
  Archive() {
    job.fetch.delay = {};
    job.fetch.per_host = 4;
    job.fetch.retry_delay = config::Milliseconds(1);
    job.fetch.max_retry_delay = config::Milliseconds(5000);
    job.archive.sync = config::Sync::kOs;
  }

  RunReport crawl(const std::string& seed, const CrawlOptions& options = {clock_ms, nullptr, {}}) {
    return crawl(std::vector{seed}, options);
  }

  RunReport crawl(const std::vector<std::string>& seeds,
                  const CrawlOptions& options = {clock_ms, nullptr, {}}) {
    job.seeds = seeds;
    database_.reset();
    auto opened = Database::open(directory_ / "archive", Database::Access::kWrite, job.archive.sync);
    REQUIRE(opened);
    database_ = std::move(*opened);
    auto report = crawler::crawl(*database_, job, options);
    if (!report) FAIL(report.error().message);
    return *report;
  }

  std::map<std::string, Outcome> outcomes() {
    std::map<std::string, Outcome> list;
    REQUIRE(store::for_each_visit(*database_, [&](const store::Visit& visit) {
      list[visit.url] = visit.outcome;
      return true;
    }));
    return list;
  }

  std::size_t count(store::RecordKind kind, bool duplicates = true) {
    std::size_t records = 0;
    store::Filter filter;
    filter.duplicates = duplicates;
    REQUIRE(
        store::for_each_record(*database_, {kind, filter}, [&](const store::Row&) { return ++records > 0; }));
    return records;
  }

  std::vector<parsers::Post> posts(const std::string& site, int tid) {
    auto list = store::posts_of_thread(*database_, site, std::to_string(tid));
    REQUIRE(list);
    return *list;
  }

  HostRow only_host() {
    const auto hosts = host_states(*database_);
    REQUIRE(hosts);
    REQUIRE(hosts->size() == 1);
    return hosts->front().row;
  }

  config::Job job = config::default_job();

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<Database> database_;
};

std::size_t visible_posts(const SampleForum& forum) {
  return static_cast<std::size_t>(forum.model()->visible_posts());
}

}  // namespace

TEST_CASE("a crawl brings every post that a guest can see, once, in both charsets and both URL styles") {
  for (const auto charset : {sample::Charset::kUtf8, sample::Charset::kGbk}) {
    for (const bool static_urls : {true, false}) {
      SampleForum forum({.threads = 40, .charset = charset, .static_urls = static_urls});
      Archive archive;
      const RunReport report = archive.crawl(forum.base_url());
      CHECK(report.stop == "done");
      CHECK(report.failed == 0);
      CHECK(archive.count(store::RecordKind::kPost) == visible_posts(forum));
      CHECK(archive.count(store::RecordKind::kArticle) == 12);
    }
  }
}

TEST_CASE("no page is asked for twice in one run") {
  SampleForum forum({.threads = 40});
  Archive archive;
  archive.crawl(forum.base_url());
  std::set<std::string> targets;
  for (const auto& request : forum.requests()) CHECK(targets.insert(request.target).second);
}

TEST_CASE("a run that follows a finished one asks for listings alone when nothing changed") {
  SampleForum forum({.threads = 40});
  Archive archive;
  archive.crawl(forum.base_url());
  const std::size_t posts = archive.count(store::RecordKind::kPost);
  forum.clear_requests();
  const RunReport second = archive.crawl(forum.base_url());
  CHECK(second.records.new_posts == 0);
  CHECK(second.records.changed_posts == 0);
  CHECK(forum.request_count("/thread-") == 0);
  CHECK(archive.count(store::RecordKind::kPost) == posts);
}

TEST_CASE("a day later only grown and new threads are read, and all that listings reveal is there") {
  SampleForum forum({.threads = 60});
  Archive archive;
  archive.crawl(forum.base_url());
  forum.set_day(2);
  forum.clear_requests();
  const RunReport second = archive.crawl(forum.base_url());
  CHECK(second.failed == 0);
  const auto& changes = forum.model()->changes(2);
  REQUIRE_FALSE(changes.grown.empty());
  REQUIRE_FALSE(changes.added.empty());
  std::size_t grown = 0;
  for (const auto& growth : changes.grown) {
    std::set<std::string> held;
    for (const auto& post : archive.posts(forum.site(), growth.tid)) held.insert(post.post_id);
    if (held.empty()) continue;  // a thread that guests may not read
    ++grown;
    for (const auto pid : growth.pids) CHECK(held.contains(std::to_string(pid)));
  }
  CHECK(grown > 0);
  for (const int tid : changes.added)
    CHECK(static_cast<int>(archive.posts(forum.site(), tid).size()) ==
          forum.model()->living(*forum.model()->thread(tid)));
  CHECK(forum.request_count("/thread-") <=
        3 * (changes.grown.size() + changes.added.size() + changes.deleted.size() + changes.edited.size()));
}

TEST_CASE("max_pages stops a run, and the next one goes on where it stopped") {
  SampleForum forum({.threads = 40});
  Archive archive;
  archive.job.limits.max_pages = 10;
  const RunReport first = archive.crawl(forum.base_url());
  CHECK(first.stop == "max_pages");
  CHECK(first.pages == 10);
  CHECK(first.queued > 0);
  archive.job.limits.max_pages = 0;
  forum.clear_requests();
  CHECK(archive.crawl(forum.base_url()).stop == "done");
  CHECK(archive.count(store::RecordKind::kPost) == visible_posts(forum));
  std::set<std::string> targets;
  for (const auto& request : forum.requests()) CHECK(targets.insert(request.target).second);
}

TEST_CASE("errors, cut and redirected answers are tried again until everything is there") {
  SampleForum forum({.threads = 40});
  forum.set_faults({.error_rate = 0.1, .cut_rate = 0.1, .redirect_loop_rate = 0.02, .retry_after = 0});
  Archive archive;
  archive.job.fetch.retries = 20;
  const RunReport report = archive.crawl(forum.base_url());
  CHECK(report.count(Outcome::kHttpError) > 0);
  CHECK(report.count(Outcome::kTruncated) > 0);
  CHECK(report.failed == 0);
  CHECK(archive.count(store::RecordKind::kPost) == visible_posts(forum));
}

TEST_CASE("no request begins before the host's delay since the last answer is over") {
  SampleForum forum({.threads = 6, .articles = 2});
  Archive archive;
  archive.job.fetch.delay = config::Milliseconds(20);
  archive.job.fetch.per_host = 1;
  archive.crawl(forum.base_url());
  const auto requests = forum.requests();
  REQUIRE(requests.size() > 5);
  for (std::size_t i = 1; i < requests.size(); ++i)
    CHECK(requests[i].at_us - requests[i - 1].at_us >= 20'000);
}

TEST_CASE("what robots.txt forbids is not asked for, and the rule is kept") {
  SampleForum forum({.threads = 10});
  forum.set_robots(200, "User-agent: *\nDisallow: /news/\n");
  Archive archive;
  archive.crawl(forum.base_url());
  CHECK(forum.request_count("/news/") == 0);
  CHECK(archive.outcomes().at(forum.base_url() + "news/") == Outcome::kRobotsDenied);
  archive.job.fetch.obey_robots = false;
  SampleForum other({.threads = 10});
  other.set_robots(200, "User-agent: *\nDisallow: /\n");
  Archive free;
  free.job.fetch.obey_robots = false;
  free.crawl(other.base_url());
  CHECK(other.request_count("/robots.txt") == 0);
  CHECK(free.count(store::RecordKind::kPost) == visible_posts(other));
}

TEST_CASE("robots.txt that answers 5xx forbids everything, and is asked for again") {
  SampleForum forum({.threads = 10});
  forum.set_robots(503, "");
  Archive archive;
  archive.job.fetch.retries = 2;
  const RunReport report = archive.crawl(forum.base_url());
  CHECK(report.failed == 1);
  CHECK(report.pages == 0);
  CHECK(forum.request_count() == 3);
  CHECK(forum.request_count("/robots.txt") == 3);
}

TEST_CASE("pages built to hurt end in their outcomes and the crawl goes on") {
  SampleForum forum({.threads = 10});
  const std::string base = forum.base_url() + "fault/";
  Archive archive;
  archive.job.fetch.retries = 0;
  archive.job.fetch.timeout = config::Milliseconds(20'000);
  const std::map<std::string, Outcome> expected{
      {base + "deep-divs?n=100000", Outcome::kTooComplex},
      {base + "fonts?n=20000", Outcome::kTooComplex},
      {base + "empty", Outcome::kNotHtml},
      {base + "random?bytes=65536&seed=1", Outcome::kNotHtml},
      {base + "large?mb=50", Outcome::kTooLarge},
      {base + "gzip-bomb?mb=10240", Outcome::kTooLarge},
      {base + "pdf", Outcome::kNotHtml},
      {base + "cut", Outcome::kTruncated},
      {base + "cut-chunked", Outcome::kTruncated},
      {base + "close", Outcome::kNetworkError},
      {base + "nul-header", Outcome::kNetworkError},
      {base + "endless-headers", Outcome::kNetworkError},
      {base + "endless-body", Outcome::kTooLarge},
      {base + "status/404", Outcome::kNotFound},
      {base + "status/410", Outcome::kGone},
      {base + "status/500", Outcome::kHttpError},
      {base + "redirect-loop/0?at=0", Outcome::kRedirectLoop},
  };
  std::vector<std::string> seeds{forum.base_url()};
  for (const auto& [url, outcome] : expected) {
    seeds.push_back(url);
    archive.job.scope.include.push_back(url);
  }
  archive.job.scope.include.push_back(forum.base_url() + "thread-*");
  archive.job.scope.include.push_back(forum.base_url() + "forum*");
  archive.crawl(seeds);
  auto outcomes = archive.outcomes();
  for (const auto& [url, outcome] : expected) {
    INFO(url);
    CHECK(to_string(outcomes[url]) == to_string(outcome));
  }
  CHECK(archive.count(store::RecordKind::kPost) == visible_posts(forum));
}

TEST_CASE("a challenge leaves its host alone until a later run, and is named") {
  SampleForum forum({.threads = 10});
  Archive archive;
  archive.job.fetch.per_host = 1;
  const std::string challenge = forum.base_url() + "fault/challenge";
  const RunReport report = archive.crawl(challenge);
  CHECK(report.failed == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].url == challenge);
  CHECK(report.failures[0].outcome == Outcome::kChallenge);
  const HostRow host = archive.only_host();
  CHECK(host.blocked_until >= clock_ms() + archive.job.recrawl.failed.count() - 60'000);
  CHECK(host.blocked_because == "challenge: a page that wants a browser to prove itself");
  const auto asked = forum.request_count();
  archive.crawl(challenge);
  CHECK(forum.request_count() == asked);
}

TEST_CASE("a challenged page is asked for again in a run after the host's pause") {
  SampleForum forum({.threads = 10});
  Archive archive;
  archive.job.recrawl.failed = config::Milliseconds(0);
  archive.job.limits.max_pages = 1;
  const std::string challenge = forum.base_url() + "fault/challenge";
  archive.crawl(challenge);
  CHECK(forum.request_count("/fault/challenge") == 1);
  archive.crawl(challenge);
  CHECK(forum.request_count("/fault/challenge") == 2);
}

TEST_CASE("a changed template is counted for its host, named, and its bytes are kept") {
  SampleForum forum({.threads = 10});
  Archive archive;
  const RunReport report = archive.crawl(forum.base_url() + "fault/changed-template");
  CHECK(report.failed == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].outcome == Outcome::kUnreadable);
  CHECK(report.failures[0].detail.find("post_N") != std::string::npos);
  CHECK(archive.only_host().outcomes.at(static_cast<std::size_t>(Outcome::kUnreadable)) == 1);
  CHECK(archive.count(store::RecordKind::kPost) == 0);
}

TEST_CASE("a crawl whose disk runs short of room takes no page until there is room again") {
  SampleForum forum({.threads = 10});
  Archive archive;
  archive.job.archive.min_free = 1000;
  archive.job.archive.wait_for_room = config::Milliseconds(3'600'000);
  std::int64_t clock = clock_ms();
  int looks = 0;
  std::size_t asked_while_short = 0;
  CrawlOptions options;
  options.now = [&clock] { return clock += 1000; };  // a second passes between any two looks
  options.free_bytes = [&looks] { return std::optional<std::int64_t>(++looks <= 5 ? 999 : 1000); };
  options.on_progress = [&](const RunReport& report) {
    if (!report.paused.empty()) asked_while_short = forum.request_count();
  };
  const RunReport report = archive.crawl(forum.base_url(), options);
  CHECK(looks > 5);
  CHECK(asked_while_short == 0);
  CHECK(report.stop == "done");
  CHECK(report.paused.empty());
  CHECK(archive.count(store::RecordKind::kPost) == visible_posts(forum));
}
