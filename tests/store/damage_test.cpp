// An archive whose files were changed behind its back: it says so, or shows what it held.

#include <fmt/format.h>
#include <rocksdb/db.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <set>

#include "archive_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/care/verify.hpp"
#include "store/query.hpp"
#include "store/rocks.hpp"
#include "store/schema.hpp"
#include "tests/contents.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::tests::contents;
namespace fs = std::filesystem;

namespace {

using Rows = std::set<std::pair<std::string, std::string>>;

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Rows with their family's number before the key.
Rows rows_of(const Database& database, bool& failed) {
  Rows rows;
  for (int i = 0; i < kFamilies; ++i) {
    const auto scanned =
        database.scan(static_cast<Family>(i), "", "", [&](std::string_view key, std::string_view value) {
          rows.emplace(std::to_string(i) + " " + std::string(key), value);
          return true;
        });
    failed = failed || !scanned;
  }
  return rows;
}

void put_page(Database& database, int number) {
  const std::string body = fmt::format("<html>{}</html>", number);
  auto page = thread_page(std::to_string(number), 1, 1,
                          {make_post(std::to_string(number), long_text(number), 1)}, number);
  page.page.sha256 = parsers::sha256_hex(body);
  page.posts.front().page = page.threads.front().page = page.page;
  Batch batch(database);
  REQUIRE(put_records(batch, page, kMinChars));
  REQUIRE(put_body(batch, page.page.sha256, body));
  REQUIRE(database.commit(batch));
}

// An archive with tables, of a run that ended, and with a log, of one that was killed: as it lies on the
// disk. With two logs where a family was flushed in between.
class OnDisk {
 public:
  explicit OnDisk(bool killed, bool two_logs = false) {
    const fs::path live = temp_.path() / "live";
    const auto database = Database::open(live, Database::Access::kWrite, config::Sync::kOs);
    REQUIRE(database);
    for (int i = 1; i <= 5; ++i) put_page(**database, i);
    REQUIRE((*database)->flush());
    for (int i = 6; killed && i <= 12; ++i) {
      put_page(**database, i);
      const Rocks& rocks = (*database)->rocks();
      if (two_logs && i == 7)
        REQUIRE(rocks.db->Flush(rocksdb::FlushOptions{}, rocks.of(Family::kRecords)).ok());
    }
    fs::copy(live, path(), fs::copy_options::recursive);
  }

  fs::path path() const { return temp_.path() / "copy"; }
  void restore(const fs::path& file, const std::string& bytes) const { write(file, bytes); }

  std::vector<fs::path> files(const std::string& part) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(path()))
      if (entry.is_regular_file() && entry.path().filename().string().find(part) != std::string::npos &&
          entry.file_size() > 0)
        found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }

  // Opens, verifies and reads all. True when something is said to be wrong.
  bool tells(const Rows& whole, bool may_lose_end) const {
    const auto database = Database::open(path(), Database::Access::kRead);
    if (!database) {
      CHECK(database.error().message.find(path().string()) != std::string::npos);
      CHECK(database.error().message.find('\n') == std::string::npos);
      return true;
    }
    int findings = 0;
    const auto verified = verify(**database, [&](const Finding& finding) {
      ++findings;
      CHECK_FALSE(finding.affects.empty());
    });
    if (!verified || findings > 0) return true;
    bool failed = false;
    const Rows rows = rows_of(**database, failed);
    if (failed) return true;
    CHECK(std::includes(whole.begin(), whole.end(), rows.begin(), rows.end()) == true);
    if (!may_lose_end) CHECK(rows == whole);
    return false;
  }

  Rows whole() const {
    const auto database = Database::open(path(), Database::Access::kRead);
    REQUIRE(database);
    bool failed = false;
    Rows rows = rows_of(**database, failed);
    REQUIRE_FALSE(failed);
    return rows;
  }

 private:
  TemporaryDirectory temp_;
};

}  // namespace

