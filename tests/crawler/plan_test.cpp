#include "crawler/plan.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"

using namespace boardwalk;
using tests::Crawling;
using Site = tests::AnsweringSite;

namespace {

std::set<std::string> planned(const Crawling& crawling) {
  std::set<std::string> urls;
  REQUIRE(crawler::plan(crawling.database(), crawling.job, tests::clock_ms(), false,
                        [&urls](const crawler::PlannedPage& page) { return urls.insert(page.url).second; }));
  return urls;
}

}  // namespace

TEST_CASE("the sitemaps that a held robots.txt names are planned, as they are what a run begins with") {
  Site site;
  site["/robots.txt"] = {.body = "Sitemap: " + site.url("/news.xml") + "\n"};
  site["/news.xml"] = {.headers = {{"Content-Type", "application/xml"}},
                       .body = "<urlset><url><loc>" + site.url("/a.html") + "</loc></url></urlset>"};
  site.page("/", {"/a.html"});
  site.page("/a.html", {});
  Crawling crawling;
  crawling.crawl({site.url()});
  CHECK(planned(crawling) == std::set<std::string>{site.url(), site.url("/news.xml"), site.url("/a.html")});
}

TEST_CASE("of a run that was cut short what is left is planned, and no second look at its listings") {
  Site site;
  site.page("/", {"/a.html", "/b.html"});
  site.page("/a.html", {});
  site.page("/b.html", {});
  Crawling crawling;
  crawling.job.limits.max_pages = 2;
  crawling.job.fetch.per_host = 1;
  crawling.crawl({site.url()});
  CHECK_FALSE(planned(crawling).contains(site.url()));
  CHECK(planned(crawling).contains(site.url("/b.html")));
}
