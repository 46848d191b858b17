#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/crawler/compressed.hpp"
#include "tests/crawler/fetching.hpp"
#include "tests/crawler/gzip_bytes.hpp"

using namespace std::chrono_literals;
using namespace boardwalk::tests;
using boardwalk::config::Job;
using boardwalk::crawler::Fetcher;
using boardwalk::crawler::FetchResult;
using boardwalk::parsers::Outcome;

// Bodies that do not arrive whole

TEST_CASE("a body cut before its Content-Length is truncated, and nothing of it is kept") {
  const FetchResult result = fetched("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a page");
  CHECK(result.outcome == Outcome::kTruncated);
  CHECK(result.status == 200);
  CHECK(result.body.empty());
  CHECK_FALSE(result.detail.empty());
  CHECK(fetched("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n").outcome == Outcome::kTruncated);
}

TEST_CASE("a chunked body without its last chunk, or with a broken one, is truncated") {
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  CHECK(fetched(head + "5\r\nreeds\r\n0\r\n\r\n").body == "reeds");
  CHECK(fetched(head + "5\r\nreeds\r\n").outcome == Outcome::kTruncated);
  CHECK(fetched(head + "50\r\nreeds").outcome == Outcome::kTruncated);
  CHECK(fetched(head + "5\r\nreeds\r\nzz\r\n").outcome == Outcome::kTruncated);
  CHECK(fetched(head).outcome == Outcome::kTruncated);
}

TEST_CASE("a connection reset within the body is truncated") {
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + std::string(1000, 'r'));
    connection.reset_on_close();
    return false;
  });
  Fetching fetching;
  const Outcome outcome = fetching.get(server.url()).outcome;
  // A reset may overtake the bytes before it, the headers among them.
  CHECK((outcome == Outcome::kTruncated || outcome == Outcome::kNetworkError));
}

TEST_CASE("a body that the close of the connection ends is whole") {
  const FetchResult result = fetched("HTTP/1.0 200 OK\r\n\r\nreeds");
  CHECK(result.outcome == Outcome::kOk);
  CHECK(result.body == "reeds");
}

TEST_CASE("an error page that is cut keeps its status as the answer, without a body") {
  for (const std::string status : {"404 Not Found", "503 Service Unavailable", "302 Found"}) {
    CAPTURE(status);
    const FetchResult result =
        fetched("HTTP/1.1 " + status + "\r\nLocation: /b\r\nContent-Length: 100\r\n\r\nhalf a page");
    CHECK(result.status == std::stoi(status));
    CHECK(result.detail == status);
    CHECK(result.body.empty());
  }
}

TEST_CASE("a connection closed without an answer, or within the headers, is a network error") {
  for (const std::string bytes : {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
                                  "HTTP/1.1 103 Early Hints\r\n\r\n", "not HTTP at all\r\n\r\n"}) {
    CAPTURE(bytes);
    const FetchResult result = fetched(bytes);
    CHECK(result.outcome == Outcome::kNetworkError);
    CHECK_FALSE(result.detail.empty());
    CHECK(result.body.empty());
  }
}

TEST_CASE("nobody listening, no such name and another protocol are network errors that say so") {
  Fetching fetching;
  std::string dead;
  {
    const RawServer server("");
    dead = server.url();
  }
  const FetchResult refused = fetching.get(dead);
  CHECK(refused.outcome == Outcome::kNetworkError);
  CHECK(refused.status == 0);
  CHECK_FALSE(refused.detail.empty());
  // A label of 64 octets fails in the resolver, before any question leaves the machine.
  const std::vector<std::string> urls = {"http://" + std::string(64, 'r') + ".invalid/",
                                         "file:///etc/passwd",
                                         "gopher://127.0.0.1/",
                                         "ftp://127.0.0.1/",
                                         "http://heron:egg@127.0.0.1/",
                                         "http://",
                                         ""};
  for (const std::string& url : urls) {
    CAPTURE(url);
    const FetchResult result = fetching.get(url);
    CHECK(result.outcome == Outcome::kNetworkError);
    CHECK_FALSE(result.detail.empty());
  }
}

