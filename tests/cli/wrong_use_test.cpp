// Wrong use ends in one clear line, the right exit code and nothing damaged.

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

// A line that begins so and is alone.
bool is_one_line(const std::string& text, const std::string& beginning) {
  return text.starts_with(beginning) && text.find('\n') == text.size() - 1;
}

// A port on which nothing listens: it was free a moment ago.
std::string dead_url() {
  const sample::SampleForum forum({.threads = 1});
  return forum.base_url();
}

}  // namespace

TEST_CASE("an unknown command is answered with the nearest one") {
  const auto ended = run_program({"crwal", "http://a.example/"});
  CHECK(ended.exit_code == 2);
  CHECK(ended.err == "boardwalk: unknown command \"crwal\"; did you mean \"crawl\"?\n");
  CHECK(ended.out.empty());
  const auto strange = run_program({"zebra"});
  CHECK(strange.exit_code == 2);
  CHECK(strange.err == "boardwalk: unknown command \"zebra\"; boardwalk --help lists them\n");
}

TEST_CASE("no command, an unknown option and a missing argument are wrong usage") {
  CHECK(run_program({}).err == "boardwalk: no command given; boardwalk --help lists them\n");
  CHECK(run_program({}).exit_code == 2);
  const auto option = run_program({"crawl", "http://a.example/", "--max-pagse", "2"});
  CHECK(option.exit_code == 2);
  CHECK(option.err == "boardwalk: unknown option \"--max-pagse\"; did you mean \"--max-pages\"?\n");
  CHECK(run_program({"crawl", "http://a.example/", "--zebra=1"}).err ==
        "boardwalk: unknown option \"--zebra\"; boardwalk crawl --help lists them\n");
  const auto missing = run_program({"show"});
  CHECK(missing.exit_code == 2);
  CHECK(is_one_line(missing.err, "boardwalk: what is required; boardwalk show --help tells how"));
  CHECK(is_one_line(run_program({"export", "--archive", "a"}).err, "boardwalk: "));
}

TEST_CASE("a plan is made of a job that checks alone, and URLs are no seeds beside others") {
  const TemporaryDirectory directory;
  const std::string none = directory / "none";
  const auto plan = run_program(
      {"crawl", "http://a.example/", "--plan", "--archive", none, "--set", "site.files=['" + none + "']"});
  CHECK(plan.exit_code == 2);
  CHECK(is_one_line(plan.err, "boardwalk: cannot read site file " + none));
  CHECK(plan.out.empty());
  const auto both =
      run_program({"crawl", "http://a.example/", "--archive", none, "--set", "seeds=['http://b.example/']"});
  CHECK(both.exit_code == 2);
  CHECK(is_one_line(both.err, "boardwalk: give URLs, or --set seeds with a job file, not both"));
}

TEST_CASE("values of options are not taken for commands or options") {
  const TemporaryDirectory directory;
  const std::string none = directory / "none";
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"query", "threads", "--title", "--title", "--archive", none},
                                             {"--archive", none, "query", "threads", "--title=-x"},
                                             {"export", "--archive", none, "jsonl", "-o-", "--", "--site"}}) {
    const auto ended = run_program(words);
    INFO(ended.err);
    CHECK(ended.err.find("unknown") == std::string::npos);
  }
}

TEST_CASE("an empty value chooses nothing, and is wrong usage wherever something is chosen") {
  using Words = std::vector<std::string>;
  for (const auto& words : {Words{"query", "posts", "--author", ""},
                            {"query", "threads", "--site", ""},
                            {"query", "posts", "--board", ""},
                            {"query", "posts", "--thread", ""},
                            {"query", "posts", "--title", ""},
                            {"query", "posts", "--text", ""},
                            {"query", "posts", "--fold", ""},
                            {"query", "posts", "--since", ""},
                            {"query", "pages", "--until", ""},
                            {"query", "pages", "--outcome", ""},
                            {"query", "pages", "--run", ""},
                            {"export", "jsonl", "--author", ""},
                            {"export", "warc", "--site", ""},
                            {"export", "warc", "--outcome", ""},
                            {"export", "warc", "--run", ""},
                            {"export", "jsonl", "--pseudonymise", ""},
                            {"export", "csv", "--cursor", ""},
                            {"crawl", "http://a.example/", "--log", ""},
                            {"crawl", "http://a.example/", "--report", ""},
                            {"crawl", "http://a.example/", "--max-time", ""},
                            {"reparse", "--job", ""},
                            {"why", "http://a.example/", "--job", ""},
                            {"stats", "--plot", ""},
                            {"errors", "--host", ""},
                            {"retry", "--host", ""},
                            {"forget", "--author", "x", "--site", ""},
                            {"forget", "--site", "a.example", "--author", ""}}) {
    const auto ended = run_program(words);
    CHECK(ended.exit_code == 2);
    CHECK(is_one_line(ended.err, "boardwalk: " + words[words.size() - 2] + ": the value is empty; "));
  }
  CHECK(is_one_line(run_program({"forget", ""}).err, "boardwalk: record: the value is empty; "));
}

