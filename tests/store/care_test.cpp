// Reparse and merge, over pages of a made-up forum that the parsers of today read.

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "fetched_site.hpp"
#include "parsers/digest.hpp"
#include "store/care/lost_records.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/care/unsettled.hpp"
#include "store/files.hpp"
#include "store/forgotten.hpp"
#include "store/json_field.hpp"
#include "store/query.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"
#include "tests/parsers/news_page.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const std::string kSecret = "这一段话只说给一个人听，后来他不愿意再让别人看到，请把它拿下来";
const std::string kPublic = "桥头的豆腐店开了三十年，老板说明年要把店交给女儿，生意还是老样子";

std::vector<RecordChange> reparsed(FetchedSite& site, bool dry_run, const ReplayOptions& reading = kReading) {
  std::vector<RecordChange> changes;
  const auto tell = [&changes](const RecordChange& change) { changes.push_back(change); };
  REQUIRE(
      (dry_run ? compare_reparsed(site.database(), reading, tell) : reparse(site.database(), reading, tell)));
  return changes;
}

}  // namespace

TEST_CASE("reparse finds nothing to change in what today's parsers made") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "short"}}, 10);
  site.fetch(5, {{1, "甲", kPublic + "。"}, {2, "乙", "short"}}, 20);
  site.fetch(6, {{3, "丙", kPublic}}, 30);
  const auto before = site.lines();
  CHECK(reparsed(site, true).empty());
  CHECK(reparsed(site, false).empty());
  CHECK(site.lines() == before);
  CHECK(site.findings().empty());
}

TEST_CASE("a dry run lists exactly the records that differ and changes nothing, reparse makes them right") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "short"}}, 10);
  site.fetch(6, {{3, "丙", kSecret}}, 20);
  const auto right = site.lines();
  // As another parser would have read it: one field of one record, one record too few, one too many.
  Batch batch(site.database());
  const std::string changed = post_key("bbs.test", "5", "1");
  std::string value = *site.database().get(Family::kRecords, changed).value();
  value.replace(value.find("甲"), 3, "癸");
  batch.put(Family::kRecords, changed, value);
  batch.erase(Family::kRecords, post_key("bbs.test", "5", "2"));
  value.replace(value.find("post/1"), 6, "post/9");
  batch.put(Family::kRecords, post_key("bbs.test", "5", "9"), value);
  REQUIRE(site.database().commit(batch));
  const auto wrong = site.lines();

  const auto check = [](const std::vector<RecordChange>& changes) {
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].record_id == "bbs.test/post/1");
    CHECK(changes[0].kind == RecordChange::Kind::kChanged);
    CHECK(changes[0].fields == std::vector<std::string>{"author"});
    CHECK(changes[1].record_id == "bbs.test/post/2");
    CHECK(changes[1].kind == RecordChange::Kind::kNew);
    CHECK(changes[2].record_id == "bbs.test/post/9");
    CHECK(changes[2].kind == RecordChange::Kind::kGone);
  };
  check(reparsed(site, true));
  CHECK(site.lines() == wrong);
  check(reparsed(site, false));
  CHECK(site.lines() == right);
  CHECK(site.findings().empty());
}

TEST_CASE("the damaged page that was fetched first ends a reparse, on however many threads") {
  FetchedSite site;
  constexpr int kPages = 40;  // fetched against the order of their names
  for (int tid = 1; tid <= kPages; ++tid)
    site.fetch(tid, {{tid, "甲", fmt::format("{}{}", tid, kPublic)}}, 10 * (kPages - tid) + 10);
  const auto before = site.lines();
  std::map<std::int64_t, std::string> damaged;  // digests by the time of the fetch
  REQUIRE(for_each_visit(site.database(), [&](const Visit& visit) {
    if (visit.fetched_at == 170'000 || visit.fetched_at == 310'000)
      damaged.emplace(visit.fetched_at, visit.sha256);
    return true;
  }));
  REQUIRE(damaged.size() == 2);
  Batch batch(site.database());
  for (const auto& [at, digest] : damaged) batch.put(Family::kBodies, *digest_key(digest), "damaged");
  REQUIRE(site.database().commit(batch));
  for (const int workers : {1, 2, 7}) {
    ReplayOptions reading = kReading;
    reading.workers = workers;
    const auto done =
        reparse(site.database(), reading, [](const RecordChange& change) { FAIL(change.record_id); });
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::kDamaged);
    CHECK(done.error().message.find(damaged.begin()->second) != std::string::npos);
    CHECK(site.lines() == before);
  }
}

