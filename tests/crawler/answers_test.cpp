// The crawl against a small site whose every answer a test writes: what one answer, or the lack of one, means
// for the pages behind it and for the next run.

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/json_field.hpp"
#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/parsers/news_page.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::Outcome;
using tests::at_every_look;
using tests::clock_ms;
using tests::Crawling;
using Site = tests::AnsweringSite;

namespace {

constexpr std::int64_t kHour = 3'600'000;

sample::Response html(const std::string& body) {
  return {.headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = body};
}

// A page of the thread 90 with replies on these floors, and the opening post on the first.
sample::Response thread_page(int number, int of, const std::vector<int>& floors) {
  fixture::XPage page;
  if (number == 1) page.posts.push_back(fixture::post({}));
  for (const int floor : floors) page.posts.push_back(fixture::reply(floor, std::to_string(floor)));
  if (of > 1) page.pager = fixture::pager(number, of);
  return html(fixture::page(page));
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

TEST_CASE("a host whose robots.txt wants to be left alone for hours ends the run as failed") {
  Site site;
  site["/robots.txt"] = {.status = 503, .headers = {{"Retry-After", "7200"}}};
  site.page("/", {});
  Crawling crawling(at_every_look());
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(report.failed == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].url == site.url("/robots.txt"));
  site["/robots.txt"] = {.body = ""};
  site.forget();
  CHECK(crawling.crawl({site.url()}).pages == 0);
  CHECK(site.asked("/robots.txt") == 0);
}

TEST_CASE("a robots.txt that no retry helps holds its host back for recrawl.failed, and not the run") {
  Site site;
  site.redirect("/robots.txt", "http://10.0.0.1/robots.txt");
  site.page("/", {});
  Crawling crawling(at_every_look());
  crawling.job.scope.hosts = {"10.0.0.1"};
  const std::int64_t before = clock_ms();
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(report.queued == 1);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].outcome == Outcome::kUnsafeAddress);
  CHECK(site.asked("/") == 0);
  CHECK(crawling.host(site.site()).blocked_until >= before + 3'600'000);
  CHECK_THAT(crawling.host(site.site()).blocked_because, Catch::StartsWith("robots.txt: "));
  site["/robots.txt"] = {.body = ""};
  CHECK(crawling.crawl({site.url()}).pages == 0);
  crawling.ahead = 3'700'000;
  crawling.crawl({site.url()});
  CHECK(site.asked("/") == 1);
}

TEST_CASE("of a robots.txt of any size the first 500 KiB count") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /reeds\n" + std::string(900'000, '#') +
                                 "\nDisallow: /\n"};
  site.page("/", {"/reeds", "/pond"});
  site.page("/pond", {});
  Crawling crawling(at_every_look());
  crawling.job.limits.page_bytes = 65'536;
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.failed == 0);
  CHECK(site.asked("/reeds") == 0);
  CHECK(site.asked("/pond") == 1);
}

TEST_CASE("a Crawl-delay beyond all numbers is a day, and the pages wait for a later run") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nCrawl-delay: 1e300\n"};
  site.page("/", {});
  Crawling crawling(at_every_look());
  const RunReport report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(report.queued == 1);
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

TEST_CASE("what robots.txt forbade is fetched once it does no longer, and was no request before") {
  Site site;
  site["/robots.txt"] = {.body = "User-agent: *\nDisallow: /reeds\n"};
  site.page("/", {"/reeds.html", "/pond.html"});
  site.page("/reeds.html", {});
  site.page("/pond.html", {});
  Crawling crawling(at_every_look());
  crawling.job.recrawl = config::default_job().recrawl;
  crawling.job.limits.host_pages = 2;
  const RunReport first = crawling.crawl({site.url()});
  CHECK(crawling.visit(site.url("/reeds.html")).outcome == Outcome::kRobotsDenied);
  CHECK(first.pages == 2);
  CHECK(first.fetches == 3);
  CHECK(site.asked("/pond.html") == 1);
  site["/robots.txt"] = {.body = ""};
  crawling.ahead = 25 * 3'600'000;
  crawling.crawl({site.url()});
  CHECK(site.asked("/reeds.html") == 1);
}

