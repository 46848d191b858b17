#include "store/care/backup.hpp"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <map>
#include <random>

#include "archive_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/care/archive_copy.hpp"
#include "store/query.hpp"
#include "tests/contents.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
namespace fs = std::filesystem;

namespace {

parsers::ParsedPage page(int number) {
  return thread_page(std::to_string(number), 1, 1, {make_post(std::to_string(number), long_text(number), 1)},
                     number);
}

std::vector<std::string> lines_in(const fs::path& directory) {
  const auto database = Database::open(directory, Database::Access::kRead);
  REQUIRE(database);
  std::vector<std::string> lines;
  for (const RecordKind kind : {RecordKind::kThread, RecordKind::kPost})
    REQUIRE(for_each_record(**database, {kind}, [&](const Row& row) {
      lines.emplace_back(row.json);
      return true;
    }));
  return lines;
}

std::size_t posts_in(const fs::path& directory) { return lines_in(directory).size() / 2; }

// No file of this process grows beyond so many bytes meanwhile, as on a disk that is full.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) {
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
    const rlimit limit{bytes, before_.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

 private:
  void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before_{};
};

// Bytes that no packing makes fewer.
std::string noise(std::size_t bytes) {
  std::minstd_rand random;
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>(random() >> 8);
  return text;
}

fs::path largest_table(const fs::path& archive) {
  fs::path largest;
  for (const auto& entry : fs::directory_iterator(archive / "db"))
    if (entry.path().extension() == ".sst" && (largest.empty() || entry.file_size() > fs::file_size(largest)))
      largest = entry.path();
  return largest;
}

BackupCounts must(const Result<BackupCounts>& counts) {
  if (!counts) FAIL(counts.error().message);
  return *counts;
}

}  // namespace

TEST_CASE("a backup is an archive that holds what its source held at that moment, also beside a writer") {
  Archive archive;
  TemporaryDirectory temp;
  archive.put(page(1));
  REQUIRE(archive.flush());
  archive.put(page(2));
  const auto counts = must(backup(archive.directory(), temp.path() / "copy", true));
  CHECK(counts.tables == counts.linked);
  CHECK(counts.tables > 0);
  archive.put(page(3));
  CHECK(posts_in(temp.path() / "copy") == 2);
  CHECK(posts_in(archive.directory()) == 3);
}

TEST_CASE("a backup counts the bytes that it copied, of tables as of all else") {
  Archive archive;
  TemporaryDirectory temp;
  for (int number = 1; number <= 20; ++number) archive.put(page(number));
  REQUIRE(archive.flush());
  const auto counts = must(backup(archive.directory(), temp.path() / "copy", false));
  CHECK(must(backup(archive.directory(), temp.path() / "linked", true)).copied < counts.copied);
  std::uint64_t tables = 0;
  for (const auto& entry : fs::directory_iterator(temp.path() / "copy" / "db"))
    tables += entry.path().extension() == ".sst" ? entry.file_size() : 0;
  CHECK(counts.copied > tables);
  CHECK(counts.copied < tables + (1U << 20));
}

TEST_CASE("a second backup into the same place brings it up to date and leaves nothing old behind") {
  Archive archive;
  TemporaryDirectory temp;
  archive.put(page(1));
  REQUIRE(archive.flush());
  const bool links = GENERATE(true, false);
  must(backup(archive.directory(), temp.path() / "copy", links));
  archive.put(page(2));
  REQUIRE(archive.flush());
  const auto counts = must(backup(archive.directory(), temp.path() / "copy", links));
  CHECK(counts.tables > counts.linked + (links ? -1 : 0));
  if (!links) CHECK(counts.kept > 0);
  CHECK(lines_in(temp.path() / "copy") == lines_in(archive.directory()));
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(temp.path() / "copy"))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"LAYOUT", "SEAL", "db", "lock"});
}

