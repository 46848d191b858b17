// What an operator does to a crawl and learns from it: pause and seed it while it runs, its log, its report,
// jobs by their schedule.

#include <rapidjson/document.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "tests/cli/await.hpp"
#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/places.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using namespace std::chrono_literals;

namespace {

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::vector<std::string> crawl_words(const std::string& url, const std::string& archive,
                                     std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"crawl", url, "--archive", archive, "--set", "fetch.delay=0s"});
  return more;
}

std::size_t records(const std::string& archive) {
  return lines(run_program({"export", "jsonl", "--with-duplicates", "--archive", archive}).out);
}

Ended ctl(const std::string& archive, std::vector<std::string> words) {
  words.insert(words.begin(), "ctl");
  words.insert(words.end(), {"--archive", archive});
  return run_program(words);
}

}  // namespace

TEST_CASE("a paused crawl asks for nothing more, says so in its status, and goes on when told to") {
  sample::SampleForum forum({.threads = 30});
  forum.set_faults({.delay_ms = 50});
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  Running crawl(crawl_words(forum.base_url(), archive));
  await([&] { return forum.request_count() >= 5; });
  const auto paused = ctl(archive, {"pause"});
  CHECK(paused.exit_code == 0);
  CHECK(paused.out == "the crawl takes no more pages\n");
  await([&] {  // what was in flight has come
    const auto before = forum.request_count();
    std::this_thread::yield();
    return run_program({"status", "--json", "--archive", archive})
                   .out.find("\"paused\":\"boardwalk ctl pause\"") != std::string::npos &&
           forum.request_count() == before;
  });
  const auto asked = forum.request_count();
  CHECK(ctl(archive, {"pause"}).out == "the crawl is paused already\n");
  CHECK(forum.request_count() == asked);
  CHECK(ctl(archive, {"resume"}).out == "the crawl goes on\n");
  CHECK(crawl.wait().exit_code == 0);
  CHECK(forum.request_count() > asked);
}

TEST_CASE("a seed that is added while a crawl runs is crawled by it") {
  sample::SampleForum forum({.threads = 30});
  sample::SampleForum other({.threads = 5});
  forum.set_faults({.delay_ms = 500});  // until all is said, so that the crawl runs as long
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  Running crawl(crawl_words(forum.base_url(), archive));
  await([&] { return forum.request_count() >= 3; });
  CHECK(ctl(archive, {"seed", other.base_url()}).out.starts_with("1 of 1 seeds queued"));
  const auto wrong = ctl(archive, {"seed", "bbs"});
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.err.starts_with("boardwalk: \"bbs\" is not a URL that can be crawled"));
  const auto half = ctl(archive, {"seed", other.base_url() + "/thread-999-1-1.html", "bbs"});
  CHECK(half.exit_code == 2);
  forum.set_faults({});
  CHECK(crawl.wait().exit_code == 0);
  CHECK(run_program({"query", "threads", "--site", other.site(), "--format", "jsonl", "--archive", archive})
            .out.size() > 100);
  // The seed beside the wrong one was not queued in part.
  CHECK(run_program({"verify", "--archive", archive}).exit_code == 0);
}

TEST_CASE("ctl stop ends a crawl as a signal does, and without a crawl says that none runs") {
  sample::SampleForum forum({.threads = 30});
  forum.set_faults({.delay_ms = 50});
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  Running crawl(crawl_words(forum.base_url(), archive));
  await([&] { return forum.request_count() >= 3; });
  CHECK(ctl(archive, {"stop"}).exit_code == 0);
  CHECK(crawl.wait().exit_code == 130);
  const auto none = ctl(archive, {"stop"});
  CHECK(none.exit_code == 3);
  CHECK(none.err == "boardwalk: no crawl runs on " + archive + "; start one with boardwalk crawl\n");
}

