// How runs read what their pages do not tell, and what is read again without their jobs.

#include "store/run_reading.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <utility>
#include <vector>

#include "fetched_site.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/clusters.hpp"
#include "store/packed.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const std::string kShort = "桥头的豆腐店";        // counts by min_chars 4 alone
const ReplayOptions kNoJob;                       // no zone, min_chars 16
const RunReading kEast{480, 16}, kWest{-300, 4};  // FetchedSite reads as the first
constexpr ReplayOptions kWestForAll{nullptr, -300, 4, 0, 500'000, true, true};

void tell(FetchedSite& site, int run, const RunReading& reading) {
  Batch batch(site.database());
  put_run_reading(batch, run, reading);
  REQUIRE(site.database().commit(batch));
}

std::vector<RecordChange> changes(FetchedSite& site, const ReplayOptions& options) {
  std::vector<RecordChange> all;
  REQUIRE(compare_reparsed(site.database(), options,
                           [&all](const RecordChange& change) { all.push_back(change); }));
  return all;
}

std::string zone_of(FetchedSite& site, const std::string& pid) {
  const std::string time = site.post(pid).posted_at.value().rfc3339();
  return time.substr(time.size() - 6);
}

}  // namespace

TEST_CASE("what runs tell of their reading is read back, of merged runs as well") {
  FetchedSite site;
  for (const auto& [run, reading] :
       {std::pair{1, kWest}, std::pair{300, RunReading{std::nullopt, 0}}, std::pair{-2, kEast}})
    tell(site, run, reading);
  const auto told = run_readings(site.database());
  REQUIRE(told);
  CHECK(*told == std::map<int, RunReading>{{-2, kEast}, {1, kWest}, {300, {std::nullopt, 0}}});
  Batch batch(site.database());
  batch.put(Family::kRuns, run_reading_key(4), "\xff");
  REQUIRE(site.database().commit(batch));
  CHECK(run_readings(site.database()).error().kind == ErrorKind::kDamaged);
}

TEST_CASE("each page is read again as its run read it, without the job, when something is forgotten") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kShort}, {2, "乙", "早安"}}, 10);
  site.fetch(6, {{3, "丙", kShort}}, 20);
  tell(site, 10, {480, 4});
  tell(site, 20, {-300, 4});
  REQUIRE(reparse(site.database(), kNoJob, [](const RecordChange&) {}));
  CHECK(zone_of(site, "1") == "+08:00");
  CHECK(zone_of(site, "3") == "-05:00");
  CHECK(site.post("1").duplicate_of.has_value() != site.post("3").duplicate_of.has_value());
  auto before = site.lines();
  site.forget(record_target("bbs.test/post/2"));
  CHECK(zone_of(site, "3") == "-05:00");
  CHECK(changes(site, kNoJob).empty());
  CHECK(site.lines().size() == before.size() - 1);
}

TEST_CASE("merged runs are read as the archives that they come from tell, in any order") {
  FetchedSite a, b;
  a.fetch(5, {{1, "甲", "早安"}}, 10);
  b.fetch(6, {{2, "乙", "晚安"}}, 10);
  tell(a, 10, kEast);
  tell(b, 10, kWest);
  for (const auto& order : {std::vector{&a, &b}, std::vector{&b, &a, &b}}) {
    FetchedSite into;
    for (FetchedSite* source : order) REQUIRE(merge_pages(into.database(), source->database()));
    REQUIRE(settle_merge(into.database(), kNoJob));
    CHECK(zone_of(into, "1") == "+08:00");
    CHECK(zone_of(into, "2") == "-05:00");
  }
}

TEST_CASE(
    "what reparse is asked to read by is what the runs tell from then on, and a dry run changes nothing") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", "早安"}}, 10);
  site.fetch(6, {{2, "乙", "晚安"}}, 20);
  tell(site, 10, kEast);
  CHECK(changes(site, kWestForAll).size() == 2 + 2);  // posts, and threads with their times
  CHECK(run_readings(site.database())->size() == 1);
  REQUIRE(reparse(site.database(), kWestForAll, [](const RecordChange&) {}));
  CHECK(*run_readings(site.database()) == std::map<int, RunReading>{{10, kWest}, {20, kWest}});
  CHECK(zone_of(site, "1") == "-05:00");
  CHECK(changes(site, kNoJob).empty());
}

TEST_CASE("the options tell of runs that do not, as those of earlier versions") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", "早安"}}, 10);
  CHECK(changes(site, kReading).empty());
  const ReplayOptions west{nullptr, -300, 16};
  CHECK_FALSE(changes(site, west).empty());
  tell(site, 10, kEast);
  CHECK(changes(site, west).empty());
}

TEST_CASE("reparse tells the records that become copies, or are none any more") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kShort}}, 10);
  site.fetch(6, {{2, "乙", kShort}}, 20);
  const ReplayOptions few{nullptr, 480, 4, 0, 500'000, true, true},
      many{nullptr, 480, 16, 0, 500'000, true, true};
  for (const ReplayOptions& options : {few, many}) {
    const auto told = changes(site, options);
    REQUIRE(told.size() == 1);
    CHECK(told.front().record_id == "bbs.test/post/2");
    CHECK(told.front().kind == RecordChange::Kind::kChanged);
    CHECK(told.front().fields == std::vector<std::string>{"duplicate_of"});
    REQUIRE(reparse(site.database(), options, [](const RecordChange&) {}));
    CHECK(changes(site, options).empty());
  }
}

TEST_CASE("reparse tells the records whose original is another, though no row of theirs differs") {
  FetchedSite site;
  for (const int tid : {1, 2, 3})
    site.fetch(tid, {{tid, "甲", "桥头的豆腐店开了三十年，老板说明年要把店交给女儿"}}, 10 * tid);
  REQUIRE(site.post("3").duplicate_of == "bbs.test/post/1");
  const auto digest = digest_key(*site.post("3").fold_sha256);
  const auto head = cluster_head(site.database(), *digest);
  REQUIRE((head && *head));
  Batch batch(site.database());
  Packer row;
  row((*head)->members);
  row(std::string("bbs.test/post/2"));
  row((*head)->rank.published);
  row((*head)->rank.first_seen);
  batch.put(Family::kFolds, *digest, row.take());
  REQUIRE(site.database().commit(batch));
  const auto told = changes(site, kReading);
  REQUIRE(told.size() == 3);
  for (const auto& change : told) CHECK(change.fields == std::vector<std::string>{"duplicate_of"});
}