TEST_CASE("a byte changed in any file is told, or changes nothing that is read") {
  const OnDisk archive(true);
  const Rows whole = archive.whole();
  std::mt19937 engine(7);
  for (const std::string part : {".sst", "MANIFEST", "CURRENT", ".log", "LAYOUT", "SEAL"}) {
    const auto files = archive.files(part);
    REQUIRE_FALSE(files.empty());
    for (const auto& file : files) {
      const std::string bytes = contents(file);
      const int samples = part == ".sst" ? 1 : 5;
      for (int sample = 0; sample < samples; ++sample) {
        const std::size_t at = engine() % bytes.size();
        std::string bad = bytes;
        bad[at] = static_cast<char>(bad[at] ^ (1 << engine() % 8));
        write(file, bad);
        INFO(file.filename().string() << " at " << at << " of " << bytes.size());
        // The last record of a log that fails its checksum is what a power cut leaves.
        archive.tells(whole, part == ".log");
        archive.restore(file, bytes);
      }
    }
  }
  CHECK_FALSE(archive.tells(whole, false));
}

TEST_CASE("a bad record of a log with good ones behind it is damage, and says where") {
  const OnDisk archive(true);
  const auto logs = archive.files(".log");
  REQUIRE(logs.size() == 1);
  std::string bytes = contents(logs.front());
  bytes[20] = static_cast<char>(bytes[20] ^ 1);
  write(logs.front(), bytes);
  for (const auto access : {Database::Access::kRead, Database::Access::kWrite}) {
    const auto database = Database::open(archive.path(), access);
    REQUIRE_FALSE(database);
    CHECK(database.error().kind == ErrorKind::kDamaged);
    CHECK(
        database.error().message ==
        fmt::format("archive {} is damaged: the write-ahead log {} has a bad record at byte 0 and good ones "
                    "behind it; what was fetched last cannot be read; restore it from a backup",
                    archive.path().string(), logs.front().filename().string()));
  }
}

TEST_CASE("a log that was torn off at its end is what a kill leaves: all before it is there") {
  const OnDisk archive(true);
  const Rows whole = archive.whole();
  const auto logs = archive.files(".log");
  REQUIRE(logs.size() == 1);
  const std::string bytes = contents(logs.front());
  for (const std::size_t size : {bytes.size() - 1, bytes.size() / 2, std::size_t{3}, std::size_t{0}}) {
    write(logs.front(), bytes.substr(0, size));
    const auto database = Database::open(archive.path(), Database::Access::kRead);
    REQUIRE(database);
    bool failed = false;
    const Rows rows = rows_of(**database, failed);
    CHECK_FALSE(failed);
    CHECK(rows.size() < whole.size());
    CHECK(verify(**database, [](const Finding&) {})->findings == 0);
    CHECK(record_json(**database, "bbs.test/post/5"));
  }
}

TEST_CASE("a torn log whose next one was begun by an opening that was cut off is no damage") {
  const OnDisk archive(true);
  const fs::path log = archive.files(".log").front();
  const std::string bytes = contents(log);
  write(log, bytes.substr(0, bytes.size() - 1));
  const Rows whole = archive.whole();
  const TemporaryDirectory temp;
  const fs::path opened = temp.path() / "opened";
  fs::copy(archive.path(), opened, fs::copy_options::recursive);
  REQUIRE(Database::open(opened, Database::Access::kWrite, config::Sync::kOs));
  int begun = 0;
  for (const auto& entry : fs::directory_iterator(opened / "db")) {
    const fs::path name = entry.path().filename();
    if (name.extension() != ".log" || name == log.filename() || entry.file_size() == 0) continue;
    ++begun;
    fs::copy_file(entry.path(), archive.path() / "db" / name);
  }
  REQUIRE(begun == 1);
  CHECK_FALSE(archive.tells(whole, false));
  REQUIRE(Database::open(archive.path(), Database::Access::kWrite, config::Sync::kOs));
  CHECK_FALSE(archive.tells(whole, false));
}

TEST_CASE("of two logs that go on from one another nothing is lost") {
  const OnDisk archive(true, true);
  REQUIRE(archive.files(".log").size() == 2);
  const Rows whole = archive.whole();
  CHECK(whole == OnDisk(true).whole());
  REQUIRE(Database::open(archive.path(), Database::Access::kWrite, config::Sync::kOs));
  CHECK(archive.whole() == whole);
}

