#include "store/care/archive_copy.hpp"

#include <rocksdb/options.h>
#include <rocksdb/sst_file_reader.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "store/archive_directory.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCopiedAtOnce = std::size_t{1} << 20;  // bytes
constexpr const char* kTable = ".sst";

struct Close {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

bool is_whole(const fs::path& table) {
  rocksdb::SstFileReader reader{rocksdb::Options()};
  return reader.Open(table).ok() && reader.VerifyChecksum().ok();
}

}  // namespace

ArchiveCopy::ArchiveCopy(fs::path from, fs::path held, fs::path fresh, bool links, Replaces what)
    : from_(std::move(from)), held_(std::move(held)), fresh_(std::move(fresh)), links_(links), what_(what) {}

// The manifest comes first, the logs last: what the one does not know yet stands in the others.
Result<bool> ArchiveCopy::run() {
  if (auto cleared = clear(); !cleared) return tl::unexpected(cleared.error());
  const auto logs = names_of(".log");
  std::ifstream current(from_ / "CURRENT");
  std::string manifest;
  std::getline(current, manifest);
  for (const std::string& name : {manifest, std::string("CURRENT")})
    if (auto done = copy(name); !done || !*done) return done;
  if (auto done = take_tables(); !done || !*done) return done;
  for (const char* const kind : {".log", "OPTIONS", kIdentity})
    for (const auto& name : names_of(kind))
      if (auto done = copy(name); !done || !*done) return done;
  // A log that was dropped meanwhile may have held rows that the manifest copied does not know in tables
  // yet.
  std::error_code error;
  for (const auto& log : logs)
    if (!fs::exists(fresh_ / log, error)) return false;
  if (auto synced = sync_path(fresh_); !synced) return tl::unexpected(synced.error());
  return true;
}

BackupCounts ArchiveCopy::counts() const {
  BackupCounts counts;
  counts.copied = copied_;
  for (const auto& [name, table] : taken_) {
    ++counts.tables;
    counts.linked += table.way == Way::kLinked ? 1 : 0;
    counts.kept += table.way == Way::kKept ? 1 : 0;
    counts.copied += table.way == Way::kCopied ? table.bytes : 0;
  }
  return counts;
}

ArchiveCopy::Names ArchiveCopy::names_of(std::string_view kind) const {
  Names names;
  std::error_code error;
  for (fs::directory_iterator entry(from_, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path name = entry->path().filename();
    if (name.extension() == kind || name.string().starts_with(kind)) names.insert(name);
  }
  return names;
}

// But for the tables of an attempt before.
Result<void> ArchiveCopy::clear() {
  copied_ = 0;
  std::error_code error;
  fs::create_directory(fresh_, error);
  if (error) return io_error("create", fresh_, error);
  std::vector<fs::path> others;
  for (fs::directory_iterator entry(fresh_, error), end; !error && entry != end; entry.increment(error))
    if (!taken_.contains(entry->path().filename())) others.push_back(entry->path());
  for (const auto& other : others) fs::remove_all(other, error);
  return {};
}

// All that are still there, whichever are not: the next attempt has the less to do.
Result<bool> ArchiveCopy::take_tables() {
  const Names tables = names_of(kTable);
  bool all = true;
  for (const auto& name : tables) {
    const auto taken = take_table(name);
    if (!taken) return taken;
    all = all && *taken;
  }
  std::error_code error;
  for (auto table = taken_.begin(); table != taken_.end();) {
    const bool stays = tables.contains(table->first);
    if (!stays) fs::remove(fresh_ / table->first, error);
    table = stays ? std::next(table) : taken_.erase(table);
  }
  return all;
}

Result<bool> ArchiveCopy::take_table(const fs::path& name) {
  std::error_code error;
  const auto size = fs::file_size(from_ / name, error);
  if (error) return false;
  if (taken_.contains(name)) {
    if (fs::file_size(fresh_ / name, error) == size && !error) return true;
    taken_.erase(name);  // it was still being written
    fs::remove(fresh_ / name, error);
  }
  const auto take = [&](Way way) {
    taken_[name] = {way, size};
    return true;
  };
  if (links_) {
    fs::create_hard_link(from_ / name, fresh_ / name, error);
    if (!error) return take(Way::kLinked);
  }
  if (is_to_keep(name, size)) {
    fs::create_hard_link(held_ / name, fresh_ / name, error);
    if (!error) return take(Way::kKept);
  }
  const auto copied_before = copied_;
  const auto copied = copy(name);
  copied_ = copied_before;
  return copied && *copied ? Result<bool>(take(Way::kCopied)) : copied;
}

// A backup is brought up to date to be whole; whether a table at the place of a restore is, its bytes tell.
bool ArchiveCopy::is_to_keep(const fs::path& name, std::uintmax_t size) const {
  std::error_code error;
  if (fs::file_size(held_ / name, error) != size || error) return false;
  const bool is_link = fs::equivalent(from_ / name, held_ / name, error);
  if (what_ == Replaces::kAnyArchive) return is_link || is_same(name, size);
  return !is_link && is_same(name, size) && is_whole(held_ / name);
}

// A table's end holds its checksums and its unique name: two files that agree there were one when they were
// written. An archive that is restored may have lost other bytes since. REQUIRES: both have that size.
bool ArchiveCopy::is_same(const fs::path& name, std::uintmax_t size) const {
  constexpr std::uintmax_t kEnd = 4096;
  const bool end_tells = what_ == Replaces::kBackupOfTheSame && size > kEnd;
  const auto begin = static_cast<std::streamoff>(end_tells ? size - kEnd : 0);
  std::ifstream ours(from_ / name, std::ios::binary), held(held_ / name, std::ios::binary);
  ours.seekg(begin);
  held.seekg(begin);
  std::vector<char> one(kCopiedAtOnce), other(kCopiedAtOnce);
  while (ours && held) {
    ours.read(one.data(), static_cast<std::streamsize>(one.size()));
    held.read(other.data(), static_cast<std::streamsize>(other.size()));
    if (ours.gcount() != held.gcount() ||
        !std::equal(one.begin(), one.begin() + ours.gcount(), other.begin()))
      return false;
  }
  return ours.eof() && held.eof();
}

Result<bool> ArchiveCopy::copy(const fs::path& name) {
  const File from(std::fopen((from_ / name).c_str(), "rbe"));
  if (!from && errno == ENOENT) return false;
  if (!from) return io_error("read", from_ / name);
  const File to(std::fopen((fresh_ / name).c_str(), "wbe"));
  if (!to) return io_error("write", fresh_ / name);
  if (auto done = copy_bytes(*from, *to, name); !done) return tl::unexpected(done.error());
  std::error_code error;
  fs::permissions(fresh_ / name, fs::status(from_ / name, error).permissions(), error);
  if (auto synced = sync_path(fresh_ / name); !synced) return tl::unexpected(synced.error());
  return true;
}

// An error names the side that failed.
Result<void> ArchiveCopy::copy_bytes(std::FILE& from, std::FILE& to, const fs::path& name) {
  std::vector<char> bytes(kCopiedAtOnce);
  while (const std::size_t size = std::fread(bytes.data(), 1, bytes.size(), &from)) {
    if (std::fwrite(bytes.data(), 1, size, &to) != size) return io_error("write", fresh_ / name);
    copied_ += size;
  }
  if (std::ferror(&from) != 0) return io_error("read", from_ / name);
  if (std::fflush(&to) != 0) return io_error("write", fresh_ / name);
  return {};
}

}  // namespace boardwalk::store
