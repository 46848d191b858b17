// Jobs that share an archive: whose a thread is that one of them met before the other. On a made-up clock.

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "crawler/why.hpp"
#include "tests/crawler/frontier_fixture.hpp"

using namespace boardwalk;
using parsers::LinkRole;
using parsers::Outcome;
using Crawl = tests::FrontierFixture;
using tests::kBoard, tests::kOther, tests::kStart, tests::kThread;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = 24 * kHour;

const std::string kNine = "http://a.example/forum-9-1.html";

// Two jobs, a board each, whose pages are read already: the first one's run.
void begin_two(Crawl& crawl) {
  crawl.job.seeds = {kBoard, kNine};
  crawl.reopen();
  for (const auto& board : {kBoard, kNine}) {
    crawl.offer(board, LinkRole::kBoard);
    CHECK(crawl.take_url() == board);
    crawl.settle_held();
  }
  crawl.job.seeds = {kBoard};
  crawl.reopen();
  crawl.offer(kThread, LinkRole::kThread, "a", kBoard);
}

void run_of(Crawl& crawl, const std::string& board, std::int64_t sweep) {
  crawl.job.seeds = {board};
  crawl.reopen(sweep);
}

}  // namespace

TEST_CASE("a thread that another job's board lists, too, stays the one's that met it first") {
  Crawl crawl;
  begin_two(crawl);
  std::optional<std::int64_t> due;
  if (GENERATE(false, true)) {
    due = kStart + kHour;
    CHECK(crawl.take_url() == kThread);
    crawl.settle_held(Outcome::kTimeout, due);
  }
  run_of(crawl, kNine, 2);
  CHECK(crawl.frontier().is_foreign("a.example thread 1 1") == true);
  CHECK(crawl.offer(kThread, LinkRole::kThread, "a", kNine));
  CHECK(crawl.frontier().is_foreign("a.example thread 1 1") == false);
  const auto row = crawl.row(kThread);
  CHECK(row.via == "a.example board 2 1");
  CHECK(row.also_via == std::vector<std::string>{"a.example board 9 1"});
  crawl.now = kStart + kDay;
  run_of(crawl, GENERATE(kBoard, kNine), 3);
  CHECK(crawl.take_url() == kThread);
}

TEST_CASE("why a thread waits that two jobs' boards list says neither that it is out of scope") {
  Crawl crawl;
  begin_two(crawl);
  const auto decision = [&crawl](const std::string& board) {
    crawl.job.seeds = {board};
    const auto why = crawler::why(crawl.database(), *parsers::parse_url(kThread), crawl.job, crawl.now);
    REQUIRE(why);
    return why->decision;
  };
  CHECK(decision(kBoard) == "queued");
  CHECK(decision(kNine) == "out_of_scope");
  run_of(crawl, kNine, 2);
  crawl.offer(kThread, LinkRole::kThread, "a", kNine);
  CHECK(decision(kBoard) == "queued");
  CHECK(decision(kNine) == "queued");
}

TEST_CASE("a full run fetches the threads that another job's board lists, too") {
  Crawl crawl;
  begin_two(crawl);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  run_of(crawl, kNine, 2);
  CHECK_FALSE(crawl.offer(kThread, LinkRole::kThread, "a", kNine));
  for (const auto& board : {kBoard, kNine}) {
    run_of(crawl, board, 3);
    crawl.requeue_all([](const std::string&) { return true; });
    std::vector<std::string> taken;
    for (auto url = crawl.take_url(); !url.empty(); url = crawl.take_url()) {
      taken.push_back(url);
      crawl.settle_held();
    }
    CHECK(taken == std::vector<std::string>{board, kThread});
  }
}