TEST_CASE("SIGINT in the middle of sixteen slow answers ends within ten seconds, and nothing is lost") {
  sample::SampleForum forum({.threads = 60});
  const TemporaryDirectory directory;
  const std::string calm = directory / "calm", cut = directory / "cut";
  REQUIRE(run_program(crawl_words(forum.base_url(), calm)).exit_code == 0);
  const std::vector<std::string> wide{"--set", "fetch.per_host=16"};
  auto first = crawl_words(forum.base_url(), cut, wide);
  first.insert(first.end(), {"--max-pages", "30"});
  REQUIRE(run_program(first).exit_code == 0);
  forum.set_faults({.delay_ms = 600'000});
  forum.clear_requests();
  Running crawl(crawl_words(forum.base_url(), cut, wide));
  await([&] { return forum.request_count() >= 16; });
  const auto begun = std::chrono::steady_clock::now();
  crawl.send(SIGINT);
  CHECK(crawl.wait().exit_code == 130);
  CHECK(std::chrono::steady_clock::now() - begun < 10s);
  forum.set_faults({});
  REQUIRE(run_program(crawl_words(forum.base_url(), cut, wide)).exit_code == 0);
  CHECK(records(cut) == records(calm));
}

TEST_CASE("a second signal ends a crawl at once") {
  sample::SampleForum forum({.threads = 10});
  forum.set_faults({.delay_ms = 600'000, .spare_robots = false});
  const TemporaryDirectory directory;
  Running crawl(crawl_words(forum.base_url(), directory / "a"));
  await([&] { return forum.request_count() >= 1; });
  await([&] {
    crawl.send(SIGTERM);
    return !crawl.alive();
  });
  CHECK(crawl.wait().exit_code == 130);
}

TEST_CASE("the log has a line per URL asked, appended by later runs, and is opened anew on SIGHUP") {
  sample::SampleForum forum({.threads = 10});
  const TemporaryDirectory directory;
  const std::string log = directory / "urls.jsonl";
  const auto words = crawl_words(forum.base_url(), directory / "a", {"--log", log});
  REQUIRE(run_program(words).exit_code == 0);
  CHECK(lines(contents(log)) == forum.request_count());
  REQUIRE(run_program(words).exit_code == 0);
  CHECK(lines(contents(log)) == forum.request_count());

  sample::SampleForum slow({.threads = 30});
  slow.set_faults({.delay_ms = 5});
  const std::string moved = directory / "moved.jsonl";
  Running crawl(crawl_words(slow.base_url(), directory / "b", {"--log", log}));
  await([&] { return slow.request_count() >= 5; });
  std::filesystem::rename(log, moved);
  crawl.send(SIGHUP);
  CHECK(crawl.wait().exit_code == 0);
  CHECK(lines(contents(log)) > 0);
  CHECK(lines(contents(log)) + lines(contents(moved)) == slow.request_count() + forum.request_count());
}

TEST_CASE("what stands behind a --set is no part of it") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  const auto ended = run_program({"crawl", "--set", "fetch.delay=0s", "--set", "limits.max_pages=3",
                                  forum.base_url(), "--archive", directory / "a"});
  CHECK(ended.exit_code == 0);
  CHECK(ended.out.find(" max_pages after ") != std::string::npos);
}

TEST_CASE("scripts/crawl reads its words where the person stands, and builds where it lies") {
  namespace fs = std::filesystem;
  const TemporaryDirectory directory;
  const auto script = [](const std::string& path, const std::string& text) {
    write_file(path, "#!/bin/sh\n" + text);
    fs::permissions(path, fs::perms::owner_all);
  };
  fs::create_directories(directory / "clone/scripts");
  fs::create_directories(directory / "clone/build/release");
  fs::create_directory(directory / "here");
  fs::copy_file(source_dir() + "/scripts/crawl", directory / "clone/scripts/crawl");
  script(directory / "clone/scripts/setup", "");
  script(directory / "clone/scripts/build", "touch built\n");
  script(directory / "clone/build/release/boardwalk", "pwd\necho \"$@\"\n");
  const auto ended = run_shell("--version > /dev/null; cd '" + directory / "here" +
                               "' && ../clone/scripts/crawl 'job.toml' --log urls.jsonl");
  CHECK(ended.err.empty());
  CHECK(ended.out == directory / "here" + "\ncrawl job.toml --log urls.jsonl\n");
  CHECK(fs::exists(directory / "clone/built"));
}

TEST_CASE("a log that cannot be opened is wrong before anything is fetched") {
  const TemporaryDirectory directory;
  const auto ended = run_program(
      crawl_words("http://127.0.0.1:1/", directory / "a", {"--log", directory / "none/urls.jsonl"}));
  CHECK(ended.exit_code == 3);
  CHECK(ended.err ==
        "boardwalk: cannot write the log " + directory / "none/urls.jsonl" + ": No such file or directory\n");
  CHECK_FALSE(std::filesystem::exists(directory / "a"));
}

TEST_CASE("a report that cannot be written is wrong before anything is fetched") {
  const TemporaryDirectory directory;
  const std::pair<std::string, std::string> wrong[] = {
      {directory / "none/r.json", "No such file or directory"}, {directory.path(), "Is a directory"}};
  for (const auto& [report, reason] : wrong) {
    const auto ended = run_program(crawl_words("http://127.0.0.1:1/", directory / "a", {"--report", report}));
    CHECK(ended.exit_code == 3);
    CHECK(ended.err == "boardwalk: cannot write the report " + report + ": " + reason + "\n");
    CHECK_FALSE(std::filesystem::exists(directory / "a"));
  }
}

TEST_CASE("a run that cannot begin says so in its report, whatever an earlier one left there") {
  const TemporaryDirectory directory;
  const std::string report = directory / "r.json", archive = directory / "a", log = directory / "none/log";
  const auto words = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--report", report});
    return crawl_words("http://127.0.0.1:1/", archive, more);
  };
  write_file(archive, "no archive");
  for (const auto& [more, code] : std::vector<std::pair<std::vector<std::string>, int>>{
           {{}, 3}, {{"--log", log}, 3}, {{"--set", "site.files=" + directory / "none"}, 2}}) {
    write_file(report, "{\"stop\":\"done\"}\n");
    const auto ended = run_program(words(more));
    CHECK(ended.exit_code == code);
    rapidjson::Document told;
    told.Parse(contents(report).c_str());
    REQUIRE(told.IsObject());
    CHECK(told["stop"] == "error");
    CHECK(told["job"] == "");
    CHECK(ended.err == std::string("boardwalk: ") + told["error"].GetString() + "\n");
    CHECK(told["started_at"].GetInt64() <= told["ended_at"].GetInt64());
  }
}

TEST_CASE("the report tells per host what came, as JSON in a file and as text at the end") {
  sample::SampleForum forum({.threads = 10}), other({.threads = 4});
  const TemporaryDirectory directory;
  auto words = crawl_words(forum.base_url(), directory / "a", {"--report", directory / "r.json"});
  words.push_back(other.base_url());
  const auto ended = run_program(words);
  CHECK(ended.exit_code == 0);
  const std::string report = contents(directory / "r.json");
  for (const auto& site : {forum.site(), other.site()}) {
    CHECK(report.find("{\"site\":\"" + site + "\",\"fetches\":") != std::string::npos);
    CHECK(ended.out.find("\n" + site) != std::string::npos);
  }
  CHECK(report.find("\"stop\":\"done\"") != std::string::npos);
}

TEST_CASE("crawl --jobs runs the jobs that are due, and nothing when none is") {
  sample::SampleForum forum({.threads = 4}), other({.threads = 4});
  const TemporaryDirectory directory;
  std::filesystem::create_directory(directory / "jobs");
  const auto job = [&](const std::string& name, const std::string& url, const std::string& every) {
    write_file(directory / ("jobs/" + name + ".toml"),
               "seeds = [\"" + url + "\"]\nfetch.delay = \"0s\"\narchive.path = \"" + directory / name +
                   "\"\nschedule.every = \"" + every + "\"\n");
  };
  job("daily", forum.base_url(), "1d");
  job("always", other.base_url(), "0s");
  const std::vector<std::string> words{"crawl", "--jobs", directory / "jobs"};
  CHECK(run_program(words).exit_code == 0);
  CHECK(records(directory / "daily") > 0);
  CHECK(records(directory / "always") > 0);
  forum.clear_requests();
  other.clear_requests();
  const auto second = run_program(words);
  CHECK(second.exit_code == 0);
  CHECK(second.err.find("\ndaily is not due before ") != std::string::npos);
  CHECK(second.err.starts_with("job always\n"));
  CHECK(forum.request_count() == 0);
  CHECK(other.request_count() > 0);
  std::filesystem::remove(directory / "jobs/always.toml");
  const auto nothing = run_program(words);
  CHECK(nothing.exit_code == 0);
  CHECK(nothing.out.empty());
}

TEST_CASE("a job that does not check is named, and the others run") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  std::filesystem::create_directory(directory / "jobs");
  write_file(directory / "jobs/a.toml", "sedes = []\n");
  write_file(directory / "jobs/c.toml", "seeds = []\n");
  std::filesystem::create_directory(directory / "jobs/d.toml");
  write_file(directory / "jobs/b.toml", "seeds = [\"" + forum.base_url() +
                                            "\"]\nfetch.delay = \"0s\"\narchive.path = \"" + directory / "b" +
                                            "\"\n");
  const auto ended = run_program({"crawl", "--jobs", directory / "jobs"});
  CHECK(ended.exit_code == 2);
  CHECK(ended.err.find("a.toml:1:1: unknown key \"sedes\"; did you mean \"seeds\"?") != std::string::npos);
  CHECK(ended.err.find("job c\nboardwalk: nothing to crawl") != std::string::npos);
  CHECK(ended.err.find("job d\nboardwalk: cannot read") != std::string::npos);
  CHECK(records(directory / "b") > 0);
  const auto none = run_program({"crawl", "--jobs", directory / "none"});
  CHECK(none.exit_code == 2);
  CHECK(none.err ==
        "boardwalk: cannot read the job directory " + directory / "none" + ": No such file or directory\n");
}

TEST_CASE("a job whose archive cannot be written any more says so, and the others run") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  std::filesystem::create_directory(directory / "jobs");
  const auto job = [&](const std::string& name, const std::string& page) {
    write_file(directory / ("jobs/" + name + ".toml"), "seeds = [\"" + forum.base_url() + page +
                                                           "\"]\nfetch.delay = \"0s\"\narchive.path = \"" +
                                                           directory / name + "\"\n");
  };
  job("a", "fault/random?bytes=4000000");  // larger than a file may become
  job("b", "");
  const std::string jobs = "crawl --jobs '" + directory / "jobs" + "'";
  const std::string report = directory / "r.jsonl";
  const auto ended = run_shell(jobs + " --report '" + report + "'", "trap '' XFSZ; ulimit -f 2000;");
  CHECK(ended.signal == 0);
  CHECK(ended.exit_code == 3);
  CHECK(ended.err.starts_with("job a\nboardwalk: archive " + directory / "a" + ": "));
  CHECK(ended.err.find("File too large\n") != std::string::npos);
  CHECK(contents(report).find("File too large\"}\n{\"run\":1,") != std::string::npos);
  CHECK(records(directory / "b") > 0);
  CHECK(run_program({"verify", "--archive", directory / "a"}).exit_code == 0);
}

