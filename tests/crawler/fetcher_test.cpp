#include "crawler/fetcher.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/crawler/fetching.hpp"

using namespace std::chrono_literals;
using namespace boardwalk::tests;
using boardwalk::config::Job;
using boardwalk::crawler::Fetcher;
using boardwalk::crawler::FetchRequest;
using boardwalk::crawler::FetchResult;
using boardwalk::parsers::Outcome;

TEST_CASE("a whole 200 is ok, with its status, headers as sent, body and times") {
  const FetchResult result = fetched(
      answer("200 OK", "Content-Type: text/html\r\nX-Pond: deep \r\nx-pond: shallow\r\n", "<p>reeds</p>"));
  CHECK(result.outcome == Outcome::kOk);
  CHECK(result.detail.empty());
  CHECK(result.status == 200);
  CHECK(result.body == "<p>reeds</p>");
  CHECK(result.header("content-TYPE") == "text/html");
  CHECK(result.header("X-Pond") == "deep");
  CHECK(result.header("absent").empty());
  REQUIRE(result.headers.size() == 4);
  CHECK(result.headers[2] == std::pair<std::string, std::string>("x-pond", "shallow"));
  CHECK(result.started_at > 0);
  CHECK(result.ended_at >= result.started_at);
}

TEST_CASE("a request names the agent, asks for compression and sends validators verbatim") {
  RawServer server(answer("304 Not Modified", "ETag: \"v7\"\r\n", ""));
  Fetching fetching;
  FetchRequest request = local_request(server.url("/a?b=c"));
  request.etag = "W/\"v7\"";
  request.last_modified = "Tue, 05 Mar 2024 08:00:00 GMT";
  const FetchResult result = fetching.get(request);
  CHECK(result.outcome == Outcome::kUnchanged);
  CHECK(result.body.empty());
  const std::string sent = server.requests().at(0);
  CHECK(sent.starts_with("GET /a?b=c HTTP/1.1\r\n"));
  CHECK_THAT(sent, Catch::Contains("\r\nUser-Agent: Heron/1.0\r\n"));
  CHECK_THAT(sent, Catch::Contains("\r\nIf-None-Match: W/\"v7\"\r\n"));
  CHECK_THAT(sent, Catch::Contains("\r\nIf-Modified-Since: Tue, 05 Mar 2024 08:00:00 GMT\r\n"));
  CHECK_THAT(sent, Catch::Contains("\r\nAccept-Encoding: ") && Catch::Contains("gzip"));
}

TEST_CASE("a validator with a line end in it is not sent") {
  RawServer server(answer("200 OK", "", ""));
  Fetching fetching;
  FetchRequest request = local_request(server.url());
  request.etag = "\"v7\"\r\nX-Smuggled: yes";
  CHECK(fetching.get(request).outcome == Outcome::kOk);
  CHECK_THAT(server.requests().at(0), !Catch::Contains("Smuggled") && !Catch::Contains("If-None-Match"));
}

TEST_CASE("dot segments of a path are sent as they are") {
  RawServer server(answer("200 OK", "", ""));
  Fetching fetching;
  CHECK(fetching.get(server.url("/a/../b/./c")).outcome == Outcome::kOk);
  CHECK(server.requests().at(0).starts_with("GET /a/../b/./c HTTP/1.1\r\n"));
}

TEST_CASE("every status has its outcome, and the detail is the status line's") {
  struct Case {
    std::string status;
    std::string headers;
    Outcome outcome;
  };
  const Case cases[] = {
      {"201 Created", "", Outcome::kOk},
      {"301 Moved Permanently", "Location: /b\r\n", Outcome::kRedirected},
      {"302 Found", "location: http://pond.example/\r\n", Outcome::kRedirected},
      {"308 Permanent Redirect", "Location: ../c\r\n", Outcome::kRedirected},
      {"302 Found", "", Outcome::kHttpError},
      {"400 Bad Request", "", Outcome::kHttpError},
      {"401 Unauthorized", "WWW-Authenticate: Basic realm=x\r\n", Outcome::kDenied},
      {"403 Forbidden", "", Outcome::kDenied},
      {"404 Not Found", "", Outcome::kNotFound},
      {"407 Proxy Authentication Required", "", Outcome::kDenied},
      {"410 Gone", "", Outcome::kGone},
      {"429 Too Many Requests", "", Outcome::kHttpError},
      {"451 Unavailable For Legal Reasons", "", Outcome::kDenied},
      {"500 Internal Server Error", "", Outcome::kHttpError},
      {"999 Odd", "", Outcome::kHttpError},
  };
  for (const auto& [status, headers, outcome] : cases) {
    CAPTURE(status);
    const FetchResult result = fetched(answer(status, headers, "a page"));
    CHECK(result.outcome == outcome);
    CHECK(result.detail == (outcome == Outcome::kOk ? "" : status));
    CHECK(result.body == "a page");
    CHECK(result.status == std::stoi(status));
    CHECK(result.location == (outcome == Outcome::kRedirected ? result.header("Location") : ""));
  }
}

