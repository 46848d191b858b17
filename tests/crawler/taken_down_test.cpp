// What the frontier keeps of an author who was taken down, and what a page that is read again brings back.

#include "crawler/taken_down.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "crawler/rows.hpp"
#include "store/json_codec.hpp"
#include "store/record_rows.hpp"
#include "store/records.hpp"
#include "store/schema.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;

namespace {

std::unique_ptr<store::Database> open_in(const TemporaryDirectory& directory) {
  auto opened = store::Database::open((directory.path() / "a").string(), store::Database::Access::kWrite,
                                      config::Sync::kOs);
  REQUIRE(opened);
  return std::move(*opened);
}

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
  const auto opened = open_in(temporary);
  auto& database = *opened;
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
  const auto opened = open_in(temporary);
  store::Batch batch(*opened);
  put_forgetting(batch, {store::Target::Kind::kSite, "bbs.test", ""}, {1000, 0, {}});
  REQUIRE(opened->commit(batch));
  TakenDown taken_down(*opened, {});
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

TEST_CASE("what was taken down of a page stays away, and new posts behind it are their own") {
  const bool takes_post = GENERATE(true, false);
  const TemporaryDirectory temporary;
  const auto opened = open_in(temporary);
  auto& database = *opened;
  {
    store::Batch batch(database);
    if (takes_post)
      put_forgetting(batch, {store::Target::Kind::kRecord, "", "bbs.test/post/1"}, {1000, 0, {}});
    put_forgetting(batch, {store::Target::Kind::kAuthor, "bbs.test", "小舟"}, {1000, 0, {}});
    REQUIRE(database.commit(batch));
  }
  Step step;
  step.lease.site = "bbs.test";
  step.page.emplace();
  step.page->kind = parsers::PageKind::kThread;
  step.page->outcome = parsers::Outcome::kOk;
  for (const std::string number : {"1", "2", "3"}) {
    parsers::Post& post = step.page->posts.emplace_back();
    post.site = "bbs.test";
    post.thread_id = "5";
    post.post_id = number;
    post.text = "words of " + number;
    post.page.fetched_at = 2000;
  }
  step.page->posts[2].edited_by = "小舟";
  step.content = store::content_of(*step.page);
  TakenDown taken_down(database, {});
  REQUIRE(taken_down.leave_out(step));
  store::Batch batch(database);
  REQUIRE(store::put_records(batch, *step.page, 20, step.content));
  REQUIRE(database.commit(batch));
  const auto held = [&](const std::string& number) -> std::optional<parsers::Post> {
    store::Batch reads(database);
    const auto row = store::read_record(reads, store::post_key("bbs.test", "5", number));
    REQUIRE(row);
    if (!*row) return std::nullopt;
    return *store::post_from_json((*row)->json);
  };
  CHECK(held("1").has_value() != takes_post);
  for (const std::string number : {"2", "3"}) {
    REQUIRE(held(number));
    CHECK(held(number)->post_id == number);
    CHECK(held(number)->text == "words of " + number);
    CHECK_FALSE(held(number)->edited_by);
  }
}
