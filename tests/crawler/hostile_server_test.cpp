// A server that means harm: each thing that it does ends in its outcome, within its limits, and the rest of
// the crawl goes on.

#include <zlib.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include "tests/crawler/compressed.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/crawler/fetching.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using parsers::Outcome;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

using Deed = std::function<void(RawConnection&)>;

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

// A site whose front page links one good page, the hostile ones, and another good page behind them.
class HostileSite {
 public:
  explicit HostileSite(std::map<std::string, Deed> deeds)
      : deeds_(std::move(deeds)), server_([this](RawConnection& connection, const std::string& request) {
          const std::string path = request.substr(4, request.find(' ', 4) - 4);
          if (const auto deed = deeds_.find(path.substr(0, path.find('?'))); deed != deeds_.end()) {
            deed->second(connection);
            return false;
          }
          if (path == "/") return connection.send(answer("200 OK", "Content-Type: text/html\r\n", front()));
          if (path == "/robots.txt") return connection.send(answer("404 Not Found", "", ""));
          return connection.send(answer("200 OK", "Content-Type: text/html\r\n", "<p>A good page.</p>"));
        }) {}

  std::string url(const std::string& path = "/") const { return server_.url(path); }
  std::vector<std::string> requests() const { return server_.requests(); }

 private:
  std::string front() const {
    std::string page = "<html><body><a href='/good-1'>good</a>\n";
    for (const auto& [path, deed] : deeds_) page += "<a href='" + path + "'>x</a>\n";
    return page + "<a href='/good-2'>good</a></body></html>";
  }

  const std::map<std::string, Deed> deeds_;
  RawServer server_;
};

void try_once(Crawling& crawling) {
  crawling.job.fetch.retries = 0;
  crawling.job.fetch.per_host = 16;
}

// What drips is given up after three seconds.
void hasten(Crawling& crawling) {
  crawling.job.fetch.min_speed = 100'000;
  crawling.job.fetch.stall_time = config::Milliseconds(3000);
}

// The outcome of the one deed, after the good pages arrived.
store::Visit visit_of(const Deed& deed, const std::function<void(Crawling&)>& prepare = {}) {
  HostileSite site({{"/deed", deed}});
  Crawling crawling;
  try_once(crawling);
  if (prepare) prepare(crawling);
  const auto report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  CHECK(crawling.outcome_of(site.url("/good-1")) == Outcome::kOk);
  CHECK(crawling.outcome_of(site.url("/good-2")) == Outcome::kOk);
  const auto visits = crawling.visits();
  REQUIRE(visits.contains(site.url("/deed")));
  return visits.at(site.url("/deed"));
}

Outcome outcome_of(const Deed& deed, const std::function<void(Crawling&)>& prepare = {}) {
  return visit_of(deed, prepare).outcome;
}

Outcome outcome_of(const std::string& bytes) {
  return outcome_of([&bytes](RawConnection& connection) { connection.send(bytes); });
}

Deed without_end(const std::string& start, const std::string& repeated) {
  return [=](RawConnection& connection) {
    connection.send(start);
    while (connection.send(repeated)) {
    }
  };
}

// A deflate stream of zeros, spliced of pieces that each decode to 16 MiB: `times` of them.
std::string gzip_of_zeros(int times) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  const std::string zeros(16 * kMiB, '\0');
  const auto piece = [&] {
    std::string out(64 * 1024, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zeros.data()));
    stream.avail_in = static_cast<uInt>(zeros.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FULL_FLUSH) == Z_OK);
    REQUIRE(stream.avail_in == 0);
    out.resize(out.size() - stream.avail_out);
    return out;
  };
  std::string bomb = piece();  // with the header
  const std::string later = piece();
  deflateEnd(&stream);
  for (int i = 1; i < times; ++i) bomb += later;
  return bomb;
}

// Of this process, in bytes; 0 where the system does not tell.
std::size_t memory(const std::string& field) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(field + ":")) return std::stoul(line.substr(field.size() + 1)) * 1024;
  return 0;
}

constexpr std::size_t kMostMemory =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    1500 * kMiB;
#else
    250 * kMiB;
#endif

// Whether the memory of this process stays within kMostMemory above what it was.
class MemoryBound {
 public:
  MemoryBound() {
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak counts from here
    before_ = memory("VmRSS");
  }
  ~MemoryBound() { CHECK(memory("VmHWM") < before_ + kMostMemory); }
  MemoryBound(const MemoryBound&) = delete;
  MemoryBound& operator=(const MemoryBound&) = delete;