TEST_CASE("a redirect is not followed") {
  RawServer server(answer("302 Found", "Location: /elsewhere\r\n", ""));
  Fetching fetching;
  const FetchResult result = fetching.get(server.url());
  CHECK(result.outcome == Outcome::kRedirected);
  CHECK(result.location == "/elsewhere");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a plain body whose Content-Encoding names a charset, or nothing that codes, is a page") {
  for (const std::string coding : {"UTF-8", "none", "binary"}) {
    const FetchResult result =
        fetched(answer("200 OK", "Content-Encoding: " + coding + "\r\n", "<p>reeds</p>"));
    CHECK(result.outcome == Outcome::kOk);
    CHECK(result.body == "<p>reeds</p>");
    CHECK(result.header("Content-Encoding") == coding);
  }
}

TEST_CASE("a part that was not asked for is no page") {
  CHECK(fetched(answer("206 Partial Content", "Content-Range: bytes 0-4/900\r\n", "start")).outcome ==
        Outcome::kTruncated);
}

TEST_CASE("Retry-After is read from 429 and 503, as seconds or as a date by the server's own clock") {
  const auto after = [](const std::string& status, const std::string& headers) {
    return fetched(answer(status, headers, "")).retry_after;
  };
  CHECK(after("429 Slow", "Retry-After: 120\r\n") == 120);
  CHECK(after("503 Busy", "Retry-After: 0\r\n") == 0);
  CHECK(after("503 Busy",
              "Date: Tue, 05 Mar 2024 08:00:00 GMT\r\nRetry-After: Tue, 05 Mar 2024 08:01:30 GMT\r\n") == 90);
  CHECK_FALSE(after("503 Busy", "").has_value());
  CHECK_FALSE(after("200 OK", "Retry-After: 120\r\n").has_value());
  CHECK_FALSE(after("404 Not Found", "Retry-After: 120\r\n").has_value());
}

// Addresses

TEST_CASE("a local address is not connected to, however the URL spells it") {
  RawServer server(answer("200 OK", "", "secret"));
  Fetching fetching;
  const std::string port = ":" + std::to_string(server.port()) + "/";
  for (const std::string host : {"127.0.0.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.1",
                                 "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "0", "localhost"}) {
    CAPTURE(host);
    const FetchResult result = fetching.get("http://" + host + port, false);
    CHECK(result.outcome == Outcome::kUnsafeAddress);
    CHECK_THAT(result.detail, Catch::EndsWith(" is not a public address"));
    CHECK(result.status == 0);
  }
  CHECK(server.connections() == 0);
  CHECK(fetching.get("http://0x7f.1" + port, false).detail == "127.0.0.1 is not a public address");
  CHECK(fetching.get("http://[::1]" + port, false).outcome == Outcome::kUnsafeAddress);
  CHECK(fetching.get("http://169.254.169.254/latest", false).detail ==
        "169.254.169.254 is not a public address");
}

TEST_CASE("a connection left open by a request that was allowed is not lent to one that is not") {
  RawServer server([](RawConnection& connection, const std::string&) {
    return connection.send(answer("200 OK", "", "page"));
  });
  Fetching fetching;
  REQUIRE(fetching.get(server.url()).outcome == Outcome::kOk);
  CHECK(fetching.get(server.url(), false).outcome == Outcome::kUnsafeAddress);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("proxies of the environment are ignored") {
  RawServer proxy(answer("200 OK", "", "from the proxy"));
  RawServer server(answer("200 OK", "", "from the site"));
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) setenv(name, proxy.url("").c_str(), 1);
  Fetching fetching;
  CHECK(fetching.get(server.url()).body == "from the site");
  CHECK(proxy.connections() == 0);
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) unsetenv(name);
}