TEST_CASE("reparse leaves nothing of its own behind, nor what one that was killed has left") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}}, 10);
  const auto right = site.lines();
  const auto killed = site.directory() / "reparse.4194305.tmp";  // above the largest process id
  std::filesystem::create_directories(killed / "db");
  Batch batch(site.database());
  batch.erase(Family::kRecords, post_key("bbs.test", "5", "1"));
  REQUIRE(site.database().commit(batch));
  CHECK(reparsed(site, false).size() == 1);
  CHECK(site.lines() == right);
  for (const auto& entry : std::filesystem::directory_iterator(site.directory()))
    CHECK_FALSE(entry.path().filename().string().starts_with("reparse."));
}

TEST_CASE(
    "one who reads beside a reparse sees all of it or nothing, and a kill leaves the one or the other") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  const auto right = site.lines();
  Batch batch(site.database());
  batch.erase(Family::kRecords, post_key("bbs.test", "5", "1"));
  batch.erase(Family::kRecords, post_key("bbs.test", "5", "2"));
  REQUIRE(site.database().commit(batch));
  const auto wrong = site.lines();
  std::vector<std::vector<std::string>> seen;
  const auto look = [&](const RecordChange&) {
    const auto reader = Database::open(site.directory(), Database::Access::kRead);
    REQUIRE(reader);
    std::vector<std::string> lines;
    REQUIRE((*reader)->scan(Family::kRecords, "", "", [&](std::string_view, std::string_view value) {
      lines.emplace_back(parse_record_value(value)->json);
      return true;
    }));
    seen.push_back(lines);
  };
  REQUIRE(reparse(site.database(), kReading, look));
  REQUIRE(seen.size() == 2);
  CHECK(seen.front().size() == wrong.size());
  CHECK(seen.back() == seen.front());
  site.reopen();
  CHECK(site.lines() == right);
  CHECK(site.findings().empty());
}

TEST_CASE("archives merged in any order, and again, hold the same records, each page once") {
  const auto fill = [](FetchedSite& site, int which) {
    if (which != 1) site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "one"}}, 10);
    if (which != 0) site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "two"}, {4, "丁", "new"}}, 20);
    if (which != 0) site.fetch(6, {{3, "丙", kPublic}}, 15, "mirror.test");
  };
  FetchedSite a, b, whole;
  fill(a, 0);
  fill(b, 1);
  fill(whole, 2);
  FetchedSite ab, ba;
  for (const auto& [into, order] :
       {std::pair{&ab, std::vector{&a, &b}}, std::pair{&ba, std::vector{&b, &a, &b}}}) {
    for (FetchedSite* source : order) REQUIRE(merge_pages(into->database(), source->database()));
    REQUIRE(settle_merge(into->database(), kReading));
    CHECK(into->lines() == whole.lines());
    CHECK(into->findings().empty());
  }
  const auto again = merge_pages(ab.database(), a.database());
  REQUIRE(again);
  CHECK(again->visits == 0);
  CHECK(again->bodies == 0);
}

TEST_CASE(
    "a merge that was cut off is told from then on, until it is settled: one that changed nothing is not") {
  FetchedSite source, into;
  source.fetch(5, {{1, "甲", kPublic}}, 10);
  REQUIRE(merge_pages(into.database(), source.database()));
  into.reopen();
  const auto found = into.findings();
  REQUIRE(found.size() == 1);
  CHECK(found.front().what == "boardwalk merge has begun and not come to its end");
  CHECK(
      found.front().affects ==
      "records, which are not those of all pages; unless it still runs, run it again, or boardwalk reparse");
  CHECK(ended_unsettled(into.database(), kMergeCommand, {ErrorKind::kIo, "full"}).message ==
        "full; boardwalk merge has not come to its end: run it again");
  REQUIRE(settle_merge(into.database(), kReading));
  CHECK(into.lines() == source.lines());
  CHECK(into.findings().empty());
  REQUIRE(merge_pages(into.database(), source.database()));
  CHECK(into.findings().empty());
  CHECK(ended_unsettled(into.database(), kMergeCommand, {ErrorKind::kIo, "full"}).message == "full");
}

TEST_CASE("records are lost that no page gives, but not those that moved to another thread") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "short"}}, 10);
  const std::string key = post_key("bbs.test", "5", "2"), moved = post_key("bbs.test", "9", "2");
  std::string value = *site.database().get(Family::kRecords, key).value();
  Batch batch(site.database());
  batch.erase(Family::kRecords, key);
  batch.put(Family::kRecords, moved, value);
  batch.put(Family::kIds, "bbs.test/post/2", moved);
  value.replace(value.find("post/2"), 6, "post/7");
  batch.put(Family::kRecords, post_key("bbs.test", "5", "7"), value);
  REQUIRE(site.database().commit(batch));
  LostRecords lost;
  int gone = 0;
  REQUIRE(reparse(site.database(), kReading, [&](const RecordChange& change) {
    gone += change.kind == RecordChange::Kind::kGone ? 1 : 0;
    lost.note(change);
  }));
  CHECK(gone == 2);
  CHECK(lost.count(site.database()).value() == 1);
}