TEST_CASE("rows that are missing between two logs are damage") {
  const OnDisk archive(true, true);
  const auto logs = archive.files(".log");
  REQUIRE(logs.size() == 2);
  const std::string first = logs.front().filename(), second = logs.back().filename();
  const std::string bytes = contents(logs.front());
  REQUIRE(bytes.size() < 32768);  // in one block, where records stand behind each other
  std::size_t last = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    last = at;
    at += 7 + static_cast<unsigned char>(bytes[at + 4]) + 256 * static_cast<unsigned char>(bytes[at + 5]);
  }
  const auto told = [&](std::size_t size, const std::string& what) {
    write(logs.front(), bytes.substr(0, size));
    for (const auto access : {Database::Access::kRead, Database::Access::kWrite}) {
      const auto database = Database::open(archive.path(), access);
      REQUIRE_FALSE(database);
      CHECK(database.error().kind == ErrorKind::kDamaged);
      CHECK(database.error().message ==
            fmt::format("archive {} is damaged: {}; what was fetched last cannot be read; restore it from a "
                        "backup",
                        archive.path().string(), what));
    }
  };
  told(bytes.size() - 1,
       fmt::format("the write-ahead log {} ends in the middle, and {} goes on behind it", first, second));
  told(last, fmt::format("rows are missing before the write-ahead log {}", second));
}

TEST_CASE("a file that is cut short or missing is told, whichever it is") {
  const OnDisk archive(false);
  const Rows whole = archive.whole();
  for (const std::string part : {".sst", "MANIFEST", "CURRENT"}) {
    for (const auto& file : archive.files(part)) {
      const std::string bytes = contents(file);
      INFO(file.filename().string());
      const bool table = part == ".sst";
      for (const std::size_t size :
           {table ? bytes.size() / 2 : bytes.size() - 1, bytes.size() / 3, std::size_t{0}}) {
        if (table && size != bytes.size() / 2) continue;
        INFO("cut to " << size << " of " << bytes.size());
        write(file, bytes.substr(0, size));
        // The last words of a manifest may be of no account: then all rows are there.
        const bool told = archive.tells(whole, false);
        if (part != "MANIFEST") CHECK(told);
      }
      fs::remove(file);
      CHECK(archive.tells(whole, false));
      archive.restore(file, bytes);
    }
  }
  CHECK_FALSE(archive.tells(whole, false));
}

TEST_CASE("rows that were there when a run ended and are not now are told by the seal") {
  const OnDisk archive(false);
  const std::string seal = contents(archive.path() / "SEAL");
  write(archive.path() / "SEAL", "boardwalk archive sealed at change 999999\n");
  const auto database = Database::open(archive.path(), Database::Access::kRead);
  REQUIRE_FALSE(database);
  CHECK(database.error().kind == ErrorKind::kDamaged);
  CHECK(database.error().message.find("of the 999999 that there were when a run last ended") !=
        std::string::npos);
  write(archive.path() / "SEAL", "boardwalk\n");
  CHECK(Database::open(archive.path(), Database::Access::kRead).error().kind == ErrorKind::kDamaged);
  fs::remove(archive.path() / "SEAL");
  CHECK(Database::open(archive.path(), Database::Access::kRead));
}

TEST_CASE(
    "an archive without its write-ahead log is damaged: what was fetched behind the last seal is not there") {
  for (const bool killed : {true, false}) {
    const OnDisk archive(killed);
    for (const auto& entry : fs::directory_iterator(archive.path() / "db"))
      if (entry.path().extension() == ".log") fs::remove(entry.path());
    for (const auto access : {Database::Access::kRead, Database::Access::kWrite}) {
      const auto opened = Database::open(archive.path(), access);
      REQUIRE_FALSE(opened);
      CHECK(opened.error().kind == ErrorKind::kDamaged);
      CHECK(opened.error().message ==
            "archive " + archive.path().string() +
                " is damaged: it has no write-ahead log (db/*.log); what was fetched last "
                "may be lost; restore it from a backup");
    }
  }
}

TEST_CASE("a log that cannot be read is no damage, and says why") {
  const OnDisk archive(true);
  const auto logs = archive.files(".log");
  REQUIRE(logs.size() == 1);
  fs::remove(logs.front());
  fs::create_directory(logs.front());
  for (const auto access : {Database::Access::kRead, Database::Access::kWrite}) {
    const auto database = Database::open(archive.path(), access);
    REQUIRE_FALSE(database);
    CHECK(database.error().kind == ErrorKind::kIo);
    CHECK(database.error().message == "archive log " + logs.front().string() +
                                          " cannot be read: Is a directory; check who owns the archive");
  }
}
