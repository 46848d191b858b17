// How a crawl treats hosts, against real servers: robots.txt by every kind of answer (RFC 9309 §2.3.1), what
// pages ask of robots, hosts that want or need to be left alone, and limits.

#include <catch2/catch.hpp>
#include <string>

#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/support/sample_forum.hpp"

using namespace boardwalk;
using crawler::RunReport;
using parsers::Outcome;
using tests::at_every_look;
using tests::Crawling;
using Site = tests::AnsweringSite;

namespace {

constexpr std::int64_t kHour = 3'600'000;

// A front page that links `pages` pages.
void fill(Site& site, int pages) {
  std::vector<std::string> links;
  for (int i = 1; i <= pages; ++i) {
    links.push_back("/p" + std::to_string(i) + ".html");
    site.page(links.back(), {});
  }
  site.page("/", links);
}

const std::string kArticle =
    "<html><head><title>渡口修好了_河岸新闻网</title></head><body><h1>渡口修好了</h1>"
    "<div class=info>2026-01-05 09:30 来源：河岸日报 作者：林晓</div><div class=article-content>"
    "<p>连日来，河岸镇的老渡口迎来了最后一批木板，工人们赶在春汛之前把栏杆、踏步和灯都装了上去。</p>"
    "<p>镇上的人说，往后去对岸赶集，不用再绕十里山路，孩子们上学也方便得多，老人们都很高兴。</p>"
    "<p>据了解，渡口夜间也会开放，船工轮流值守，票价与从前一样，周末还会加开两班船。</p></div></body></html>";

void hang_up(sample::Connection&) {}

}  // namespace

// RFC 9309 §2.3.1.2: redirects

TEST_CASE(
    "2.3.1.2 a robots.txt is followed through five redirects, to another host too, and holds for the first") {
  Site site;
  Site elsewhere;
  site.redirect("/robots.txt", "/1");
  for (int i = 1; i < 4; ++i) site.redirect("/" + std::to_string(i), "/" + std::to_string(i + 1));
  site.redirect("/4", elsewhere.url("/rules"));
  elsewhere["/rules"] = {.body = "User-agent: *\nDisallow: /p2.html\n"};
  fill(site, 2);
  Crawling crawling(at_every_look());
  crawling.job.fetch.allow_addresses = {"127.0.0.1"};
  crawling.crawl({site.url()});
  CHECK(site.asked("/p1.html") == 1);
  CHECK(site.asked("/p2.html") == 0);
  CHECK(crawling.visit(site.url("/p2.html")).detail == "disallow: /p2.html");
}

TEST_CASE("2.3.1.2 a robots.txt that is redirected a sixth time allows all") {
  Site site;
  site.redirect("/robots.txt", "/1");
  for (int i = 1; i < 6; ++i) site.redirect("/" + std::to_string(i), "/" + std::to_string(i + 1));
  site["/6"] = {.body = "User-agent: *\nDisallow: /\n"};
  fill(site, 1);
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(site.asked("/6") == 0);
  CHECK(site.asked("/p1.html") == 1);
  CHECK(crawling.visit(site.url("/p1.html")).robots == "robots.txt is redirected more than five times");
}

// §2.3.1.3 and §2.3.1.4: unavailable and unreachable

TEST_CASE("2.3.1.3 a robots.txt that answers 4xx allows all, and the visits say so") {
  for (const int status : {400, 401, 403, 404, 410, 451}) {
    CAPTURE(status);
    Site site;
    site["/robots.txt"] = {.status = status, .body = "User-agent: *\nDisallow: /\n"};
    fill(site, 1);
    Crawling crawling(at_every_look());
    CHECK(crawling.crawl({site.url()}).pages == 2);
    CHECK(crawling.visit(site.url("/p1.html")).robots == "robots.txt answered " + std::to_string(status));
  }
}

TEST_CASE(
    "2.3.1.4 a robots.txt that answers 5xx or 429, or not at all, allows nothing and is asked for again") {
  for (const int status : {500, 502, 503, 504, 429, 0}) {
    CAPTURE(status);
    Site site;
    site["/robots.txt"] = {.status = status};
    if (status == 0) site["/robots.txt"] = {.by_hand = hang_up};
    fill(site, 1);
    Crawling crawling(at_every_look());
    const RunReport report = crawling.crawl({site.url()});
    CHECK(report.pages == 0);
    CHECK(report.queued == 1);
    CHECK(report.failed == 1);
    CHECK(site.asked("/robots.txt") == 3);
    CHECK(site.asked() == 3);
    site["/robots.txt"] = {.body = ""};
    CHECK(crawling.crawl({site.url()}).pages == 2);
  }
}

// §2.4: caching