// Many at once

TEST_CASE("one connection serves request after request") {
  RawServer server([](RawConnection& connection, const std::string&) {
    return connection.send(answer("200 OK", "", "page"));
  });
  Fetching fetching;
  for (int i = 0; i < 20; ++i) CHECK(fetching.get(server.url("/" + std::to_string(i))).body == "page");
  CHECK(server.connections() == 1);
  CHECK(server.requests().size() == 20);
}

TEST_CASE("a kept connection that the server has closed meanwhile costs no page") {
  RawServer server(answer("200 OK", "", "page"));
  Fetching fetching;
  for (int i = 0; i < 10; ++i) CHECK(fetching.get(server.url()).body == "page");
}

TEST_CASE(
    "requests from many threads all get their own result, over as many connections as granted, no more") {
  std::mutex mutex;
  std::condition_variable four_at_once;
  int open = 0, most = 0;
  RawServer server([&](RawConnection& connection, const std::string& request) {
    {
      std::unique_lock lock(mutex);
      most = std::max(most, ++open);
      four_at_once.notify_all();
      four_at_once.wait_for(lock, 20s, [&] { return most >= 4; });
      --open;
    }
    return connection.send(answer("200 OK", "", request.substr(4, request.find(' ', 4) - 4)));
  });
  Job::Fetch options = patient();
  options.concurrency = 4;
  std::mutex results_mutex;
  std::condition_variable changed;
  std::map<std::uint64_t, std::string> bodies;
  Fetcher fetcher(options, kPageBytes, [&](FetchResult result) {
    const std::lock_guard lock(results_mutex);
    bodies.emplace(result.id, result.body);
    changed.notify_all();
  });
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::uint64_t i = 0; i < 50; ++i) {
        FetchRequest request = local_request(server.url("/" + std::to_string(t * 50 + i)));
        request.id = t * 50 + i;
        fetcher.submit(std::move(request));
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::unique_lock lock(results_mutex);
  REQUIRE(changed.wait_for(lock, 20s, [&] { return bodies.size() == 200; }));
  for (const auto& [id, body] : bodies) CHECK(body == "/" + std::to_string(id));
  CHECK(most == 4);
  CHECK(server.connections() == 4);
}

TEST_CASE("a result may lead to the next request from within its own call") {
  RawServer server([](RawConnection& connection, const std::string&) {
    return connection.send(answer("200 OK", "", "page"));
  });
  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t done = 0;
  Fetcher* self = nullptr;
  Fetcher fetcher(patient(), kPageBytes, [&](FetchResult result) {
    const std::lock_guard lock(mutex);
    done = result.id;
    if (result.id < 5) {
      FetchRequest next = local_request(server.url());
      next.id = result.id + 1;
      self->submit(std::move(next));
    }
    changed.notify_all();
  });
  std::unique_lock lock(mutex);
  self = &fetcher;
  FetchRequest first = local_request(server.url());
  first.id = 1;
  fetcher.submit(std::move(first));
  CHECK(changed.wait_for(lock, 20s, [&] { return done == 5; }));
}

TEST_CASE("one slow transfer does not hold up the others") {
  RawServer server([](RawConnection& connection, const std::string& request) {
    if (!request.starts_with("GET /slow ")) return connection.send(answer("200 OK", "", "page"));
    connection.wait_until_closed();
    return false;
  });
  Fetching fetching;
  const std::uint64_t slow = fetching.submit(local_request(server.url("/slow")));
  const std::uint64_t quick = fetching.submit(local_request(server.url("/quick")));
  CHECK(fetching.wait(quick).body == "page");
  CHECK(fetching.order() == std::vector{quick});
  CHECK(slow < quick);
}

TEST_CASE("a fetcher destroyed in the middle of transfers ends them without results") {
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nsome");
    connection.wait_until_closed();
    return false;
  });
  Job::Fetch options = patient();
  options.timeout = options.connect_timeout = 1h;
  options.concurrency = 8;
  Fetching fetching(options);
  for (int i = 0; i < 20; ++i) fetching.submit(local_request(server.url()));
  server.wait_for_requests(8);
  fetching.stop();
  CHECK(fetching.order().empty());
}
