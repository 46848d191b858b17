// `boardwalk robots`: what a robots.txt says of URLs, a line each.

#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/crawler/answering_site.hpp"
#include "tests/shared_corpus.hpp"
#include "tests/support/gzip.hpp"
#include "tests/support/sample_forum.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using namespace std::string_literals;

namespace {

const std::string kNest = "User-agent: *\nDisallow: /nest/\n\nUser-agent: heron\nAllow: /\n";

std::string verdicts(const std::vector<std::string>& words, const std::string& input = kNest) {
  std::vector<std::string> all{"robots", "-"};
  all.insert(all.end(), words.begin(), words.end());
  const auto ended = run_program(all, input);
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
  return ended.out;
}

}  // namespace

TEST_CASE("robots gives a line a URL: the verdict, the rule that decided, the URL") {
  CHECK(verdicts({"http://pond.example/nest/1", "http://pond.example/reed"}) ==
        "denied\tdisallow: /nest/\thttp://pond.example/nest/1\nallowed\tno rule\thttp://pond.example/reed\n");
}

TEST_CASE("robots answers for the agent named, by token or by a whole User-Agent") {
  const std::string url = "http://pond.example/nest/1";
  const std::string allowed = "allowed\tallow: /\t" + url + "\n";
  CHECK(verdicts({"--agent", "Heron", url}) == allowed);
  CHECK(verdicts({"--agent", "Heron/2.1 (+http://heron.example/)", url}) == allowed);
  CHECK(verdicts({"--agent", "Mozilla/5.0 (compatible; heron/2.1)", url}) == allowed);
  CHECK(verdicts({url, "--agent", "stork"}).starts_with("denied\t"));
  CHECK(verdicts({"--agent", "", url}).starts_with("denied\t"));
}

TEST_CASE("robots takes URLs as site owners write them, also none at all") {
  for (const std::string url : {"/nest/1", "//pond.example/nest/1", "https://pond.example:8080/nest/?a#b",
                                "http://pond.example/nest/x?u=http://a/"}) {
    CAPTURE(url);
    CHECK(verdicts({url}).starts_with("denied\t"));
  }
  for (const std::string url : {"", "http://pond.example", "http://pond.example/#/nest/"}) {
    CAPTURE(url);
    CHECK(verdicts({url}).starts_with("allowed\t"));
  }
}

TEST_CASE("robots keeps each verdict to its line, whatever the file holds") {
  CHECK(verdicts({"/a"}, "User-agent: *\nDisallow: /\x1B[2J\t\x7F\nDisallow: /a\x01*\nDisallow: /*\n") ==
        "denied\tdisallow: /*\t/a\n");
  CHECK(verdicts({"/\x1B[31m"}, "User-agent: *\nDisallow: /\x1B[31m\n") ==
        "denied\tdisallow: / [31m\t/ [31m\n");
  const std::string c1 = verdicts({"/\u009B2J"}, "User-agent: *\nDisallow: /\u009B2J\n");
  CHECK(c1.find("\u009B") == std::string::npos);
  CHECK(c1.ends_with("\t/\uFFFD2J\n"));
}

TEST_CASE("robots that are fetched count as in a crawl") {
  sample::SampleForum forum({.threads = 1});
  const auto first = [&](int status, const std::string& text) {
    forum.set_robots(status, text);
    const auto ended = run_program({"robots", forum.base_url() + "robots.txt", "/nest/1"});
    CHECK(ended.exit_code == 0);
    return ended.out;
  };
  CHECK(first(200, kNest) == "denied\tdisallow: /nest/\t/nest/1\n");
  CHECK(first(404, kNest) == "allowed\trobots.txt answered 404\t/nest/1\n");
  CHECK(first(403, kNest) == "allowed\trobots.txt answered 403\t/nest/1\n");
  CHECK(first(503, kNest) == "denied\trobots.txt could not be had: 503 Service Unavailable\t/nest/1\n");
  AnsweringSite zips;
  zips["/robots.txt"] = {.headers = {{"Content-Encoding", "gzip"}}, .body = sample::gzipped(kNest)};
  CHECK(run_program({"robots", zips.url("/robots.txt"), "/nest/1"}).out ==
        "denied\tdisallow: /nest/\t/nest/1\n");
  const auto nobody = run_program({"robots", "http://127.0.0.1:1/robots.txt", "/nest/1"});
  CHECK(nobody.out.starts_with("denied\trobots.txt could not be had: "));
}