TEST_CASE("2.4 a robots.txt holds for a day, over any number of runs, and is then asked for again") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /p1.html\n"};
  fill(site, 1);
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  site["/robots.txt"] = {.body = ""};
  crawling.ahead = 23 * kHour;
  crawling.crawl({site.url()});
  CHECK(site.asked("/robots.txt") == 1);
  CHECK(site.asked("/p1.html") == 0);
  crawling.ahead = 25 * kHour;
  crawling.crawl({site.url()});
  CHECK(site.asked("/robots.txt") == 2);
  CHECK(site.asked("/p1.html") == 1);
}

TEST_CASE("the rule that let a page pass stands in its visit") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /p\nAllow: /p1\n"};
  fill(site, 1);
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url("/p1.html")).robots == "allow: /p1");
  CHECK(crawling.visit(site.url("/")).robots == "no rule");
}

// What pages ask of robots

TEST_CASE("links of a page that says nofollow are followed only if the job does not heed it") {
  for (const bool obey : {true, false}) {
    Site site;
    fill(site, 1);
    site["/"].headers.emplace_back("X-Robots-Tag", "nofollow");
    Crawling crawling(at_every_look());
    crawling.job.fetch.obey_nofollow = obey;
    crawling.crawl({site.url()});
    CHECK(site.asked("/p1.html") == (obey ? 0 : 1));
  }
}

TEST_CASE("a page that says noindex gives records unless the job heeds it, and is kept") {
  for (const bool obey : {false, true}) {
    Site site;
    site["/2026/0105/c1.html"] = {
        .headers = {{"Content-Type", "text/html; charset=utf-8"}, {"X-Robots-Tag", "noindex"}},
        .body = kArticle};
    Crawling crawling(at_every_look());
    crawling.job.fetch.obey_noindex = obey;
    const RunReport report = crawling.crawl({site.url("/2026/0105/c1.html")});
    CHECK(report.records.new_articles == (obey ? 0 : 1));
    CHECK_FALSE(crawling.visit(site.url("/2026/0105/c1.html")).sha256.empty());
  }
}

// Hosts that want or need to be left alone

TEST_CASE("Retry-After holds for the whole host and over a restart, in seconds and as a date") {
  for (const bool date : {false, true}) {
    Site site;
    fill(site, 3);
    site["/robots.txt"] = {.body = ""};
    const std::string until = date ? sample::http_date(tests::clock_ms() / 1000 + 3600) : "3600";
    site["/"] = {.status = 503, .headers = {{"Retry-After", until}}};
    Crawling crawling(at_every_look());
    crawling.crawl({site.url(), site.url("/p1.html"), site.url("/p2.html")});
    CHECK(site.asked() == 2);
    const std::int64_t blocked = crawling.host(site.site()).blocked_until - tests::clock_ms();
    CHECK(blocked > kHour - 60'000);
    CHECK(blocked <= kHour + 1000);
    site.forget();
    crawling.crawl({site.url()});
    CHECK(site.asked() == 0);
    crawling.ahead = kHour + 60'000;
    fill(site, 3);
    crawling.crawl({site.url()});
    CHECK(site.asked("/") == 1);
    CHECK(site.asked("/p3.html") == 1);
  }
}

TEST_CASE("a dead host is asked a few times and set aside, the rest goes on: the next run asks it once") {
  Site dead;
  Site well;
  dead["/robots.txt"] = {.body = ""};
  fill(dead, 40);
  fill(well, 20);
  Crawling crawling(at_every_look());
  crawling.job.limits.host_pages = 1;  // the front page, and with it the queue
  crawling.crawl({dead.url()});
  crawling.job.limits.host_pages = 0;
  for (int i = 1; i <= 40; ++i) dead["/p" + std::to_string(i) + ".html"] = {.by_hand = hang_up};
  dead["/"] = {.by_hand = hang_up};
  dead.forget();
  const RunReport report = crawling.crawl({dead.url(), well.url()});
  CHECK(dead.asked() == 5);
  CHECK(well.asked("/p20.html") == 1);
  CHECK(report.failed > 0);
  CHECK(report.queued >= 40);
  CHECK(crawling.host(dead.site()).blocked_because.starts_with("set aside after 5 failures in a row: "));
  dead.forget();
  crawling.crawl({dead.url(), well.url()});
  CHECK(dead.asked() == 1);
  fill(dead, 40);
  crawling.crawl({dead.url(), well.url()});
  CHECK(crawling.host(dead.site()).failures == 0);
  for (int i = 1; i <= 40; ++i)
    CHECK(crawling.visit(dead.url("/p" + std::to_string(i) + ".html")).status == 200);
}

TEST_CASE("a page that alone answers badly uses up its tries and does not hold its host") {
  Site site;
  fill(site, 10);
  site["/p3.html"] = {.status = 500};
  Crawling crawling(at_every_look());
  crawling.job.fetch.retry_delay = {};
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.failed == 1);
  CHECK(site.asked("/p3.html") == 3);
  CHECK(site.asked("/p10.html") == 1);
}