// Limits

TEST_CASE("a body of exactly the cap arrives, one byte more is too large") {
  CHECK(fetched(answer("200 OK", "", std::string(1000, 'r')), 1000).body.size() == 1000);
  const FetchResult result = fetched(answer("200 OK", "", std::string(1001, 'r')), 1000);
  CHECK(result.outcome == Outcome::kTooLarge);
  CHECK(result.detail == "the body is longer than 1000 bytes");
  CHECK(result.status == 200);
  CHECK(result.body.empty());
}

TEST_CASE("a Content-Length over the cap is refused before any of the body comes") {
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    connection.wait_until_closed();
    return false;
  });
  Fetching fetching;
  CHECK(fetching.get(server.url()).outcome == Outcome::kTooLarge);
}

TEST_CASE("an endless body ends at the cap, whether it is announced or not") {
  for (const std::string headers : {"", "Content-Length: 5000000\r\n", "Transfer-Encoding: chunked\r\n"}) {
    CAPTURE(headers);
    RawServer server([&](RawConnection& connection, const std::string&) {
      connection.send("HTTP/1.1 200 OK\r\n" + headers + "\r\n");
      const std::string piece =
          headers.starts_with("T") ? "400\r\n" + std::string(1024, 'r') + "\r\n" : std::string(1024, 'r');
      while (connection.send(piece)) {
      }
      return false;
    });
    Fetching fetching;
    CHECK(fetching.get(server.url()).outcome == Outcome::kTooLarge);
  }
}

TEST_CASE("an endless error page is dropped at the cap: its status is the answer") {
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.send("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n");
    while (connection.send(std::string(1024, 'r'))) {
    }
    return false;
  });
  Fetching fetching;
  const FetchResult result = fetching.get(server.url());
  CHECK(result.outcome == Outcome::kHttpError);
  CHECK(result.detail == "503 Service Unavailable");
  CHECK(result.retry_after == 7);
  CHECK(result.body.empty());
}

TEST_CASE("a compressed body arrives decoded, and the cap counts what it decodes to") {
  const std::string page = "<p>reeds and rushes</p>";
  const FetchResult result = fetched(answer("200 OK", "Content-Encoding: gzip\r\n", gzip_stored(page)));
  CHECK(result.outcome == Outcome::kOk);
  CHECK(result.body == page);
  CHECK(fetched(answer("200 OK", "Content-Encoding: gzip\r\n", gzip_stored(page)), 22).outcome ==
        Outcome::kTooLarge);
}

TEST_CASE("a decompression bomb stops at the cap, in each coding, announced or endless") {
  for (const auto& [coding, bomb] : bombs(10 * kPageBytes)) {
    CAPTURE(coding);
    const FetchResult result = fetched(answer("200 OK", "Content-Encoding: " + coding + "\r\n", bomb));
    CHECK(result.outcome == Outcome::kTooLarge);
    CHECK(result.detail == "the body is longer than 1048576 bytes");
    CHECK(result.body.empty());
  }
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    connection.send(endless_gzip().front);
    std::string piece;
    for (int i = 0; i < 1000; ++i) piece += endless_gzip().repeated;
    while (connection.send(piece)) {
    }
    return false;
  });
  Fetching fetching;
  const FetchResult result = fetching.get(server.url());
  CHECK(result.outcome == Outcome::kTooLarge);
  CHECK(result.body.empty());
}

TEST_CASE(
    "the network thread hands bodies over as they were sent, and never more than little above the cap") {
  const std::string sent = gzip_stored("<p>reeds and rushes</p>");
  RawServer server(answer("200 OK", "Content-Encoding: gzip\r\n", sent));
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<FetchResult> raw;
  Fetcher fetcher(patient(), kPageBytes, [&](FetchResult result) {
    const std::lock_guard lock(mutex);
    raw = std::move(result);
    changed.notify_all();
  });
  fetcher.submit(local_request(server.url()));
  std::unique_lock lock(mutex);
  REQUIRE(changed.wait_for(lock, 20s, [&] { return raw.has_value(); }));
  CHECK(raw->coding == "gzip");
  CHECK(raw->body == sent);
  undo_coding(*raw);
  CHECK(raw->coding.empty());
  CHECK(raw->body == "<p>reeds and rushes</p>");
}