 private:
  std::size_t before_ = 0;
};

}  // namespace

TEST_CASE("hostile: endless headers are a network error") {
  const MemoryBound bound;
  CHECK(outcome_of(without_end(kOk, "X-Reed: " + std::string(1000, 'r') + "\r\n")) == Outcome::kNetworkError);
  CHECK(outcome_of(without_end(kOk + "X-Reed: ", "rushes ")) == Outcome::kNetworkError);
}

TEST_CASE("hostile: an endless body is too large") {
  const MemoryBound bound;
  CHECK(outcome_of(without_end(kOk + "\r\n", std::string(65536, 'r'))) == Outcome::kTooLarge);
  CHECK(outcome_of(without_end(kOk + "Transfer-Encoding: chunked\r\n\r\n",
                               "400\r\n" + std::string(1024, 'r') + "\r\n")) == Outcome::kTooLarge);
}

TEST_CASE("hostile: a body, or headers, that drip for hours are a timeout, and so is silence") {
  const Deed body = [](RawConnection& connection) {
    connection.send(kOk + "Content-Length: 900000\r\n\r\n");
    connection.drip('r');
  };
  const Deed headers = [](RawConnection& connection) {
    connection.send(kOk + "X-Reed: ");
    connection.drip('r');
  };
  const Deed silence = [](RawConnection& connection) { connection.wait_until_closed(); };
  for (const Deed& deed : {body, headers, silence}) CHECK(outcome_of(deed, hasten) == Outcome::kTimeout);
}

TEST_CASE("hostile: 10 GB from 10 MB of gzip are too large, announced or not") {
  const std::string bomb = gzip_of_zeros(640);
  CHECK(bomb.size() < 12 * kMiB);
  for (const std::string& sent : {answer("200 OK", "Content-Encoding: gzip\r\n", bomb),
                                  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + bomb}) {
    const MemoryBound bound;
    CHECK(outcome_of([&sent](RawConnection& connection) { connection.send(sent); }) == Outcome::kTooLarge);
  }
}

TEST_CASE("hostile: a bomb of any coding, sent in less than a page's cap, is too large and is not kept") {
  auto bodies = bombs(64 * kMiB);
  bodies["gzip"] = gzip_of_zeros(100);
  for (int i = 0; i < 6; ++i) bodies["zstd"] += bodies["zstd"];  // 4 GiB in frames
  for (const auto& [coding, body] : bodies) {
    CAPTURE(coding, body.size());
    CHECK(body.size() < 8 * kMiB);
    const std::string sent = answer("200 OK", "Content-Encoding: " + coding + "\r\n", body);
    const MemoryBound bound;
    const auto visit = visit_of([&sent](RawConnection& connection) { connection.send(sent); });
    CHECK(visit.outcome == Outcome::kTooLarge);
    CHECK(visit.sha256.empty());
  }
}

TEST_CASE("hostile: many bombs at once cost no more memory than their caps") {
  std::map<std::string, Deed> deeds;
  const std::string bomb = answer("200 OK", "Content-Encoding: gzip\r\n", gzip_of_zeros(100));
  for (int i = 0; i < 60; ++i)
    deeds["/bomb-" + std::to_string(i)] = [&bomb](RawConnection& connection) { connection.send(bomb); };
  HostileSite site(std::move(deeds));
  Crawling crawling;
  try_once(crawling);
  const MemoryBound bound;
  const auto report = crawling.crawl({site.url()});
  CHECK(report.count(Outcome::kTooLarge) == 60);
  CHECK(crawling.outcome_of(site.url("/good-2")) == Outcome::kOk);
}

