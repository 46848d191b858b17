#include "store/database.hpp"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <thread>

#include "archive_fixture.hpp"
#include "store/rocks.hpp"
#include "tests/contents.hpp"
#include "tests/killed_process.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::tests::contents;
using boardwalk::tests::in_killed_process;
namespace fs = std::filesystem;

namespace {

using Access = Database::Access;
using Rows = std::vector<std::pair<std::string, std::string>>;

std::unique_ptr<Database> open(const fs::path& directory, Access access,
                               config::Sync sync = config::Sync::kOs) {
  auto database = Database::open(directory, access, sync);
  if (!database) FAIL(database.error().message);
  return std::move(*database);
}

void put(Database& database, const std::string& key, const std::string& value,
         Family family = Family::kMeta) {
  Batch batch(database);
  batch.put(family, key, value);
  REQUIRE(database.commit(batch));
}

std::optional<std::string> get(const Database& database, const std::string& key,
                               Family family = Family::kMeta) {
  auto value = database.get(family, key);
  REQUIRE(value);
  return *value;
}

template <typename Source, typename... From>
Rows scan(const Source& source, const std::string& prefix, const From&... from) {
  Rows rows;
  REQUIRE(source.scan(Family::kMeta, prefix, from..., [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  }));
  return rows;
}

Error error_of(const fs::path& directory, Access access) {
  const auto database = Database::open(directory, access);
  REQUIRE_FALSE(database);
  return database.error();
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

TEST_CASE("an archive is created where nothing is, parents included, and stamped with its layout") {
  const TemporaryDirectory temp;
  const fs::path directory = temp.path() / "a" / "b";
  open(directory, Access::kWrite);
  CHECK(contents(directory / "LAYOUT") == "boardwalk archive layout 3\n");
  CHECK(fs::is_directory(directory / "db"));
  open(directory, Access::kRead);
}

TEST_CASE("what was committed is there after closing, and all families are apart") {
  const TemporaryDirectory temp;
  for (int round = 0; round < 2; ++round) {
    const auto database = open(temp.path(), Access::kWrite);
    if (round == 0)
      for (int i = 0; i < kFamilies; ++i) put(*database, "key", std::to_string(i), static_cast<Family>(i));
    for (int i = 0; i < kFamilies; ++i)
      CHECK(get(*database, "key", static_cast<Family>(i)) == std::to_string(i));
    CHECK(get(*database, "other") == std::nullopt);
  }
}

TEST_CASE("a batch reads its own writes over the database's, and nothing shows before the commit") {
  const TemporaryDirectory temp;
  const auto database = open(temp.path(), Access::kWrite);
  put(*database, "a1", "old");
  put(*database, "a2", "old");
  put(*database, "b", "old");
  Batch batch(*database);
  CHECK(batch.bytes() < 20);
  batch.put(Family::kMeta, "a1", "new");
  batch.put(Family::kMeta, "a3", "new");
  batch.erase(Family::kMeta, "a2");
  batch.put(Family::kRuns, "a4", "another family");
  CHECK(batch.get(Family::kMeta, "a1").value() == "new");
  CHECK(batch.get(Family::kMeta, "a2").value() == std::nullopt);
  CHECK(batch.get(Family::kMeta, "b").value() == "old");
  CHECK(scan(batch, "a") == Rows{{"a1", "new"}, {"a3", "new"}});
  CHECK(scan(*database, "a", "") == Rows{{"a1", "old"}, {"a2", "old"}});
  CHECK(batch.bytes() > 20);

  REQUIRE(database->commit(batch));
  CHECK(scan(*database, "a", "") == Rows{{"a1", "new"}, {"a3", "new"}});
  CHECK(scan(batch, "a") == scan(*database, "a", ""));
  batch.put(Family::kMeta, "a5", "a second step");
  REQUIRE(database->commit(batch));
  CHECK(get(*database, "a1") == "new");
  CHECK(get(*database, "a5") == "a second step");
}

TEST_CASE("a scan keeps to its prefix, starts where it is told and stops when it is told") {
  const TemporaryDirectory temp;
  const auto database = open(temp.path(), Access::kWrite);
  for (const std::string key : {"a", "b1", "b2", "b3", "c", "b\xff", "b\xff\xff"}) put(*database, key, "");
  CHECK(scan(*database, "b", "b").size() == 5);
  CHECK(scan(*database, "b", "b2") == Rows{{"b2", ""}, {"b3", ""}, {"b\xff", ""}, {"b\xff\xff", ""}});
  CHECK(scan(*database, "b", "") == scan(*database, "b", "b"));
  CHECK(scan(*database, "b\xff", "") == Rows{{"b\xff", ""}, {"b\xff\xff", ""}});
  CHECK(scan(*database, "\xff", "").empty());
  CHECK(scan(*database, "", "").size() == 7);
  int rows = 0;
  REQUIRE(database->scan(Family::kMeta, "", "", [&](auto, auto) { return ++rows < 3; }));
  CHECK(rows == 3);
}

TEST_CASE("one writer at a time: the second is told who and since when") {
  const TemporaryDirectory temp;
  auto first = open(temp.path(), Access::kWrite);
  const std::string text = contents(temp.path() / "lock");
  REQUIRE(text.starts_with(fmt::format("pid {} since 2", getpid())));
  const std::string since = text.substr(text.find("since ") + 6);
  CHECK(since.size() == 20);
  const Error error = error_of(temp.path(), Access::kWrite);
  CHECK(error.kind == ErrorKind::kLocked);
  CHECK(
      error.message ==
      fmt::format("archive {} is in use by a crawl (pid {}, since {}); wait for it, or end it and try again",
                  temp.path().string(), getpid(), since));
  CHECK(contents(temp.path() / "lock") == text);
  first.reset();
  open(temp.path(), Access::kWrite);
}

TEST_CASE("a killed writer leaves no lock, and nothing that it committed is lost") {
  const TemporaryDirectory temp;
  for (const auto sync : {config::Sync::kAlways, config::Sync::kEvery100ms, config::Sync::kOs}) {
    const std::string key = std::to_string(static_cast<int>(sync));
    in_killed_process([&] { put(*open(temp.path(), Access::kWrite, sync).release(), key, "here"); });
    CHECK(get(*open(temp.path(), Access::kRead), key) == "here");
    CHECK(get(*open(temp.path(), Access::kWrite), key) == "here");
  }
}

TEST_CASE("a reader beside the writer sees all that was committed before it opened, and nothing later") {
  const TemporaryDirectory temp;
  const auto writer = open(temp.path(), Access::kWrite);
  put(*writer, "a", "in a table");
  REQUIRE(writer->flush());
  put(*writer, "b", "in the log alone");
  const auto reader = open(temp.path(), Access::kRead);
  put(*writer, "c", "too late");
  CHECK(get(*reader, "a") == "in a table");
  CHECK(get(*reader, "b") == "in the log alone");
  CHECK(get(*reader, "c") == std::nullopt);
  REQUIRE(writer->flush());
  CHECK(get(*reader, "b") == "in the log alone");
  CHECK(get(*open(temp.path(), Access::kRead), "c") == "too late");
}

TEST_CASE("readers that open while the writer flushes and drops its logs miss nothing") {
  const TemporaryDirectory temp;
  const auto writer = open(temp.path(), Access::kWrite);
  std::atomic<int> committed{0};
  std::atomic<bool> opening{false};
  std::atomic<bool> done{false};
  std::thread writing([&] {
    for (int i = 1; !done; ++i) {
      Batch batch(*writer);
      batch.put(Family::kMeta, "last", std::to_string(i));
      batch.put(Family::kRecords, std::to_string(i), "row");
      if (!writer->commit(batch)) break;
      committed = i;
      if (opening.exchange(false) && !writer->flush()) break;
    }
  });
  int missed = 0;
  std::string error;
  for (int i = 0; i < 25; ++i) {
    const int before = committed;
    opening = true;
    const auto reader = Database::open(temp.path(), Access::kRead);
    if (!reader) {
      error = reader.error().message;
      break;
    }
    const int seen = std::stoi((*reader)->get(Family::kMeta, "last").value().value_or("0"));
    missed += seen < before ? 1 : 0;
    for (int row = 1; row <= seen; row += 1 + seen / 100)
      missed += (*reader)->get(Family::kRecords, std::to_string(row)).value() ? 0 : 1;
  }
  done = true;
  writing.join();
  CHECK(error == "");
  CHECK(missed == 0);
}

TEST_CASE("reading changes no file of the archive") {
  const TemporaryDirectory temp;
  const auto files = [&] {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(temp.path()))
      names.push_back(entry.path().string() + " " + (entry.is_regular_file() ? contents(entry.path()) : ""));
    std::sort(names.begin(), names.end());
    return names;
  };
  put(*open(temp.path(), Access::kWrite), "a", "b");
  const auto before = files();
  CHECK(get(*open(temp.path(), Access::kRead), "a") == "b");
  CHECK(files() == before);
}

TEST_CASE("where no archive is, a reader is told so and a writer keeps off what is not its own") {
  const TemporaryDirectory temp;
  const fs::path nowhere = temp.path() / "nowhere";
  Error error = error_of(nowhere, Access::kRead);
  CHECK(error.kind == ErrorKind::kNotFound);
  CHECK(error.message == fmt::format("no archive at {}; crawl into it first, or name another with --archive",
                                     nowhere.string()));
  CHECK_FALSE(fs::exists(nowhere));

  write(temp.path() / "thesis.txt", "mine");
  error = error_of(temp.path(), Access::kWrite);
  CHECK(error.kind == ErrorKind::kUsage);
  CHECK(error.message ==
        fmt::format(
            "{} is no archive and not empty (it holds thesis.txt); name another directory with --archive",
            temp.path().string()));
  CHECK(std::distance(fs::directory_iterator(temp.path()), {}) == 1);

  const fs::path foreign = temp.path() / "foreign";
  fs::create_directories(foreign / "db");
  CHECK(error_of(foreign, Access::kWrite).kind == ErrorKind::kUsage);
}

TEST_CASE("an archive of a newer layout is left alone") {
  const TemporaryDirectory temp;
  open(temp.path(), Access::kWrite);
  write(temp.path() / "LAYOUT", "boardwalk archive layout 7\n");
  for (const Access access : {Access::kRead, Access::kWrite}) {
    const Error error = error_of(temp.path(), access);
    CHECK(error.kind == ErrorKind::kNewerLayout);
    CHECK(error.message ==
          fmt::format("archive {} has layout 7, this boardwalk reads up to 3; use a newer boardwalk",
                      temp.path().string()));
  }
}

TEST_CASE("a path that cannot be written is named with the reason") {
  const TemporaryDirectory temp;
  write(temp.path() / "file", "");
  const fs::path below = temp.path() / "file" / "archive";
  const Error error = error_of(below, Access::kWrite);
  CHECK(error.kind == ErrorKind::kIo);
  CHECK(error.message == fmt::format("cannot open archive {}: Not a directory", below.string()));
  CHECK(error_of(below, Access::kRead).kind == ErrorKind::kNotFound);
  const Error kernel = error_of("/proc/boardwalk-archive", Access::kWrite);
  CHECK(kernel.kind == ErrorKind::kIo);
  CHECK(kernel.message == "cannot create archive /proc/boardwalk-archive: No such file or directory");
}

TEST_CASE("a creation that was cut off before its LAYOUT is done again") {
  const TemporaryDirectory temp;
  open(temp.path(), Access::kWrite);
  fs::remove(temp.path() / "LAYOUT");
  write(temp.path() / "LAYOUT.new", "boardw");
  CHECK(error_of(temp.path(), Access::kRead).kind == ErrorKind::kNotFound);
  open(temp.path(), Access::kWrite);
  CHECK(contents(temp.path() / "LAYOUT") == "boardwalk archive layout 3\n");
  fs::remove(temp.path() / "LAYOUT");
  fs::remove_all(temp.path() / "db");
  put(*open(temp.path(), Access::kWrite), "a", "b");
}

TEST_CASE("a creation that was cut off among its families is done again, and each has its own rows") {
  const TemporaryDirectory temp;
  open(temp.path(), Access::kWrite);
  fs::remove(temp.path() / "LAYOUT");
  {
    Rocks rocks = *open_writable(temp.path(), Access::kWrite, Missing::kDamage);
    for (const Family family : {Family::kVisits, Family::kRecords, Family::kForgotten})
      REQUIRE(rocks.db->DropColumnFamily(rocks.of(family)).ok());
  }
  for (int round = 0; round < 2; ++round) {
    const auto database = open(temp.path(), Access::kWrite);
    for (int i = 0; i < kFamilies; ++i) {
      const auto family = static_cast<Family>(i);
      CHECK(database->rocks().of(family)->GetName() == (i == 0 ? "default" : family_name(family)));
      if (round == 0) put(*database, "key", std::to_string(i), family);
      CHECK(get(*database, "key", family) == std::to_string(i));
    }
  }
}

TEST_CASE("damage is called damage") {
  const TemporaryDirectory temp;
  put(*open(temp.path(), Access::kWrite), "a", "b");
  const auto damaged = [&](const std::string& part) {
    for (const Access access : {Access::kRead, Access::kWrite}) {
      const Error error = error_of(temp.path(), access);
      INFO(error.message);
      CHECK(error.kind == ErrorKind::kDamaged);
      CHECK(error.message.starts_with(fmt::format("archive {} is damaged: ", temp.path().string())));
      CHECK(error.message.find(part) != std::string::npos);
      CHECK(error.message.find('\n') == std::string::npos);
    }
  };
  SECTION("a LAYOUT that names none") {
    write(temp.path() / "LAYOUT",
          GENERATE("", "hello\n", "boardwalk archive layout \n", "boardwalk archive layout 1"));
    damaged("LAYOUT does not name a layout");
  }
  SECTION("a database that is gone") {
    fs::remove_all(temp.path() / "db");
    damaged("db");
  }
  SECTION("a missing CURRENT") {
    fs::remove(temp.path() / "db" / "CURRENT");
    damaged("CURRENT");
  }
  SECTION("a missing table") {
    REQUIRE(open(temp.path(), Access::kWrite)->flush());
    for (const auto& entry : fs::directory_iterator(temp.path() / "db"))
      if (entry.path().extension() == ".sst") fs::remove(entry.path());
    damaged(".sst");
  }
  SECTION("rows without a LAYOUT") {
    fs::remove(temp.path() / "LAYOUT");
    const Error error = error_of(temp.path(), Access::kWrite);
    CHECK(error.kind == ErrorKind::kDamaged);
    CHECK(error.message ==
          fmt::format("archive {} is damaged: its file LAYOUT is missing; restore it from a backup",
                      temp.path().string()));
  }
}

TEST_CASE("an archive is opened for a change only where one is") {
  const TemporaryDirectory temp;
  const fs::path nowhere = temp.path() / "nowhere";
  CHECK(error_of(nowhere, Access::kChange).kind == ErrorKind::kNotFound);
  CHECK_FALSE(fs::exists(nowhere));
  put(*open(temp.path(), Access::kWrite), "a", "b");
  const auto database = open(temp.path(), Access::kChange);
  put(*database, "a", "c");
  CHECK(error_of(temp.path(), Access::kWrite).kind == ErrorKind::kLocked);
  CHECK(get(*database, "a") == "c");
}

TEST_CASE("compaction leaves what is current, and nothing on the disk of what was overwritten or erased") {
  const TemporaryDirectory temp;
  const auto database = open(temp.path(), Access::kWrite);
  const std::string gone = "a text that must not be found";
  put(*database, "overwritten", gone, Family::kBodies);
  put(*database, "erased", gone, Family::kBodies);
  put(*database, "kept", "stays", Family::kBodies);
  REQUIRE(database->flush());
  const auto on_disk = [&] {
    return std::any_of(fs::recursive_directory_iterator(temp.path()), fs::recursive_directory_iterator(),
                       [&](const auto& entry) {
                         return entry.is_regular_file() &&
                                contents(entry.path()).find(gone) != std::string::npos;
                       });
  };
  REQUIRE(on_disk());
  Batch batch(*database);
  batch.put(Family::kBodies, "overwritten", "new");
  batch.erase(Family::kBodies, "erased");
  REQUIRE(database->commit(batch));
  REQUIRE(database->compact());
  CHECK_FALSE(on_disk());
  CHECK(get(*database, "kept", Family::kBodies) == "stays");
  CHECK(get(*database, "overwritten", Family::kBodies) == "new");
}

TEST_CASE("sizes count what a flush put into tables") {
  const TemporaryDirectory temp;
  const auto database = open(temp.path(), Access::kWrite);
  CHECK(database->size_of(Family::kBodies) == 0);
  put(*database, "key", std::string(100'000, 'x'), Family::kBodies);
  REQUIRE(database->flush());
  CHECK(database->size_of(Family::kBodies) > 100'000);
  CHECK(database->size_of(Family::kRuns) == 0);
  CHECK(database->size_on_disk() > database->size_of(Family::kBodies));
  CHECK(database->directory() == temp.path());
}
