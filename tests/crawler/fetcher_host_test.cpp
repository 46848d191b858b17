// What a host is fetched by of its own: headers, cookies, a proxy; and that none of it reaches another host.

#include <catch2/catch.hpp>
#include <mutex>
#include <string>
#include <vector>

#include "tests/crawler/fetching.hpp"

using namespace boardwalk::tests;
using namespace std::chrono_literals;
using boardwalk::config::Job;
using boardwalk::crawler::FetchRequest;
using boardwalk::crawler::FetchResult;
using boardwalk::crawler::NetworkSeam;
using boardwalk::parsers::Outcome;
using Lines = std::vector<std::string>;

namespace {

// Names of a test's own, all at 127.0.0.1.
NetworkSeam local_names() {
  NetworkSeam seam;
  seam.resolve = [](const std::string&) -> std::vector<std::string> { return {"127.0.0.1"}; };
  return seam;
}

// What a server at this name sets with these headers comes to.
Lines set_by(const std::string& host, const std::vector<std::string>& set_cookies, const Lines& held = {}) {
  std::string headers;
  for (const auto& cookie : set_cookies) headers += "Set-Cookie: " + cookie + "\r\n";
  RawServer server(answer("200 OK", headers, "page"));
  Fetching fetching(patient(), kPageBytes, local_names());
  FetchRequest request = local_request("http://" + host + ":" + std::to_string(server.port()) + "/forum/a");
  request.cookies = held;
  const FetchResult result = fetching.get(std::move(request));
  Lines jar = held;
  if (result.cookies) apply_to_jar(*result.cookies, jar);
  return jar;
}

// The Cookie header that a request with these lines sends, without its name; empty: none.
std::string sent_to(const std::string& url_front, const Lines& cookies) {
  RawServer server(answer("200 OK", "", "page"));
  Fetching fetching(patient(), kPageBytes, local_names());
  FetchRequest request = local_request(url_front + ":" + std::to_string(server.port()) + "/forum/a");
  request.cookies = cookies;
  REQUIRE(fetching.get(std::move(request)).outcome == Outcome::kOk);
  const std::string sent = server.requests().at(0);
  const auto at = sent.find("\r\nCookie: ");
  if (at == std::string::npos) return {};
  return sent.substr(at + 10, sent.find("\r\n", at + 2) - at - 10);
}

// Answers as a proxy: what it is asked, it says.
std::string seen_by_proxy(const FetchResult& result) {
  CHECK(result.outcome == Outcome::kOk);
  return result.body;
}

}  // namespace

// Settings of a request's own

TEST_CASE("a request's own settings count for it, and for no other") {
  RawServer server([](RawConnection& connection, const std::string&) {
    return connection.send(answer("200 OK", "", "page"));
  });
  Job::Fetch own = patient();
  own.user_agent = "Egret/2.0";
  own.headers = {"Accept-Language: zh-CN", "X-Pond: deep"};
  Fetching fetching;
  FetchRequest request = local_request(server.url());
  request.settings = &own;
  fetching.get(request);
  fetching.get(server.url());
  const auto requests = server.requests();
  CHECK_THAT(requests.at(0), Catch::Contains("\r\nUser-Agent: Egret/2.0\r\n") &&
                                 Catch::Contains("\r\nAccept-Language: zh-CN\r\n") &&
                                 Catch::Contains("\r\nX-Pond: deep\r\n"));
  CHECK_THAT(requests.at(1), Catch::Contains("\r\nUser-Agent: Heron/1.0\r\n") && !Catch::Contains("Pond"));
}

// Cookies

TEST_CASE("what a host sets comes back as lines of a cookie file") {
  const Lines jar = set_by("bbs.pond.test", {"sid=7; Path=/", "lang=zh; Max-Age=3600", "note=a b"});
  REQUIRE(jar.size() == 3);
  CHECK(sent_to("http://bbs.pond.test", jar).find("sid=7") != std::string::npos);
  CHECK(sent_to("http://bbs.pond.test", jar).find("lang=zh") != std::string::npos);
}

TEST_CASE("cookies are sent to the host that set them, under its path, and to no other") {
  const Lines jar = set_by("bbs.pond.test", {"sid=7; Path=/", "deep=1; Path=/other"});
  CHECK(sent_to("http://bbs.pond.test", jar) == "sid=7");
  CHECK(sent_to("http://pond.test", jar).empty());
  CHECK(sent_to("http://other.test", jar).empty());
  CHECK(sent_to("http://x.bbs.pond.test", jar).empty());
}

