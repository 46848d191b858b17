#include <fmt/format.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <set>
#include <thread>

#include "tests/places.hpp"
#include "tests/support_test/forum_client.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::sample {
namespace {

TEST_CASE("a request stands in the log with method, target, status and user agent") {
  SampleForum forum;
  ForumClient client(forum);
  client.get("/forum-11-1.html?x=1", {{"User-Agent", "tester/1"}});
  client.get("/nowhere");
  const std::vector<RequestRecord> requests = forum.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].method == "GET");
  CHECK(requests[0].target == "/forum-11-1.html?x=1");
  CHECK(requests[0].status == 200);
  CHECK(requests[0].user_agent == "tester/1");
  CHECK(requests[1].status == 404);
  CHECK(requests[1].number == 2);
  CHECK(requests[1].at_us >= requests[0].at_us);
  CHECK(forum.request_count("/forum-") == 1);
  forum.clear_requests();
  CHECK(forum.requests().empty());
}

TEST_CASE("news and files are not sent again to who has them, forum pages are") {
  SampleForum forum;
  ForumClient client(forum);
  const auto conditional = [&client](const std::string& target, const char* name, const std::string& value) {
    return client.get(target, {{name, value}, {"Connection", "close"}})
        .status;  // this client waits for a 304's body
  };
  for (const std::string& target :
       {forum.model()->articles().front().path, std::string("/news/"), std::string("/static/js/common.js")}) {
    const httplib::Response first = client.get(target);
    CHECK(first.status == 200);
    CHECK(conditional(target, "If-None-Match", first.get_header_value("ETag")) == 304);
    CHECK(conditional(target, "If-Modified-Since", first.get_header_value("Last-Modified")) == 304);
    CHECK(conditional(target, "If-None-Match", "\"other\"") == 200);
  }
  CHECK_FALSE(client.get("/").has_header("ETag"));
  CHECK_FALSE(client.get("/").has_header("Last-Modified"));
}

TEST_CASE("an edited article has another tag, the others keep theirs") {
  SampleForum forum;
  ForumClient client(forum);
  const auto tags = [&] {
    std::vector<std::string> out;
    for (int i = 0; i < 12; ++i) {
      out.push_back(
          client.get(forum.model()->articles()[static_cast<std::size_t>(i)].path).get_header_value("ETag"));
    }
    return out;
  };
  const std::vector<std::string> before = tags();
  forum.set_day(2);
  const std::vector<std::string> after = tags();
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) changed += before[i] != after[i] ? 1 : 0;
  CHECK(changed == 1);
  CHECK(forum.model()->articles().size() == 13);
}

TEST_CASE("the mirror's page is in traditional characters with readings, its original's is not") {
  SampleForum forum;
  ForumClient client(forum);
  for (const Article& article : forum.model()->articles()) {
    const std::string page = client.body(article.path);
    CHECK(holds(page, "來(lái)源") == (article.mirror_of > 0));
    CHECK(holds(page, "责任编辑：" + article.editor) == (article.mirror_of == 0));
  }
}

TEST_CASE("robots.txt is what it is set to") {
  SampleForum forum;
  ForumClient client(forum);
  CHECK(holds(client.body("/robots.txt"), "Disallow: /member.php"));
  forum.set_robots(503, "later");
  CHECK(client.status("/robots.txt") == 503);
  CHECK(client.body("/robots.txt") == "later");
}

TEST_CASE("a share of answers fails, is cut or loops, and Faults{} heals") {
  SampleForum forum({.threads = 5});
  ForumClient client(forum);
  forum.set_faults({.error_rate = 0.3, .cut_rate = 0.3, .redirect_loop_rate = 0.1, .retry_after = 7});
  std::set<int> seen;
  for (int i = 0; i < 60; ++i) {
    const httplib::Response answer = client.get("/forum-11-1.html");
    seen.insert(answer.status);
    if (answer.status == 429 || answer.status == 503) CHECK(answer.get_header_value("Retry-After") == "7");
    if (answer.status == 302) CHECK(answer.get_header_value("Location") == "/forum-11-1.html");
  }
  CHECK(seen == std::set<int>{0, 200, 302, 429, 503});
  std::size_t cut = 0;
  for (const RequestRecord& request : forum.requests()) cut += request.fault == "cut" ? 1 : 0;
  CHECK(cut > 5);
  CHECK(client.status("/robots.txt") == 200);
  forum.set_faults({});
  for (int i = 0; i < 20; ++i) CHECK(client.status("/forum-11-1.html") == 200);
}

TEST_CASE("a wrong charset is declared in the header alone") {
  SampleForum forum;
  ForumClient client(forum);
  forum.set_faults({.wrong_charset = true});
  const httplib::Response answer = client.get("/");
  CHECK(answer.get_header_value("Content-Type") == "text/html; charset=gbk");
  CHECK(holds(answer.body, "charset=utf-8"));
}

