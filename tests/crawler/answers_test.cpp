// The crawl against a small site whose every answer a test writes: what one answer, or the lack of one, means
// for the pages behind it and for the next run.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::Outcome;
using tests::at_every_look;
using tests::clock_ms;
using tests::Crawling;
using tests::html;
using Site = tests::AnsweringSite;

namespace {

sample::Response challenge(int status) {
  return {.status = status,
          .headers = {{"Content-Type", "text/html"}},
          .body =
              "<html><head><title>Just a moment...</title></head><body>"
              "<p>Checking your browser before you go on.</p><script>go()</script></body></html>"};
}

}  // namespace

TEST_CASE("a page that answers 304 still leads to what its links make due") {
  Site site;
  site.page("/", {"/pond.html"}, "\"1\"");
  site.page("/pond.html", {});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  site.page("/pond.html", {"/new.html"});
  site.page("/new.html", {});
  site.forget();
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url()).status == 304);
  CHECK(crawling.visit(site.url()).outcome == Outcome::kUnchanged);
  CHECK(site.asked("/pond.html") == 1);
  CHECK(site.asked("/new.html") == 1);
}

TEST_CASE("the visit of a page that answers 304 tells of the records that were read from it") {
  Site site;
  const std::string thread = "/thread-1-1-1.html";
  site[thread] = html(fixture::thread_page(1, 1, {2}));
  site[thread].headers.emplace_back("ETag", "\"1\"");
  Crawling crawling(at_every_look());
  crawling.crawl({site.url(thread)});
  const store::Visit first = crawling.visit(site.url(thread));
  REQUIRE(first.content_sha256.size() == 64);
  crawling.crawl({site.url(thread)});
  const store::Visit again = crawling.visit(site.url(thread));
  REQUIRE(again.status == 304);
  CHECK(again.page_kind == "thread");
  CHECK(again.content_sha256 == first.content_sha256);
  site[thread] = html(fixture::thread_page(1, 1, {2, 3}));
  crawling.crawl({site.url(thread)});
  CHECK(crawling.visit(site.url(thread)).outcome == Outcome::kOk);
  CHECK(crawling.visit(site.url(thread)).content_sha256 != first.content_sha256);
}

TEST_CASE("a 304 speaks of the page that was read, not of what a site has shown in its place since") {
  Site site;
  site.page("/", {"/pond.html"}, "\"1\"");
  site.page("/pond.html", {});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  site["/"] = challenge(200);
  crawling.crawl({site.url()});
  REQUIRE(crawling.visit(site.url()).outcome == Outcome::kChallenge);
  site.page("/", {"/pond.html"}, "\"1\"");
  site.forget();
  crawling.ahead += 2 * 3'600'000;
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url()).status == 304);
  CHECK(site.asked("/pond.html") == 1);
}

TEST_CASE("a 304 that nothing asked for is an error, not an unchanged page") {
  Site site;
  site["/"] = {.status = 304};
  Crawling crawling(at_every_look());
  CHECK(crawling.crawl({site.url()}).failed == 1);
  CHECK(crawling.visit(site.url()).outcome == Outcome::kHttpError);
}

TEST_CASE("a page that waits for another try when a run stops is named, counted and tried by the next one") {
  Site site;
  site["/"] = {.status = 500};
  Crawling crawling(at_every_look());
  crawling.job.limits.max_pages = 1;
  crawling.job.fetch.retry_delay = config::Milliseconds(300);
  const RunReport first = crawling.crawl({site.url()});
  CHECK(first.failed == 1);
  REQUIRE(first.failures.size() == 1);
  CHECK(first.failures[0].url == site.url());
  CHECK(first.failures[0].outcome == Outcome::kHttpError);
  site.page("/", {});
  crawling.job.limits.max_pages = 0;
  const RunReport second = crawling.crawl({site.url()});
  CHECK(second.failed == 0);
  CHECK(site.asked("/") == 2);
  CHECK(crawling.visit(site.url()).status == 200);
}

TEST_CASE("each spelling of a missing page is tried once a run, however many pages link it") {
  Site site;
  std::vector<std::string> pages;
  for (int i = 0; i < 12; ++i) pages.push_back("/" + std::to_string(i) + ".html");
  const std::string one = "/thread-9-1-1.html";
  const std::string other = "/forum.php?mod=viewthread&amp;tid=9";
  std::vector<std::string> links = pages;
  links.insert(links.end(), {one, other});
  site.page("/", links);
  for (const auto& page : pages) site.page(page, {one, other});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(site.asked(one) == 1);
  CHECK(site.asked("/forum.php?mod=viewthread&tid=9") == 1);
}

