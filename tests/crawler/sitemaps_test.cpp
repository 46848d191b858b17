// Sitemaps and feeds as the ways to pages, and what they say of changes as what decides on a second fetch.

#include <catch2/catch.hpp>
#include <string>

#include "parsers/moment.hpp"
#include "tests/crawler/answering_site.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/crawler/gzip_bytes.hpp"

using namespace boardwalk;
using tests::at_every_look;
using tests::Crawling;
using Site = tests::AnsweringSite;

namespace {

constexpr std::int64_t kHour = 3'600'000;

std::string time_of(std::int64_t ms) { return parsers::utc_rfc3339(ms / 1000); }

std::string url_of(const std::string& url, const std::string& lastmod) {
  return "<url><loc>" + url + "</loc><lastmod>" + lastmod + "</lastmod></url>";
}

void put(Site& site, const std::string& target, const std::string& body) {
  site[target] = {.headers = {{"Content-Type", "application/xml"}}, .body = body};
}

// A site whose robots.txt names an index, which names a sitemap of a.html and b.html.
void name_sitemaps(Site& site) {
  site["/robots.txt"] = {.body = "Sitemap: " + site.url("/index.xml") +
                                 "\nSitemap: http://elsewhere.example/s.xml\n"};
  put(site, "/index.xml", "<sitemapindex><sitemap><loc>/news.xml.gz</loc></sitemap></sitemapindex>");
  site.page("/", {});
  site.page("/a.html", {});
  site.page("/b.html", {});
}

void put_news(Site& site, const std::string& a, const std::string& b) {
  put(site, "/news.xml.gz",
      tests::gzip_stored("<urlset>" + url_of(site.url("/a.html"), a) + url_of(site.url("/b.html"), b) +
                         "</urlset>"));
}

}  // namespace

TEST_CASE("the sitemaps that robots.txt names lead to pages, through an index and gzip files") {
  Site site;
  name_sitemaps(site);
  put_news(site, "2020-01-01", "2020-01-01");
  Crawling crawling(at_every_look());
  const auto report = crawling.crawl({site.url()});
  CHECK(report.failed == 0);
  CHECK(site.asked("/a.html") == 1);
  CHECK(site.asked("/b.html") == 1);
  CHECK(crawling.visit(site.url("/news.xml.gz")).page_kind == "feed");
}

TEST_CASE("a second run asks for what its sitemap calls changed since, and for nothing else of it") {
  Site site;
  name_sitemaps(site);
  put_news(site, "2020-01-01", "2020-01-01");
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  crawling.ahead = 2 * kHour;
  put_news(site, "2020-01-01", time_of(tests::clock_ms() + kHour));
  site.forget();
  crawling.crawl({site.url()});
  CHECK(site.asked("/robots.txt") == 0);
  CHECK(site.asked("/index.xml") == 1);
  CHECK(site.asked("/news.xml.gz") == 1);
  CHECK(site.asked("/a.html") == 0);
  CHECK(site.asked("/b.html") == 1);
}

TEST_CASE("a list that calls everything changed just now makes no page due within the hour") {
  Site site;
  name_sitemaps(site);
  const std::string later = time_of(tests::clock_ms() + 10 * kHour);
  put_news(site, later, later);
  Crawling crawling(at_every_look());
  crawling.job.recrawl.article = {std::chrono::hours(24)};
  crawling.crawl({site.url()});
  crawling.ahead = kHour / 2;
  site.forget();
  crawling.crawl({site.url()});
  CHECK(site.asked("/a.html") == 0);
  crawling.ahead = 2 * kHour;
  crawling.crawl({site.url()});
  CHECK(site.asked("/a.html") == 1);
}

TEST_CASE("a sitemap of an index that is called unchanged is not asked for again") {
  Site site;
  name_sitemaps(site);
  put_news(site, "2020-01-01", "2020-01-01");
  put(site, "/index.xml",
      "<sitemapindex><sitemap><loc>/news.xml.gz</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>");
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  site.forget();
  crawling.crawl({site.url()});
  CHECK(site.asked("/index.xml") == 1);
  CHECK(site.asked("/news.xml.gz") == 0);
}

TEST_CASE("a feed as seed leads to its items") {
  Site site;
  put(site, "/news/feed.xml",
      "<rss><channel><item><link>" + site.url("/news/a.html") + "</link></item></channel></rss>");
  site.page("/news/a.html", {});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url("/news/feed.xml")});
  CHECK(site.asked("/news/a.html") == 1);
}

TEST_CASE("a feed that a seed's page names leads to its items, and tells which of them changed") {
  Site site;
  const auto item = [&](const std::string& path, const std::string& day) {
    return "<entry><link href='" + site.url(path) + "'/><updated>" + day + "</updated></entry>";
  };
  site["/"] = {.headers = {{"Content-Type", "text/html"}},
               .body =
                   "<html><head><link rel=alternate type=application/atom+xml href=/news.atom></head>"
                   "<body><p>Reeds and water.</p></body></html>"};
  put(site, "/news.atom",
      "<feed>" + item("/a.html", "2020-01-01") + item("/b.html", "2020-01-01") + "</feed>");
  site.page("/a.html", {});
  site.page("/b.html", {});
  Crawling crawling(at_every_look());
  crawling.crawl({site.url()});
  CHECK(site.asked("/a.html") == 1);
  CHECK(site.asked("/b.html") == 1);
  crawling.ahead = 2 * kHour;
  put(site, "/news.atom",
      "<feed>" + item("/a.html", "2020-01-01") + item("/b.html", time_of(tests::clock_ms() + kHour)) +
          "</feed>");
  site.forget();
  crawling.crawl({site.url()});
  CHECK(site.asked("/a.html") == 0);
  CHECK(site.asked("/b.html") == 1);
}

TEST_CASE("sitemaps are left alone when the job says so, and when only a part of the site is in scope") {
  Site site;
  name_sitemaps(site);
  site.page("/part/", {});
  {
    Crawling crawling(at_every_look());
    crawling.job.scope.sitemaps = false;
    crawling.crawl({site.url()});
  }
  Crawling crawling(at_every_look());
  crawling.crawl({site.url("/part/")});
  CHECK(site.asked("/index.xml") == 0);
}
