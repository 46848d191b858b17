#include <rocksdb/db.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "archive_fixture.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

using Rows = std::vector<std::tuple<int, std::string, std::string>>;

Rows all_rows(const Database& database) {
  Rows rows;
  for (int family = 0; family < kFamilies; ++family)
    REQUIRE(
        database.scan(static_cast<Family>(family), "", "", [&](std::string_view key, std::string_view value) {
          rows.emplace_back(family, key, value);
          return true;
        }));
  return rows;
}

void stamp(const std::filesystem::path& directory, int layout) {
  std::ofstream(directory / "LAYOUT") << "boardwalk archive layout " << layout << "\n";
}

// Takes the families out that layout 1 did not have.
void make_layout_1(const std::filesystem::path& directory) {
  const std::string path = directory / "db";
  std::vector<std::string> names;
  REQUIRE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const auto& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions{});
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  REQUIRE(rocksdb::DB::Open({}, path, families, &handles, &db).ok());
  static const std::set<std::string> kOld{"default", "bodies",  "visits", "records", "ids",   "versions",
                                          "folds",   "threads", "urls",   "queue",   "hosts", "runs"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!kOld.contains(names[i])) REQUIRE(db->DropColumnFamily(handles[i]).ok());
    REQUIRE(db->DestroyColumnFamilyHandle(handles[i]).ok());
  }
  REQUIRE(db->Close().ok());
  delete db;
  stamp(directory, 1);
}

Result<std::unique_ptr<Database>> open(const std::filesystem::path& directory, Database::Access access) {
  return Database::open(directory, access, config::Sync::kOs);
}

// An archive with posts, an article, versions and duplicates, and all its rows.
Rows fill(const std::filesystem::path& directory) {
  const auto database = open(directory, Database::Access::kWrite);
  REQUIRE(database);
  for (const auto& page :
       {thread_page("5", 1, 2, {make_post("1", long_text(1), 1), make_post("2", long_text(2), 2)}, 10),
        thread_page("5", 1, 2, {make_post("1", long_text(2), 1)}, 20),
        article_page(make_article("http://news.test/1.html", long_text(1)), 30)}) {
    Batch batch(**database);
    REQUIRE(put_records(batch, page, kMinChars));
    REQUIRE((*database)->commit(batch));
  }
  return all_rows(**database);
}

}  // namespace

TEST_CASE("an archive of layout 1 that is opened for writing is what this program would have made") {
  const TemporaryDirectory temp;
  const Rows rows = fill(temp.path());
  make_layout_1(temp.path());
  const auto database = open(temp.path(), Database::Access::kChange);
  REQUIRE(database);
  CHECK(all_rows(**database) == rows);
}

TEST_CASE("a migration that was cut off is done again") {
  const TemporaryDirectory temp;
  const Rows rows = fill(temp.path());
  stamp(temp.path(), 1);
  {
    const auto database = open(temp.path(), Database::Access::kWrite);
    REQUIRE(database);
    CHECK(all_rows(**database) == rows);
  }
  const auto reader = open(temp.path(), Database::Access::kRead);
  REQUIRE(reader);
  CHECK(all_rows(**reader) == rows);
}

TEST_CASE("an archive of layout 1 says how to bring it to this one when it is read, and stays as it is") {
  const TemporaryDirectory temp;
  (void)fill(temp.path());
  make_layout_1(temp.path());
  const auto reader = open(temp.path(), Database::Access::kRead);
  REQUIRE_FALSE(reader);
  CHECK(reader.error().kind == ErrorKind::kNotFound);
  CHECK(reader.error().message == "archive " + temp.path().string() +
                                      " has layout 1, which this boardwalk reads once it has brought it to "
                                      "layout 3; run boardwalk compact "
                                      "--archive " +
                                      temp.path().string());
  std::ifstream layout(temp.path() / "LAYOUT");
  std::string line;
  std::getline(layout, line);
  CHECK(line == "boardwalk archive layout 1");
}

TEST_CASE("an archive of layout 2 is read as it is, and bears this layout once it was opened for writing") {
  const TemporaryDirectory temp;
  const Rows rows = fill(temp.path());
  stamp(temp.path(), 2);
  const auto line = [&temp] {
    std::ifstream layout(temp.path() / "LAYOUT");
    std::string words;
    std::getline(layout, words);
    return words;
  };
  {
    const auto reader = open(temp.path(), Database::Access::kRead);
    REQUIRE(reader);
    CHECK(all_rows(**reader) == rows);
    CHECK(line() == "boardwalk archive layout 2");
  }
  const auto writer = open(temp.path(), Database::Access::kWrite);
  REQUIRE(writer);
  CHECK(all_rows(**writer) == rows);
  CHECK(line() == "boardwalk archive layout 3");
}
