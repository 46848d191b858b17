// What decided that a URL was fetched or was not, asked of the program.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "config/descriptor.hpp"
#include "store/database.hpp"
#include "tests/cli/await.hpp"
#include "tests/cli/program.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk::tests;
using boardwalk::sample::SampleForum;

namespace {

// A forum that was crawled as `words` say, and questions about its URLs.
struct Crawled {
  explicit Crawled(const std::vector<std::string>& words = {}, const std::string& seed = "",
                   const std::string& robots = "") {
    if (!robots.empty()) forum.set_robots(200, robots);
    std::vector<std::string> line{"crawl", forum.base_url() + seed, "--archive", archive,
                                  "--set", "fetch.delay=0s",        "--set",     "fetch.retries=0"};
    line.insert(line.end(), words.begin(), words.end());
    exit_code = run_program(line).exit_code;
  }

  std::string why(const std::string& path, std::vector<std::string> more = {}) const {
    more.insert(more.begin(),
                {"why", path.starts_with("http") ? path : forum.base_url() + path, "--archive", archive});
    const auto ended = run_program(more);
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    return ended.out;
  }

  SampleForum forum{{.threads = 30}};
  TemporaryDirectory directory;
  std::string archive = directory / "a";
  int exit_code = -1;
};

}  // namespace

TEST_CASE("why tells of a page that was fetched, and of another spelling of it") {
  const Crawled crawled;
  CHECK(crawled.why("thread-101-1-1.html").starts_with("fetched: ok, "));
  const auto spelling = crawled.why("forum.php?mod=viewthread&tid=101&page=1&extra=page%3D1");
  CHECK(spelling.starts_with("duplicate_spelling: the same page as " + crawled.forum.base_url() +
                             "thread-101-1-1.html"));
}

TEST_CASE("why tells of what is out of scope, and by which rule") {
  const Crawled crawled({"--set", "scope.exclude=*/news/*"});
  CHECK(crawled.why("http://other.example/").starts_with("out_of_scope: host"));
  CHECK(crawled.why("news/").starts_with("out_of_scope: exclude"));
  CHECK(crawled.why("search.php?mod=forum").starts_with("out_of_scope: view"));
  std::ofstream(crawled.directory / "job.toml") << "seeds = [\"http://other.example/\"]\n";
  CHECK(crawled.why("http://other.example/x.html", {"--job", crawled.directory / "job.toml"})
            .starts_with("never_seen: "));
}

TEST_CASE("why tells the line of robots.txt that forbids a page, seen or not") {
  const Crawled crawled({}, "", "User-agent: *\nDisallow: /news/\n");
  CHECK(crawled.why("news/").starts_with("robots: "));
  CHECK(crawled.why("news/").find("disallow: /news/") != std::string::npos);
  CHECK(crawled.why("news/never-linked.html").starts_with("robots: "));
}

TEST_CASE("why tells of a limit that left a page for a later run") {
  const Crawled crawled({"--max-pages", "3"});
  CHECK(crawled.why("forum-13-1.html").find("max_pages") != std::string::npos);
  CHECK(crawled.why("forum-13-1.html").starts_with("budget: "));
}

TEST_CASE("what a run without room on the disk left is told to wait for that, not for its turn") {
  const Crawled crawled({"--max-pages", "3"});
  const auto ended = run_program({"crawl", crawled.forum.base_url(), "--archive", crawled.archive, "--set",
                                  "archive.min_free=1000000GiB", "--set", "archive.wait_for_room=0s"});
  CHECK(ended.exit_code == 3);
  CHECK(ended.out.find("outcomes   nothing was asked\n") != std::string::npos);
  CHECK(
      crawled.why("forum-13-1.html").starts_with("budget: run 2 ended with disk_full before its turn came"));
}

TEST_CASE("why tells of a denied page, a challenge, and what its host is blocked for") {
  const Crawled crawled;
  const auto outcomes =
      run_program({"errors", "--outcome", "denied", "--json", "--archive", crawled.archive});
  const auto at = outcomes.out.find("\"url\":\"");
  REQUIRE(at != std::string::npos);
  const std::string url = outcomes.out.substr(at + 7, outcomes.out.find('"', at + 7) - at - 7);
  CHECK(crawled.why(url).starts_with("denied: "));

  const Crawled challenged({}, "fault/challenge");
  CHECK(challenged.why("fault/challenge").starts_with("challenge: "));
}

TEST_CASE("why tells of a page that waits for its host or for its own time") {
  const Crawled failed({}, "fault/status/500");
  CHECK(failed.exit_code == 1);
  CHECK(failed.why("fault/status/500").starts_with("due_later: after http_error: "));

  const Crawled crawled({"--max-pages", "3"});
  CHECK(crawled.why("thread-99999-1-1.html").starts_with("never_seen: "));
}

