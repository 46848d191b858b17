// Many rows at once, out of tables.

#include "store/table_changes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "store/index_keys.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
namespace fs = std::filesystem;

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

TEST_CASE("the log from before changes in tables does no harm where a kill has left it") {
  Before archive;
  const fs::path live = archive.temporary.path() / "a", killed = archive.temporary.path() / "killed";
  const auto log = std::find_if(fs::directory_iterator(live / "db"), fs::directory_iterator(),
                                [](const auto& entry) { return entry.path().extension() == ".log"; });
  const fs::path old = log->path().filename();
  REQUIRE(log->file_size() > 0);
  fs::copy_file(live / "db" / old, archive.temporary.path() / old);
  TableChanges changes(*archive.database, archive.temporary.path() / "changes");
  change(changes);
  REQUIRE(changes.take_in());
  Batch batch(*archive.database);
  batch.put(Family::kRecords, "d", "3");
  REQUIRE(archive.database->commit(batch));
  fs::copy(live, killed, fs::copy_options::recursive);
  fs::copy_file(archive.temporary.path() / old, killed / "db" / old, fs::copy_options::overwrite_existing);
  for (const auto access : {Database::Access::kRead, Database::Access::kWrite}) {
    const auto database = Database::open(killed, access, config::Sync::kOs);
    REQUIRE(database);
    CHECK(row(**database, Family::kRecords, "a") == "2");
    CHECK(row(**database, Family::kRecords, "c") == "none");
    CHECK(row(**database, Family::kRecords, "d") == "3");
  }
}

TEST_CASE("an archive opens where its log had no rows when changes in tables were taken in") {
  Before archive;
  auto& database = archive.database;
  database.reset();
  database = open(archive.temporary);
  Batch nothing(*database);
  REQUIRE(database->commit(nothing));
  TableChanges changes(*database, archive.temporary.path() / "changes");
  change(changes);
  REQUIRE(changes.take_in());
  Batch batch(*database);
  batch.put(Family::kRecords, "d", "3");
  REQUIRE(database->commit(batch));
  const fs::path killed = archive.temporary.path() / "killed";
  fs::copy(archive.temporary.path() / "a", killed, fs::copy_options::recursive);
  const auto opened = Database::open(killed, Database::Access::kWrite, config::Sync::kOs);
  REQUIRE(opened);
  CHECK(row(**opened, Family::kRecords, "a") == "2");
  CHECK(row(**opened, Family::kRecords, "d") == "3");
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
