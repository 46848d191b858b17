// A crawl of a forum that no built-in parser knows, by a site file.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "config/site_file.hpp"
#include "crawler/engine.hpp"
#include "store/query.hpp"
#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"

using namespace boardwalk;

namespace {

const char* const kSiteFile = R"toml(
host = "127.0.0.1"
software = "Pierboard"
zone = "+08:00"
[pages]
thread_urls = ["*/topic/{id}", "*/topic/{id}?p={page}"]
board_urls = ["*/room/{id}"]
[thread]
title = "h1"
pages = { select = ".pages", take = "/{}" }
post = ".entry"
id = "::attr(data-no)"
author = ".by"
time = ".at"
body = ".said"
[board]
row = "li"
link = "a"
replies = ".n"
)toml";

std::string entry(int number) {
  return "<div class=entry data-no=" + std::to_string(number) + "><b class=by>船工" + std::to_string(number) +
         "</b><i class=at>2026-01-02 08:0" + std::to_string(number) + "</i><p class=said>第" +
         std::to_string(number) + "条船已经上岸，帆布盖好了。</p></div>";
}

// The forum with one thread of so many entries, two a page.
void moor(tests::AnsweringSite& site, int entries) {
  const auto put = [&site](const std::string& target, const std::string& body) {
    site[target] = {.headers = {{"Content-Type", "text/html; charset=utf-8"}},
                    .body = "<html><body>" + body + "</body></html>"};
  };
  put("/", "<a href=/room/dock>船坞</a>");
  put("/room/dock",
      "<ul><li><a href=/topic/9>过冬</a> <i class=n>" + std::to_string(entries) + "</i></li></ul>");
  const int pages = (entries + 1) / 2;
  for (int number = 1; number <= pages; ++number) {
    std::string body =
        "<h1>过冬</h1><i class=pages>" + std::to_string(number) + "/" + std::to_string(pages) + "</i>";
    for (int of = 2 * number - 1; of <= std::min(entries, 2 * number); ++of) body += entry(of);
    if (number < pages) body += "<a class=more href='/topic/9?p=" + std::to_string(number + 1) + "'>更多</a>";
    put(number == 1 ? "/topic/9" : "/topic/9?p=" + std::to_string(number), body);
  }
}

crawler::RunReport crawl(tests::Crawling& crawling, const tests::AnsweringSite& site,
                         const std::string& next_page = "") {
  auto file = config::parse_site_file(kSiteFile, "pier.toml");
  REQUIRE(file);
  file->pages.next_page.select.text = next_page;
  const auto rules = parsers::site::RuleSet::compile({*file});
  REQUIRE(rules);
  return crawling.crawl({site.url()},
                        {[&] { return tests::clock_ms() + crawling.ahead; }, nullptr, {}, &*rules});
}

std::string thread_of(const tests::Crawling& crawling) {
  std::string thread;
  REQUIRE(store::for_each_record(crawling.database(), {store::RecordKind::kThread}, [&](const auto& row) {
    thread = row.json;
    return true;
  }));
  return thread;
}

}  // namespace

TEST_CASE("a crawl reads a forum without a parser of its own by its site file, all pages of its threads") {
  tests::AnsweringSite site;
  moor(site, 3);
  tests::Crawling crawling;
  const auto report = crawl(crawling, site);
  CHECK(report.stop == "done");
  CHECK(report.failed == 0);
  const auto posts = crawling.posts(site.site(), 9);
  REQUIRE(posts.size() == 3);
  CHECK(posts.front().author == "船工1");
  CHECK(posts.front().first);
  CHECK(posts.back().text == "第3条船已经上岸，帆布盖好了。");
  CHECK(posts.back().software == "Pierboard");
  const std::string thread = thread_of(crawling);
  CHECK(thread.find("\"title\":\"过冬\"") != std::string::npos);
  CHECK(thread.find("\"replies\":3") != std::string::npos);
  CHECK(thread.find("\"complete\":true") != std::string::npos);
  CHECK(thread.find("\"url\":\"" + site.url("/topic/9") + "\"") != std::string::npos);
}

TEST_CASE("the visit of a page that answers 304 tells of the records that a site file shows in it") {
  tests::AnsweringSite site;
  moor(site, 2);
  site["/topic/9"].headers.emplace_back("ETag", "\"1\"");
  tests::Crawling crawling(tests::at_every_look());
  crawling.crawl({site.url()});
  REQUIRE(crawling.visit(site.url("/topic/9")).content_sha256.empty());
  crawl(crawling, site);
  const store::Visit again = crawling.visit(site.url("/topic/9"));
  REQUIRE(again.status == 304);
  CHECK(again.page_kind == "thread");
  CHECK(again.content_sha256.size() == 64);
}

TEST_CASE("a site file's thread that has grown is read on from the page that was its last, too") {
  tests::AnsweringSite site;
  moor(site, 5);
  tests::Crawling crawling;
  crawl(crawling, site);
  moor(site, 8);
  site.forget();
  crawl(crawling, site);
  CHECK(crawling.posts(site.site(), 9).size() == 8);
  CHECK(site.asked("/topic/9?p=2") == 0);
  site.forget();
  crawl(crawling, site);
  CHECK(site.asked("/topic/9") + site.asked("/topic/9?p=3") + site.asked("/topic/9?p=4") == 0);
}

TEST_CASE("a site file's thread whose first page is not there any more is gone, and back with it") {
  tests::AnsweringSite site;
  moor(site, 3);
  tests::Crawling crawling(tests::at_every_look());
  crawl(crawling, site);
  const auto gone = [&] {
    const auto posts = crawling.posts(site.site(), 9);
    REQUIRE(posts.size() == 3);
    return std::count_if(posts.begin(), posts.end(), [](const auto& post) { return !!post.seen.gone_at; });
  };
  const sample::Response first = site["/topic/9"];
  moor(site, 4);
  site["/topic/9"] = site["/topic/9?p=2"] = {.status = 404, .body = "no"};
  crawl(crawling, site);
  CHECK(gone() == 3);
  CHECK(thread_of(crawling).find("\"gone_at\":null") == std::string::npos);
  site["/topic/9"] = first;
  moor(site, 5);
  site["/topic/9?p=2"] = {.status = 404, .body = "no"};
  crawling.ahead += 2 * 86'400'000;
  crawl(crawling, site);
  CHECK(gone() == 1);
  CHECK(thread_of(crawling).find("\"gone_at\":null") != std::string::npos);
}

TEST_CASE("a site file's thread that has grown is read again as far as the links to the next page lead") {
  tests::AnsweringSite site;
  moor(site, 5);
  tests::Crawling crawling;
  crawl(crawling, site, "a.more");
  moor(site, 8);
  site.forget();
  crawl(crawling, site, "a.more");
  CHECK(crawling.posts(site.site(), 9).size() == 8);
  CHECK(site.asked("/topic/9?p=2") == 1);
}
