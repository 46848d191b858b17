// What reparse, merge and forget keep of the time zone and min_chars that each run read its pages by.

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "store/run_reading.hpp"
#include "store/schema.hpp"
#include "tests/cli/crawled.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

// The same forum by the clock of another zone, where no text is too short to be a copy.
void crawl_west(const Crawled& crawled, const std::string& into) {
  REQUIRE(run_program({"crawl", crawled.forum.base_url(), "--archive", into, "--set", "fetch.delay=0s",
                       "--set", "site.timezone=-05:00", "--set", "duplicates.min_chars=1"})
              .exit_code == 0);
}

}  // namespace

TEST_CASE("the times and copies of an archive stay as its crawl read them, whatever is forgotten or merged") {
  const Crawled crawled;
  const std::string west = crawled.directory / "west", empty = crawled.directory / "empty";
  crawl_west(crawled, west);
  const std::string records = crawled.records(west);
  REQUIRE(has(records, "-05:00"));
  CHECK(run_program({"merge", west, "--archive", empty}).exit_code == 0);
  CHECK(crawled.records(empty) == records);
  CHECK(has(run_program({"reparse", "--dry-run", "--archive", west}).out, "; 0 records would differ;"));
  const std::string id =
      field(run_program({"query", "posts", "--format", "jsonl", "--archive", west}).out, "id");
  REQUIRE(run_program({"forget", id, "--archive", west}).exit_code == 0);
  CHECK(has(run_program({"reparse", "--dry-run", "--archive", west}).out, "; 0 records would differ;"));
  CHECK(has(crawled.records(west), "-05:00"));
  const auto east = run_program({"reparse", "--set", "site.timezone=+08:00", "--archive", west});
  CHECK(east.exit_code == 0);
  CHECK_FALSE(has(crawled.records(west), "-05:00"));
  CHECK(has(run_program({"reparse", "--archive", west}).out, "; 0 records differ;"));
}

TEST_CASE("a job that reparse is given for all else leaves each run its own time zone and min_chars") {
  const Crawled crawled;
  const std::string west = crawled.directory / "west", job = crawled.directory / "job.toml";
  crawl_west(crawled, west);
  const std::string seeds = "seeds = [\"" + crawled.forum.base_url() + "\"]\n";
  const auto reparse = [&](const std::string& text) {
    std::ofstream(job) << text;
    return run_program({"reparse", "--job", job, "--archive", west}).out;
  };
  CHECK(has(reparse(seeds), "; 0 records differ;"));
  CHECK(has(reparse(seeds + "[limits]\nparse_workers = 2\n"), "; 0 records differ;"));
  CHECK_FALSE(has(reparse(seeds + "[site]\ntimezone = \"auto\"\n"), "; 0 records differ;"));
  CHECK_FALSE(has(crawled.records(west), "-05:00"));
}

TEST_CASE("forget and merge tell which runs do not tell how they read, unless the job is named") {
  const Crawled crawled;
  {
    const auto database = store::Database::open(crawled.archive, store::Database::Access::kChange);
    REQUIRE(database);
    store::Batch batch(**database);
    const auto told = store::run_readings(**database);
    REQUIRE(told);
    REQUIRE_FALSE(told->empty());
    for (const auto& [run, reading] : *told) batch.erase(store::Family::kRuns, store::run_reading_key(run));
    REQUIRE((*database)->commit(batch));
  }
  const std::string words = "boardwalk: 1 runs of " + crawled.archive +
                            " are of an earlier version, which did not keep site.timezone and "
                            "duplicates.min_chars: their pages are read by the defaults; where the crawl's "
                            "job says otherwise, boardwalk reparse with --job brings back what it said\n";
  const std::string posts = crawled.run({"query", "posts", "--format", "jsonl"}).out;
  CHECK(run_program({"merge", crawled.archive, "--archive", crawled.directory / "all"}).err == words);
  CHECK(crawled.run({"forget", field(posts, "id"), "--set", "site.timezone=+08:00"}).err.empty());
  CHECK(crawled.run({"forget", field(posts, "thread_id").insert(0, crawled.forum.site() + "/thread/")}).err ==
        words);
}
