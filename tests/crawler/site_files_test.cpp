// A crawl of a forum that no built-in parser knows, by a site file.

#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "config/site_file.hpp"
#include "crawler/engine.hpp"
#include "store/query.hpp"
#include "tests/support/http_server.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;

namespace {

const char* const kSiteFile = R"toml(
host = "127.0.0.1"
software = "Pierboard"
zone = "+08:00"
[pages]
thread_urls = ["*/topic/{id}", "*/topic/{id}?p={page}"]
board_urls = ["*/room/{id}"]
next_page = "a.more"
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

sample::Response answer(const sample::Request& request) {
  const auto page = [](const std::string& body) {
    return sample::Response{.headers = {{"Content-Type", "text/html; charset=utf-8"}},
                            .body = "<html><body>" + body + "</body></html>"};
  };
  if (request.target == "/") return page("<a href=/room/dock>船坞</a>");
  if (request.target == "/room/dock")
    return page("<ul><li><a href=/topic/9>过冬</a> <i class=n>3</i></li></ul>");
  if (request.target == "/topic/9")
    return page("<h1>过冬</h1><i class=pages>1/2</i>" + entry(1) + entry(2) +
                "<a class=more href='/topic/9?p=2'>更多</a>");
  if (request.target == "/topic/9?p=2") return page("<h1>过冬</h1><i class=pages>2/2</i>" + entry(3));
  return {.status = 404};
}

}  // namespace

TEST_CASE("a crawl reads a forum without a parser of its own by its site file, all pages of its threads") {
  sample::HttpServer server(0, answer, [](const auto&, auto, auto) {});
  const auto file = config::parse_site_file(kSiteFile, "pier.toml");
  REQUIRE(file);
  const auto rules = parsers::site::RuleSet::compile({*file});
  REQUIRE(rules);
  const TemporaryDirectory directory;
  auto database = store::Database::open(directory / "archive", store::Database::Access::kWrite);
  REQUIRE(database);
  config::Job job = config::default_job();
  job.fetch.delay = {};
  job.seeds = {"http://127.0.0.1:" + std::to_string(server.port()) + "/"};
  const auto clock = [] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  const auto report = crawler::crawl(**database, job, {clock, nullptr, {}, &*rules});
  REQUIRE(report);
  CHECK(report->stop == "done");
  CHECK(report->failed == 0);
  const std::string site = "127.0.0.1:" + std::to_string(server.port());
  const auto posts = store::posts_of_thread(**database, site, "9");
  REQUIRE(posts);
  REQUIRE(posts->size() == 3);
  CHECK(posts->front().author == "船工1");
  CHECK(posts->front().first);
  CHECK(posts->back().text == "第3条船已经上岸，帆布盖好了。");
  CHECK(posts->back().software == "Pierboard");
  std::string thread;
  REQUIRE(store::for_each_record(**database, {store::RecordKind::kThread}, [&](const store::Row& row) {
    thread = row.json;
    return true;
  }));
  CHECK(thread.find("\"title\":\"过冬\"") != std::string::npos);
  CHECK(thread.find("\"replies\":3") != std::string::npos);
  CHECK(thread.find("\"complete\":true") != std::string::npos);
}