TEST_CASE("of the boards that list a thread to other jobs the newest few are kept, and no thread's pages") {
  Crawl crawl;
  begin_two(crawl);
  crawl.job.seeds.clear();
  for (int board = 20; board < 26; ++board)
    crawl.job.seeds.push_back("http://a.example/forum-" + std::to_string(board) + "-1.html");
  crawl.reopen();
  for (const auto& board : crawl.job.seeds) {
    crawl.offer(board, LinkRole::kBoard);
    CHECK_FALSE(crawl.take_url().empty());
    crawl.settle_held();
  }
  for (const auto& board : std::vector<std::string>(crawl.job.seeds)) {
    run_of(crawl, board, 2);
    crawl.offer(kThread, LinkRole::kThread, "a", "http://a.example/thread-1-2-1.html");
    crawl.offer(kThread, LinkRole::kThread, "a", board);
    crawl.offer(kThread, LinkRole::kThread, "a", board);
  }
  CHECK(crawl.row(kThread).via == "a.example board 2 1");
  CHECK(crawl.row(kThread).also_via ==
        std::vector<std::string>{"a.example board 22 1", "a.example board 23 1", "a.example board 24 1",
                                 "a.example board 25 1"});
  CHECK(crawl.host("a.example").ready == 1);
}

TEST_CASE("a page that a job tried by a clock that was ahead is tried again, though another one ran since") {
  Crawl crawl;
  begin_two(crawl);
  crawl.now += 365 * kDay;
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held(Outcome::kTimeout, crawl.now + kHour);
  crawl.now = kStart + kHour;
  run_of(crawl, kNine, 2);
  crawl.requeue_tried_ahead();
  crawl.offer(kOther, LinkRole::kThread, "a", kNine);
  CHECK(crawl.take_url() == kOther);
  crawl.settle_held();
  crawl.now += kDay;
  run_of(crawl, kBoard, 3);
  crawl.requeue_tried_ahead();
  CHECK(crawl.take_url() == kThread);
}

TEST_CASE("a thread that another job met first is this one's once a page of its own board lists it") {
  const std::string elsewhere = "http://a.example/forum-9-1.html";
  Crawl crawl(0, 8);
  crawl.offer(kBoard, LinkRole::kBoard);
  crawl.offer(elsewhere, LinkRole::kBoard);
  const auto fetched = GENERATE(true, false);
  for (int i = 0; i < 2; ++i) {
    CHECK_FALSE(crawl.take_url().empty());
    crawl.settle_held();
  }
  crawl.offer(kThread, LinkRole::kThread, "a", elsewhere);
  crawl.offer(kOther, LinkRole::kThread, "a", elsewhere);
  if (fetched) {
    CHECK(crawl.take_url() == kThread);
    crawl.settle_held();
  }
  crawl.job.seeds = {kBoard};
  crawl.reopen(2);
  CHECK(crawl.take_url().empty());  // and has read past what is not its own
  CHECK(crawl.frontier().queued() == 0);
  CHECK_FALSE(crawl.offer(kOther, LinkRole::kThread, "b", elsewhere));
  CHECK(crawl.offer(kThread, LinkRole::kThread, "b", kBoard));
  CHECK(crawl.frontier().queued() == 1);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held();
  CHECK(crawl.take_url().empty());
  CHECK(crawl.frontier().queued() == 0);
  CHECK(crawl.host("a.example").ready == 1);
}

TEST_CASE("a thread of another job that waits for its next try keeps that time when it is this one's, too") {
  Crawl crawl;
  crawl.offer(kBoard, LinkRole::kBoard);
  CHECK(crawl.take_url() == kBoard);
  crawl.settle_held();
  crawl.offer(kThread);
  CHECK(crawl.take_url() == kThread);
  crawl.settle_held(Outcome::kTimeout, kStart + kHour);
  crawl.job.seeds = {kBoard};
  crawl.reopen(2);
  CHECK(crawl.take_url().empty());
  crawl.offer(kThread, LinkRole::kThread, {}, kBoard);
  CHECK(crawl.frontier().queued() == 1);
  CHECK(crawl.take_url().empty());
  crawl.now = kStart + kHour;
  CHECK(crawl.take_url() == kThread);
}