TEST_CASE("a missing job file, a misspelt key and a bad duration are named with their place") {
  const TemporaryDirectory directory;
  const auto missing = run_program({"crawl", directory / "none.toml"});
  CHECK(missing.exit_code == 2);
  CHECK(missing.err == "boardwalk: cannot read job file " + directory / "none.toml" +
                           ": No such file or directory; name a TOML job file or a URL\n");
  write_file(directory / "job.toml", "seeds = [\"http://a.example/\"]\n[fetch]\ndealy = \"1s\"\n");
  const auto misspelt = run_program({"crawl", directory / "job.toml"});
  CHECK(misspelt.exit_code == 2);
  CHECK(misspelt.err == "boardwalk: " + directory / "job.toml" +
                            ":3:1: unknown key \"fetch.dealy\"; did you mean \"fetch.delay\"?\n");
  const auto duration = run_program({"crawl", "http://a.example/", "--set", "fetch.delay=soon"});
  CHECK(duration.exit_code == 2);
  CHECK(is_one_line(
      duration.err,
      "boardwalk: --set fetch.delay: \"soon\" is not a duration; write a whole number and a unit"));
}

TEST_CASE("a report that would take the place of the log is wrong usage, and the log stays") {
  const TemporaryDirectory directory;
  const std::string log = directory / "log";
  write_file(log, "a line of before\n");
  const auto ended = run_program({"crawl", "http://127.0.0.1:1/", "--archive", directory / "a", "--log", log,
                                  "--report", directory / "./log"});
  CHECK(ended.exit_code == 2);
  CHECK(ended.err == "boardwalk: --report " + directory / "./log" + ": that is the log; name another file\n");
  CHECK(contents(log) == "a line of before\n");
}

TEST_CASE("neither log nor report takes the place of a file that the crawl reads") {
  const TemporaryDirectory directory;
  const std::string sites = directory / "sites", site = sites + "/site.toml", cookies = directory / "cookies";
  const std::string jobs = directory / "jobs", job = jobs + "/job.toml", late = jobs + "/late.toml";
  std::filesystem::create_directory(sites);
  std::filesystem::create_directory(jobs);
  write_file(site, "host = 'a.example'\n[article]\nbody = '.w'\n");
  write_file(cookies, "");
  const std::string seeds = "seeds = [\"http://127.0.0.1:1/\"]\n";
  write_file(job, seeds);
  write_file(late, seeds + "[site]\nfiles = [\"" + sites +
                       "\"]\n[[host]]\nname = \"a.example\"\ncookie_file = \"" + cookies + "\"\n");
  std::filesystem::create_symlink("sites/site.toml", directory / "link");
  // What a link in such a directory leads to is read by that name.
  const std::string far_site = directory / "far_site", far_job = directory / "far_job";
  std::filesystem::rename(site, far_site);
  std::filesystem::create_symlink(far_site, site);
  write_file(far_job, seeds);
  std::filesystem::create_symlink(far_job, jobs + "/far.toml");
  // So is one that has two names.
  const std::string twin = directory / "twin";
  std::filesystem::create_hard_link(late, twin);
  const auto refused = [&](std::vector<std::string> words, const char* option, const std::string& name) {
    INFO(option << ' ' << name);
    words.insert(words.begin(), {"crawl", "--archive", directory / "a", option, name});
    const std::string before = contents(name);
    const auto ended = run_program(words);
    CHECK(ended.exit_code == 2);
    CHECK(ended.err == "boardwalk: " + (option + (" " + name)) +
                           ": the crawl reads what has that name; name another file\n");
    CHECK(contents(name) == before);
  };
  for (const char* option : {"--log", "--report"}) {
    // A new file of that kind would be read next time.
    for (const auto& name : {site, far_site, cookies, late, twin, directory / "link", sites + "/new.toml"})
      refused({late}, option, name);
    for (const auto& name : {site, cookies, job, late, far_job, jobs + "/new.toml"})
      refused({"--jobs", jobs}, option, name);
  }
  CHECK_FALSE(std::filesystem::exists(directory / "a"));
}