TEST_CASE("bytes that are not what Content-Encoding says are no page") {
  const FetchResult result = fetched(answer("200 OK", "Content-Encoding: gzip\r\n", "<p>not gzip</p>"));
  CHECK(result.outcome == Outcome::kNetworkError);
  CHECK(result.body.empty());
}

TEST_CASE("a compressed body that stops early is cut, however well it is framed") {
  for (const auto& [coding, whole] : compressed("<p>reeds and rushes</p>")) {
    for (std::size_t length = 1; length < whole.size(); ++length) {
      INFO(coding << " " << length);
      const FetchResult result =
          fetched(answer("200 OK", "Content-Encoding: " + coding + "\r\n", whole.substr(0, length)));
      CHECK(result.outcome == Outcome::kTruncated);
      CHECK(result.body.empty());
    }
    CHECK(fetched(answer("200 OK", "Content-Encoding: " + coding + "\r\n", "")).outcome == Outcome::kOk);
  }
}

TEST_CASE("a body in two codings is a page, whether one header names them or two") {
  const std::string twice = compressed(compressed("<p>reeds</p>")["gzip"])["br"];
  for (const std::string headers :
       {"Content-Encoding: gzip, br\r\n", "Content-Encoding: gzip\r\nContent-Encoding: br\r\n"}) {
    const FetchResult result = fetched(answer("200 OK", headers, twice));
    CHECK(result.outcome == Outcome::kOk);
    CHECK(result.body == "<p>reeds</p>");
  }
}

TEST_CASE("a coding that was not asked for is no page, and its name is told") {
  const FetchResult result = fetched(answer("200 OK", "Content-Encoding: compress\r\n", "reeds"));
  CHECK(result.outcome == Outcome::kNetworkError);
  CHECK(result.detail == "Content-Encoding \"compress\" was not asked for");
  CHECK(fetched(answer("404 Not Found", "Content-Encoding: compress\r\n", "reeds")).outcome ==
        Outcome::kNotFound);
}

