// No link leads inside (promise 5): whatever a URL, a redirect or a name's answer says, nothing of this
// machine or its network is connected to unless the job names it.

#include <arpa/inet.h>
#include <netinet/in.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "crawler/address.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/crawler/fetching.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using crawler::FetchRequest;
using crawler::FetchResult;
using crawler::NetworkSeam;
using parsers::Outcome;

namespace {

// Every name leads to these addresses.
NetworkSeam leading_to(std::vector<std::string> addresses) {
  NetworkSeam seam;
  seam.resolve = [addresses](const std::string&) { return addresses; };
  return seam;
}

bool is_127_0_0_2(const sockaddr& address) {
  return address.sa_family == AF_INET &&
         ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr) == 0x7f000002;
}

// The same port at 127.0.0.2, which the seam below takes for a public address, and at 127.0.0.1.
struct Twins {
  std::unique_ptr<RawServer> outside, inside;
};

Twins twins(const RawServer::Script& outside) {
  for (int i = 0; i < 20; ++i) {
    Twins pair;
    pair.outside = std::make_unique<RawServer>(outside, "127.0.0.2");
    try {
      pair.inside = std::make_unique<RawServer>(
          [](RawConnection& connection, const std::string&) {
            return connection.send(answer("200 OK", "", "secret"));
          },
          "127.0.0.1", pair.outside->port());
      return pair;
    } catch (const std::runtime_error&) {  // somebody else's port
    }
  }
  throw std::runtime_error("no port is free at both addresses");
}

bool served(RawConnection& connection, const std::string&) {
  return connection.send(answer("200 OK", "Content-Type: text/html\r\nConnection: close\r\n", "<p>page</p>"));
}

}  // namespace

TEST_CASE("a name that leads to any inner address is not connected to, and the address is told") {
  for (const std::string address : {"127.0.0.1",
                                    "127.255.255.254",
                                    "169.254.169.254",
                                    "10.0.0.1",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.168.0.1",
                                    "100.64.0.1",
                                    "0.0.0.0",
                                    "0.1.2.3",
                                    "198.18.0.1",
                                    "198.19.255.255",
                                    "224.0.0.1",
                                    "240.0.0.1",
                                    "255.255.255.255",
                                    "192.0.2.1",
                                    "::1",
                                    "::",
                                    "fe80::1",
                                    "fc00::1",
                                    "fd12:3456::1",
                                    "ff02::1",
                                    "::ffff:127.0.0.1",
                                    "::ffff:10.0.0.1",
                                    "::127.0.0.1",
                                    "2002:7f00:1::",
                                    "2002:a00:1::1",
                                    "2001:0:a00:1:0:0:f7f7:f7f7",
                                    "2001:0:808:808:0:0:80ff:fffe",
                                    "64:ff9b::7f00:1",
                                    "64:ff9b::a9fe:a9fe",
                                    "64:ff9b:1::1",
                                    "fec0::1",
                                    "2001:db8::1"}) {
    CAPTURE(address);
    Fetching fetching(patient(), kPageBytes,
                      leading_to({address.find(':') == std::string::npos ? address : "[" + address + "]"}));
    const FetchResult result = fetching.get("http://pond.test/", false);
    CHECK(result.outcome == Outcome::kUnsafeAddress);
    CHECK_THAT(result.detail, Catch::EndsWith(" is not a public address"));
    CHECK(result.status == 0);
  }
}

TEST_CASE("of several addresses none but public ones is tried") {
  RawServer inside(served);
  const std::string url = "http://pond.test:" + std::to_string(inside.port()) + "/";
  Fetching fetching(patient(), kPageBytes, leading_to({"10.0.0.1", "127.0.0.1", "[::1]"}));
  CHECK(fetching.get(url, false).outcome == Outcome::kUnsafeAddress);
  CHECK(inside.connections() == 0);
}

TEST_CASE("a name that turns inside between two requests is not followed there") {
  const Twins servers = twins(served);
  int asked = 0;
  NetworkSeam seam;
  seam.is_public = is_127_0_0_2;
  seam.resolve = [&asked](const std::string&) -> std::vector<std::string> {
    return {++asked == 1 ? "127.0.0.2" : "127.0.0.1"};
  };
  Fetching fetching(patient(), kPageBytes, seam);
  const std::string url = "http://rebind.test:" + std::to_string(servers.outside->port()) + "/";
  CHECK(fetching.get(url, false).outcome == Outcome::kOk);
  const FetchResult turned = fetching.get(url, false);
  CHECK(turned.outcome == Outcome::kUnsafeAddress);
  CHECK(turned.detail == "127.0.0.1 is not a public address");
  CHECK(servers.inside->connections() == 0);
}

TEST_CASE("a host's name with a final dot, or in capitals, is checked as any other") {
  RawServer inside(served);
  Fetching fetching;
  for (const std::string host : {"localhost.", "LOCALHOST", "127.0.0.1.", "0X7F.1", "017700000001",
                                 "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]"}) {
    CAPTURE(host);
    const Outcome outcome =
        fetching.get("http://" + host + ":" + std::to_string(inside.port()) + "/", false).outcome;
    CHECK((outcome == Outcome::kUnsafeAddress || outcome == Outcome::kNetworkError));
  }
  CHECK(inside.connections() == 0);
}