TEST_CASE("neither log nor report is put inside an archive, by whatever name") {
  namespace fs = std::filesystem;
  const TemporaryDirectory directory;
  const std::string archive = directory / "a", jobs = directory / "jobs", job = jobs + "/job.toml";
  fs::create_directories(archive + "/db");
  fs::create_directory(jobs);
  write_file(archive + "/LAYOUT", "boardwalk archive layout 3\n");
  write_file(job, "seeds = [\"http://127.0.0.1:1/\"]\narchive.path = \"" + archive + "\"\n");
  fs::create_symlink("a", directory / "to_archive");
  fs::create_symlink("a/LAYOUT", directory / "to_layout");
  fs::create_symlink("a/new", directory / "to_new");
  const auto refused = [&](std::vector<std::string> words, const std::string& name,
                           const std::string& inside) {
    for (const std::string option : {"--log", "--report"}) {
      INFO(option << ' ' << name);
      words.insert(words.begin() + 1, {option, name});
      const auto ended = run_program(words);
      words.erase(words.begin() + 1, words.begin() + 3);
      CHECK(ended.exit_code == 2);
      CHECK(ended.err == "boardwalk: " + option + " " + name + ": that is inside the archive " + inside +
                             "; name another file\n");
    }
  };
  for (const auto& name : {archive + "/LAYOUT", archive + "/db/CURRENT", directory / "b/../a/new",
                           directory / "to_archive/new", directory / "to_layout", directory / "to_new"}) {
    refused({"crawl", job}, name, archive);
    refused({"crawl", "--plan", job}, name, archive);
    refused({"crawl", "--jobs", jobs}, name, archive);
    refused({"crawl", "http://127.0.0.1:1/", "--archive", directory / "to_archive"}, name,
            directory / "to_archive");
  }
  refused({"crawl", "http://127.0.0.1:1/", "--archive", directory / "none"}, directory / "none",
          directory / "none");
  refused({"crawl", "http://127.0.0.1:1/", "--archive", directory / "none"}, directory / "none/r.json",
          directory / "none");
  CHECK(contents(archive + "/LAYOUT") == "boardwalk archive layout 3\n");
  CHECK(fs::is_empty(archive + "/db"));
  CHECK_FALSE(fs::exists(archive + "/new"));
  CHECK_FALSE(fs::exists(directory / "none"));
}

TEST_CASE("a device may be the log, the report and a file without cookies") {
  const TemporaryDirectory directory;
  const auto ended =
      run_program({"crawl", dead_url(), "--archive", directory / "a", "--set", "fetch.retries=0", "--set",
                   "fetch.cookie_file=/dev/null", "--log", "/dev/null", "--report", "/dev/null"});
  CHECK(ended.exit_code == 1);
}

TEST_CASE("an unreachable host ends with 1 and says why, and its pages stay queued") {
  const TemporaryDirectory directory;
  const std::string url = dead_url();
  const auto ended = run_program({"crawl", url, "--archive", directory / "a", "--set", "fetch.retries=0"});
  CHECK(ended.exit_code == 1);
  CHECK(is_one_line(ended.err, "boardwalk: " + url + "robots.txt: network_error: "));
  CHECK(ended.out.find("1 pages wait for a later run") != std::string::npos);
}