TEST_CASE("why answers programs too, and names what is no URL") {
  const Crawled crawled({"--max-pages", "3"});
  CHECK(crawled.why("thread-99999-1-1.html", {"--json"})
            .starts_with("{\"url\":\"" + crawled.forum.base_url() +
                         "thread-99999-1-1.html\",\"decision\":\"never_seen\",\"because\":\""));
  const auto wrong = run_program({"why", "bbs", "--archive", crawled.archive});
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.err ==
        "boardwalk: \"bbs\" is not a URL; write it whole, as http://bbs.example.cn/thread-1-1-1.html\n");
}

TEST_CASE("a host that an operator blocked is asked nothing until it is unblocked, and why tells") {
  SampleForum forum({.threads = 60});
  forum.set_faults({.delay_ms = 20});
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  const std::vector<std::string> words{"crawl", forum.base_url(), "--archive",
                                       archive, "--set",          "fetch.delay=0s"};
  Running crawl(words);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  while (forum.request_count() < 10 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  CHECK(run_program({"ctl", "block", "nowhere.example", "--archive", archive}).exit_code == 2);
  CHECK(run_program({"ctl", "block", forum.site(), "--archive", archive}).exit_code == 0);
  crawl.send(SIGINT);
  (void)crawl.wait();
  const auto asked = forum.request_count();
  CHECK(run_program(words).exit_code == 0);
  CHECK(forum.request_count() == asked);
  const auto plan = run_program({"crawl", forum.base_url(), "--archive", archive, "--plan"});
  CHECK(plan.out.find("(boardwalk ctl block until 9999-") != std::string::npos);
  const auto found = plan.out.find("found, never fetched");
  REQUIRE(found != std::string::npos);
  const auto line = plan.out.substr(found, plan.out.find('\n', found) - found);
  const auto why = run_program({"why", line.substr(line.rfind(' ') + 1), "--archive", archive});
  CHECK(why.out.starts_with("blocked_host: boardwalk ctl block (9999-"));
}

TEST_CASE("without a crawl a block and an unblock are left for the next one, for hosts that are known") {
  Crawled crawled;
  SampleForum& forum = crawled.forum;
  const auto asked_by_a_crawl = [&] {
    forum.clear_requests();
    CHECK(run_program({"crawl", forum.base_url(), "--archive", crawled.archive, "--set", "fetch.delay=0s"})
              .exit_code == 0);
    return forum.request_count();
  };
  const auto ctl = [&](const std::string& word, const std::string& host) {
    return run_program({"ctl", word, host, "--archive", crawled.archive});
  };
  const auto unknown = ctl("block", "nowhere.example");
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err ==
        "boardwalk: \"nowhere.example\" is no host of this archive; boardwalk status lists them\n");
  const auto blocked = ctl("block", forum.site());
  CHECK(blocked.exit_code == 0);
  CHECK(blocked.out == "no crawl runs; the next one asks nothing more of it, until boardwalk ctl unblock\n");
  CHECK(asked_by_a_crawl() == 0);
  CHECK(asked_by_a_crawl() == 0);
  const auto unblocked = ctl("unblock", forum.site());
  CHECK(unblocked.exit_code == 0);
  CHECK(unblocked.out == "no crawl runs; the next one asks it again\n");
  CHECK(asked_by_a_crawl() > 0);
}

TEST_CASE("a block and a retry are left for the next crawl while another command changes the archive") {
  Crawled crawled;
  SampleForum& forum = crawled.forum;
  {
    using boardwalk::store::Database;
    const auto care = Database::open(crawled.archive, Database::Access::kChange);
    REQUIRE(care);
    const auto blocked = run_program({"ctl", "block", forum.site(), "--archive", crawled.archive});
    CHECK(blocked.exit_code == 0);
    CHECK(blocked.out.starts_with("no crawl runs; the next one asks nothing more of it"));
    CHECK(run_program({"retry", forum.base_url(), "--archive", crawled.archive}).out ==
          "1 pages are fetched again by the next crawl\n");
    CHECK(run_program({"status", "--archive", crawled.archive})
              .out.find("\na command that changes the archive is running (pid ") != std::string::npos);
  }
  forum.clear_requests();
  CHECK(run_program({"crawl", forum.base_url(), "--archive", crawled.archive, "--set", "fetch.delay=0s"})
            .exit_code == 0);
  CHECK(forum.request_count() == 0);
}

TEST_CASE("a site that was taken down is asked for nothing, whatever was left for the next crawl before") {
  Crawled crawled;
  SampleForum& forum = crawled.forum;
  const auto run = [&crawled](std::vector<std::string> words) {
    words.insert(words.end(), {"--archive", crawled.archive});
    return run_program(words);
  };
  const auto asked_by_a_crawl = [&] {
    forum.clear_requests();
    CHECK(run({"crawl", forum.base_url(), "--set", "fetch.delay=0s"}).exit_code == 0);
    return forum.request_count();
  };
  REQUIRE(run({"ctl", "unblock", forum.site()}).exit_code == 0);
  REQUIRE(run({"retry", forum.base_url() + "thread-101-1-1.html"}).exit_code == 0);
  REQUIRE(run({"forget", "--site", forum.site()}).exit_code == 0);
  CHECK(asked_by_a_crawl() == 0);
  CHECK(run({"status"}).out.find("taken down by boardwalk forget") != std::string::npos);
  REQUIRE(run({"ctl", "unblock", forum.site()}).exit_code == 0);
  CHECK(asked_by_a_crawl() > 0);
}