TEST_CASE("an archive is restored from its backup, and the backup stays as it is") {
  Archive archive;
  TemporaryDirectory temp;
  archive.put(page(1));
  must(backup(archive.directory(), temp.path() / "copy", false));
  const auto before = lines_in(temp.path() / "copy");
  must(backup(temp.path() / "copy", temp.path() / "restored", false));
  {
    const auto restored =
        Database::open(temp.path() / "restored", Database::Access::kWrite, config::Sync::kOs);
    REQUIRE(restored);
    Batch batch(**restored);
    REQUIRE(put_records(batch, page(2), kMinChars));
    REQUIRE((*restored)->commit(batch));
    REQUIRE((*restored)->compact());
  }
  CHECK(posts_in(temp.path() / "restored") == 2);
  CHECK(lines_in(temp.path() / "copy") == before);
}

TEST_CASE("a backup keeps off the archive itself, foreign directories and archives in use") {
  Archive archive;
  TemporaryDirectory temp;
  archive.put(page(1));
  CHECK(backup(archive.directory(), archive.directory(), true).error().kind == ErrorKind::kUsage);
  std::ofstream(temp.path() / "thesis.txt") << "mine";
  CHECK(backup(archive.directory(), temp.path(), true).error().kind == ErrorKind::kUsage);
  CHECK(backup(temp.path() / "nowhere", temp.path() / "copy", true).error().kind == ErrorKind::kNotFound);
  const auto busy = Database::open(temp.path() / "busy", Database::Access::kWrite, config::Sync::kOs);
  REQUIRE(busy);
  CHECK(backup(archive.directory(), temp.path() / "busy", true).error().kind == ErrorKind::kLocked);
}

TEST_CASE("another archive and the backup of another are not replaced, and the error names both") {
  Archive archive, other;
  TemporaryDirectory temp;
  const fs::path copy = temp.path() / "copy";
  archive.put(page(1));
  other.put(page(2));
  must(backup(other.directory(), copy, true));
  other.close();
  for (const fs::path& held : {copy, other.directory()}) {
    const auto before = lines_in(held);
    const auto counts = backup(archive.directory(), held, true);
    REQUIRE_FALSE(counts);
    CHECK(counts.error().kind == ErrorKind::kUsage);
    CHECK(counts.error().message.starts_with(held.string() + " holds another archive than " +
                                             archive.directory().string()));
    CHECK(lines_in(held) == before);
  }
}

TEST_CASE("an archive that was restored goes on with the backups that it had") {
  Archive archive;
  TemporaryDirectory temp;
  const fs::path one = temp.path() / "one", two = temp.path() / "two", restored = temp.path() / "restored";
  archive.put(page(1));
  must(backup(archive.directory(), one, false));
  must(backup(archive.directory(), two, false));
  must(restore(one, restored));
  {
    const auto database = Database::open(restored, Database::Access::kWrite, config::Sync::kOs);
    REQUIRE(database);
    Batch batch(**database);
    REQUIRE(put_records(batch, page(2), kMinChars));
    REQUIRE((*database)->commit(batch));
  }
  must(backup(restored, two, false));
  CHECK(posts_in(two) == 2);
}

TEST_CASE("an archive that is restored from a backup without a name keeps its own") {
  Archive archive;
  TemporaryDirectory temp;
  const fs::path old = temp.path() / "old", other = temp.path() / "other";
  archive.put(page(1));
  must(backup(archive.directory(), old, false));
  REQUIRE(fs::remove(old / "db/IDENTITY"));
  must(backup(archive.directory(), other, false));
  archive.close();
  must(restore(old, archive.directory()));
  archive.put(page(2));
  must(backup(archive.directory(), other, false));
  CHECK(posts_in(other) == 2);
}

TEST_CASE("a restore takes the place of whatever archive is there") {
  Archive archive, lost;
  TemporaryDirectory temp;
  archive.put(page(1));
  must(backup(archive.directory(), temp.path() / "copy", false));
  lost.put(page(2));
  lost.close();
  must(restore(temp.path() / "copy", lost.directory()));
  CHECK(lines_in(lost.directory()) == lines_in(archive.directory()));
}