TEST_CASE("an archive that a crawl is writing is named with the crawl's process, and can be read meanwhile") {
  sample::SampleForum forum({.threads = 40});
  forum.set_faults({.delay_ms = 50});
  const TemporaryDirectory directory;
  Running crawl({"crawl", forum.base_url(), "--archive", directory / "a", "--set", "fetch.delay=0s"});
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (forum.request_count() < 3 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  const auto second = run_program({"crawl", forum.base_url(), "--archive", directory / "a"});
  CHECK(second.exit_code == 3);
  CHECK(is_one_line(second.err, "boardwalk: archive " + directory / "a" + " is in use by a crawl (pid "));
  CHECK(run_program({"status", "--archive", directory / "a"}).exit_code == 0);
  crawl.send(SIGINT);
  CHECK(crawl.wait().exit_code == 130);
}

TEST_CASE("a path that cannot be written is named") {
  const TemporaryDirectory directory;
  write_file(directory / "file", "x");
  const auto ended = run_program({"crawl", "http://127.0.0.1:1/", "--archive", directory / "file/archive"});
  CHECK(ended.exit_code == 3);
  CHECK(is_one_line(ended.err, "boardwalk: "));
  CHECK(ended.err.find(directory / "file/archive") != std::string::npos);
}

TEST_CASE("an archive of a newer layout is left alone") {
  sample::SampleForum forum({.threads = 3});
  const TemporaryDirectory directory;
  REQUIRE(run_program({"crawl", forum.base_url(), "--archive", directory / "a", "--set", "fetch.delay=0s"})
              .exit_code == 0);
  write_file(directory / "a/LAYOUT", "boardwalk archive layout 99\n");
  for (const auto* command : {"status", "crawl"}) {
    std::vector<std::string> words{command, "--archive", directory / "a"};
    if (words.front() == "crawl") words.push_back(forum.base_url());
    const auto ended = run_program(words);
    CHECK(ended.exit_code == 3);
    CHECK(ended.err == "boardwalk: archive " + directory / "a" +
                           " has layout 99, this boardwalk reads up to 3; use a newer boardwalk\n");
  }
  write_file(directory / "a/LAYOUT", "boardwalk archive layout 1\n");
  const auto older = run_program({"status", "--archive", directory / "a"});
  CHECK(older.exit_code == 3);
  CHECK(older.err == "boardwalk: archive " + directory / "a" +
                         " has layout 1, which this boardwalk reads once it has brought it to layout 3; run "
                         "boardwalk compact --archive " +
                         directory / "a" + "\n");
  CHECK(run_program({"compact", "--archive", directory / "a"}).exit_code == 0);
  CHECK(run_program({"status", "--archive", directory / "a"}).exit_code == 0);
}

TEST_CASE("an archive that is not there is named") {
  const TemporaryDirectory directory;
  const auto ended = run_program({"query", "threads", "--archive", directory / "none"});
  CHECK(ended.exit_code == 3);
  CHECK(ended.err == "boardwalk: no archive at " + directory / "none" +
                         "; crawl into it first, or name another with --archive\n");
}

TEST_CASE("a record that is not there is named") {
  sample::SampleForum forum({.threads = 3});
  const TemporaryDirectory directory;
  REQUIRE(run_program({"crawl", forum.base_url(), "--archive", directory / "a", "--set", "fetch.delay=0s"})
              .exit_code == 0);
  const auto ended = run_program({"show", "nowhere.example/post/1", "--archive", directory / "a"});
  CHECK(ended.exit_code == 1);
  CHECK(ended.err ==
        "boardwalk: nowhere.example/post/1 is not in the archive; boardwalk query lists what is\n");
}

TEST_CASE("an export that cannot be written leaves nothing behind") {
  sample::SampleForum forum({.threads = 3});
  const TemporaryDirectory directory;
  REQUIRE(run_program({"crawl", forum.base_url(), "--archive", directory / "a", "--set", "fetch.delay=0s"})
              .exit_code == 0);
  const auto ended =
      run_program({"export", "jsonl", "--archive", directory / "a", "-o", directory / "none/x.jsonl"});
  CHECK(ended.exit_code == 3);
  CHECK(is_one_line(ended.err,
                    "boardwalk: cannot write " + directory / "none/x.jsonl" + ": No such file or directory"));
}

TEST_CASE("options of which one would be dropped do not go together") {
  using Words = std::vector<std::string>;
  for (const auto& words : {Words{"retry", "http://a.example/", "--outcome", "timeout"},
                            {"retry", "--host", "a.example", "http://a.example/"},
                            {"show", "--raw", "--history", "a.example/post/1"},
                            {"show", "--headers", "--history", "a.example/post/1"},
                            {"show", "--visits", "--history", "a.example/post/1"},
                            {"show", "--visits", "--raw", "a.example/post/1"},
                            {"show", "--visits", "--headers", "a.example/post/1"}}) {
    const auto ended = run_program(words);
    CHECK(ended.exit_code == 2);
    CHECK(ended.err.find(" excludes ") != std::string::npos);
  }
}