TEST_CASE("robots names a missing file, a URL that is none, and a missing argument") {
  const auto missing = run_program({"robots", "/nowhere", "/a"});
  CHECK(missing.exit_code == 2);
  CHECK(missing.err == "boardwalk: cannot read /nowhere: No such file or directory\n");
  CHECK(run_program({"robots", "ftp://pond.example/robots.txt", "/a"}).err ==
        "boardwalk: ftp://pond.example/robots.txt: not an absolute http(s) URL\n");
  CHECK(run_program({"robots", "-"}).exit_code == 2);
  for (const std::string wrong : {"search.php", "pond.example/nest/1", "search.php?u=http://pond.example/"}) {
    const auto ended = run_program({"robots", "-", "/nest/1", wrong}, kNest);
    CHECK(ended.exit_code == 2);
    CHECK(ended.out.empty());
    CHECK(ended.err ==
          "boardwalk: \"" + wrong + "\" is not a URL; write it whole, as http://bbs.example.cn/search.php\n");
  }
}

TEST_CASE("robots decides every case of google/robotstxt's own tests as there") {
  const auto file = shared_corpus("corpus/robots/google_cases.jsonl");
  if (!file) return;
  std::ifstream in(*file);
  int cases = 0;
  for (std::string line; std::getline(in, line); ++cases) {
    rapidjson::Document json;
    json.Parse(line.data(), line.size());
    REQUIRE_FALSE(json.HasParseError());
    const std::string text(json["robots"].GetString(), json["robots"].GetStringLength());
    CAPTURE(json["test"].GetString(), json["agent"].GetString(), json["url"].GetString());
    CHECK(verdicts({"--agent", json["agent"].GetString(), json["url"].GetString()}, text)
              .starts_with(json["allowed"].GetBool() ? "allowed\t" : "denied\t"));
  }
  CHECK(cases == 145);
}

TEST_CASE("robots of a host's front page are those of its robots.txt, and another page is told of") {
  AnsweringSite site;
  site["/robots.txt"] = {.headers = {{"Content-Type", "text/plain"}}, .body = kNest};
  site.page("/", {});
  site.page("/about.html", {});
  site["/bare"] = {.body = "\n<!doctype html><title>Nest</title>"};
  site["/bom"] = {.body = "\xEF\xBB\xBF<!doctype html><title>Nest</title>"};
  site["/words"] = {.headers = {{"Content-Type", "Text/HTML; charset=utf-8"}}, .body = "Nest not found\n"};
  for (const std::string source : {"/robots.txt", "/", ""}) {
    const auto ended = run_program({"robots", site.url(source), "/nest/1"});
    CHECK(ended.out == "denied\tdisallow: /nest/\t/nest/1\n");
    CHECK(ended.err.empty());
  }
  for (const std::string source : {"/about.html", "/bare", "/bom", "/words"}) {
    const auto ended = run_program({"robots", site.url(source), "/nest/1"});
    CHECK(ended.out == "allowed\tno rule\t/nest/1\n");
    CHECK(ended.err == "boardwalk: " + site.url(source) +
                           " is a page, no robots.txt; a crawl reads it as one all the same\n");
  }
}

TEST_CASE("a robots.txt with rules is one, whatever type it is sent as") {
  AnsweringSite site;
  const std::string bom = "\xEF\xBB\xBF";
  site["/robots.txt"] = {.headers = {{"Content-Type", "text/html"}}};
  for (const std::string& text :
       {kNest, bom + kNest, "# nests\r\n\r\nUSER-AGENT: *\r\nDisallow: /nest/\r\n"s}) {
    site["/robots.txt"].body = text;
    const auto ended = run_program({"robots", site.url("/robots.txt"), "/nest/1"});
    CHECK(ended.out == "denied\tdisallow: /nest/\t/nest/1\n");
    CHECK(ended.err.empty());
  }
}
