// A forum whose template has changed, as the one sees it who runs the crawl.
#include <catch2/catch.hpp>

#include "tests/cli/program.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

TEST_CASE("a changed template ends a crawl with 1: status counts it for its site and says what was missing") {
  const sample::SampleForum forum({.boards = 2, .threads = 3, .articles = 0});
  const TemporaryDirectory directory;
  const std::string changed = forum.base_url() + "fault/changed-template";
  const auto crawl = run_program(
      {"crawl", changed, forum.base_url(), "--archive", directory / "a", "--set", "fetch.delay=0s"});
  CHECK(crawl.exit_code == 1);
  CHECK(crawl.err.find(changed + ": unreadable: a thread page without posts (no pidN, no post_N)") !=
        std::string::npos);
  const auto status = run_program({"status", "--archive", directory / "a"});
  CHECK(status.exit_code == 0);
  CHECK(status.out.find("1 unreadable") != std::string::npos);
  CHECK(status.out.find("a thread page without posts (no pidN, no post_N)") != std::string::npos);
}