TEST_CASE("a port of another service is refused before anything is resolved, unless the job names its host") {
  int resolved = 0;
  NetworkSeam seam;
  seam.resolve = [&resolved](const std::string&) -> std::vector<std::string> {
    ++resolved;
    return {"10.0.0.1"};
  };
  Fetching fetching(patient(), kPageBytes, seam);
  for (const int port : {22, 25, 110, 6667, 10080}) {
    const FetchResult result = fetching.get("http://pond.test:" + std::to_string(port) + "/", false);
    CHECK(result.outcome == Outcome::kUnsafeAddress);
    CHECK(result.detail == "port " + std::to_string(port) + " is another service's");
  }
  CHECK(resolved == 0);
  CHECK_FALSE(crawler::is_port_of_others(80));
  CHECK_FALSE(crawler::is_port_of_others(443));
  CHECK_FALSE(crawler::is_port_of_others(8080));
}

TEST_CASE("what a host's spelling tells of where it leads") {
  for (const char* host :
       {"127.0.0.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]", "169.254.169.254",
        "localhost", "localhost.", "a.localhost", "printer", "nas.local", "metadata.google.internal",
        "router.lan", "x.home.arpa", "127.0.0.1."})
    CHECK(crawler::names_inside(host, crawler::is_public));
  for (const char* host :
       {"bbs.example.cn", "8.8.8.8", "[2606:4700::1111]", "localhost.example.cn", "lan.example"})
    CHECK_FALSE(crawler::names_inside(host, crawler::is_public));
}

TEST_CASE(
    "links on a page to inner addresses and other schemes are never offered, and nothing is connected to") {
  RawServer victim(served);
  const std::string port = std::to_string(victim.port());
  std::string page = "<html><body>";
  for (const std::string host :
       {"127.0.0.2", "169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1",
        "[::ffff:7f00:1]", "2130706433", "0177.0.0.1", "localhost", "localhost."})
    page += "<a href='http://" + host + ":" + port + "/'>inside</a>\n";
  for (const std::string& other : std::vector<std::string>{
           "file:///etc/passwd", "gopher://127.0.0.1:" + port + "/", "ftp://127.0.0.1/",
           "dict://127.0.0.1:" + port + "/", "http://user:secret@127.0.0.1:" + port + "/"})
    page += "<a href='" + other + "'>other</a>\n";
  RawServer site([&](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
    return connection.send(answer("200 OK", "Content-Type: text/html\r\n", page));
  });
  Crawling crawling;
  const auto report = crawling.crawl({site.url()});
  CHECK(report.stop == "done");
  for (const auto& [url, outcome] : crawling.outcomes()) CHECK(url.starts_with(site.url()));
  CHECK(victim.connections() == 0);
}

TEST_CASE("hosts that the job takes into scope, but does not name as seeds, may not stand inside") {
  RawServer victim(served);
  const std::string inner = "inner.test:" + std::to_string(victim.port());
  RawServer site([&](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
    if (request.starts_with("GET /moved"))
      return connection.send(answer("302 Found", "Location: http://" + inner + "/hop\r\n", ""));
    return connection.send(
        answer("200 OK", "Content-Type: text/html\r\n",
               "<a href='http://" + inner + "/link'>inside</a> <a href='/moved'>moved</a>"));
  });
  Crawling crawling;
  crawling.network = leading_to({"127.0.0.1"});
  crawling.job.scope.hosts = {inner};
  crawling.job.fetch.retries = 0;
  crawling.crawl({site.url()});
  CHECK(victim.connections() == 0);
  // robots.txt is asked for first: it cannot be had, so that nothing else is.
  CHECK(crawling.outcome_of("http://" + inner + "/robots.txt") == Outcome::kUnsafeAddress);
  CHECK(crawling.outcome_of(site.url("/moved")) == Outcome::kRedirected);
  Crawling without_robots;
  without_robots.network = crawling.network;
  without_robots.job = crawling.job;
  without_robots.job.fetch.obey_robots = false;
  without_robots.crawl({site.url()});
  CHECK(without_robots.outcome_of("http://" + inner + "/hop") == Outcome::kUnsafeAddress);
  CHECK(victim.connections() == 0);
}

TEST_CASE("a robots.txt that redirects inside is not followed there") {
  RawServer victim(served);
  const std::string port = std::to_string(victim.port());
  RawServer site([&](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET /robots.txt"))
      return connection.send(
          answer("302 Found", "Location: http://inner.test:" + port + "/robots.txt\r\n", ""));
    return connection.send(answer("200 OK", "Content-Type: text/html\r\n", "<p>page</p>"));
  });
  Crawling crawling;
  crawling.network = leading_to({"127.0.0.1"});
  crawling.job.fetch.retries = 0;
  crawling.crawl({site.url()});
  CHECK(victim.connections() == 0);
  CHECK(crawling.outcome_of("http://inner.test:" + port + "/robots.txt") == Outcome::kUnsafeAddress);
}

TEST_CASE("an address that the job allows is connected to") {
  RawServer inside(served);
  const std::string inner = "inner.test:" + std::to_string(inside.port());
  RawServer site([&](RawConnection& connection, const std::string&) {
    return connection.send(answer("302 Found", "Location: http://" + inner + "/hop\r\n", ""));
  });
  Crawling crawling;
  crawling.network = leading_to({"127.0.0.1"});
  crawling.job.scope.hosts = {inner};
  crawling.job.fetch.obey_robots = false;
  crawling.job.fetch.allow_addresses = {"inner.test"};
  crawling.crawl({site.url()});
  CHECK(crawling.outcome_of("http://" + inner + "/hop") == Outcome::kOk);
}
