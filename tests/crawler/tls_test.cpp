// HTTPS and HTTP/2, against a server that speaks nothing else.

#include <catch2/catch.hpp>
#include <string>

#include "tests/crawler/crawling.hpp"
#include "tests/crawler/fetching.hpp"
#include "tests/crawler/h2_server.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using crawler::FetchResult;
using parsers::Outcome;

namespace {

std::unique_ptr<H2Server> server_or_skip() {
  auto server = H2Server::start();
  if (!server) WARN("skipped: nghttpd (Debian's nghttp2-server) is not installed");
  return server;
}

// The test's certificate is signed by nobody.
config::Job::Fetch unverified() {
  auto fetch = patient();
  fetch.verify_tls = false;
  return fetch;
}

// The port that a request for a tunnel names; 0 when it is none.
int tunnel_port(const std::string& request) {
  const std::size_t colon = request.find(':');
  return request.starts_with("CONNECT 127.0.0.1:") ? std::stoi(request.substr(colon + 1)) : 0;
}

// A proxy that serves pages and tunnels, and TLS before it.
struct TlsProxy {
  RawServer proxy{[](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET ")) return connection.send(answer("200 OK", "", "by proxy"));
    connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
    return connection.tunnel_to(tunnel_port(request)) && false;
  }};
  std::unique_ptr<RawServer> front =
      RawServer::of_talk([this](RawConnection& connection) { connection.tls_tunnel_to(proxy.port()); });
  std::string url = "https://127.0.0.1:" + std::to_string(front->port());
};

}  // namespace

TEST_CASE("pages come over HTTP/2, many at once, whole, and with their headers") {
  const auto server = server_or_skip();
  if (!server) return;
  for (int i = 0; i < 30; ++i)
    server->put("p" + std::to_string(i) + ".html", std::string(static_cast<std::size_t>(i) * 1000 + 1, 'r'));
  Fetching fetching(unverified());
  std::vector<std::uint64_t> ids;
  for (int i = 0; i < 30; ++i)
    ids.push_back(fetching.submit(local_request(server->url("/p" + std::to_string(i) + ".html"))));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const FetchResult result = fetching.wait(ids[i]);
    CHECK(result.outcome == Outcome::kOk);
    CHECK(result.status == 200);
    CHECK(result.body.size() == i * 1000 + 1);
    CHECK_FALSE(result.header("content-length").empty());
  }
  CHECK(fetching.get(server->url("/absent.html")).outcome == Outcome::kNotFound);
}

TEST_CASE("a page over HTTP/2 has the same caps") {
  const auto server = server_or_skip();
  if (!server) return;
  server->put("large.html", std::string(2 * kPageBytes, 'r'));
  Fetching fetching(unverified());
  CHECK(fetching.get(server->url("/large.html")).outcome == Outcome::kTooLarge);
}

TEST_CASE("a page asked for with its validators is unchanged over HTTP/2") {
  const auto server = server_or_skip();
  if (!server) return;
  server->put("page.html", "<p>page</p>");
  Fetching fetching(unverified());
  auto request = local_request(server->url("/page.html"));
  const FetchResult first = fetching.get(request);
  CHECK(first.outcome == Outcome::kOk);
  request.last_modified = first.header("last-modified");
  REQUIRE_FALSE(request.last_modified.empty());
  CHECK(fetching.get(request).outcome == Outcome::kUnchanged);
}

TEST_CASE("a certificate that nobody signed is a network error, unless the job takes it as it is") {
  const auto server = server_or_skip();
  if (!server) return;
  server->put("page.html", "<p>page</p>");
  Fetching strict;
  const FetchResult result = strict.get(server->url("/page.html"));
  CHECK(result.outcome == Outcome::kNetworkError);
  CHECK_THAT(result.detail, Catch::Contains("certificate"));
  Fetching lax(unverified());
  CHECK(lax.get(server->url("/page.html")).outcome == Outcome::kOk);
}

TEST_CASE("an address that is not public is refused for https too, before any handshake") {
  const auto server = server_or_skip();
  if (!server) return;
  Fetching fetching(unverified());
  CHECK(fetching.get(server->url("/"), false).outcome == Outcome::kUnsafeAddress);
  REQUIRE(fetching.get(server->url("/")).status == 404);
  // The connection that is open now was another one's permission.
  CHECK(fetching.get(server->url("/"), false).outcome == Outcome::kUnsafeAddress);
}

TEST_CASE("a crawl over HTTPS reads pages, and a redirect from http to https is a hop of its own") {
  const auto server = server_or_skip();
  if (!server) return;
  server->put("index.html", "<html><body><a href='/second.html'>second</a></body></html>");
  server->put("second.html", "<p>page</p>");
  RawServer plain([&](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET /up"))
      return connection.send(answer("302 Found", "Location: " + server->url("/second.html") + "\r\n", ""));
    return connection.send(answer("404 Not Found", "", ""));
  });
  Crawling crawling;
  crawling.job.fetch.verify_tls = false;
  crawling.crawl({server->url("/"), plain.url("/up")});
  CHECK(crawling.outcome_of(server->url("/")) == Outcome::kOk);
  CHECK(crawling.outcome_of(server->url("/second.html")) == Outcome::kOk);
  CHECK(crawling.outcome_of(plain.url("/up")) == Outcome::kRedirected);
}

