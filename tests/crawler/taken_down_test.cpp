// What the frontier keeps of an author who was taken down.

#include "crawler/taken_down.hpp"

#include <catch2/catch.hpp>

#include "crawler/rows.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;

namespace {

void put_row(store::Batch& batch, const std::string& key, const std::string& listed) {
  UrlRow row;
  row.url = "http://bbs.test/thread-5-1-1.html";
  row.site = "bbs.test";
  row.listed = listed;
  row.etag = "\"kept\"";
  batch.put(store::Family::kUrls, key, store::pack(row));
}

UrlRow row_at(const store::Database& database, const std::string& key) {
  const auto value = database.get(store::Family::kUrls, key);
  REQUIRE((value && *value));
  const auto row = store::unpack<UrlRow>(**value);
  REQUIRE(row);
  return *row;
}

}  // namespace

TEST_CASE("a forgotten author's name goes from what the frontier keeps of listings, of that site alone") {
  const TemporaryDirectory temporary;
  auto opened = store::Database::open((temporary.path() / "a").string(), store::Database::Access::kWrite,
                                      config::Sync::kOs);
  REQUIRE(opened);
  auto& database = **opened;
  store::Batch batch(database);
  put_row(batch, "bbs.test thread 5 1", "20 2021-3-5 小舟");
  put_row(batch, "bbs.test thread 6 1", "20 2021-3-5 丙");
  put_row(batch, "bbs.test.cn thread 5 1", "20 2021-3-5 小舟");
  put_forgetting(batch, {store::Target::Kind::kAuthor, "bbs.test", "小舟"}, {1000, 0, {}});
  REQUIRE(database.commit(batch));
  REQUIRE(black_out_names(database, "bbs.test"));
  CHECK(row_at(database, "bbs.test thread 5 1").listed == "20 2021-3-5 □");
  CHECK(row_at(database, "bbs.test thread 5 1").etag == "\"kept\"");
  CHECK(row_at(database, "bbs.test thread 6 1").listed == "20 2021-3-5 丙");
  CHECK(row_at(database, "bbs.test.cn thread 5 1").listed == "20 2021-3-5 小舟");
}

TEST_CASE("of a site that was taken down nothing is kept but its robots.txt, which says what may be asked") {
  const TemporaryDirectory temporary;
  auto opened = store::Database::open((temporary.path() / "a").string(), store::Database::Access::kWrite,
                                      config::Sync::kOs);
  REQUIRE(opened);
  store::Batch batch(**opened);
  put_forgetting(batch, {store::Target::Kind::kSite, "bbs.test", ""}, {1000, 0, {}});
  REQUIRE((*opened)->commit(batch));
  TakenDown taken_down(**opened, {});
  Step step;
  step.lease.site = "bbs.test";
  step.answer.body = "User-agent: *\nDisallow: /\n";
  REQUIRE(taken_down.leave_out(step));
  CHECK(step.answer.body.empty());
  step.answer.body = "User-agent: *\nDisallow: /\n";
  step.lease.is_robots = true;
  REQUIRE(taken_down.leave_out(step));
  CHECK(step.answer.body == "User-agent: *\nDisallow: /\n");
}