// Sanitizers take more address space than the limit leaves.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("a job that is given too few threads says so, costs nothing stored, and the others run") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  std::filesystem::create_directory(directory / "jobs");
  const auto job = [&](const std::string& name, const std::string& more) {
    write_file(directory / ("jobs/" + name + ".toml"),
               "seeds = [\"" + forum.base_url() + "\"]\nfetch.delay = \"0s\"\narchive.path = \"" +
                   directory / name + "\"\nschedule.every = \"0s\"\n" + more);
  };
  job("a", "limits.max_pages = 5\n");
  job("b", "");
  const std::string jobs = "crawl --jobs '" + directory / "jobs" + "'";
  REQUIRE(run_shell(jobs).exit_code == 0);
  const auto held = records(directory / "a");
  job("a", "limits.parse_workers = 256\n");
  forum.clear_requests();
  // 256 MiB of stack a thread: some thirty of them fit.
  const std::string report = directory / "r.jsonl";
  const auto ended = run_shell(jobs + " --report '" + report + "'", "ulimit -s 262144; ulimit -v 8388608;");
  CHECK(ended.signal == 0);
  CHECK(ended.exit_code == 3);
  CHECK(ended.err.find("boardwalk: the system gives no more threads; allow more") != std::string::npos);
  CHECK(lines(contents(report)) == 2);
  CHECK(contents(report).find("\"job\":\"a\"") < contents(report).find("\"stop\":\"error\""));
  CHECK(forum.request_count() > 0);  // the other job's
  CHECK(records(directory / "a") == held);
  CHECK(run_program({"verify", "--archive", directory / "a"}).exit_code == 0);
}
#endif