TEST_CASE("a redirect from https to http is a hop of its own, with its own robots.txt") {
  for (const bool closed : {false, true}) {
    RawServer plain([&](RawConnection& connection, const std::string& request) {
      if (request.starts_with("GET /robots.txt"))
        return connection.send(answer("200 OK", "", closed ? "User-agent: *\nDisallow: /down\n" : ""));
      return connection.send(answer("200 OK", "Content-Type: text/html\r\n", "<p>page</p>"));
    });
    RawServer secure([&](RawConnection& connection, const std::string& request) {
      if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
      return connection.send(answer("302 Found", "Location: " + plain.url("/down") + "\r\n", ""));
    });
    const auto front =
        RawServer::of_talk([&](RawConnection& connection) { connection.tls_tunnel_to(secure.port()); });
    const std::string seed = "https://127.0.0.1:" + std::to_string(front->port()) + "/";
    Crawling crawling;
    crawling.job.fetch.verify_tls = false;
    crawling.job.scope.hosts = {"127.0.0.1:" + std::to_string(plain.port())};
    crawling.crawl({seed});
    CHECK(crawling.outcome_of(seed) == Outcome::kRedirected);
    CHECK(crawling.outcome_of(plain.url("/down")) == (closed ? Outcome::kRobotsDenied : Outcome::kOk));
  }
}

TEST_CASE("a page over TLS comes through a proxy's tunnel: the proxy is told the host and nothing else") {
  const auto server = server_or_skip();
  if (!server) return;
  server->put("reeds.html", "<p>page</p>");
  RawServer proxy([](RawConnection& connection, const std::string& request) {
    connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
    return connection.tunnel_to(tunnel_port(request)) && false;
  });
  auto options = unverified();
  options.proxy = proxy.url("");
  options.headers = {"X-Pond: deep"};
  Fetching fetching(options);
  auto request = local_request(server->url("/reeds.html"));
  request.cookies = {"127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\t7"};
  const FetchResult result = fetching.get(std::move(request));
  CHECK(result.outcome == Outcome::kOk);
  CHECK(result.status == 200);
  CHECK(result.body == "<p>page</p>");
  const std::string asked = proxy.requests().at(0);
  CHECK(tunnel_port(asked) != 0);
  CHECK_THAT(asked, !Catch::Contains("reeds") && !Catch::Contains("Pond") && !Catch::Contains("sid"));
}

TEST_CASE("a tunnel that the proxy refuses is a network error, which is the proxy's and not the page's") {
  for (const std::string refusal :
       {"403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"}) {
    RawServer proxy(answer(refusal, "Content-Type: text/html\r\nRetry-After: 9\r\n", "<p>no</p>"));
    auto options = patient();
    options.proxy = proxy.url("");
    Fetching fetching(options);
    const FetchResult result = fetching.get("https://pond.test/", false);
    CHECK(result.outcome == Outcome::kNetworkError);
    CHECK_THAT(result.detail, Catch::Contains(refusal.substr(0, 3)));
    CHECK(result.body.empty());
  }
}

TEST_CASE("a proxy is asked for no tunnel to what a URL itself says is inside") {
  RawServer proxy(answer("200 OK", "", ""));
  auto options = patient();
  options.proxy = proxy.url("");
  Fetching fetching(options);
  for (const char* url : {"https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/", "https://nas.local/"})
    CHECK(fetching.get(url, false).outcome == Outcome::kUnsafeAddress);
  CHECK(proxy.connections() == 0);
}

TEST_CASE("a proxy that is reached over TLS is asked for pages, and for tunnels to those over TLS") {
  TlsProxy proxy;
  auto options = unverified();
  options.proxy = proxy.url;
  Fetching fetching(options);
  const FetchResult plain = fetching.get("http://pond.test/reeds.html", false);
  CHECK(plain.outcome == Outcome::kOk);
  CHECK(plain.body == "by proxy");
  CHECK_THAT(proxy.proxy.requests().at(0), Catch::StartsWith("GET http://pond.test/reeds.html HTTP/1.1"));
  const auto server = server_or_skip();
  if (!server) return;
  server->put("reeds.html", "<p>page</p>");
  CHECK(fetching.get(server->url("/reeds.html")).body == "<p>page</p>");
  CHECK_THAT(proxy.proxy.requests().at(1), Catch::StartsWith("CONNECT 127.0.0.1:"));
}

TEST_CASE("a proxy whose certificate nobody signed is asked for nothing, unless the job takes it as it is") {
  TlsProxy proxy;
  auto options = patient();
  options.proxy = proxy.url;
  Fetching fetching(options);
  for (const char* url : {"http://pond.test/", "https://pond.test/"}) {
    const FetchResult result = fetching.get(url, false);
    CHECK(result.outcome == Outcome::kNetworkError);
    CHECK_THAT(result.detail, Catch::Contains("certificate"));
  }
  CHECK(proxy.proxy.requests().empty());
}
