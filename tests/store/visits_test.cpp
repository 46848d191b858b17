#include "store/visits.hpp"

#include <catch2/catch.hpp>

#include "archive_fixture.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

Visit make_visit(const std::string& key, std::int64_t at) {
  Visit visit;
  visit.key = key;
  visit.url = "http://bbs.test/" + std::to_string(at);
  visit.fetched_at = at;
  visit.run = 3;
  visit.outcome = parsers::Outcome::kHttpError;
  visit.status = 503;
  visit.detail = "503 Service Unavailable";
  visit.sha256 = std::string(64, 'a');
  visit.content_sha256 = std::string(64, 'b');
  visit.page_kind = "thread";
  visit.bytes = 12345;
  visit.milliseconds = 67;
  visit.headers = {
      {"Server", "a \"server\""}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"X-Name", "\xc4\xe3"}};
  return visit;
}

}  // namespace

TEST_CASE("the visits of a page come back whole, oldest first, header bytes as sent") {
  Archive archive(any_life());
  for (const std::int64_t at : {1'700'000'000'200, 1'700'000'000'100})
    archive.commit([&](Batch& batch) {
      put_visit(batch, make_visit("bbs.test thread 1 1", at));
      put_visit(batch, make_visit("bbs.test thread 1 10", at));
    });
  const auto visits = visits_of(archive.read(), "bbs.test thread 1 1");
  REQUIRE(visits);
  REQUIRE(visits->size() == 2);
  const Visit& visit = visits->front();
  const Visit expected = make_visit("bbs.test thread 1 1", 1'700'000'000'100);
  CHECK(visit.key == expected.key);
  CHECK(visit.url == expected.url);
  CHECK(visit.fetched_at == expected.fetched_at);
  CHECK(visit.run == 3);
  CHECK(visit.outcome == parsers::Outcome::kHttpError);
  CHECK(visit.status == 503);
  CHECK(visit.detail == expected.detail);
  CHECK(visit.sha256 == expected.sha256);
  CHECK(visit.content_sha256 == expected.content_sha256);
  CHECK(visit.page_kind == "thread");
  CHECK(visit.bytes == 12345);
  CHECK(visit.milliseconds == 67);
  CHECK(visit.headers == expected.headers);
  CHECK(visits_of(archive.read(), "bbs.test thread 1")->empty());

  const std::string key = "bbs.test thread 1 1";
  CHECK(last_visit(archive.read(), key).value()->fetched_at == 1'700'000'000'200);
  const auto first = [](const Visit& seen) { return seen.fetched_at < 1'700'000'000'200; };
  CHECK(last_visit(archive.read(), key, first).value()->fetched_at == 1'700'000'000'100);
  CHECK_FALSE(last_visit(archive.read(), key, [](const Visit&) { return false; })->has_value());
  CHECK_FALSE(last_visit(archive.read(), "bbs.test thread 1")->has_value());

  int rows = 0;
  REQUIRE(for_each_visit(archive.read(), [&](const Visit&) { return ++rows < 3; }));
  CHECK(rows == 3);
}

TEST_CASE("a visit prints as JSON, header bytes outside ASCII as ISO 8859-1 has them") {
  Visit visit = make_visit("bbs.test index", 1'700'000'000'100);
  visit.sha256.clear();
  visit.content_sha256.clear();
  CHECK(
      to_json(visit) ==
      R"({"kind":"visit","key":"bbs.test index","url":"http://bbs.test/1700000000100","fetched_at":"2023-11-14T22:13:20Z",)"
      R"("run":3,"outcome":"http_error","status":503,"detail":"503 Service Unavailable","sha256":null,"content_sha256":null,)"
      R"("page_kind":"thread","bytes":12345,"milliseconds":67,"headers":[["Server","a \"server\""],["Set-Cookie","a=1"],)"
      R"(["Set-Cookie","b=2"],["X-Name","Äã"]]})");
}

TEST_CASE("a visit's row that was cut is damaged") {
  Archive archive;
  const Visit visit = make_visit("bbs.test index", 5);
  archive.commit([&](Batch& batch) { put_visit(batch, visit); });
  const std::string key = visit_key(visit.key, visit.fetched_at);
  const std::string row = *archive.read().get(Family::kVisits, key).value();
  for (std::size_t size = 0; size < row.size(); ++size) {
    archive.commit([&](Batch& batch) { batch.put(Family::kVisits, key, row.substr(0, size)); });
    const auto visits = visits_of(archive.read(), visit.key);
    REQUIRE_FALSE(visits);
    CHECK(visits.error().kind == ErrorKind::kDamaged);
    CHECK(visits.error().message ==
          "the archive is damaged: the row of bbs.test index in `visits` does not fit its layout; restore it "
          "from a backup");
  }
}
