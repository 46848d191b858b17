#include "crawler/scope.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace boardwalk;
using crawler::Scope;

namespace {

Scope scope_of(std::vector<std::string> seeds, std::vector<std::string> include = {},
               std::vector<std::string> exclude = {}) {
  config::Job job = config::default_job();
  job.seeds = std::move(seeds);
  job.scope.include = std::move(include);
  job.scope.exclude = std::move(exclude);
  auto scope = Scope::make(job);
  REQUIRE(scope);
  return std::move(*scope);
}

bool admits(const Scope& scope, const std::string& from, const std::string& to) {
  const auto source = parsers::parse_url(from);
  const auto target = parsers::parse_url(to);
  REQUIRE(source);
  REQUIRE(target);
  return scope.admits(parsers::page_key(*source), *target, parsers::page_key(*target));
}

std::string error_of(const config::Job& job) {
  const auto scope = Scope::make(job);
  return scope ? "no error" : scope.error().message;
}

const std::string kHost = "http://bbs.example/";

}  // namespace

TEST_CASE("a host's front page as seed means that host and port, and no other") {
  const Scope scope = scope_of({kHost});
  CHECK(admits(scope, kHost, "http://bbs.example/thread-1-1-1.html"));
  CHECK(admits(scope, kHost, "https://bbs.example/x"));
  CHECK_FALSE(admits(scope, kHost, "http://www.bbs.example/"));
  CHECK_FALSE(admits(scope, kHost, "http://bbs.example:8080/"));
  CHECK(scope.may_be_private("bbs.example"));
  CHECK_FALSE(scope.may_be_private("other.example"));
}

TEST_CASE("a board as seed means its pages, the threads that they list, and these threads' pages") {
  const std::string board = "http://bbs.example/forum.php?mod=forumdisplay&fid=2";
  const Scope scope = scope_of({board});
  CHECK(admits(scope, board, "http://bbs.example/forum-2-7.html"));
  CHECK(admits(scope, board, "http://bbs.example/thread-9-1-1.html"));
  CHECK(admits(scope, "http://bbs.example/thread-9-1-1.html", "http://bbs.example/thread-9-2-1.html"));
  CHECK_FALSE(admits(scope, "http://bbs.example/thread-9-1-1.html", "http://bbs.example/thread-10-1-1.html"));
  CHECK_FALSE(admits(scope, board, "http://bbs.example/forum-3-1.html"));
  CHECK_FALSE(admits(scope, board, "http://bbs.example/"));
}

TEST_CASE("a thread as seed means its pages") {
  const std::string thread = "http://bbs.example/thread-5-1-1.html";
  const Scope scope = scope_of({thread});
  CHECK(admits(scope, thread, "http://bbs.example/forum.php?mod=viewthread&tid=5&page=3"));
  CHECK_FALSE(admits(scope, thread, "http://bbs.example/thread-6-1-1.html"));
  CHECK_FALSE(admits(scope, thread, "http://bbs.example/forum-2-1.html"));
}

TEST_CASE("any other URL as seed means what lies in its directory") {
  const Scope scope = scope_of({"http://news.example/local/index.html"});
  CHECK(admits(scope, "http://news.example/local/", "http://news.example/local/2026/a.html"));
  CHECK_FALSE(admits(scope, "http://news.example/local/", "http://news.example/world/a.html"));
}

TEST_CASE("a forum's index in a directory as seed means that directory, one at the top its host") {
  for (const std::string seed : {"http://www.example/bbs/forum.php", "http://www.example/bbs/index.php?gid=1",
                                 "http://www.example/bbs/archiver/", "http://www.example/bbs/"}) {
    CAPTURE(seed);
    const Scope scope = scope_of({seed});
    CHECK(admits(scope, seed, "http://www.example/bbs/thread-5-1-1.html"));
    CHECK(admits(scope, seed, "http://www.example/bbs/archiver/?tid-5.html"));
    CHECK_FALSE(admits(scope, seed, "http://www.example/shop/a.html"));
    CHECK_FALSE(admits(scope, seed, "http://www.example/"));
    CHECK_FALSE(scope.admits_all_of("www.example"));
  }
  for (const std::string seed : {"http://bbs.example/forum.php", "http://bbs.example/index.php?gid=1",
                                 "http://bbs.example/archiver/"}) {
    CAPTURE(seed);
    CHECK(scope_of({seed}).admits_all_of("bbs.example"));
  }
}