TEST_CASE("a restore replaces each table of which a byte has changed, and keeps the others") {
  Archive archive;
  TemporaryDirectory temp;
  const fs::path copy = temp.path() / "copy";
  const std::string body = noise(20'000);
  archive.put(page(1));
  archive.commit([&](Batch& batch) { REQUIRE(put_body(batch, parsers::sha256_hex(body), body)); });
  REQUIRE(archive.flush());
  archive.close();
  must(backup(archive.directory(), copy, false));
  const fs::path table = largest_table(archive.directory());
  const std::string whole = tests::contents(table);
  REQUIRE(whole.size() > body.size());
  std::fstream(table, std::ios::in | std::ios::out | std::ios::binary)
      .seekp(100)
      .put(static_cast<char>(~whole[100]));
  REQUIRE(tests::contents(table) != whole);
  const auto counts = must(restore(copy, archive.directory()));
  CHECK(counts.kept == counts.tables - 1);
  CHECK(tests::contents(table) == whole);
}

TEST_CASE("a restore that is cut off behind the exchange leaves an archive that opens") {
  Archive archive;
  TemporaryDirectory temp;
  const fs::path copy = temp.path() / "copy", in_the_way = archive.directory() / "SEAL.new";
  archive.put(page(1));
  REQUIRE(archive.flush());
  must(backup(archive.directory(), copy, false));
  archive.put(page(2));
  REQUIRE(archive.flush());
  archive.close();
  fs::create_directory(in_the_way);
  const auto cut_off = restore(copy, archive.directory());
  REQUIRE_FALSE(cut_off);
  CHECK(cut_off.error().message.starts_with("cannot write " + in_the_way.string()));
  CHECK(posts_in(archive.directory()) == 1);
  fs::remove(in_the_way);
  must(restore(copy, archive.directory()));
  CHECK(tests::contents(archive.directory() / "SEAL") == tests::contents(copy / "SEAL"));
}

TEST_CASE("a backup of before backups had a name is brought up to date, and has one then") {
  Archive archive;
  TemporaryDirectory temp;
  archive.put(page(1));
  must(backup(archive.directory(), temp.path(), true));
  REQUIRE(fs::remove(temp.path() / "db/IDENTITY"));
  archive.put(page(2));
  must(backup(archive.directory(), temp.path(), true));
  CHECK(posts_in(temp.path()) == 2);
  CHECK(fs::exists(temp.path() / "db/IDENTITY"));
}

TEST_CASE("a first backup that was cut off is begun anew, but nobody else's directory is taken for one") {
  Archive archive;
  TemporaryDirectory temp;
  archive.put(page(1));
  const fs::path copy = temp.path() / "copy";
  fs::create_directories(copy / "backup.new" / "db");
  std::ofstream(copy / "backup.new" / "db" / "000001.sst") << "half";
  CHECK(backup(archive.directory(), copy, true).error().kind == ErrorKind::kUsage);
  std::ofstream(copy / "lock") << "pid 1 since 2024-01-01T00:00:00Z";
  must(backup(archive.directory(), copy, true));
  CHECK(posts_in(copy) == 1);
  CHECK_FALSE(fs::exists(copy / "backup.new"));
}

TEST_CASE("a copy that fails leaves nothing of itself, and the error names the file that failed") {
  Archive archive;
  TemporaryDirectory temp;
  archive.put(page(1));
  REQUIRE(archive.flush());
  const fs::path copy = temp.path() / "copy";
  const auto failed = [&] {
    const auto counts = backup(archive.directory(), copy, false);
    REQUIRE_FALSE(counts);
    CHECK(counts.error().kind == ErrorKind::kIo);
    CHECK_FALSE(fs::exists(copy / "backup.new"));
    return counts.error().message;
  };
  std::string full;
  {
    const FileLimit limit(128);
    full = failed();
  }
  CHECK(full.starts_with("cannot write " + (copy / "backup.new/db/MANIFEST-").string()));
  CHECK(full.ends_with(": File too large"));
  const fs::path unreadable = archive.directory() / "db/OPTIONS-999999";
  fs::create_directory(unreadable);
  CHECK(failed() == "cannot read " + unreadable.string() + ": Is a directory");
  fs::remove(unreadable);
  must(backup(archive.directory(), copy, false));
  CHECK(posts_in(copy) == 1);
}

TEST_CASE("a copy without links mends the tables of an earlier one that are damaged") {
  Archive archive;
  TemporaryDirectory temp;
  const fs::path copy = temp.path() / "copy";
  const std::string body = noise(40'000);
  archive.put(page(1));
  archive.commit([&](Batch& batch) { REQUIRE(put_body(batch, parsers::sha256_hex(body), body)); });
  REQUIRE(archive.flush());
  must(backup(archive.directory(), copy, false));
  const fs::path table = largest_table(copy);
  const std::string whole = tests::contents(table);
  constexpr std::size_t kMiddle = 20'000;
  std::fstream(table, std::ios::in | std::ios::out | std::ios::binary)
      .seekp(kMiddle)
      .write(std::string(16, '\0').data(), 16);
  REQUIRE(tests::contents(table) != whole);
  const auto counts = must(backup(archive.directory(), copy, false));
  CHECK(counts.kept == counts.tables - 1);
  CHECK(tests::contents(table) == whole);
}

TEST_CASE("a copy without links has no table in common with its source, though one with links was there") {
  Archive archive;
  TemporaryDirectory temp;
  const fs::path copy = temp.path() / "copy";
  archive.put(page(1));
  REQUIRE(archive.flush());
  must(backup(archive.directory(), copy, true));
  const auto counts = must(backup(archive.directory(), copy, false));
  CHECK(counts.linked + counts.kept == 0);
  for (const auto& entry : fs::directory_iterator(copy / "db"))
    if (entry.path().extension() == ".sst") CHECK(entry.hard_link_count() == 1);
}

TEST_CASE("an attempt that meets a dropped table keeps what it has copied for the next one") {
  Archive archive;
  TemporaryDirectory temp;
  const fs::path from = archive.directory() / "db", fresh = temp.path() / "fresh";
  archive.put(page(1));
  REQUIRE(archive.flush());
  const fs::path dropped = from / "999999.sst", growing = from / "999998.sst";
  fs::create_symlink(temp.path() / "nowhere", dropped);
  std::ofstream(growing) << "half";
  const bool links = GENERATE(true, false);
  ArchiveCopy copy(from, temp.path() / "none", fresh, links, Replaces::kBackupOfTheSame);
  REQUIRE_FALSE(copy.run().value());
  std::map<fs::path, fs::file_time_type> times;
  for (const auto& entry : fs::directory_iterator(fresh))
    if (entry.path().extension() == ".sst") {
      fs::last_write_time(entry.path(), entry.last_write_time() - std::chrono::hours(1));
      times.emplace(entry.path(), fs::last_write_time(entry.path()));
    }
  REQUIRE(times.size() > 1);
  CHECK_FALSE(copy.run().value());
  fs::remove(dropped);
  std::ofstream(growing, std::ios::app) << " and half";
  archive.put(page(2));
  REQUIRE(archive.flush());
  CHECK(copy.run().value());
  CHECK(tests::contents(fresh / growing.filename()) == "half and half");
  times.erase(fresh / growing.filename());
  for (const auto& [table, time] : times) CHECK(fs::last_write_time(table) == time);
  CHECK(copy.counts().tables > static_cast<std::int64_t>(times.size()) + 1);
  fs::remove(growing);
  CHECK(copy.run().value());
  CHECK_FALSE(fs::exists(fresh / growing.filename()));
}