TEST_CASE("the list of faults links to each of them, and each answers as its name says") {
  SampleForum forum;
  ForumClient client(forum);
  const std::string list = client.body("/fault/");
  CHECK(between(list, "<a href=\"", "\"").size() == 29);
  CHECK(client.status("/fault/status/418") == 418);
  CHECK(client.get("/fault/status/429").get_header_value("Retry-After") == "1");
  CHECK(client.status("/fault/cut") == 0);
  CHECK(client.status("/fault/cut-chunked") == 0);
  CHECK(client.status("/fault/close") == 0);
  CHECK(holds(client.body("/fault/chunked"), "</html>"));
  CHECK(holds(client.body("/fault/drip?ms=1"), "</html>"));
  CHECK(holds(client.body("/fault/delay?ms=1"), "</html>"));
  CHECK(client.body("/fault/slow-head?ms=0") == "slow");
  CHECK_FALSE(holds(client.body("/fault/short-length"), "</html>"));
  CHECK(client.get("/fault/redirects/2").get_header_value("Location") ==
        forum.base_url() + "fault/redirects/1");
  CHECK(client.status("/fault/redirects/0") == 200);
  CHECK(client.get("/fault/redirect-loop/2?at=1").get_header_value("Location") ==
        "/fault/redirect-loop/2?at=0");
  CHECK(client.get("/fault/redirect-to?url=http%3A%2F%2F10.0.0.1%2F").get_header_value("Location") ==
        "http://10.0.0.1/");
  CHECK(occurrences(client.body("/fault/deep-divs"), "<div>") == 100000);
  CHECK(occurrences(client.body("/fault/fonts"), "<font size=") == 20000);
  CHECK(client.body("/fault/empty").empty());
  CHECK(client.body("/fault/random?bytes=999").size() == 999);
  CHECK(client.body("/fault/random?seed=1") != client.body("/fault/random?seed=2"));
  CHECK(client.body("/fault/large?mb=2").size() > 2 << 20);
  CHECK_FALSE(client.get("/fault/no-type").has_header("Content-Type"));
  CHECK(client.get("/fault/pdf").get_header_value("Content-Type") == "application/pdf");
  CHECK(client.get("/fault/wrong-charset").get_header_value("Content-Type") == "text/html; charset=gbk");
  CHECK(holds(client.body("/fault/challenge"), "<script"));
  CHECK_FALSE(holds(client.body("/fault/changed-template"), "id=\"post_"));
  CHECK(occurrences(client.body("/fault/links/500"), "<a href=") == 500);
  CHECK(client.status("/fault/no-such") == 404);
}

TEST_CASE("compressed answers are sound gzip, the bomb a thousand times its size") {
  SampleForum forum;
  ForumClient client(forum);
  CHECK(holds(client.body("/fault/gzip"), "</html>"));
  const std::string zeros = client.body("/fault/gzip-bomb?mb=3");
  CHECK(zeros.size() == 3U << 20);
  CHECK(zeros.find_first_not_of('\0') == std::string::npos);
}

TEST_CASE("a server ends while a client waits for a slow answer") {
  auto forum = std::make_unique<SampleForum>();
  ForumClient client(*forum);
  std::thread waiting([&client] { client.get("/fault/delay?ms=600000"); });
  while (forum->requests().empty()) std::this_thread::yield();
  forum.reset();
  waiting.join();
  SUCCEED("the destructor came back");
}

TEST_CASE("a port that is taken is an error that names it") {
  const SampleForum forum;
  const int port = std::stoi(forum.site().substr(forum.site().find(':') + 1));
  CHECK_THROWS_WITH(SampleForum({.port = port}),
                    Catch::Contains(fmt::format("cannot listen on 127.0.0.1:{}", port)));
}

// The program itself: what it prints on standard error, and its exit code.
std::pair<std::string, int> ran(const std::string& arguments) {
  const std::string command = tests::binary_dir() + "/sample-forum " + arguments + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  char bytes[4096];
  for (std::size_t got = 0; (got = std::fread(bytes, 1, sizeof bytes, pipe)) > 0;) out.append(bytes, got);
  const int status = ::pclose(pipe);
  return {out, WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

TEST_CASE("wrong options of the program are one clear line and exit code 2") {
  CHECK(ran("--threds 5") ==
        std::pair<std::string, int>("sample-forum: unknown option '--threds'; see sample-forum --help\n", 2));
  CHECK(ran("--threads many").first ==
        "sample-forum: --threads takes a number from 0 to 1000000, not 'many'; see sample-forum --help\n");
  CHECK(ran("--charset big5").second == 2);
  CHECK(ran("--day").first == "sample-forum: --day needs a value: --day N; see sample-forum --help\n");
  CHECK(ran("--log /proc/none/log").second == 1);
  CHECK(ran("--help").second == 0);
  CHECK(holds(ran("--help").first, "--cut-rate SHARE"));
}

TEST_CASE("the program stops cleanly when it is told to") {
  const TemporaryDirectory temporary;
  const std::string fifo = temporary / "line";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const auto [out, code] = ran(
      fmt::format("--threads 3 >{0} & pid=$!; read line <{0}; echo $line; kill -TERM $pid; wait $pid", fifo));
  CHECK(out.rfind("http://127.0.0.1:", 0) == 0);
  CHECK(code == 0);
}

}  // namespace
}  // namespace boardwalk::sample