TEST_CASE("a page that once went round in circles is read when it no longer does") {
  Site site;
  site.page("/", {"/x.html"});
  site.redirect("/x.html", "/x.html");
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url("/x.html")).outcome == Outcome::kRedirectLoop);
  site.redirect("/x.html", "/x.html?utm_source=a");
  site.page("/x.html?utm_source=a", {});
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url("/x.html?utm_source=a")).outcome == Outcome::kOk);
}

TEST_CASE("an article that went round in circles is asked for again as one that was denied") {
  Site site;
  site.page("/", {"/x.html"});
  site.redirect("/x.html", "/x.html");
  Crawling crawling(at_every_look());
  crawling.job.recrawl = config::default_job().recrawl;
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url("/x.html")).outcome == Outcome::kRedirectLoop);
  site.page("/x.html", {});
  crawling.ahead = 23 * 3'600'000;
  crawling.crawl({site.url()});
  CHECK(crawling.outcome_of(site.url("/x.html")) == Outcome::kRedirectLoop);
  crawling.ahead = 25 * 3'600'000;
  crawling.crawl({site.url()});
  CHECK(crawling.outcome_of(site.url("/x.html")) == Outcome::kOk);
}

TEST_CASE("a seed that is redirected is looked at where it leads, in every run") {
  Site site;
  site.page("/", {});
  site.redirect("/thread-1-1-1.html", "/thread-2-1-1.html");
  site.page("/thread-2-1-1.html", {});
  Crawling crawling(at_every_look());
  const std::vector<std::string> seeds{site.url(), site.url("/thread-1-1-1.html")};
  crawling.crawl(seeds);
  crawling.crawl(seeds);
  CHECK(site.asked("/thread-2-1-1.html") == 2);
}

TEST_CASE("a redirect out of scope is not followed, and the visit says so") {
  Site site;
  Site elsewhere;
  elsewhere.page("/", {});
  site.redirect("/", elsewhere.url());
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(elsewhere.asked("/") == 0);
  CHECK(crawling.visit(site.url()).detail == "to " + elsewhere.url() + ", which is not in scope");
}

TEST_CASE("a job fetches only what its own scope admits of what other jobs have queued") {
  Site site;
  site.page("/", {"/a/1.html", "/a/2.html", "/b/1.html"});
  for (const std::string page : {"/a/1.html", "/a/2.html", "/b/1.html", "/b/2.html"}) site.page(page, {});
  site.page("/b/", {"/b/2.html"});
  Crawling crawling(at_every_look());
  crawling.job.limits.max_pages = 1;
  CHECK(crawling.crawl({site.url()}).queued == 3);
  crawling.job.limits.max_pages = 0;
  site.forget();
  const RunReport narrow = crawling.crawl({site.url("/b/index.html")});
  CHECK(narrow.stop == "done");
  CHECK(site.asked("/a/1.html") == 0);
  CHECK(site.asked("/b/1.html") == 1);
  CHECK(narrow.queued == 0);
  crawling.job.scope.exclude = {"*/2.html"};
  crawling.crawl({site.url()});
  CHECK(site.asked("/a/1.html") == 1);
  CHECK(site.asked("/a/2.html") == 0);
  crawling.job.scope.exclude.clear();
  crawling.crawl({site.url()});
  CHECK(site.asked("/a/2.html") == 1);
}

TEST_CASE("a challenge is one whatever its status, and its host is left alone") {
  for (const int status : {200, 403, 503}) {
    CAPTURE(status);
    Site site;
    site["/"] = challenge(status);
    Crawling crawling(at_every_look());
    crawling.job.fetch.retries = 0;
    const std::int64_t before = clock_ms();
    const RunReport report = crawling.crawl({site.url()});
    CHECK(crawling.visit(site.url()).outcome == Outcome::kChallenge);
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures[0].outcome == Outcome::kChallenge);
    CHECK(crawling.host(site.site()).blocked_until >= before + 3'600'000);
  }
}

TEST_CASE("an error page that says its page is gone is an error all the same") {
  Site site;
  site["/"] = {.status = 503,
               .headers = {{"Content-Type", "text/html"}},
               .body =
                   "<html><body><div id=\"messagetext\"><p>抱歉，指定的主题不存在或已被删除</p></div>"
                   "</body></html>"};
  Crawling crawling(at_every_look());
  crawling.job.fetch.retries = 0;
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url()).outcome == Outcome::kHttpError);
}

