// The crawl of a small site whose every answer a test writes: when a thread or an article that is not there any
// more is gone, and how it comes back.

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
using tests::Crawling;
using tests::html;
using Site = tests::AnsweringSite;

namespace {

constexpr std::int64_t kHour = 3'600'000;

}  // namespace

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
    site[thread] = html(fixture::thread_page(1, 1, {2}));
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

TEST_CASE("a thread whose visitors are sent to the front page is not gone, though a spelling of it is dead") {
  const std::string one = "/thread-90-1-1.html", other = "/forum.php?mod=viewthread&tid=90";
  Site site;
  site.page("/", {one, "/forum.php?mod=viewthread&amp;tid=90"});
  site[one] = html(fixture::thread_page(1, 1, {2}));
  site[other] = {.status = 404, .body = "no"};
  Crawling crawling(at_every_look());
  crawling.crawl({site.url(), site.url(one)});
  site.redirect(one, "/");
  site.forget();
  CHECK(crawling.crawl({site.url(), site.url(one)}).gone_posts == 0);
  CHECK(site.asked(one) == 1);
  CHECK(site.asked(other) == 1);
}

TEST_CASE("a thread that grows again over a page that it had lost is read there") {
  const std::string first = "/thread-90-1-1.html", second = "/thread-90-2-1.html";
  Site site;
  site[first] = html(fixture::thread_page(1, 2, {2, 3}));
  site[second] = html(fixture::thread_page(2, 2, {4}));
  Crawling crawling(at_every_look());
  CHECK(crawling.crawl({site.url(first)}).records.new_posts == 4);
  crawling.ahead = kHour;
  site[first] = html(fixture::thread_page(1, 1, {2, 3}));
  site[second] = {.status = 404, .body = "no"};
  crawling.crawl({site.url(first)});
  crawling.ahead = 2 * kHour;
  site[first] = html(fixture::thread_page(1, 2, {2, 3}));
  site[second] = html(fixture::thread_page(2, 2, {5}));
  site.forget();
  CHECK(crawling.crawl({site.url(first)}).records.new_posts == 1);
  CHECK(site.asked(second) == 1);
  crawling.ahead = 3 * kHour;
  crawling.crawl({site.url(first)});
  CHECK(site.asked(second) == 1);
}