TEST_CASE("with less room on the disk than min_free nothing is fetched, and the run ends with its reason") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  const auto words = crawl_words(forum.base_url(), directory / "a",
                                 {"--set", "archive.min_free=1000000GiB", "--set", "archive.wait_for_room=0s",
                                  "--report", directory / "r"});
  const auto ended = run_program(words);
  CHECK(ended.exit_code == 3);
  CHECK(ended.err == "boardwalk: less than 1000000.0 GiB free on the disk of " + directory / "a" +
                         "; make room and run again\n");
  CHECK(contents(directory / "r").find("\"stop\":\"disk_full\"") != std::string::npos);
  CHECK(forum.request_count() == 0);
}

TEST_CASE("errors tells which pages failed, when and why, by host and outcome") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  const std::string changed = forum.base_url() + "fault/changed-template";
  const std::string broken = forum.base_url() + "fault/status/500";
  CHECK(run_program({"crawl", changed, broken, "--archive", archive, "--set", "fetch.delay=0s", "--set",
                     "fetch.retries=0"})
            .exit_code == 1);
  const auto all = run_program({"errors", "--archive", archive});
  CHECK(all.exit_code == 0);
  CHECK(all.out.find(changed) != std::string::npos);
  CHECK(all.out.find(broken) != std::string::npos);
  const auto one = run_program({"errors", "--outcome", "unreadable", "--json", "--archive", archive});
  CHECK(one.out.starts_with("{\"site\":\"" + forum.site() + "\",\"url\":\"" + changed +
                            "\",\"outcome\":\"unreadable\",\"status\":200,\"time\":\"20"));
  CHECK(one.out.find("post_N") != std::string::npos);
  CHECK(lines(one.out) == 1);
  CHECK(run_program({"errors", "--host", "other.example", "--archive", archive}).out == "no such page\n");
  const auto wrong = run_program({"errors", "--outcome", "broken", "--archive", archive});
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.err == "boardwalk: --outcome: \"broken\" is no outcome; boardwalk errors --help tells how\n");
}