TEST_CASE("a cookie for a domain is not taken from a stranger, nor for a public suffix") {
  CHECK(set_by("bbs.pond.test", {"a=1; Domain=other.test"}).empty());
  CHECK(set_by("bbs.pond.com.cn", {"a=1; Domain=com.cn"}).empty());
  CHECK(set_by("bbs.pond.com.cn", {"a=1; Domain=.cn"}).empty());
  const Lines jar = set_by("bbs.pond.com.cn", {"a=1; Domain=pond.com.cn"});
  CHECK(sent_to("http://www.pond.com.cn", jar) == "a=1");
}

TEST_CASE("a secure cookie is neither taken from nor sent to plain http") {
  CHECK(set_by("bbs.pond.test", {"a=1; Secure"}).empty());
  CHECK(sent_to("http://bbs.pond.test", {"bbs.pond.test\tFALSE\t/\tTRUE\t0\ta\t1"}).empty());
}

TEST_CASE("an expired cookie is forgotten") {
  const Lines held{"bbs.pond.test\tFALSE\t/\tFALSE\t0\tsid\t7", "bbs.pond.test\tFALSE\t/\tFALSE\t0\tb\t1"};
  CHECK(set_by("bbs.pond.test", {"sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}, held) ==
        Lines{held[1]});
  CHECK(sent_to("http://bbs.pond.test", {"bbs.pond.test\tFALSE\t/\tFALSE\t1000000000\tsid\t7"}).empty());
}

TEST_CASE("one request's cookies are not another's, though both use the same connection") {
  RawServer server([](RawConnection& connection, const std::string&) {
    return connection.send(answer("200 OK", "Set-Cookie: sid=7\r\n", "page"));
  });
  Fetching fetching;
  CHECK(fetching.get(server.url()).cookies.has_value());
  CHECK(fetching.get(server.url()).cookies.has_value());
  CHECK(server.connections() == 1);
  CHECK_THAT(server.requests().at(1), !Catch::Contains("Cookie"));
}

TEST_CASE("without cookies nothing is sent and nothing is taken") {
  RawServer server(answer("200 OK", "Set-Cookie: sid=7\r\n", "page"));
  Job::Fetch options = patient();
  options.cookies = false;
  Fetching fetching(options);
  FetchRequest request = local_request(server.url());
  request.cookies = {"127.0.0.1\tFALSE\t/\tFALSE\t0\told\t1"};
  CHECK_FALSE(fetching.get(std::move(request)).cookies);
  CHECK_THAT(server.requests().at(0), !Catch::Contains("Cookie"));
}

TEST_CASE("a thousand cookies in one answer leave a jar of a few dozen") {
  std::string headers;
  for (int i = 0; i < 1000; ++i)
    headers += "Set-Cookie: c" + std::to_string(i) + "=" + std::string(50, 'r') + "\r\n";
  const FetchResult result = fetched(answer("200 OK", headers, "page"));
  CHECK(result.outcome == Outcome::kOk);
  REQUIRE(result.cookies);
  CHECK(result.cookies->set.size() <= 50);
}

TEST_CASE("after a thousand cookies the next requests send and keep their own") {
  std::string headers;
  for (int i = 0; i < 1000; ++i) headers += "Set-Cookie: c" + std::to_string(i) + "=1\r\n";
  RawServer server([&headers](RawConnection& connection, const std::string& request) {
    const bool many = request.find("GET /many") == 0;
    return connection.send(answer("200 OK", many ? headers : "Set-Cookie: seen=1\r\n", "page"));
  });
  Fetching fetching;
  (void)fetching.get(server.url("/many"));
  for (int i = 0; i < 2; ++i) {
    FetchRequest request = local_request(server.url("/"));
    request.cookies = {"127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\t7"};
    const FetchResult result = fetching.get(std::move(request));
    CHECK_THAT(server.requests().back(), Catch::Contains("Cookie: sid=7"));
    REQUIRE(result.cookies);
    CHECK(result.cookies->gone.empty());
    CHECK(result.cookies->set.size() == 1);
  }
}

// Proxies

TEST_CASE("a proxy that wants a name says nothing of the site") {
  RawServer proxy(answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic\r\n", "no"));
  Job::Fetch options = patient();
  options.proxy = proxy.url("");
  Fetching fetching(options);
  const FetchResult result = fetching.get("http://pond.test/robots.txt", false);
  CHECK(result.outcome == Outcome::kNetworkError);
  CHECK(result.status == 0);
  CHECK(result.body.empty());
  CHECK_THAT(result.detail, Catch::Contains("proxy"));
}

TEST_CASE("an http proxy gets the whole URL, and resolves its name") {
  RawServer proxy([](RawConnection& connection, const std::string& request) {
    return connection.send(answer("200 OK", "", request.substr(0, request.find("\r\n"))));
  });
  Job::Fetch options = patient();
  options.proxy = proxy.url("");
  Fetching fetching(options);
  CHECK(seen_by_proxy(fetching.get("http://pond.test/a?b", false)) == "GET http://pond.test/a?b HTTP/1.1");
}

TEST_CASE("a SOCKS5 proxy is told the name") {
  std::string name;
  std::mutex mutex;
  const auto proxy = RawServer::of_talk([&](RawConnection& connection) {
    const std::string greeting = connection.read(2);
    (void)connection.read(static_cast<unsigned char>(greeting[1]));
    connection.send(std::string("\x05\x00", 2));
    const std::string asked = connection.read(5);  // version, connect, 0, kind of address, its length
    const std::string host = connection.read(static_cast<unsigned char>(asked[4]));
    (void)connection.read(2);
    {
      const std::lock_guard lock(mutex);
      name = asked[3] == 3 ? host : "an address";
    }
    connection.send(std::string("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50", 10));
    (void)connection.read_request();
    connection.send(answer("200 OK", "", "page"));
  });
  Job::Fetch options = patient();
  options.proxy = "socks5h://127.0.0.1:" + std::to_string(proxy->port());
  Fetching fetching(options);
  CHECK(fetching.get("http://pond.test/", false).body == "page");
  const std::lock_guard lock(mutex);
  CHECK(name == "pond.test");
}

TEST_CASE("a proxy is not asked for what a URL itself says is inside") {
  RawServer proxy(answer("200 OK", "", "secret"));
  Job::Fetch options = patient();
  options.proxy = proxy.url("");
  Fetching fetching(options);
  for (const std::string host : {"127.0.0.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:7f00:1]",
                                 "169.254.169.254", "localhost", "printer", "nas.local"}) {
    CAPTURE(host);
    const FetchResult result = fetching.get("http://" + host + "/", false);
    CHECK(result.outcome == Outcome::kUnsafeAddress);
    CHECK_THAT(result.detail, Catch::EndsWith(" is not a public address"));
  }
  CHECK(proxy.connections() == 0);
  CHECK(fetching.get("http://127.0.0.1/", true).body == "secret");
}

TEST_CASE("a connection through a proxy is not lent to a request without one, nor the other way") {
  RawServer site([](RawConnection& connection, const std::string&) {
    return connection.send(answer("200 OK", "", "from the site"));
  });
  RawServer proxy([](RawConnection& connection, const std::string&) {
    return connection.send(answer("200 OK", "", "from the proxy"));
  });
  Job::Fetch through = patient();
  through.proxy = proxy.url("");
  Fetching fetching;
  for (int i = 0; i < 2; ++i) {
    FetchRequest request = local_request(site.url());
    CHECK(fetching.get(request).body == "from the site");
    request.settings = &through;
    CHECK(fetching.get(request).body == "from the proxy");
  }
}

TEST_CASE("a proxy that is not there is a network error") {
  Job::Fetch options = patient();
  {
    const RawServer gone("");
    options.proxy = gone.url("");
  }
  Fetching fetching(options);
  CHECK(fetching.get("http://pond.test/", false).outcome == Outcome::kNetworkError);
}

// IPv6

TEST_CASE("a server that listens on IPv6 alone is fetched from, and refused when nobody names it") {
  std::unique_ptr<RawServer> server;
  try {
    server = std::make_unique<RawServer>(
        [](RawConnection& connection, const std::string&) {
          return connection.send(answer("200 OK", "", "page"));
        },
        "::1");
  } catch (const std::runtime_error&) {
    WARN("skipped: this machine has no IPv6");
    return;
  }
  Fetching fetching;
  CHECK(fetching.get(server->url()).body == "page");
  const FetchResult refused = fetching.get(server->url(), false);
  CHECK(refused.outcome == Outcome::kUnsafeAddress);
  CHECK(refused.detail == "::1 is not a public address");
}