TEST_CASE("reparse finds what is gone and what was seen again as the crawl found it") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "two"}, {3, "丙", "three"}}, 10);
  site.fetch(5, {{1, "甲", kPublic}, {3, "丙", "three"}}, 20);
  site.fetch(6, {{4, "甲", "four"}}, 30);
  site.miss("http://bbs.test/thread-6-1-1.html", 40, 40);
  site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{6, "title 6", "甲", "甲"}}), 50, 50);
  CHECK(site.post("2").seen.gone_at == 20);
  CHECK(site.post("4").seen.gone_at == 40);
  const std::string article = "http://news.test/a/lamp.html";
  site.fetch_page(article, parsers::news_page("2021-03-04 05:06", parsers::paragraphs()), 60, 60);
  site.miss(article, 70, 70);
  const auto before = site.lines();
  CHECK(text_field(before.back(), "gone_at") == "1970-01-01T00:01:10Z");
  ReplayOptions reading = kReading;
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{2}, std::size_t{3}, kReading.at_once}) {
    CAPTURE(at_once);
    reading.at_once = at_once;
    CHECK(reparsed(site, true, reading).empty());
    CHECK(reparsed(site, false, reading).empty());
    CHECK(site.lines() == before);
    const auto looked = compare_reparsed(site.database(), reading, [](const RecordChange&) {});
    REQUIRE(looked);
    CHECK(looked->pages == 5);
  }
  CHECK(site.findings().empty());
}

TEST_CASE("a sitemap makes no record when it is read again, as it made none in the crawl") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}}, 10);
  std::string sitemap =
      "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
  for (int i = 0; i < 60; ++i)
    sitemap += "<url><loc>http://bbs.test/forum-" + std::to_string(i) + "-1.html</loc></url>";
  sitemap += "</urlset>";
  Visit visit;
  visit.key = "bbs.test /sitemap.xml";
  visit.url = "http://bbs.test/sitemap.xml";
  visit.fetched_at = 20'000;
  visit.status = 200;
  visit.sha256 = parsers::sha256_hex(sitemap);
  visit.headers = {{"Content-Type", "text/xml"}};
  Batch batch(site.database());
  put_visit(batch, visit);
  REQUIRE(put_body(batch, visit.sha256, sitemap));
  REQUIRE(site.database().commit(batch));
  CHECK(reparsed(site, false).empty());
}

TEST_CASE("a page that asked not to be indexed stays out of what reparse makes") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}}, 10);
  const std::string hidden = thread_html(6, {{2, "乙", kSecret}});
  Visit visit;
  visit.key = "bbs.test thread 6 1";
  visit.url = "http://bbs.test/thread-6-1-1.html";
  visit.fetched_at = 20'000;
  visit.status = 200;
  visit.sha256 = parsers::sha256_hex(hidden);
  visit.detail = kNoIndex;
  Batch batch(site.database());
  put_visit(batch, visit);
  REQUIRE(put_body(batch, visit.sha256, hidden));
  REQUIRE(site.database().commit(batch));
  CHECK(reparsed(site, false).empty());
}

TEST_CASE("files come along with a merge, of two states of one the later, in any order: sessions do not") {
  FetchedSite a, b;
  const std::string post = "<img src=\"http://bbs.test/data/1.png\" />看图";
  a.fetch(5, {{1, "甲", post}}, 10);
  a.fetch_file("http://bbs.test/data/1.png", "old bytes", 20);
  a.fetch_file("http://bbs.test/data/2.png", "other bytes", 20);
  b.fetch_file("http://bbs.test/data/1.png", "new bytes", 30);
  Batch batch(b.database());
  batch.put(Family::kMeta, "cookies/bbs.test", "a session");
  REQUIRE(b.database().commit(batch));
  FetchedSite ab, ba;
  for (const auto& [into, order] :
       {std::pair{&ab, std::vector{&a, &b}}, std::pair{&ba, std::vector{&b, &a, &b}}}) {
    for (FetchedSite* source : order) REQUIRE(merge_pages(into->database(), source->database()));
    REQUIRE(settle_merge(into->database(), kReading));
    const auto file = file_of(into->database(), "http://bbs.test/data/1.png");
    REQUIRE(file);
    REQUIRE(file->has_value());
    CHECK((*file)->sha256 == parsers::sha256_hex("new bytes"));
    CHECK(file_of(into->database(), "http://bbs.test/data/2.png")->has_value());
    CHECK_FALSE(into->database().get(Family::kMeta, "cookies/bbs.test")->has_value());
    CHECK(into->findings().empty());
  }
  CHECK(ab.lines() == ba.lines());
}

