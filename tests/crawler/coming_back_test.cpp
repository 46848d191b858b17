// A run that follows another one: what it finds, and what that costs. The forum is the sample forum, the
// clock made up: a day lies between two runs.

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "crawler/engine.hpp"
#include "crawler/schedule.hpp"
#include "store/query.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using sample::SampleForum;
using store::Database;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = 24 * kHour;
constexpr int kRows = 20;  // of a board page of the sample forum

// Under sanitizers the same with fewer threads.
#if defined(__SANITIZE_ADDRESS__)
constexpr int kThreads = 600;
#else
constexpr int kThreads = 5000;
#endif

// A forum, its archive, and runs on a clock that the test moves.
class Days {
 public:
  explicit Days(const sample::Options& options) : forum(options) {
    job.fetch.delay = {};
    job.fetch.per_host = 8;
    job.fetch.retry_delay = config::Milliseconds(1000);
    job.archive.sync = config::Sync::kOs;
    job.seeds = {forum.base_url()};
  }

  RunReport run(bool full = false) {
    database_.reset();
    auto opened = Database::open(directory_ / "archive", Database::Access::kWrite, job.archive.sync);
    REQUIRE(opened);
    database_ = std::move(*opened);
    forum.clear_requests();
    CrawlOptions options;
    options.now = [this] { return clock; };
    options.on_progress = [this](const RunReport&) { clock += 100; };  // time passes with what happens
    options.full = full;
    options.job_name = "forum";
    auto report = crawler::crawl(*database_, job, options);
    if (!report) FAIL(report.error().message);
    return *report;
  }

  std::vector<parsers::Post> posts(int tid) {
    auto list = store::posts_of_thread(*database_, forum.site(), std::to_string(tid));
    REQUIRE(list);
    return *list;
  }

  bool holds(int tid, std::int64_t pid) {
    const auto all = posts(tid);
    return std::any_of(all.begin(), all.end(),
                       [pid](const auto& post) { return post.post_id == std::to_string(pid); });
  }

  parsers::Post post(int tid, std::int64_t pid) {
    for (auto& post : posts(tid))
      if (post.post_id == std::to_string(pid)) return post;
    FAIL("no post " << pid << " in thread " << tid);
    return {};
  }

  std::vector<RunReport> runs() {
    const auto all = crawler::runs(*database_);
    REQUIRE(all);
    return *all;
  }

  bool reads(int tid) const { return forum.model()->thread(tid)->guest_visible; }

  SampleForum forum;
  config::Job job = config::default_job();
  std::int64_t clock = (sample::kDayOneEnds + 3600) * 1000;

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<Database> database_;
};

// Pages of each board's list down to the last row of a thread in `tids`.
int list_pages_down_to(const sample::Model& model, const std::set<int>& tids) {
  int pages = 0;
  for (const auto& board : model.boards()) {
    const auto rows = model.rows(board);
    int deepest = -1;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (tids.contains(rows[i]->tid) && rows[i]->sticky.empty()) deepest = static_cast<int>(i);
    pages += deepest < 0 ? 0 : deepest / kRows + 1;
  }
  return pages;
}

}  // namespace

TEST_CASE(
    "a day later a forum is read at the cost of what changed, and a day without news costs its listings") {
  Days days({.threads = kThreads, .articles = 0, .per_day = {40, 10, 5, 3, 0, 0, 0}});
  days.job.scope.exclude = {"*/news/*"};  // the site beside the forum
  const RunReport first = days.run();
  REQUIRE(first.stop == "done");
  REQUIRE(first.failed == 0);

  days.clock += kDay;
  days.forum.set_day(2);
  const auto model = days.forum.model();
  const auto& changes = model->changes(2);
  const RunReport second = days.run();
  CHECK(second.failed == 0);

  std::set<int> lively;
  int fewest = 1;  // the index, which leads to the boards
  for (const auto& growth : changes.grown) {
    if (!days.reads(growth.tid)) continue;
    lively.insert(growth.tid);
    fewest += model->page_count(*model->thread(growth.tid)) - growth.first_page + 1;
    for (const auto pid : growth.pids) CHECK(days.holds(growth.tid, pid));
  }
  for (const int tid : changes.added) {
    lively.insert(tid);
    fewest += model->page_count(*model->thread(tid));
    CHECK(static_cast<int>(days.posts(tid).size()) == model->living(*model->thread(tid)));
  }
  fewest += list_pages_down_to(*model, lively);
  for (const auto& edit : changes.edited)
    if (edit.beside_growth && days.reads(edit.tid)) CHECK(days.post(edit.tid, edit.pid).seen.version == 2);
  INFO("first run " << first.pages << ", second " << second.pages << ", fewest pages " << fewest);
  CHECK(static_cast<double>(second.pages) <= 1.3 * fewest);

  days.clock += kDay / 2;
  const RunReport third = days.run();
  INFO("third run " << third.fetches);
  CHECK(days.forum.request_count("/thread-") == 0);
  CHECK(third.records.new_posts == 0);
  const auto boards = static_cast<std::int64_t>(model->boards().size());
  CHECK(third.fetches <= 2 + boards);  // robots.txt, the index, one page a board
  if (kThreads >= 1500) CHECK(third.fetches * 100 <= first.fetches);
}