TEST_CASE("exclude wins over include, and both see the whole URL") {
  const Scope scope = scope_of({kHost}, {"*thread*", "*forum*"}, {"*-3.html"});
  CHECK(admits(scope, kHost, "http://bbs.example/thread-1-1-1.html"));
  CHECK_FALSE(admits(scope, kHost, "http://bbs.example/thread-1-1-3.html"));
  CHECK_FALSE(admits(scope, kHost, "http://bbs.example/portal.php"));
}

TEST_CASE("a job without seeds, a seed that is no URL and a host that is none are named") {
  config::Job job = config::default_job();
  CHECK(error_of(job) == "nothing to crawl: the job has no seeds; add seeds = [\"http://bbs.example.cn/\"]");
  job.seeds = {"ftp://bbs.example/"};
  CHECK(error_of(job) ==
        "seeds: \"ftp://bbs.example/\" is not a URL that can be crawled; write it whole, as "
        "http://bbs.example.cn/");
  job.seeds = {kHost};
  job.scope.hosts = {"http://x/"};
  CHECK(error_of(job).find("scope.hosts: \"http://x/\" is not a host") == 0);
}

TEST_CASE("a star in a pattern matches any run of characters") {
  using crawler::matches_pattern;
  CHECK(matches_pattern("*", ""));
  CHECK(matches_pattern("a*c", "abbbc"));
  CHECK(matches_pattern("*a*b*", "xxaxxbxx"));
  CHECK_FALSE(matches_pattern("a*c", "abbb"));
  CHECK_FALSE(matches_pattern("", "a"));
  CHECK_FALSE(matches_pattern(std::string(30, '*') + "b", std::string(20'000, 'a')));
}

namespace {

std::string refusal(const config::Job& job, const std::string& to,
                    parsers::LinkRole role = parsers::LinkRole::kOther, int depth = 1) {
  const auto scope = Scope::make(job);
  REQUIRE(scope);
  const auto target = parsers::parse_url(to);
  REQUIRE(target);
  const auto key = parsers::page_key(*target);
  const parsers::PageKey from;
  return std::string(scope->refusal({from, *target, key, role, depth}, 1'767'600'000'000));
}

}  // namespace

TEST_CASE("what keeps a link out has a name") {
  config::Job job = config::default_job();
  job.seeds = {kHost, "http://news.example/2026/index.html"};
  job.scope.exclude = {"*print*"};
  job.scope.depth = 3;
  CHECK(refusal(job, "http://bbs.example/x").empty());
  CHECK(refusal(job, "http://other.example/x") == "host");
  CHECK(refusal(job, "http://bbs.example/print/x") == "exclude");
  CHECK(refusal(job, "http://news.example/2026/a.html").empty());
  CHECK(refusal(job, "http://news.example/2025/a.html") == "place");
  CHECK(refusal(job, "http://bbs.example/x", parsers::LinkRole::kOther, 4) == "depth");
  CHECK(refusal(job, "http://bbs.example/forum.php?mod=post&action=reply&tid=1") == "view");
  job.scope.include = {"*thread*"};
  CHECK(refusal(job, "http://bbs.example/x") == "include");
}

TEST_CASE("kinds of pages that the job does not name are kept out: pages of listings are what they list") {
  config::Job job = config::default_job();
  job.seeds = {kHost};
  job.scope.kinds = {"board", "thread"};
  using parsers::LinkRole;
  CHECK(refusal(job, "http://bbs.example/x", LinkRole::kThread).empty());
  CHECK(refusal(job, "http://bbs.example/x", LinkRole::kBoard).empty());
  CHECK(refusal(job, "http://bbs.example/x", LinkRole::kArticle) == "kind");
  CHECK(refusal(job, "http://bbs.example/x", LinkRole::kOther) == "kind");
  job.scope.kinds = {"threads"};
  CHECK(error_of(job) ==
        "scope.kinds: \"threads\" is no kind of page; write \"index\", \"board\", \"thread\", \"article\", "
        "\"listing\" or \"other\"");
}

TEST_CASE("traps are kept out unless the job follows them") {
  config::Job job = config::default_job();
  job.seeds = {kHost};
  CHECK(refusal(job, "http://bbs.example/a/a/a/a") == "repeated_path");
  CHECK(refusal(job, "http://bbs.example/?year=2300&month=1") == "calendar");
  job.scope.traps = false;
  CHECK(refusal(job, "http://bbs.example/a/a/a/a").empty());
}