TEST_CASE("retry has the next crawl fetch pages again, and a plan tells of what would be fetched") {
  Crawled crawled;
  const auto plan = [&crawled] {
    return run_program({"crawl", crawled.forum.base_url(), "--archive", crawled.archive, "--plan"}).out;
  };
  const std::string page = crawled.forum.base_url() + "thread-101-1-1.html";
  CHECK(plan().find("a listing, looked at by every run  " + crawled.forum.base_url()) != std::string::npos);
  CHECK(plan().find(page + "\n") == std::string::npos);
  const auto retried = run_program({"retry", page, "--archive", crawled.archive});
  CHECK(retried.exit_code == 0);
  CHECK(retried.out == "1 pages are fetched again by the next crawl\n");
  SampleForum& forum = crawled.forum;
  forum.clear_requests();
  CHECK(run_program({"crawl", forum.base_url(), "--archive", crawled.archive, "--set", "fetch.delay=0s"})
            .exit_code == 0);
  CHECK(forum.request_count("/thread-101-1-1.html") == 1);
  CHECK(run_program({"retry", "--outcome", "timeout", "--archive", crawled.archive}).out == "no such page\n");
  const auto unknown =
      run_program({"retry", forum.base_url() + "thread-99999-1-1.html", "--archive", crawled.archive});
  CHECK(unknown.exit_code == 2);
}

TEST_CASE("a plan of an archive that is not there names the seeds and makes nothing") {
  const TemporaryDirectory directory;
  const auto ended = run_program({"crawl", "http://bbs.example.cn/", "--archive", directory / "a", "--plan"});
  CHECK(ended.exit_code == 0);
  CHECK(ended.out ==
        "now  a seed, never fetched  http://bbs.example.cn/\n1 pages now, 0 later; more as they lead to "
        "more\n");
  CHECK_FALSE(std::filesystem::exists(directory / "a"));
}

TEST_CASE("status tells of a host that its limit or its hours left with pages, and in which run") {
  SampleForum forum({.threads = 8}), other({.threads = 8});
  const TemporaryDirectory directory;
  const auto crawl = [&](const SampleForum& of, std::vector<std::string> sets) {
    std::vector<std::string> words{"crawl", of.base_url(), "--archive", directory / "a"};
    for (const auto& set : sets) words.insert(words.end(), {"--set", set});
    REQUIRE(run_program(words).exit_code == 0);
  };
  const auto because = [&](const SampleForum& of) {
    const std::string text = run_program({"status", "--archive", directory / "a"}).out;
    const std::string line = text.substr(text.find("\n" + of.site()) + 1);
    return line.substr(0, line.find('\n'));
  };
  crawl(other, {"fetch.delay=0s", "limits.host_pages=3"});
  CHECK(because(other).find("  run 1: host_pages  ") != std::string::npos);
  const std::time_t later = std::time(nullptr) + 36000;
  const std::tm* const utc = std::gmtime(&later);
  char hours[16] = {};
  std::snprintf(hours, sizeof hours, "%02d:00-%02d:30", utc->tm_hour, utc->tm_hour);
  crawl(forum, {"site.timezone=Z", std::string("fetch.hours=") + hours});
  CHECK(because(forum).find("  run 2: outside_hours") != std::string::npos);
  CHECK(because(other).find("run ") == std::string::npos);
}

TEST_CASE("a block is left for the next crawl while a merge takes pages, also into an archive that it made") {
  const Crawled crawled;
  SampleForum other({.threads = 1});
  const std::string source = crawled.directory / "other", output = crawled.directory / "output";
  REQUIRE(
      run_program({"crawl", other.base_url(), "--archive", source, "--set", "fetch.delay=0s"}).exit_code ==
      0);
  REQUIRE(mkfifo(output.c_str(), 0600) == 0);
  for (const std::string& into : {crawled.archive, crawled.directory / "new"}) {
    std::future<Ended> merge;
    // Nobody takes what it prints of its source: it stays there, with the lock held, until this is closed.
    const boardwalk::config::Descriptor reader(output, O_RDWR | O_NONBLOCK);
    const std::string much(65536, '.');
    while (write(reader.fd(), much.data(), much.size()) > 0) continue;
    merge = std::async(std::launch::async, [&] {
      return run_shell("merge '" + source + "' --archive '" + into + "' > '" + output + "'");
    });
    const auto ask = [&into](std::vector<std::string> words) {
      words.insert(words.end(), {"--archive", into});
      return run_program(words);
    };
    await([&] { return ask({"show", other.base_url(), "--visits"}).exit_code == 0; });
    CHECK(ask({"status"}).out.find("\na command that changes the archive is running (pid ") !=
          std::string::npos);
    if (into != crawled.archive) continue;
    CHECK(ask({"ctl", "block", crawled.forum.site()})
              .out.starts_with("no crawl runs; the next one asks nothing more of it"));
  }
}