TEST_CASE("merged runs stay apart from each other, under numbers below zero") {
  FetchedSite a, b, into;
  a.fetch_page("http://bbs.test/thread-5-1-1.html", thread_html(5, {{1, "甲", kPublic}}), 10, 1);
  a.fetch_page("http://bbs.test/thread-6-1-1.html", thread_html(6, {{2, "甲", kPublic}}), 20, 2);
  b.fetch_page("http://bbs.test/thread-7-1-1.html", thread_html(7, {{3, "甲", kPublic}}), 30, 1);
  for (FetchedSite* source : {&a, &b}) REQUIRE(merge_pages(into.database(), source->database()));
  std::vector<int> runs;
  REQUIRE(for_each_visit(into.database(), [&runs](const Visit& visit) {
    runs.push_back(visit.run);
    return true;
  }));
  CHECK(runs == std::vector<int>{-1, -2, -3});
}

TEST_CASE("a run that comes in two pieces, of a backup and of its archive, is one, in either order") {
  FetchedSite archive, backup;
  const auto fetch = [](FetchedSite& site, int tid, std::int64_t at, int run) {
    site.fetch_page(fmt::format("http://bbs.test/thread-{}-1-1.html", tid),
                    thread_html(tid, {{tid, "甲", kPublic}}), at, run);
  };
  // The page that both have stands behind the others in the order of keys.
  for (FetchedSite* site : {&archive, &backup}) fetch(*site, 9, 10, 4);
  fetch(archive, 5, 20, 4);
  fetch(archive, 6, 30, 5);
  FetchedSite first, last;
  for (const auto& [into, order] : {std::pair{&first, std::vector{&backup, &archive}},
                                    std::pair{&last, std::vector{&archive, &backup}}}) {
    for (FetchedSite* source : order) REQUIRE(merge_pages(into->database(), source->database()));
    std::map<std::int64_t, int> runs;  // by the time of the fetch
    REQUIRE(for_each_visit(into->database(), [&runs](const Visit& visit) {
      runs[visit.fetched_at] = visit.run;
      return true;
    }));
    REQUIRE(runs.size() == 3);
    CHECK(runs[10'000] == runs[20'000]);
    CHECK(runs[10'000] != runs[30'000]);
    CHECK(runs[30'000] < 0);
  }
}

TEST_CASE("a taking down that both archives have is merged with the hashes of both, in any order") {
  const Target author{Target::Kind::kAuthor, "bbs.test", "甲"};
  const auto row_of = [&](std::vector<Forgetting> forgettings) {
    std::vector<std::unique_ptr<FetchedSite>> sources;
    FetchedSite into;
    for (const auto& forgetting : forgettings) {
      FetchedSite& source = *sources.emplace_back(std::make_unique<FetchedSite>());
      Batch batch(source.database());
      put_forgetting(batch, author, forgetting);
      REQUIRE(source.database().commit(batch));
      REQUIRE(merge_pages(into.database(), source.database()));
    }
    const auto again = merge_pages(into.database(), sources.front()->database());
    REQUIRE(again);
    CHECK(again->forgotten == 0);
    const auto row = into.database().get(Family::kForgotten, forgotten_key(author));
    REQUIRE((row && *row));
    return **row;
  };
  const Forgetting a{2000, 3, {1, 5}}, b{1000, 2, {-4, 5}};
  const std::string both = row_of({{1000, 3, {-4, 1, 5}}});
  CHECK(row_of({a, b}) == both);
  CHECK(row_of({b, a}) == both);
  // That it tells of greater parts is said of a row only when it is true of all of it.
  const auto mark = static_cast<std::int64_t>(kTellsGreaterParts);
  CHECK(row_of({{2000, 3, {1, mark}}, {1000, 2, {-4}}}) == row_of({{1000, 3, {-4, 1}}}));
  CHECK(row_of({{2000, 3, {1, mark}}, {1000, 2, {-4, mark}}}) == row_of({{1000, 3, {-4, 1, mark}}}));
}

TEST_CASE("a merge leaves out the visits whose pages are missing, and can be settled") {
  FetchedSite damaged, into;
  damaged.fetch(5, {{1, "甲", kPublic}}, 10);
  damaged.fetch(6, {{2, "乙", kPublic}}, 20);
  const auto visits = visits_of(damaged.database(), "bbs.test thread 6 1");
  REQUIRE((visits && visits->size() == 1));
  Batch batch(damaged.database());
  batch.erase(Family::kBodies, *digest_key(visits->front().sha256));
  REQUIRE(damaged.database().commit(batch));
  const auto merged = merge_pages(into.database(), damaged.database());
  REQUIRE(merged);
  CHECK(merged->visits == 1);
  CHECK(merged->lost == 1);
  REQUIRE(settle_merge(into.database(), kReading));
  CHECK(into.findings().empty());
}
