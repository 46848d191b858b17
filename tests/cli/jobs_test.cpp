// `crawl --jobs`: what it needs of the machine, and what it leaves behind.

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/lines.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

// A directory of jobs that are always due, each with an archive of its own.
struct Jobs {
  Jobs() { std::filesystem::create_directory(directory / "jobs"); }

  void add(const std::string& name, const std::string& more = "") const {
    write_file(directory / ("jobs/" + name + ".toml"),
               "seeds = [\"" + forum.base_url() + "\"]\nfetch.delay = \"0s\"\narchive.path = \"" +
                   directory / name + "\"\nschedule.every = \"0s\"\n" + more);
  }
  [[nodiscard]] Ended run(const std::string& more = "", const std::string& before = "") const {
    return run_shell("crawl --jobs '" + directory / "jobs" + "' " + more, before);
  }

  TemporaryDirectory directory;
  sample::SampleForum forum{{.threads = 4}};
};

}  // namespace

// UndefinedBehaviorSanitizer opens files to look at an object, and reports it where there are none.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("a job whose archive has more tables than may be open at once is run when it is due") {
  Jobs jobs;
  jobs.add("a");
  const std::string few = "ulimit -n 64;";
  std::string said;
  for (int runs = 0; runs < 64 && said.empty(); ++runs) {
    REQUIRE(jobs.run().exit_code == 0);
    said = run_shell("status --archive '" + jobs.directory / "a" + "'", few).err;
  }
  REQUIRE(said.find("the 64 files that this process may hold open are too few") != std::string::npos);
  jobs.forum.clear_requests();
  const auto ended = jobs.run("", few);
  INFO(ended.err);
  CHECK(ended.exit_code == 0);
  CHECK(jobs.forum.request_count() > 0);
}
#endif

TEST_CASE("the report of several jobs has a line for one that cannot begin, and none of an earlier run's") {
  const Jobs jobs;
  jobs.add("a", "site.files = [\"" + jobs.directory / "none" + "\"]\n");
  jobs.add("b");
  jobs.add("c");
  write_file(jobs.directory / "b", "no archive");
  const std::string report = jobs.directory / "r.jsonl";
  write_file(report, "{\"job\":\"a\",\"stop\":\"done\"}\n");
  CHECK(jobs.run("--report '" + report + "'").exit_code == 3);
  const auto lines = lines_of(contents(report));
  REQUIRE(lines.size() == 3);
  for (const std::size_t i : {0, 1})
    CHECK(lines[i].find(",\"stop\":\"error\",\"error\":\"") != std::string::npos);
  CHECK(lines[0].find("\"job\":\"a\"") != std::string::npos);
  CHECK(lines[1].find("\"job\":\"b\"") != std::string::npos);
  CHECK(lines[2].find("\"stop\":\"done\"") != std::string::npos);
  CHECK(lines[2].find("\"error\":null") != std::string::npos);
}

TEST_CASE("where the file of no job checks, no report of an earlier run stays") {
  const Jobs jobs;
  jobs.add("a", "sedes = []\n");
  const std::string report = jobs.directory / "r.jsonl";
  write_file(report, "{\"job\":\"a\",\"stop\":\"done\"}\n");
  CHECK(jobs.run("--report '" + report + "'").exit_code == 2);
  CHECK(contents(report).empty());
}

TEST_CASE("the report of several jobs has a line for each that was run") {
  const Jobs jobs;
  jobs.add("a");
  jobs.add("b", "sedes = []\n");
  jobs.add("c", "limits.max_pages = 2\n");
  const std::string report = jobs.directory / "r.jsonl";
  for (int turn = 0; turn < 2; ++turn) {
    CHECK(jobs.run("--report '" + report + "'").exit_code == 2);
    const auto lines = lines_of(contents(report));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("\"job\":\"a\"") != std::string::npos);
    CHECK(lines[1].find("\"job\":\"c\"") != std::string::npos);
    CHECK(lines[1].find("\"stop\":\"max_pages\"") != std::string::npos);
  }
}