// Limits

TEST_CASE(
    "a page that its host never answers does not keep the others waiting, nor does one with a challenge") {
  const std::string proof =
      "<html><head></head><body><script>document.cookie='a=1';location.reload()</script></body></html>";
  for (const bool challenge : {false, true}) {
    CAPTURE(challenge);
    Site site;
    site.page("/", {"/deep", "/a", "/b", "/c"});
    site["/deep"] = challenge ? tests::html(proof) : sample::Response{.status = 503};
    for (const char* const good : {"/a", "/b", "/c"}) site.page(good, {});
    config::Job job = at_every_look();
    job.fetch.retries = 0;
    Crawling crawling(job);
    crawling.crawl({site.url()});
    crawling.ahead = 3'700'000;
    crawling.crawl({site.url()});
    for (const char* const good : {"/a", "/b", "/c"}) CHECK(crawling.visits().contains(site.url(good)));
  }
}

TEST_CASE("a redirect leads to no page that a link would not lead to") {
  Site site;
  site.page("/", {"/go-1", "/go-2", "/go-3"});
  site.redirect("/go-1", "/calendar/2199/01/02");
  site.redirect("/go-2", "/search.php?mod=forum");
  site["/go-3"] = {.status = 302, .headers = {{"Location", "ftp://reed.test/\xC4\xE3"}}};
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(site.asked("/go-1") == 1);
  CHECK(site.asked("/go-2") == 1);
  CHECK(site.asked("/calendar/2199/01/02") == 0);
  CHECK(site.asked("/search.php?mod=forum") == 0);
  CHECK(crawling.visits().at(site.url("/go-3")).detail ==
        "redirected to \"ftp://reed.test/%C4%E3\", which cannot be fetched");
}

TEST_CASE("each limit ends a run under its name, and the next run goes on") {
  Site site;
  fill(site, 10);
  Crawling crawling(at_every_look());
  crawling.job.limits.max_bytes = 200;
  CHECK(crawling.crawl({site.url()}).stop == "max_bytes");
  crawling.job.limits.max_bytes = 0;
  crawling.job.limits.host_pages = 3;
  const RunReport third = crawling.crawl({site.url()});
  CHECK(third.stop == "host_pages");
  CHECK(third.pages == 3);
  CHECK(third.hosts_stopped.at(site.site()) == "host_pages");
  crawling.job.limits.host_pages = 0;
  crawling.job.fetch.retries = 0;
  for (int i = 1; i <= 10; ++i) site["/p" + std::to_string(i) + ".html"].status = 500;
  crawling.job.limits.max_errors = 2;
  CHECK(crawling.crawl({site.url()}).stop == "max_errors");
}

TEST_CASE("a run outside its hours asks for nothing and says why") {
  Site site;
  fill(site, 1);
  Crawling crawling(at_every_look());
  const std::int64_t minute = tests::clock_ms() / 60'000 % 1440;  // of the day, in UTC
  crawling.job.site.timezone_minutes = 0;
  crawling.job.fetch.hours = {static_cast<int>((minute + 600) % 1440),
                              static_cast<int>((minute + 660) % 1440)};
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "outside_hours");
  CHECK(site.asked() == 0);
  CHECK(report.queued == 1);
}

TEST_CASE("links that are kept out are counted by what kept them out") {
  Site site;
  site.page("/", {"/a/a/a/x.html", "http://elsewhere.example/", "/calendar/2300/01/", "/p1.html"});
  site.page("/p1.html", {});
  Crawling crawling(at_every_look());
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.kept_out.at("repeated_path") == 1);
  CHECK(report.kept_out.at("calendar") == 1);
  CHECK(site.asked("/p1.html") == 1);
  CHECK(site.asked("/calendar/2300/01/") == 0);
}

// The server's own log

TEST_CASE(
    "through bad days no request comes sooner than its host's delay after the one before, by the server's "
    "log") {
  sample::SampleForum forum({.threads = 12, .articles = 2});
  forum.set_faults({.error_rate = 0.05, .cut_rate = 0.05, .slow_rate = 0.05, .drip_ms = 1, .retry_after = 0});
  Crawling crawling(at_every_look());
  crawling.job.fetch.delay = config::Milliseconds(15);
  crawling.job.fetch.retries = 20;
  const RunReport report = crawling.crawl({forum.base_url()});
  CHECK(report.failed == 0);
  CHECK(report.queued == 0);
  const auto requests = forum.requests();
  REQUIRE(requests.size() > 30);
  for (std::size_t i = 1; i < requests.size(); ++i) {
    CAPTURE(requests[i].target);
    CHECK(requests[i].at_us - requests[i - 1].at_us >= 15'000);
  }
}
