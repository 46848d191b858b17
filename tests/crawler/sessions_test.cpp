// Cookies and logins as a crawl keeps them, over runs and hosts.

#include "crawler/sessions.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "parsers/charset.hpp"
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

TEST_CASE("a session that is over ends the run when the job says so: the next one goes on") {
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
  const auto logged_in = [](const std::string& page, const std::string& mark) {
    return crawler::logged_in(page, "utf-8", mark);
  };
  CHECK(logged_in("var STYLEID = '1', discuz_uid = '7', cookiepre", "") == true);
  CHECK(logged_in("var discuz_uid = '0';", "") == false);
  CHECK(logged_in("var discuz_uid = '';", "") == false);
  CHECK(logged_in("var discuz_uid = '07", "") == true);
  CHECK_FALSE(logged_in("<p>page</p>", "").has_value());
  CHECK(logged_in("<a>Log out</a>", "Log out") == true);
  CHECK(logged_in("<a>Log in</a>", "Log out") == false);
  CHECK(logged_in("<a>退出</a>", "退出") == true);
}

TEST_CASE("the job's words are looked for in a page's own charset") {
  for (const std::string charset : {"gb18030", "big5"}) {
    INFO(charset);
    const std::string page = parsers::encode("<p>我的帖子</p> <a>退出</a>", charset);
    CHECK(crawler::logged_in(page, charset, "退出") == true);
    CHECK(crawler::logged_in(page, charset, "登入") == false);
    CHECK(crawler::logged_in(page, charset, "<a>") == true);
  }
  const std::string wide("<\0a\0>\0", 6);
  CHECK(crawler::logged_in(wide, "utf-16le", "<a>") == true);
}

TEST_CASE("pages alone tell of their session, not the sitemaps, feeds, data and files of the same host") {
  const RawServer server([](RawConnection& connection, const std::string& request) {
    const auto is = [&request](const std::string& path) { return request.starts_with("GET " + path + " "); };
    const auto send = [&connection](const std::string& type, const std::string& body) {
      return connection.send(answer("200 OK", "Content-Type: " + type + "\r\n", body));
    };
    const std::size_t host = request.find("\r\nHost: ") + 8;
    const std::string base = "http://" + request.substr(host, request.find('\r', host) - host);
    if (is("/robots.txt")) return send("text/plain", "Sitemap: " + base + "/sitemap.xml\n");
    if (is("/sitemap.xml"))
      return send("application/xml", "<urlset><url><loc>" + base + "/a.html</loc></url></urlset>");
    if (is("/feed.xml")) return send("application/rss+xml", "<rss><channel><title>t</title></channel></rss>");
    if (is("/data.xml")) return send("text/xml", "<?xml version='1.0'?><root><![CDATA[ok]]></root>");
    if (is("/data.json")) return send("application/json", "{\"a\":1}");
    if (is("/style.css")) return send("text/css", "p{color:red}");
    if (is("/pond.png")) return send("image/png", "\x89PNG\r\n\x1a\n");
    return send("text/html; charset=gbk",
                parsers::encode("<html><head><link rel='stylesheet' href='/style.css'></head><body>"
                                "<a href='/out'>退出</a><a href='/feed.xml'>f</a><a href='/data.xml'>d</a>"
                                "<a href='/data.json'>j</a><img src='/pond.png'></body></html>",
                                "gbk"));
  });
  const TemporaryDirectory directory;
  Crawling crawling;
  name_locally(crawling);
  crawling.job.fetch.media = config::Media::kRequisites;
  crawling.job.fetch.cookie_file = cookie_file(directory, kMember);
  crawling.job.fetch.logged_in = "退出";
  const std::string base = "http://bbs.pond.test:" + std::to_string(server.port());
  const auto report = crawling.crawl({base + "/"});
  CHECK(report.logged_out.empty());
  const auto visits = crawling.visits();
  for (const std::string path : {"/sitemap.xml", "/feed.xml", "/data.xml", "/data.json", "/style.css",
                                 "/pond.png", "/a.html", "/out"}) {
    INFO(path);
    CHECK(visits.contains(base + path));
  }
  crawling.job.fetch.logged_in = "登出";
  CHECK(crawling.crawl({base + "/"}).logged_out.size() == 1);
}

TEST_CASE("a page that redirects to itself with a cookie is asked for once more, however it was come to") {
  const RawServer server([](RawConnection& connection, const std::string& request) {
    const auto to_self = [&connection](const std::string& headers) {
      return connection.send(answer("302 Found", "Location: /self\r\n" + headers, ""));
    };
    if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
    if (request.starts_with("GET /mid ") || request.starts_with("GET /self?")) return to_self("");
    if (request.find("seen=1") == std::string::npos) return to_self("Set-Cookie: seen=1; Path=/\r\n");
    return connection.send(answer("200 OK", "Content-Type: text/html\r\n", "<p>page</p>"));
  });
  for (const std::string seed : {"/self", "/self?utm_source=a", "/mid"})
    for (const bool cookies : {true, false}) {
      CAPTURE(seed, cookies);
      Crawling crawling;
      crawling.job.fetch.cookies = cookies;
      const std::size_t before = server.requests().size();
      crawling.crawl({server.url(seed)});
      CHECK(crawling.outcome_of(server.url("/self")) == (cookies ? Outcome::kOk : Outcome::kRedirectLoop));
      const std::size_t pages = seed == "/self" ? 2 : 3;
      CHECK(server.requests().size() - before == pages + 1);  // and robots.txt
    }
}

TEST_CASE("a notice that asks to load the page again is asked for once more, with the cookie that it set") {
  const RawServer server([](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
    const std::string headers = "Content-Type: text/html\r\nSet-Cookie: lastrequest=1; Path=/\r\n";
    if (request.find("lastrequest=1") == std::string::npos)
      return connection.send(
          answer("200 OK", headers,
                 "<html><head><title>页面重载开启</title></head><body><script>function reload() { "
                 "document.location.reload(); } setTimeout(\"reload()\", "
                 "1001);</script>页面正在重新载入</body></html>"));
    return connection.send(answer("200 OK", headers, "<p>page</p><a href='/b'>b</a>"));
  });
  for (const bool cookies : {true, false}) {
    CAPTURE(cookies);
    Crawling crawling;
    crawling.job.fetch.cookies = cookies;
    const std::size_t before = server.requests().size();
    const crawler::RunReport report = crawling.crawl({server.url("/")});
    CHECK(crawling.outcome_of(server.url("/")) == (cookies ? Outcome::kOk : Outcome::kChallenge));
    CHECK(report.failed == (cookies ? 0 : 1));
    CHECK(report.count(Outcome::kChallenge) == (cookies ? 1 : 2));
    CHECK(server.requests().size() - before == (cookies ? 4 : 3));  // with robots.txt and /b
  }
}

TEST_CASE("a host that shows its notice and fails in turn is asked a few times, and the run ends") {
  std::atomic<int> asked = 0;
  const RawServer server([&asked](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
    if (asked++ % 2 != 0) return connection.send(answer("503 Service Unavailable", "", ""));
    return connection.send(answer("200 OK", "Content-Type: text/html\r\n",
                                  "<html><head><title>页面重载开启</title></head><body><script>"
                                  "location.reload();</script>页面正在重新载入</body></html>"));
  });
  Crawling crawling;
  crawling.job.fetch.retries = 3;
  CHECK(crawling.crawl({server.url("/")}).failed == 1);
  CHECK(asked == 3);
}