TEST_CASE("a full run finds every edit and deletion, also where no listing tells of it") {
  Days days({.threads = 100, .articles = 0, .per_day = {10, 2, 5, 3, 0, 0, 0}});
  REQUIRE(days.run().stop == "done");
  days.clock += kDay;
  days.forum.set_day(2);
  const auto model = days.forum.model();
  const auto& changes = model->changes(2);
  const RunReport whole = days.run(true);
  CHECK(whole.failed == 0);
  for (const auto& edit : changes.edited)
    if (days.reads(edit.tid)) CHECK(days.post(edit.tid, edit.pid).seen.version == 2);
  for (const auto& deletion : changes.deleted) {
    if (!days.reads(deletion.tid)) continue;
    const auto post = days.post(deletion.tid, deletion.pid);
    CHECK(post.seen.gone_at);
    CHECK_FALSE(post.text.empty());
  }
}

TEST_CASE("a thread whose listing counts fewer replies is read whole, and the missing post is gone") {
  // Few threads stand on one page of each board's list, so that the listing reveals every deletion.
  Days days({.threads = 40, .articles = 0, .per_day = {6, 0, 0, 4, 0, 0, 0}});
  REQUIRE(days.run().stop == "done");
  days.clock += kDay;
  days.forum.set_day(2);
  const RunReport second = days.run();
  int seen = 0;
  for (const auto& deletion : days.forum.model()->changes(2).deleted) {
    if (!days.reads(deletion.tid)) continue;
    CHECK(days.post(deletion.tid, deletion.pid).seen.gone_at);
    ++seen;
  }
  CHECK(seen > 0);
  CHECK(second.gone_posts == seen);
}

TEST_CASE("a forum that closes up after a deletion loses no new post") {
  Days days({.threads = 60, .articles = 0, .renumber_floors = true, .per_day = {20, 2, 0, 10, 0, 0, 0}});
  REQUIRE(days.run().stop == "done");
  for (const int day : {2, 3, 4}) {
    days.clock += kDay;
    days.forum.set_day(day);
    days.run();
    for (const auto& growth : days.forum.model()->changes(day).grown)
      for (const auto pid : growth.pids)
        if (days.reads(growth.tid)) CHECK(days.holds(growth.tid, pid));
  }
}

TEST_CASE("a changed sticky alone does not make a board's next page worth a look") {
  Days days({.threads = 200, .articles = 0, .per_day = {0, 0, 0, 0, 0, 0, 0}});
  REQUIRE(days.run().stop == "done");
  days.clock += kDay;
  days.run();
  CHECK(days.forum.request_count("/forum-") <= days.forum.model()->boards().size());
}

TEST_CASE("over thirty days articles are looked at after an hour, a day, a week, and robots.txt once a day") {
  Days days({.threads = 4, .articles = 3, .per_day = {0, 0, 0, 0, 0, 0, 0}});
  const auto article = days.forum.model()->articles().front();
  days.clock = article.published_at * 1000 + kHour / 2;
  std::vector<int> looked;
  int robots = 0;
  int started = 0;
  const std::int64_t begins = days.clock;
  for (std::int64_t hour = 0; hour < 30 * 24; ++hour) {
    days.clock = std::max(days.clock, begins + hour * kHour);
    if (started > 0 && next_start(days.runs(), "forum", days.job, days.clock) > days.clock) continue;
    REQUIRE(days.run().stop == "done");
    ++started;
    if (days.forum.request_count(article.path) > 0) looked.push_back(static_cast<int>(hour / 24));
    robots += static_cast<int>(days.forum.request_count("/robots.txt"));
  }
  CHECK(started == 30);
  // Due an hour, a day, a week after the look before; seen by the first run after that.
  REQUIRE(looked.size() >= 4);
  CHECK(looked[0] == 0);
  CHECK(looked[1] == 1);
  CHECK((looked[2] == 2 || looked[2] == 3));
  CHECK((looked[3] - looked[2] == 7 || looked[3] - looked[2] == 8));
  CHECK(looked.size() == 4);
  CHECK(robots >= 15);
  CHECK(robots <= 30);
}

TEST_CASE("a host that answers 503 with Retry-After is left alone for as long, over runs") {
  Days days({.threads = 10, .articles = 0});
  days.job.fetch.retries = 0;
  REQUIRE(days.run().stop == "done");
  days.clock += kDay;
  days.forum.set_faults({.error_rate = 1, .retry_after = 7200});
  days.run();
  CHECK(days.forum.request_count() > 0);
  days.forum.set_faults({});
  days.clock += kHour;
  days.run();
  CHECK(days.forum.request_count() == 0);
  days.clock += 2 * kHour;
  days.run();
  CHECK(days.forum.request_count() > 0);
}

TEST_CASE("outside its hours a host is asked nothing, and inside them it is") {
  Days days({.threads = 10, .articles = 0});
  days.job.fetch.hours = *config::hours_from("01:00-06:00");
  const std::int64_t midnight = 1'716'220'800'000;  // 2024-05-21 00:00 +08:00
  days.clock = midnight + 12 * kHour;
  CHECK(days.run().stop == "outside_hours");
  CHECK(days.forum.request_count() == 0);
  days.clock = midnight + 26 * kHour;
  CHECK(days.run().stop == "done");
  CHECK(days.forum.request_count() > 10);
}

TEST_CASE("a denied page is not asked for again the same day, and is the day after") {
  Days days({.threads = 60, .articles = 0, .per_day = {0, 0, 0, 0, 0, 0, 0}});
  const RunReport first = days.run();
  REQUIRE(first.count(parsers::Outcome::kDenied) > 0);
  days.clock += kDay / 2;
  CHECK(days.run().count(parsers::Outcome::kDenied) == 0);
  days.clock += kDay;
  CHECK(days.run().count(parsers::Outcome::kDenied) == first.count(parsers::Outcome::kDenied));
}