TEST_CASE("a challenge is one whatever its status, and its host is left alone") {
  for (const int status : {200, 403, 503}) {
    CAPTURE(status);
    Site site;
    site["/"] = {.status = status,
                 .headers = {{"Content-Type", "text/html"}},
                 .body =
                     "<html><head><title>Just a moment...</title></head><body>"
                     "<p>Checking your browser before you go on.</p><script>go()</script></body></html>"};
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

TEST_CASE("a thread is gone only when no spelling of it answers") {
  fixture::XPage first;
  first.posts = {fixture::post({}), fixture::reply(2, "2")};
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site.page("/", {one, "/forum.php?mod=viewthread&amp;tid=90"});
  site[one] = {.headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = fixture::page(first)};
  Crawling crawling(at_every_look());
  CHECK(crawling.crawl({site.url()}).records.new_posts == 2);
  site[other] = site[one];
  site[one] = {.status = 404, .body = "no"};
  CHECK(crawling.crawl({site.url(one)}).gone_posts == 0);
  CHECK(site.asked(other) == 1);
  site[other] = {.status = 404, .body = "no"};
  CHECK(crawling.crawl({site.url(one)}).gone_posts == 2);
  CHECK(crawling.crawl({site.url(one)}).gone_posts == 0);
}

TEST_CASE("an article that is not there any more is gone until its page is back") {
  const std::string path = "/a/lamp.html";
  Site site;
  site.page("/", {path});
  site[path] = html(parsers::news_page("2021-03-04 05:06", parsers::paragraphs()));
  site[path].headers.emplace_back("ETag", "\"lamp\"");
  Crawling crawling(at_every_look());
  CHECK(crawling.crawl({site.url()}).records.new_articles == 1);
  const auto gone_at = [&] {
    std::optional<std::string> at;
    REQUIRE(store::for_each_record(crawling.database(), {store::RecordKind::kArticle}, [&](const auto& row) {
      at = store::text_field(row.json, "gone_at");
      return true;
    }));
    return at;
  };
  const sample::Response there = site[path];
  for (const int status : {404, 410}) {
    CAPTURE(status);
    site[path] = {.status = status, .body = "no"};
    crawling.crawl({site.url()});
    CHECK(gone_at());
    site[path] = there;
    crawling.ahead += kHour;
    crawling.crawl({site.url()});
    CHECK_FALSE(gone_at());
  }
  site[path] = {.status = 500, .body = "no"};
  crawling.crawl({site.url()});
  CHECK_FALSE(gone_at());
}

TEST_CASE("a thread that an error page, an empty one or a stray status hid is asked for again a day later") {
  const std::string thread = "/thread-90-1-1.html";
  const std::vector<sample::Response> answers{
      {.status = 400, .body = "no"}, {.status = 200}, html("<html><body><h1>网站维护中</h1></body></html>")};
  for (const auto& answer : answers) {
    CAPTURE(answer.status, answer.body);
    Site site;
    site.page("/", {thread});
    site[thread] = answer;
    Crawling crawling(at_every_look());
    crawling.job.recrawl = config::default_job().recrawl;
    crawling.crawl({site.url()});
    CHECK(site.asked(thread) == 1);
    site[thread] = thread_page(1, 1, {2});
    crawling.ahead = kHour;
    crawling.crawl({site.url()});
    CHECK(site.asked(thread) == 1);
    crawling.ahead = 25 * kHour;
    CHECK(crawling.crawl({site.url()}).records.new_posts == 2);
    crawling.ahead = 50 * kHour;
    crawling.crawl({site.url()});
    CHECK(site.asked(thread) == 2);
  }
}

TEST_CASE("a thread that stays an error page is asked for ever more seldom, and then no more") {
  const std::string thread = "/thread-90-1-1.html";
  Site site;
  site.page("/", {thread});
  site[thread] = html("<html><body><b>Fatal error</b>: Allowed memory size exhausted</body></html>");
  Crawling crawling(at_every_look());
  crawling.job.recrawl = config::default_job().recrawl;
  int asked = 0;
  for (const int day : {0, 2, 3, 10, 20, 41, 80, 200}) {
    crawling.ahead = day * 24 * kHour;
    crawling.crawl({site.url()});
    asked += day == 3 || day == 20 || day > 41 ? 0 : 1;
    CAPTURE(day);
    CHECK(site.asked(thread) == asked);
  }
  CHECK(crawling.visit(site.url(thread)).outcome == Outcome::kUnreadable);
}

TEST_CASE("a spelling that the site sends to its front page gives way to the one that it links now") {
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site.page("/", {one});
  site[one] = thread_page(1, 1, {2});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url(), site.url(one)});
  site.page("/", {"/forum.php?mod=viewthread&amp;tid=90"});
  site.redirect(one, "/");
  site[other] = thread_page(1, 1, {2, 3});
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

TEST_CASE("a thread whose visitors are sent to the front page is not gone, though a spelling of it is dead") {
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site.page("/", {one, "/forum.php?mod=viewthread&amp;tid=90"});
  site[one] = thread_page(1, 1, {2});
  site[other] = {.status = 404, .body = "no"};
  Crawling crawling(at_every_look());
  crawling.crawl({site.url(), site.url(one)});
  site.redirect(one, "/");
  site.forget();
  CHECK(crawling.crawl({site.url(), site.url(one)}).gone_posts == 0);
  CHECK(site.asked(one) == 1);
  CHECK(site.asked(other) == 1);
}

TEST_CASE("a seed is asked for by the spelling that the job gives it anew, and of several by the first") {
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site[one] = site[other] = thread_page(1, 1, {2});
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
  site[other] = thread_page(1, 1, {2});
  Crawling crawling(at_every_look());
  for (int run = 0; run < 3; ++run) crawling.crawl({site.url(one)});
  CHECK(site.asked(one) == 1);
  CHECK(site.asked(other) == 3);
}

TEST_CASE("a thread that grows again over a page that it had lost is read there") {
  const std::string first = "/thread-90-1-1.html", second = "/thread-90-2-1.html";
  Site site;
  site[first] = thread_page(1, 2, {2, 3});
  site[second] = thread_page(2, 2, {4});
  Crawling crawling(at_every_look());
  CHECK(crawling.crawl({site.url(first)}).records.new_posts == 4);
  crawling.ahead = kHour;
  site[first] = thread_page(1, 1, {2, 3});
  site[second] = {.status = 404, .body = "no"};
  crawling.crawl({site.url(first)});
  crawling.ahead = 2 * kHour;
  site[first] = thread_page(1, 2, {2, 3});
  site[second] = thread_page(2, 2, {5});
  site.forget();
  CHECK(crawling.crawl({site.url(first)}).records.new_posts == 1);
  CHECK(site.asked(second) == 1);
  crawling.ahead = 3 * kHour;
  crawling.crawl({site.url(first)});
  CHECK(site.asked(second) == 1);
}
