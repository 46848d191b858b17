#include "store/recent_rows.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "store/table_changes.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

using Held = std::map<std::string, std::string>;

std::unique_ptr<Database> open(const TemporaryDirectory& temp) {
  auto database = Database::open(temp.path() / "a", Database::Access::kWrite, config::Sync::kOs);
  REQUIRE(database);
  return std::move(*database);
}

std::optional<std::string> value_in(const Held& held, const std::string& key) {
  const auto at = held.find(key);
  return at == held.end() ? std::nullopt : std::optional(at->second);
}

// More keys than there are places, a few of them asked for most.
std::string some_key(std::mt19937& random) {
  const std::size_t keys = random() % 2 == 0 ? 50 : 3 * RecentRows::kPlaces;
  return fmt::format("site thread {} 1", random() % keys);
}

std::string some_value(std::mt19937& random) {
  return std::string(random() % 50 == 0 ? RecentRows::kLongest : random() % 40,
                     static_cast<char>('a' + random() % 26));
}

}  // namespace

TEST_CASE("a row that was noted is known until another one takes its place") {
  RecentRows rows;
  CHECK(rows.find(Family::kUrls, "a") == nullptr);
  CHECK(rows.find(Family::kUrls, "") == nullptr);
  rows.note(Family::kUrls, "a", "1");
  rows.note(Family::kMeta, "a", "2");
  rows.note(Family::kUrls, "b", std::nullopt);
  REQUIRE(rows.find(Family::kUrls, "a") != nullptr);
  CHECK(*rows.find(Family::kUrls, "a") == "1");
  REQUIRE(rows.find(Family::kMeta, "a") != nullptr);
  CHECK(*rows.find(Family::kMeta, "a") == "2");
  REQUIRE(rows.find(Family::kUrls, "b") != nullptr);
  CHECK(*rows.find(Family::kUrls, "b") == std::nullopt);
  std::size_t known = 0;
  for (std::size_t i = 0; i < 2 * RecentRows::kPlaces; ++i) rows.note(Family::kUrls, std::to_string(i), "");
  for (std::size_t i = 0; i < 2 * RecentRows::kPlaces; ++i)
    known += rows.find(Family::kUrls, std::to_string(i)) != nullptr;
  CHECK(known <= RecentRows::kPlaces);
  CHECK(known > RecentRows::kPlaces / 2);
  rows.forget();
  for (std::size_t i = 0; i < 2 * RecentRows::kPlaces; ++i)
    if (rows.find(Family::kUrls, std::to_string(i)) != nullptr) FAIL(i);
}

TEST_CASE("a row that is too long is not kept, nor what was known of it") {
  RecentRows rows;
  rows.note(Family::kUrls, "a", std::string(RecentRows::kLongest - 1, 'x'));
  CHECK(rows.find(Family::kUrls, "a") != nullptr);
  rows.note(Family::kUrls, "a", std::string(RecentRows::kLongest, 'x'));
  CHECK(rows.find(Family::kUrls, "a") == nullptr);
}

TEST_CASE("a batch tells what the database holds, whatever is kept of it") {
  TemporaryDirectory temp;
  auto database = open(temp);
  const Family family = GENERATE(Family::kUrls, Family::kMeta);
  std::mt19937 random(4711);
  Held held;
  for (int round = 0; round < 400; ++round) {
    Batch batch(*database);
    Held changed = held;
    for (int i = 0; i < 60; ++i) {
      const std::string key = some_key(random);
      switch (random() % 4) {
        case 0:
          changed[key] = some_value(random);
          batch.put(family, key, changed[key]);
          break;
        case 1:
          changed.erase(key);
          batch.erase(family, key);
          break;
        default:
          break;
      }
      const std::string asked = some_key(random);
      if (batch.get(family, asked).value() != value_in(changed, asked)) FAIL(asked << " in round " << round);
    }
    if (round % 3 == 0) continue;  // a batch that is given up
    REQUIRE(database->commit(batch));
    held = changed;
    if (round % 100 == 0) REQUIRE(database->flush());
  }
  for (const auto& [key, value] : held)
    if (database->get(family, key).value() != value) FAIL(key);
}

TEST_CASE("rows that come out of tables are told instead of those that were kept") {
  TemporaryDirectory temp;
  auto database = open(temp);
  {
    Batch before(*database);
    before.put(Family::kUrls, "a", "1");
    before.put(Family::kMeta, "b", "1");
    REQUIRE(database->commit(before));
    CHECK(before.get(Family::kUrls, "a").value() == "1");
    CHECK(before.get(Family::kMeta, "c").value() == std::nullopt);
  }
  TableChanges changes(*database, temp.path() / "changes");
  changes.put(Family::kUrls, "a", "2");
  changes.erase(Family::kMeta, "b");
  changes.put(Family::kMeta, "c", "2");
  REQUIRE(changes.take_in());
  Batch after(*database);
  CHECK(after.get(Family::kUrls, "a").value() == "2");
  CHECK(after.get(Family::kMeta, "b").value() == std::nullopt);
  CHECK(after.get(Family::kMeta, "c").value() == "2");
}