TEST_CASE("a host at an address where nothing may be asked for is none that failed") {
  Site site;
  site.page("/", {"http://10.255.255.1/reeds.html"});
  Crawling crawling(at_every_look());
  crawling.job.scope.hosts = {"10.255.255.1"};
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.failed == 0);
  CHECK(report.stop == "done");
}

TEST_CASE("a page that used up its tries is left to a later run, however soon that may ask") {
  Site site;
  site["/"] = {.status = 500};
  Crawling crawling(at_every_look());
  crawling.job.recrawl.failed = {};
  crawling.job.fetch.max_retry_delay = config::Milliseconds(20);
  crawling.job.fetch.delay = crawling.job.fetch.max_delay = config::Milliseconds(50);
  const RunReport report = crawling.crawl({site.url()});
  CHECK(site.asked("/") == 3);
  CHECK(report.failed == 1);
}

TEST_CASE("a spelling that the site sends to its front page gives way to the one that it links now") {
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site.page("/", {one});
  site[one] = html(fixture::thread_page(1, 1, {2}));
  Crawling crawling(at_every_look());
  crawling.crawl({site.url(), site.url(one)});
  site.page("/", {"/forum.php?mod=viewthread&amp;tid=90"});
  site.redirect(one, "/");
  site[other] = html(fixture::thread_page(1, 1, {2, 3}));
  site.forget();
  CHECK(crawling.crawl({site.url(), site.url(one)}).records.new_posts == 1);
  CHECK(site.asked(one) == 1);
  CHECK(site.asked(other) == 1);
  site.redirect(other, "/");
  site.forget();
  crawling.crawl({site.url(), site.url(one)});
  CHECK(site.asked(one) + site.asked(other) == 2);
  CHECK(crawling.visit(site.url(one)).outcome == Outcome::kRedirected);
}

TEST_CASE("a seed is asked for by the spelling that the job gives it anew, and of several by the first") {
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site[one] = site[other] = html(fixture::thread_page(1, 1, {2}));
  Crawling crawling(at_every_look());
  crawling.crawl({site.url(one)});
  CHECK(site.asked(one) == 1);
  crawling.crawl({site.url(other)});
  CHECK(site.asked(one) == 1);
  CHECK(site.asked(other) == 1);
  for (int run = 0; run < 3; ++run) crawling.crawl({site.url(one), site.url(other)});
  CHECK(site.asked(one) == 4);
  CHECK(site.asked(other) == 1);
}

TEST_CASE("a seed that is redirected to another spelling of itself costs no further request in later runs") {
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site.redirect(one, other);
  site[other] = html(fixture::thread_page(1, 1, {2}));
  Crawling crawling(at_every_look());
  for (int run = 0; run < 3; ++run) crawling.crawl({site.url(one)});
  CHECK(site.asked(one) == 1);
  CHECK(site.asked(other) == 3);
}

TEST_CASE("a board's URL that gives a page of no forum is unreadable, and what it links is followed") {
  Site site;
  site.page("/", {"/forum-2-1.html"});
  site.page("/forum-2-1.html", {"/pond.html"});
  site.page("/pond.html", {});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url("/forum-2-1.html")).outcome == Outcome::kUnreadable);
  CHECK(site.asked("/pond.html") == 1);
}

TEST_CASE("redirects of one look do not count for the next") {
  const std::string other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site.redirect("/thread-90-1-1.html", other);
  site.redirect(other, "/moved.html");
  site.page("/moved.html", {});
  site.page("/", {"/thread-90-1-1.html"});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(site.asked("/moved.html") == 1);
  const auto key = parsers::page_key(*parsers::parse_url(site.url(other))).key;
  const auto row = read_url(crawling.database(), key);
  REQUIRE(row);
  REQUIRE(*row);
  CHECK((*row)->hops == 0);
}

TEST_CASE("a page that sent its visitor elsewhere for a while is asked for again as one that was denied") {
  constexpr std::int64_t kHour = 3'600'000;
  Site site;
  site.page("/", {"/reeds.html"});
  site.redirect("/reeds.html", "/away.html");
  site.page("/away.html", {});
  config::Job job = at_every_look();
  job.recrawl = config::default_job().recrawl;
  Crawling crawling(job);
  crawling.crawl({site.url()});
  CHECK(site.asked("/away.html") == 1);
  site.page("/reeds.html", {"/herons.html"});
  site.page("/herons.html", {});
  site.forget();
  crawling.ahead += 12 * kHour;
  crawling.crawl({site.url()});
  CHECK(site.asked("/reeds.html") == 0);
  crawling.ahead += 13 * kHour;
  crawling.crawl({site.url()});
  CHECK(site.asked("/reeds.html") == 1);
  CHECK(site.asked("/herons.html") == 1);
}
