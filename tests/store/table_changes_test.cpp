// Many rows at once, out of tables.

#include "store/table_changes.hpp"

#include <catch2/catch.hpp>

#include "store/index_keys.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::unique_ptr<Database> open(const TemporaryDirectory& temporary) {
  auto database =
      Database::open((temporary.path() / "a").string(), Database::Access::kWrite, config::Sync::kOs);
  REQUIRE(database);
  return std::move(*database);
}

std::string row(const Database& database, Family family, const std::string& key) {
  const auto value = database.get(family, key);
  REQUIRE(value);
  return value->value_or("none");
}

// An archive with three rows.
struct Before {
  TemporaryDirectory temporary;
  std::unique_ptr<Database> database = open(temporary);

  Before() {
    Batch batch(*database);
    batch.put(Family::kRecords, "a", "1");
    batch.put(Family::kRecords, "c", "1");
    batch.put(Family::kMeta, "m", "1");
    REQUIRE(database->commit(batch));
  }
};

void change(TableChanges& changes) {
  changes.put(Family::kRecords, "a", "2");
  changes.put(Family::kRecords, "b", "2");
  changes.erase(Family::kRecords, "c");
  changes.erase(Family::kMeta, "m");
}

}  // namespace

TEST_CASE("changes in tables of their own are seen once they are taken in, over what was there, for good") {
  Before archive;
  auto& database = archive.database;
  {
    TableChanges changes(*database, archive.temporary.path() / "changes");
    change(changes);
    CHECK(row(*database, Family::kRecords, "a") == "1");
    REQUIRE(changes.take_in());
  }
  for (int life = 0; life < 2; ++life) {
    CHECK(row(*database, Family::kRecords, "a") == "2");
    CHECK(row(*database, Family::kRecords, "b") == "2");
    CHECK(row(*database, Family::kRecords, "c") == "none");
    CHECK(row(*database, Family::kMeta, "m") == "none");
    database.reset();
    database = open(archive.temporary);
  }
  Batch batch(*database);
  batch.put(Family::kRecords, "b", "3");
  REQUIRE(database->commit(batch));
  CHECK(row(*database, Family::kRecords, "b") == "3");
}

TEST_CASE("changes in tables that are not taken in change nothing") {
  Before archive;
  auto& database = archive.database;
  {
    TableChanges changes(*database, archive.temporary.path() / "changes");
    change(changes);
  }
  CHECK(row(*database, Family::kRecords, "a") == "1");
  CHECK(row(*database, Family::kRecords, "c") == "1");
}

TEST_CASE("changes in tables that cannot be written are an error, and nothing of them is taken in") {
  Before archive;
  auto& database = archive.database;
  TableChanges changes(*database, archive.temporary.path() / "not" / "there");
  change(changes);
  const auto taken = changes.take_in();
  REQUIRE_FALSE(taken);
  CHECK(taken.error().kind == ErrorKind::kIo);
  CHECK(row(*database, Family::kRecords, "a") == "1");
}

TEST_CASE("batches see what came in tables, also in an archive that was new") {
  Before archive;
  auto& database = *archive.database;
  TableChanges changes(database, archive.temporary.path() / "changes");
  const std::string band = "\1band." + std::string(kBandDigest, 'd');
  changes.put(Family::kIds, "an id", "its key");
  changes.put(Family::kBands, band, "");
  REQUIRE(changes.take_in());
  const Batch batch(database);
  CHECK(batch.get(Family::kIds, "an id").value() == "its key");
  int bands = 0;
  REQUIRE(batch.scan(Family::kBands, band.substr(0, kBandPrefix),
                     [&](std::string_view, std::string_view) { return ++bands < 10; }));
  CHECK(bands == 1);
}
