// The crawl against a real server: what it asks for, when, and what every answer becomes.

#include "crawler/engine.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "tests/crawler/crawling.hpp"
#include "tests/support/sample_forum.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::Outcome;
using sample::SampleForum;
using tests::clock_ms;
using tests::Crawling;

namespace {

std::size_t visible_posts(const SampleForum& forum) {
  return static_cast<std::size_t>(forum.model()->visible_posts());
}

}  // namespace

TEST_CASE("a crawl brings every post that a guest can see, once, in both charsets and both URL styles") {
  for (const auto charset : {sample::Charset::kUtf8, sample::Charset::kGbk}) {
    for (const bool static_urls : {true, false}) {
      SampleForum forum({.threads = 40, .charset = charset, .static_urls = static_urls});
      Crawling crawling;
      const RunReport report = crawling.crawl({forum.base_url()});
      CHECK(report.stop == "done");
      CHECK(report.failed == 0);
      CHECK(crawling.count(store::RecordKind::kPost) == visible_posts(forum));
      CHECK(crawling.count(store::RecordKind::kArticle) == 12);
    }
  }
}

TEST_CASE("no page is asked for twice in one run") {
  SampleForum forum({.threads = 40});
  Crawling crawling;
  crawling.crawl({forum.base_url()});
  std::set<std::string> targets;
  for (const auto& request : forum.requests()) CHECK(targets.insert(request.target).second);
}

TEST_CASE("a run that follows a finished one asks for listings alone when nothing changed") {
  SampleForum forum({.threads = 40});
  Crawling crawling;
  crawling.crawl({forum.base_url()});
  const std::size_t posts = crawling.count(store::RecordKind::kPost);
  forum.clear_requests();
  const RunReport second = crawling.crawl({forum.base_url()});
  CHECK(second.records.new_posts == 0);
  CHECK(second.records.changed_posts == 0);
  CHECK(forum.request_count("/thread-") == 0);
  CHECK(crawling.count(store::RecordKind::kPost) == posts);
}

TEST_CASE("a day later only grown and new threads are read, and all that listings reveal is there") {
  SampleForum forum({.threads = 60});
  Crawling crawling;
  crawling.crawl({forum.base_url()});
  forum.set_day(2);
  forum.clear_requests();
  const RunReport second = crawling.crawl({forum.base_url()});
  CHECK(second.failed == 0);
  const auto& changes = forum.model()->changes(2);
  REQUIRE_FALSE(changes.grown.empty());
  REQUIRE_FALSE(changes.added.empty());
  std::size_t grown = 0;
  for (const auto& growth : changes.grown) {
    std::set<std::string> held;
    for (const auto& post : crawling.posts(forum.site(), growth.tid)) held.insert(post.post_id);
    if (held.empty()) continue;  // a thread that guests may not read
    ++grown;
    for (const auto pid : growth.pids) CHECK(held.contains(std::to_string(pid)));
  }
  CHECK(grown > 0);
  for (const int tid : changes.added)
    CHECK(static_cast<int>(crawling.posts(forum.site(), tid).size()) ==
          forum.model()->living(*forum.model()->thread(tid)));
  CHECK(forum.request_count("/thread-") <=
        3 * (changes.grown.size() + changes.added.size() + changes.deleted.size() + changes.edited.size()));
}

TEST_CASE("max_pages stops a run, and the next one goes on where it stopped") {
  SampleForum forum({.threads = 40});
  Crawling crawling;
  crawling.job.limits.max_pages = 10;
  const RunReport first = crawling.crawl({forum.base_url()});
  CHECK(first.stop == "max_pages");
  CHECK(first.pages == 10);
  CHECK(first.queued > 0);
  crawling.job.limits.max_pages = 0;
  forum.clear_requests();
  CHECK(crawling.crawl({forum.base_url()}).stop == "done");
  CHECK(crawling.count(store::RecordKind::kPost) == visible_posts(forum));
  std::set<std::string> targets;
  for (const auto& request : forum.requests()) CHECK(targets.insert(request.target).second);
}

TEST_CASE("errors, cut and redirected answers are tried again until everything is there") {
  SampleForum forum({.threads = 40});
  forum.set_faults({.error_rate = 0.1, .cut_rate = 0.1, .redirect_loop_rate = 0.02, .retry_after = 0});
  Crawling crawling;
  crawling.job.fetch.retries = 20;
  const RunReport report = crawling.crawl({forum.base_url()});
  CHECK(report.count(Outcome::kHttpError) > 0);
  CHECK(report.count(Outcome::kTruncated) > 0);
  CHECK(report.failed == 0);
  CHECK(crawling.count(store::RecordKind::kPost) == visible_posts(forum));
}

