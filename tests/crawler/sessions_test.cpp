// Cookies and logins as a crawl keeps them, over runs and hosts.

#include "crawler/sessions.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/crawler/crawling.hpp"
#include "tests/crawler/fetching.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using parsers::Outcome;

namespace {

// A site at a name of its own: it sets a cookie on /, shows a guest's or a member's page by the `auth`
// cookie.
class MembersSite {
 public:
  MembersSite()
      : server_([](RawConnection& connection, const std::string& request) {
          if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
          const bool member = request.find("auth=member") != std::string::npos;
          const std::string page = std::string("<html><script>var discuz_uid = '") + (member ? "7" : "0") +
                                   "';</script><a href='/a'>a</a><a href='/b'>b</a></html>";
          return connection.send(
              answer("200 OK", "Content-Type: text/html\r\nSet-Cookie: sid=1; Path=/\r\n", page));
        }) {}

  std::string url(const std::string& host, const std::string& path = "/") const {
    return "http://" + host + ":" + std::to_string(server_.port()) + path;
  }
  // Of those to this path, how many sent this cookie.
  std::ptrdiff_t requests_with(const std::string& cookie, const std::string& host = "") const {
    const auto requests = server_.requests();
    return std::count_if(requests.begin(), requests.end(), [&](const std::string& request) {
      const auto line = request.find("\r\nCookie: ");
      return line != std::string::npos && request.find(cookie, line) != std::string::npos &&
             request.find("\r\nHost: " + host) != std::string::npos;
    });
  }
  std::size_t requests() const { return server_.requests().size(); }

 private:
  RawServer server_;
};

void name_locally(Crawling& crawling) {
  crawling.job.fetch.per_host = 1;
  crawling.network.resolve = [](const std::string&) -> std::vector<std::string> { return {"127.0.0.1"}; };
}

std::string cookie_file(const TemporaryDirectory& directory, const std::string& lines) {
  const std::string file = directory / "cookies.txt";
  std::ofstream(file) << "# Netscape HTTP Cookie File\n" << lines;
  return file;
}

const std::string kMember = ".pond.test\tTRUE\t/\tFALSE\t0\tauth\tmember\n";

}  // namespace

TEST_CASE("a cookie that a host set is sent back in the same run and in later ones, to that host alone") {
  const MembersSite site;
  Crawling crawling;
  name_locally(crawling);
  crawling.crawl({site.url("bbs.pond.test"), site.url("www.lake.test")});
  CHECK(site.requests_with("sid=1", "bbs.pond.test") == 2);  // not the first page, but the two behind it
  crawling.crawl({site.url("bbs.pond.test")});
  CHECK(site.requests_with("sid=1", "bbs.pond.test") == 3);
  CHECK(site.requests_with("sid=1") == 5);
}

TEST_CASE("without fetch.cookies nothing is sent back") {
  const MembersSite site;
  Crawling crawling;
  name_locally(crawling);
  crawling.job.fetch.cookies = false;
  crawling.crawl({site.url("bbs.pond.test")});
  CHECK(site.requests() == 4);
  CHECK(site.requests_with("") == 0);
}

TEST_CASE("a crawl with a cookie file is logged in on the hosts that its cookies are for, and on no other") {
  const MembersSite site;
  const TemporaryDirectory directory;
  Crawling crawling;
  name_locally(crawling);
  crawling.job.fetch.cookie_file = cookie_file(directory, kMember);
  const auto report = crawling.crawl({site.url("bbs.pond.test")});
  CHECK(report.logged_out.empty());
  CHECK(site.requests_with("auth=member", "bbs.pond.test") == 4);  // robots.txt is asked for as a member too
  crawling.crawl({site.url("www.lake.test")});
  CHECK(site.requests_with("auth=member", "www.lake.test") == 0);
}