TEST_CASE(
    "status counts failed fetches by class, in all runs and in the last, and the bytes of each family") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  const auto crawl = [&](const std::string& page) {
    return run_program({"crawl", forum.base_url() + page, "--archive", archive, "--set", "fetch.delay=0s",
                        "--set", "fetch.retries=0"})
        .exit_code;
  };
  CHECK(crawl("fault/status/500") == 1);
  CHECK(crawl("fault/changed-template") == 1);
  const auto json = run_program({"status", "--json", "--archive", archive});
  CHECK(json.out.find("\"errors\":{\"unreadable\":{\"fetches\":1,\"last_run\":1},"
                      "\"http_error\":{\"fetches\":1,\"last_run\":0}}") != std::string::npos);
  CHECK(json.out.find("\"families\":{\"meta\":") != std::string::npos);
  const auto person = run_program({"status", "--archive", archive});
  CHECK(person.out.find("\nhttp_error") != std::string::npos);
  CHECK(person.out.find("\nbodies") != std::string::npos);
  CHECK(person.out.find("\nall files") != std::string::npos);
}

TEST_CASE("jobs of which none is due end with 0 at once, and ask no host for anything") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  std::filesystem::create_directory(directory / "jobs");
  std::ofstream(directory / "jobs/daily.toml")
      << "seeds = [\"" << forum.base_url() << "\"]\n[fetch]\ndelay = \"0s\"\n[archive]\npath = \""
      << directory / "a"
      << "\"\n";
  CHECK(run_program({"crawl", "--jobs", directory / "jobs"}).exit_code == 0);
  const auto requests = forum.request_count();
  const auto begun = std::chrono::steady_clock::now();
  CHECK(run_program({"crawl", "--jobs", directory / "jobs"}).exit_code == 0);
  // Promised is a second; the bound leaves room for a machine that is busy with other things.
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
  CHECK(forum.request_count() == requests);
}