TEST_CASE("hostile: a row of 10,000 redirects ends after fetch.redirects hops") {
  std::map<std::string, Deed> deeds;
  for (int i = 0; i < 10'000; ++i)
    deeds["/hop/" + std::to_string(i)] = [i](RawConnection& connection) {
      connection.send(answer("302 Found", "Location: /hop/" + std::to_string(i + 1) + "\r\n", ""));
    };
  const std::map<std::string, Deed> hops = deeds;
  RawServer server([&](RawConnection& connection, const std::string& request) {
    const std::string path = request.substr(4, request.find(' ', 4) - 4);
    if (path == "/robots.txt") return connection.send(answer("404 Not Found", "", ""));
    if (const auto hop = hops.find(path); hop != hops.end()) {
      hop->second(connection);
      return true;
    }
    return connection.send(
        answer("200 OK", "Content-Type: text/html\r\n", "<a href='/hop/0'>hop</a><a href='/good'>good</a>"));
  });
  Crawling crawling;
  try_once(crawling);
  const auto report = crawling.crawl({server.url()});
  CHECK(report.count(Outcome::kRedirectLoop) == 1);
  CHECK(report.count(Outcome::kRedirected) == crawling.job.fetch.redirects);
  CHECK(crawling.outcome_of(server.url("/good")) == Outcome::kOk);
}

TEST_CASE("hostile: 100,000 links on a page are queued, or the page is too complex: the crawl goes on") {
  std::string page = "<html><body>";
  for (int i = 0; i < 100'000; ++i) page += "<a href='/l/" + std::to_string(i) + "'>l</a>\n";
  HostileSite site({{"/deed", [&page](RawConnection& connection) {
                       connection.send(answer("200 OK", "Content-Type: text/html\r\n", page));
                     }}});
  Crawling crawling;
  try_once(crawling);
  crawling.job.limits.max_pages = 12;
  const MemoryBound bound;
  const auto report = crawling.crawl({site.url()});
  CHECK(crawling.outcome_of(site.url("/good-2")) == Outcome::kOk);
  const Outcome outcome = crawling.outcome_of(site.url("/deed"));
  CHECK((outcome == Outcome::kOk || outcome == Outcome::kTooComplex));
  if (outcome == Outcome::kOk) CHECK(report.queued > 90'000);
}

TEST_CASE(
    "hostile: a Content-Length that lies upward is truncated, one that lies downward cuts what follows") {
  CHECK(outcome_of(kOk + "Content-Length: 100000\r\n\r\n<p>short</p>") == Outcome::kTruncated);
  const auto visit = visit_of([](RawConnection& connection) {
    connection.send(kOk + "Content-Length: 12\r\n\r\n<p>short</p>HTTP/1.1 200 OK\r\n\r\nforged");
  });
  CHECK(visit.outcome == Outcome::kOk);
  CHECK(visit.bytes == 12);
}

TEST_CASE("hostile: chunks that lie are truncated") {
  const std::string head = kOk + "Transfer-Encoding: chunked\r\n\r\n";
  CHECK(outcome_of(head + "ffffffff\r\n<p>short</p>") == Outcome::kTruncated);
  CHECK(outcome_of(head + "c\r\n<p>short</p>\r\n") == Outcome::kTruncated);
  CHECK(outcome_of(head + "2\r\n<p>short</p>\r\n0\r\n\r\n") == Outcome::kTruncated);
  CHECK(outcome_of(head + "-5\r\n<p>short</p>\r\n0\r\n\r\n") == Outcome::kTruncated);
  CHECK(outcome_of(head + "fffffffffffffffffffff\r\nx") == Outcome::kTruncated);
}

TEST_CASE("hostile: a NUL in a header is a network error") {
  CHECK(outcome_of(kOk + std::string("X-Pond: a\0b\r\n", 13) + "\r\npage") == Outcome::kNetworkError);
}

TEST_CASE("hostile: a header block that begins with a folded line hurts no request that comes later") {
  const std::string folded =
      "HTTP/1.1 200 OK\r\n X-Pond: a\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi";
  HostileSite site({{"/deed", [&folded](RawConnection& connection) { connection.send(folded); }},
                    {"/deed-2", [&folded](RawConnection& connection) { connection.send(folded); }}});
  Crawling crawling;
  try_once(crawling);
  crawling.job.fetch.per_host = 1;
  crawling.crawl({site.url()});
  CHECK(crawling.outcome_of(site.url("/deed")) == Outcome::kNetworkError);
  CHECK(crawling.outcome_of(site.url("/good-2")) == Outcome::kOk);
}

TEST_CASE("hostile: a URL of a megabyte is never asked for, on a page or in a redirect") {
  const std::string long_path = "/" + std::string(kMiB, 'r');
  CHECK(outcome_of(answer("200 OK", "Content-Type: text/html\r\n", "<a href='" + long_path + "'>long</a>")) ==
        Outcome::kOk);
  CHECK(outcome_of("HTTP/1.1 302 Found\r\nLocation: " + long_path + "\r\nContent-Length: 0\r\n\r\n") ==
        Outcome::kNetworkError);
  // Shorter than a header may be, longer than a URL may be.
  const auto visit = visit_of([](RawConnection& connection) {
    connection.send(answer("302 Found", "Location: /" + std::string(50'000, 'r') + "\r\n", ""));
  });
  CHECK(visit.outcome == Outcome::kRedirected);
  CHECK(visit.detail.size() < 1000);
}

TEST_CASE("hostile: a thousand Set-Cookie headers are a page, and later requests stay small") {
  std::string cookies;
  for (int i = 0; i < 1000; ++i)
    cookies += "Set-Cookie: c" + std::to_string(i) + "=" + std::string(200, 'r') + "\r\n";
  HostileSite site({{"/deed", [&cookies](RawConnection& connection) {
                       connection.send(
                           answer("200 OK", "Content-Type: text/html\r\n" + cookies, "<p>page</p>"));
                     }}});
  Crawling crawling;
  try_once(crawling);
  crawling.crawl({site.url("/deed"), site.url()});
  CHECK(crawling.outcome_of(site.url("/deed")) == Outcome::kOk);
  CHECK(crawling.outcome_of(site.url("/good-2")) == Outcome::kOk);
  for (const std::string& request : site.requests()) CHECK(request.size() < 16'384);
}

TEST_CASE("hostile: a header without a colon is a network error") {
  CHECK(outcome_of(kOk + "no colon in this\r\nContent-Length: 12\r\n\r\n<p>short</p>") ==
        Outcome::kNetworkError);
}

TEST_CASE("hostile: HTTP/0.9 is a network error") {
  CHECK(outcome_of("<html><body>a page without a status line</body></html>") == Outcome::kNetworkError);
}

TEST_CASE("hostile: statuses that do not exist are http errors, or network errors when they are no numbers") {
  CHECK(outcome_of("HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n") == Outcome::kHttpError);
  CHECK(outcome_of("HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n") == Outcome::kHttpError);
  CHECK(outcome_of("HTTP/1.1 2147483648 Large\r\n\r\n") == Outcome::kNetworkError);
  CHECK(outcome_of("HTTP/1.1 abc Odd\r\n\r\n") == Outcome::kNetworkError);
}

TEST_CASE("hostile: a flood of interim answers is a network error") {
  const MemoryBound bound;
  CHECK(outcome_of(without_end("", "HTTP/1.1 103 Early Hints\r\nLink: </reed>\r\n\r\n")) ==
        Outcome::kNetworkError);
  CHECK(outcome_of(without_end("", "HTTP/1.1 100 Continue\r\n\r\n")) == Outcome::kNetworkError);
}

TEST_CASE("hostile: of an endless robots.txt the front counts, in any coding") {
  std::string rules = "User-agent: *\nDisallow: /closed\n";
  for (int i = 0; i < 100'000; ++i) rules += "Disallow: /reed-" + std::to_string(i) + "\n";
  const std::map<std::string, Deed> answers{
      {"plain", without_end(kOk + "\r\n" + rules, rules)},
      {"announced", [&](RawConnection& connection) { connection.send(answer("200 OK", "", rules)); }},
      {"gzip", [&](RawConnection& connection) {
         connection.send(answer("200 OK", "Content-Encoding: gzip\r\n", compressed(rules)["gzip"]));
       }}};
  for (const auto& [name, deed] : answers) {
    CAPTURE(name);
    RawServer server([&](RawConnection& connection, const std::string& request) {
      if (!request.starts_with("GET /robots.txt"))
        return connection.send(answer("200 OK", "Content-Type: text/html\r\n",
                                      "<a href='/closed'>closed</a><a href='/open'>open</a>"));
      deed(connection);
      return false;
    });
    Crawling crawling;
    try_once(crawling);
    crawling.crawl({server.url()});
    CHECK(crawling.outcome_of(server.url("/open")) == Outcome::kOk);
    CHECK(crawling.outcome_of(server.url("/closed")) == Outcome::kRobotsDenied);
  }
}

TEST_CASE("hostile: a robots.txt of any kind of these holds nobody up") {
  const std::map<std::string, Deed> deeds{
      {"endless", without_end(kOk + "\r\n", "Disallow: /" + std::string(1000, 'r') + "\n")},
      {"bomb",
       [](RawConnection& connection) {
         connection.send(answer("200 OK", "Content-Encoding: gzip\r\n", gzip_of_zeros(100)));
       }},
      {"headers", without_end(kOk, "X-Reed: " + std::string(1000, 'r') + "\r\n")}};
  for (const auto& [name, deed] : deeds) {
    CAPTURE(name);
    RawServer server([&](RawConnection& connection, const std::string& request) {
      if (!request.starts_with("GET /robots.txt"))
        return connection.send(answer("200 OK", "", "<p>page</p>"));
      deed(connection);
      return false;
    });
    Crawling crawling;
    try_once(crawling);
    crawling.crawl({server.url()});
    CHECK(crawling.visits().contains(server.url("/robots.txt")));
  }
}