TEST_CASE("endless headers end in a network error: many, one, and interim answers without end") {
  struct Case {
    std::string start, repeated;
  };
  const Case cases[] = {{"HTTP/1.1 200 OK\r\n", "X-Reed: " + std::string(1000, 'r') + "\r\n"},
                        {"HTTP/1.1 200 OK\r\nX-Reed: ", "rushes "},
                        {"", "HTTP/1.1 103 Early Hints\r\nLink: </reed>\r\n\r\n"},
                        {"HTTP/1.1 200 OK\r\nX-Reed: a\r\n", " folded " + std::string(1000, 'r') + "\r\n"},
                        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-Reed: a\r\n"}};
  for (const auto& [start, repeated] : cases) {
    CAPTURE(repeated);
    RawServer server([&](RawConnection& connection, const std::string&) {
      connection.send(start);
      while (connection.send(repeated)) {
      }
      return false;
    });
    Fetching fetching;
    const FetchResult result = fetching.get(server.url());
    CHECK(result.outcome == Outcome::kNetworkError);
    CHECK_FALSE(result.detail.empty());
    CHECK(result.body.empty());
  }
}

TEST_CASE("interim answers before the real one are passed over, and leave no header behind") {
  const FetchResult result = fetched("HTTP/1.1 103 Early Hints\r\nLink: </reed>\r\n\r\n" +
                                     answer("200 OK", "X-Pond: deep\r\n", "page"));
  CHECK(result.outcome == Outcome::kOk);
  CHECK(result.status == 200);
  CHECK(result.header("Link").empty());
  CHECK(result.header("X-Pond") == "deep");
}

TEST_CASE("a folded header is one value, and a trailer is no header") {
  const FetchResult result = fetched(
      "HTTP/1.1 200 OK\r\nX-Pond: deep\r\n  and cold\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4\r\npage\r\n0\r\nX-Late: yes\r\nHTTP/1.1 500 Forged\r\n\r\n");
  CHECK(result.header("X-Pond") == "deep and cold");
  CHECK(result.status == 200);
  CHECK(result.header("X-Late").empty());
}

TEST_CASE("hostile header bytes end in an outcome") {
  for (const std::string& header :
       {std::string("X-Pond: a\0b\r\n", 13), std::string("\0: a\r\n", 6),
        std::string("Content-Length: -5\r\n"), std::string("Content-Length: 5, 6\r\n"),
        std::string("Content-Length: 99999999999999999999999\r\n"),
        std::string("Transfer-Encoding: reeds\r\n"), std::string(": nameless\r\n"),
        std::string("no colon\r\n"), std::string("\xFF\xFE: \xFF\r\n")}) {
    CAPTURE(header);
    const FetchResult result = fetched("HTTP/1.1 200 OK\r\n" + header + "\r\npage");
    if (result.outcome != Outcome::kOk) CHECK(result.body.empty());
    CHECK(result.ended_at >= result.started_at);
  }
}

TEST_CASE("a NUL in a header is a network error") {
  CHECK(fetched("HTTP/1.1 200 OK\r\n" + std::string("X-Pond: a\0b\r\n", 13) + "\r\npage").outcome ==
        Outcome::kNetworkError);
}

TEST_CASE("a Content-Length that is too small cuts off what is behind it, and the next fetch is clean") {
  RawServer server([](RawConnection& connection, const std::string&) {
    return connection.send(
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage and HTTP/1.1 200 OK\r\n\r\nforged");
  });
  Fetching fetching;
  for (int i = 0; i < 3; ++i) {
    const FetchResult result = fetching.get(server.url());
    CHECK(result.outcome == Outcome::kOk);
    CHECK(result.body == "page");
  }
}

TEST_CASE("a URL of a megabyte is refused without a connection") {
  RawServer server(answer("200 OK", "", ""));
  Fetching fetching;
  const FetchResult result = fetching.get(server.url("/" + std::string(1 << 20, 'r')));
  CHECK(result.outcome == Outcome::kNetworkError);
  CHECK(result.detail == "the URL is longer than 8 KiB");
  CHECK(server.connections() == 0);
}

TEST_CASE("a reason phrase of any bytes is shown as plain text") {
  const FetchResult result =
      fetched("HTTP/1.1 500 \xE8\x8B\x87\x1B[2J" + std::string(300, 'r') + "\r\nContent-Length: 0\r\n\r\n");
  CHECK(result.detail.starts_with("500 ????[2Jrrr"));
  CHECK(result.detail.size() == 84);
}

// Time

TEST_CASE("a server that never answers is a timeout") {
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.wait_until_closed();
    return false;
  });
  Job::Fetch options = patient();
  options.timeout = 100ms;
  Fetching fetching(options);
  const FetchResult result = fetching.get(server.url());
  CHECK(result.outcome == Outcome::kTimeout);
  CHECK_FALSE(result.detail.empty());
}

TEST_CASE(
    "a connection that is not ready within the connect timeout is a timeout, however long a page may take") {
  const auto server = RawServer::of_talk([](RawConnection& connection) { connection.wait_until_closed(); });
  Job::Fetch options = patient();
  options.connect_timeout = 100ms;
  options.timeout = 1h;
  Fetching fetching(options);
  const FetchResult result = fetching.get("https://127.0.0.1:" + std::to_string(server->port()) + "/");
  CHECK(result.outcome == Outcome::kTimeout);
  CHECK(result.status == 0);
}

TEST_CASE("a body that drips slower than the least speed is a timeout, and nothing of it is kept") {
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n");
    connection.drip('r');
    return false;
  });
  Job::Fetch options = patient();
  options.timeout = 0s;
  options.min_speed = 100'000;
  options.stall_time = 1s;
  Fetching fetching(options);
  const FetchResult result = fetching.get(server.url());
  CHECK(result.outcome == Outcome::kTimeout);
  CHECK(result.body.empty());
}
