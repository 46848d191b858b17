#include "crawler/report.hpp"

#include <catch2/catch.hpp>

#include "store/database.hpp"
#include "store/packed.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk::crawler;
using boardwalk::parsers::Outcome;
namespace store = boardwalk::store;

TEST_CASE("a run's report comes back from its JSON as it was") {
  RunReport report;
  report.run = 7;
  report.sweep = 3;
  report.process = 42;
  report.started_at = 1'790'000'000'123;
  report.ended_at = 1'790'000'009'123;
  report.stop = "max_pages";
  report.fetches = 12;
  report.pages = 11;
  report.bytes = 1 << 30;
  report.failed = 1;
  report.queued = 99;
  report.outcomes[static_cast<std::size_t>(Outcome::kOk)] = 9;
  report.outcomes[static_cast<std::size_t>(Outcome::kUnsafeAddress)] = 2;
  report.records.new_posts = 88;
  report.records.duplicates = 3;
  report.failures = {{"http://a.example/\"x\"", Outcome::kTimeout, "no answer for 60 s"}};
  report.logged_out = {{"a.example", "http://a.example/forum.php"}};
  report.kept_out = {{"calendar", 7}, {"host", 1234}};
  report.hosts_stopped = {{"a.example:8080", "host_pages"}};
  const auto back = report_from_json(to_json(report));
  REQUIRE(back);
  CHECK(back->kept_out == report.kept_out);
  CHECK(back->hosts_stopped == report.hosts_stopped);
  REQUIRE(back->logged_out.size() == 1);
  CHECK(back->logged_out.front().url == "http://a.example/forum.php");
  CHECK(to_json(*back) == to_json(report));
  CHECK(back->failures.front().outcome == Outcome::kTimeout);
  CHECK(back->count(Outcome::kOk) == 9);
}

TEST_CASE("a report that is no JSON is damage") {
  const auto back = report_from_json("{\"run\":");
  REQUIRE_FALSE(back);
  CHECK(back.error().kind == boardwalk::ErrorKind::kDamaged);
}

TEST_CASE("the runs of an archive come oldest first, rows beside them that earlier versions kept aside") {
  const TemporaryDirectory temp;
  auto database = store::Database::open(temp.path() / "archive", store::Database::Access::kWrite,
                                        boardwalk::config::Sync::kOs);
  REQUIRE(database);
  store::Batch batch(**database);
  RunReport report;
  for (const int run : {2, 1}) {
    report.run = run;
    put_run(batch, report);
  }
  batch.put(store::Family::kRuns, store::big_endian(1) + "a.example", "of a host");
  REQUIRE((*database)->commit(batch));
  const auto list = runs(**database);
  REQUIRE(list);
  REQUIRE(list->size() == 2);
  CHECK((*list)[0].run == 1);
  CHECK((*list)[1].run == 2);
}

TEST_CASE("a run's scope is kept beside its row, and read with it however often the row is written") {
  const TemporaryDirectory temp;
  auto database = store::Database::open(temp.path() / "archive", store::Database::Access::kWrite,
                                        boardwalk::config::Sync::kOs);
  REQUIRE(database);
  RunReport report;
  report.run = 1;
  report.scope = {"seeds=[ 'http://of-an-earlier-version.example/' ]"};
  store::Batch batch(**database);
  batch.put(store::Family::kRuns, store::big_endian(1), to_json(report));
  report.run = 2;
  report.scope = {"seeds=[ 'http://a.example/' ]", "scope.depth=7"};
  begin_run(batch, report);
  REQUIRE((*database)->commit(batch));
  report.pages = 5;
  put_run(batch, report);
  REQUIRE((*database)->commit(batch));
  const auto row = (*database)->get(store::Family::kRuns, store::big_endian(2));
  REQUIRE(row);
  REQUIRE(*row);
  CHECK((*row)->find("a.example") == std::string::npos);
  const auto list = runs(**database);
  REQUIRE(list);
  REQUIRE(list->size() == 2);
  CHECK((*list)[0].scope == std::vector<std::string>{"seeds=[ 'http://of-an-earlier-version.example/' ]"});
  CHECK((*list)[1].scope == report.scope);
  CHECK((*list)[1].pages == 5);
}