TEST_CASE("no request begins before the host's delay since the last answer is over") {
  SampleForum forum({.threads = 6, .articles = 2});
  Crawling crawling;
  crawling.job.fetch.delay = config::Milliseconds(20);
  crawling.job.fetch.per_host = 1;
  crawling.crawl({forum.base_url()});
  const auto requests = forum.requests();
  REQUIRE(requests.size() > 5);
  for (std::size_t i = 1; i < requests.size(); ++i)
    CHECK(requests[i].at_us - requests[i - 1].at_us >= 20'000);
}

TEST_CASE("what robots.txt forbids is not asked for, and the rule is kept") {
  SampleForum forum({.threads = 10});
  forum.set_robots(200, "User-agent: *\nDisallow: /news/\n");
  Crawling crawling;
  crawling.crawl({forum.base_url()});
  CHECK(forum.request_count("/news/") == 0);
  CHECK(crawling.outcomes().at(forum.base_url() + "news/") == Outcome::kRobotsDenied);
  crawling.job.fetch.obey_robots = false;
  SampleForum other({.threads = 10});
  other.set_robots(200, "User-agent: *\nDisallow: /\n");
  Crawling free;
  free.job.fetch.obey_robots = false;
  free.crawl({other.base_url()});
  CHECK(other.request_count("/robots.txt") == 0);
  CHECK(free.count(store::RecordKind::kPost) == visible_posts(other));
}

TEST_CASE("robots.txt that answers 5xx forbids everything, and is asked for again") {
  SampleForum forum({.threads = 10});
  forum.set_robots(503, "");
  Crawling crawling;
  crawling.job.fetch.retries = 2;
  const RunReport report = crawling.crawl({forum.base_url()});
  CHECK(report.failed == 1);
  CHECK(report.pages == 0);
  CHECK(forum.request_count() == 3);
  CHECK(forum.request_count("/robots.txt") == 3);
}

TEST_CASE("pages built to hurt end in their outcomes and the crawl goes on") {
  SampleForum forum({.threads = 10});
  const std::string base = forum.base_url() + "fault/";
  Crawling crawling;
  crawling.job.fetch.retries = 0;
  crawling.job.fetch.timeout = config::Milliseconds(20'000);
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
    crawling.job.scope.include.push_back(url);
  }
  crawling.job.scope.include.push_back(forum.base_url() + "thread-*");
  crawling.job.scope.include.push_back(forum.base_url() + "forum*");
  crawling.crawl(seeds);
  auto outcomes = crawling.outcomes();
  for (const auto& [url, outcome] : expected) {
    INFO(url);
    CHECK(to_string(outcomes[url]) == to_string(outcome));
  }
  CHECK(crawling.count(store::RecordKind::kPost) == visible_posts(forum));
}

TEST_CASE("a challenge leaves its host alone until a later run, and is named") {
  SampleForum forum({.threads = 10});
  Crawling crawling;
  crawling.job.fetch.per_host = 1;
  const std::string challenge = forum.base_url() + "fault/challenge";
  const RunReport report = crawling.crawl({challenge});
  CHECK(report.failed == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].url == challenge);
  CHECK(report.failures[0].outcome == Outcome::kChallenge);
  const HostRow host = crawling.host(forum.site());
  CHECK(host.blocked_until >= clock_ms() + crawling.job.recrawl.failed.count() - 60'000);
  CHECK(host.blocked_because == "challenge: a page that wants a browser to prove itself");
  const auto asked = forum.request_count();
  crawling.crawl({challenge});
  CHECK(forum.request_count() == asked);
}

TEST_CASE("a challenged page is asked for again in a run after the host's pause") {
  SampleForum forum({.threads = 10});
  Crawling crawling;
  crawling.job.recrawl.failed = config::Milliseconds(0);
  crawling.job.limits.max_pages = 1;
  const std::string challenge = forum.base_url() + "fault/challenge";
  crawling.crawl({challenge});
  CHECK(forum.request_count("/fault/challenge") == 1);
  crawling.ahead += 10 * 60'000;
  crawling.crawl({challenge});
  CHECK(forum.request_count("/fault/challenge") == 2);
}

TEST_CASE("a changed template is counted for its host, named, and its bytes are kept") {
  SampleForum forum({.threads = 10});
  Crawling crawling;
  const RunReport report = crawling.crawl({forum.base_url() + "fault/changed-template"});
  CHECK(report.failed == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].outcome == Outcome::kUnreadable);
  CHECK(report.failures[0].detail.find("post_N") != std::string::npos);
  CHECK(crawling.host(forum.site()).outcomes.at(static_cast<std::size_t>(Outcome::kUnreadable)) == 1);
  CHECK(crawling.count(store::RecordKind::kPost) == 0);
}

TEST_CASE("a crawl whose disk runs short of room takes no page until there is room again") {
  SampleForum forum({.threads = 10});
  Crawling crawling;
  crawling.job.archive.min_free = 1000;
  crawling.job.archive.wait_for_room = config::Milliseconds(3'600'000);
  std::int64_t clock = clock_ms();
  int looks = 0;
  std::size_t asked_while_short = 0;
  CrawlOptions options;
  options.now = [&clock] { return clock += 1000; };  // a second passes between any two looks
  options.free_bytes = [&looks] { return std::optional<std::int64_t>(++looks <= 5 ? 999 : 1000); };
  options.on_progress = [&](const RunReport& report) {
    if (!report.paused.empty()) asked_while_short = forum.request_count();
  };
  const RunReport report = crawling.crawl({forum.base_url()}, options);
  CHECK(looks > 5);
  CHECK(asked_while_short == 0);
  CHECK(report.stop == "done");
  CHECK(report.paused.empty());
  CHECK(crawling.count(store::RecordKind::kPost) == visible_posts(forum));
}