TEST_CASE("a session that is over is named with the page that showed it, and the run goes on") {
  const MembersSite site;
  const TemporaryDirectory directory;
  Crawling crawling;
  name_locally(crawling);
  crawling.job.fetch.cookie_file = cookie_file(directory, ".pond.test\tTRUE\t/\tFALSE\t0\tauth\tstale\n");
  const auto report = crawling.crawl({site.url("bbs.pond.test")});
  CHECK(report.stop == "done");
  CHECK(report.count(Outcome::kOk) == 3);
  REQUIRE(report.logged_out.size() == 1);
  CHECK(report.logged_out[0].url == site.url("bbs.pond.test"));
  const auto runs = crawler::runs(crawling.database());
  REQUIRE(runs);
  CHECK(runs->back().logged_out.size() == 1);
}

TEST_CASE("a session that is over ends the run when the job says so; the next one goes on") {
  const MembersSite site;
  const TemporaryDirectory directory;
  Crawling crawling;
  name_locally(crawling);
  crawling.job.fetch.stop_when_logged_out = true;
  crawling.job.fetch.cookie_file = cookie_file(directory, ".pond.test\tTRUE\t/\tFALSE\t0\tauth\tstale\n");
  const auto report = crawling.crawl({site.url("bbs.pond.test")});
  CHECK(report.stop == "logged_out");
  CHECK(report.pages == 1);
  CHECK(report.queued == 2);
  crawling.job.fetch.cookie_file = cookie_file(directory, kMember);
  const auto next = crawling.crawl({site.url("bbs.pond.test")});
  CHECK(next.stop == "done");
  CHECK(next.logged_out.empty());
}

TEST_CASE("a changed cookie file begins its hosts' jars anew, an unchanged one leaves them as they grew") {
  const MembersSite site;
  const TemporaryDirectory directory;
  Crawling crawling;
  name_locally(crawling);
  crawling.job.fetch.cookie_file = cookie_file(directory, kMember);
  crawling.crawl({site.url("bbs.pond.test")});
  const auto with_sid = site.requests_with("sid=1");
  crawling.crawl({site.url("bbs.pond.test")});
  CHECK(site.requests_with("sid=1") > with_sid);
  crawling.job.fetch.cookie_file =
      cookie_file(directory, kMember + "pond.test\tFALSE\t/\tFALSE\t0\tmore\t1\n" +
                                 ".pond.test\tTRUE\t/\tFALSE\t0\tnew\t1\n");
  crawling.crawl({site.url("bbs.pond.test")});
  CHECK(site.requests_with("new=1") > 0);
  CHECK(site.requests_with("more=1") == 0);
}

TEST_CASE("cookies are a matter of single hosts, as every key of [fetch]") {
  const MembersSite site;
  const TemporaryDirectory directory;
  auto job = config::parse_job(
      "[[host]]\nname = 'bbs.pond.test:*'\ncookie_file = '" +
          cookie_file(directory, kMember + ".lake.test\tTRUE\t/\tFALSE\t0\tauth\tmember\n") + "'\n",
      "job.toml");
  REQUIRE(job);
  Crawling crawling;
  name_locally(crawling);
  crawling.job.hosts = job->hosts;
  crawling.crawl({site.url("bbs.pond.test"), site.url("www.lake.test")});
  CHECK(site.requests_with("auth=member", "bbs.pond.test") > 0);
  CHECK(site.requests_with("auth=member", "www.lake.test") == 0);
}

TEST_CASE("a page tells of its session by the job's words, else by Discuz!'s variable, else not at all") {
  CHECK(crawler::logged_in("var STYLEID = '1', discuz_uid = '7', cookiepre", "") == true);
  CHECK(crawler::logged_in("var discuz_uid = '0';", "") == false);
  CHECK(crawler::logged_in("var discuz_uid = '';", "") == false);
  CHECK(crawler::logged_in("var discuz_uid = '07", "") == true);
  CHECK_FALSE(crawler::logged_in("<p>page</p>", "").has_value());
  CHECK(crawler::logged_in("<a>Log out</a>", "Log out") == true);
  CHECK(crawler::logged_in("<a>Log in</a>", "Log out") == false);
}
