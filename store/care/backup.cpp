#include "store/care/backup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "config/whole_file.hpp"
#include "store/archive_directory.hpp"
#include "store/database.hpp"
#include "store/text_documents.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 20;                                   // beside a writer that drops files meanwhile
constexpr std::size_t kCopiedAtOnce = std::size_t{1} << 20;  // bytes
// RocksDB names a database there when it makes it, and an unnamed one when it opens it for writing.
constexpr const char* kIdentity = "IDENTITY";

struct Close {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

// The place in a backup where its next state is made, empty at first and gone with the end.
class Trial {
 public:
  explicit Trial(fs::path path) : path_(std::move(path)) { remove(); }
  ~Trial() { remove(); }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  void remove() const {
    std::error_code error;
    fs::remove_all(path_, error);
  }

  fs::path path_;
};

enum class Replaces { kBackupOfTheSame, kAnyArchive };

// The files of one RocksDB on their way into `fresh`.
class Copy {
 public:
  Copy(fs::path from, fs::path held, fs::path fresh, bool links, Replaces what)
      : from_(std::move(from)),
        held_(std::move(held)),
        fresh_(std::move(fresh)),
        links_(links),
        what_(what) {}

  // False when the source changed under our hands. The manifest comes first, the logs last: what the one does
  // not know yet stands in the others.
  Result<bool> run() {
    counts_ = {};
    std::error_code error;
    fs::remove_all(fresh_, error);
    if (!fs::create_directory(fresh_, error)) return io_error("create", fresh_, error);
    const auto logs = names_of(".log");
    std::ifstream current(from_ / "CURRENT");
    std::string manifest;
    std::getline(current, manifest);
    for (const std::string& name : {manifest, std::string("CURRENT")})
      if (auto done = copy(name); !done) return done;
    for (const char* const kind : {".sst", ".log", "OPTIONS", kIdentity}) {
      for (const auto& name : names_of(kind)) {
        const auto done = name.extension() == ".sst" ? take_table(name) : copy(name);
        if (!done || !*done) return done;
      }
    }
    // A log that was dropped meanwhile may have held rows that the manifest copied does not know in tables
    // yet.
    for (const auto& log : logs)
      if (!fs::exists(fresh_ / log, error)) return false;
    if (auto synced = sync_path(fresh_); !synced) return tl::unexpected(synced.error());
    return true;
  }

  [[nodiscard]] const BackupCounts& counts() const { return counts_; }

 private:
  std::set<fs::path> names_of(std::string_view kind) const {
    std::set<fs::path> names;
    std::error_code error;
    for (fs::directory_iterator entry(from_, error), end; !error && entry != end; entry.increment(error)) {
      const fs::path name = entry->path().filename();
      if (name.extension() == kind || name.string().starts_with(kind)) names.insert(name);
    }
    return names;
  }

  Result<bool> take_table(const fs::path& name) {
    ++counts_.tables;
    std::error_code error;
    const auto size = fs::file_size(from_ / name, error);
    if (error) return false;
    if (links_) {
      fs::create_hard_link(from_ / name, fresh_ / name, error);
      if (!error) return ++counts_.linked, true;
    }
    if (fs::file_size(held_ / name, error) == size && !error && is_same(name, size)) {
      fs::create_hard_link(held_ / name, fresh_ / name, error);
      if (!error) return ++counts_.kept, true;
    }
    return copy(name);
  }

  // A table's end holds its checksums and its unique name: two files that agree there were one when they were
  // written. An archive that is restored may have lost other bytes since. REQUIRES: both have that size.
  bool is_same(const fs::path& name, std::uintmax_t size) const {
    constexpr std::uintmax_t kEnd = 4096;
    std::error_code error;
    if (fs::equivalent(from_ / name, held_ / name, error)) return true;
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

  Result<bool> copy(const fs::path& name) {
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
  Result<void> copy_bytes(std::FILE& from, std::FILE& to, const fs::path& name) {
    std::vector<char> bytes(kCopiedAtOnce);
    while (const std::size_t size = std::fread(bytes.data(), 1, bytes.size(), &from)) {
      if (std::fwrite(bytes.data(), 1, size, &to) != size) return io_error("write", fresh_ / name);
      counts_.copied += size;
    }
    if (std::ferror(&from) != 0) return io_error("read", from_ / name);
    if (std::fflush(&to) != 0) return io_error("write", fresh_ / name);
    return {};
  }

  fs::path from_, held_, fresh_;
  bool links_;
  Replaces what_;
  BackupCounts counts_;
};

// Puts `fresh` in the place of `held`.
Result<void> replace(const fs::path& fresh, const fs::path& held) {
  std::error_code error;
  const bool there = fs::exists(held, error);
  if (there && config::exchange_names(fresh, held)) {
    fs::remove_all(fresh, error);
    return {};
  }
  if (there) fs::remove_all(held, error);
  fs::rename(fresh, held, error);
  if (error) return io_error("rename", fresh, error);
  return {};
}

Result<void> check_target(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::equivalent(from, to, error))
    return fail(ErrorKind::kUsage,
                fmt::format("{} is the archive itself; name another directory", to.string()));
  const auto layout = read_layout(to);
  if (!layout) return tl::unexpected(layout.error());
  if (!*layout)
    if (auto vacant = check_vacant(to); !vacant) return vacant;
  return create_archive_directory(to);
}

// Empty where there is none, as in a copy of the time before it was copied too.
std::string identity_of(const fs::path& archive) {
  return config::read_whole_file(rows_path(archive) / kIdentity).value_or("");
}

Result<void> check_identity(const fs::path& from, const fs::path& to) {
  const std::string ours = identity_of(from), held = identity_of(to);
  if (ours.empty() || held.empty() || ours == held) return {};
  return fail(ErrorKind::kUsage,
              fmt::format("{} holds another archive than {}, or the backup of another; name another "
                          "directory, or remove that one first",
                          to.string(), from.string()));
}

Result<BackupCounts> copy_archive(const fs::path& from, const fs::path& to, bool links, Replaces what) {
  if (auto open = Database::open(from, Database::Access::kRead); !open) return tl::unexpected(open.error());
  if (auto checked = check_target(from, to); !checked) return tl::unexpected(checked.error());
  const auto lock = ArchiveLock::take(to);
  if (!lock) return tl::unexpected(lock.error());
  if (what == Replaces::kBackupOfTheSame)
    if (auto same = check_identity(from, to); !same) return tl::unexpected(same.error());
  // The new state is made as an archive of its own, opened, and then put in its place.
  const Trial trial(to / kBackupTrial);
  if (auto created = create_archive_directory(trial.path()); !created) return tl::unexpected(created.error());
  Copy copy(rows_path(from), rows_path(to), rows_path(trial.path()), links, what);
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const auto seal = read_seal(from);  // before the copy, which may hold more
    if (!seal) return tl::unexpected(seal.error());
    const auto done = copy.run();
    if (!done) return tl::unexpected(done.error());
    if (!*done) continue;
    if (auto written = write_layout(trial.path()); !written) return tl::unexpected(written.error());
    const auto opened = Database::open(trial.path(), Database::Access::kRead);
    if (!opened && attempt + 1 == kTries) return tl::unexpected(opened.error());
    if (!opened) continue;
    std::error_code unnamed;  // a restored archive keeps the name that its other backups know
    if (what == Replaces::kAnyArchive && identity_of(trial.path()).empty())
      fs::copy_file(rows_path(to) / kIdentity, rows_path(trial.path()) / kIdentity, unnamed);
    remove_seal(to);  // it may count more than the new state holds, which could not be opened beside it
    if (auto replaced = replace(rows_path(trial.path()), rows_path(to)); !replaced)
      return tl::unexpected(replaced.error());
    if (*seal)
      if (auto written = write_seal(to, **seal); !written) return tl::unexpected(written.error());
    if (auto written = write_layout(to); !written) return tl::unexpected(written.error());
    std::error_code error;
    fs::remove_all(text_index_path(to), error);  // made of what was there before
    return copy.counts();
  }
  return fail(ErrorKind::kIo,
              fmt::format("archive {} changes faster than it can be copied; try again", from.string()));
}

}  // namespace

Result<BackupCounts> backup(const fs::path& from, const fs::path& to, bool links) {
  return copy_archive(from, to, links, Replaces::kBackupOfTheSame);
}

Result<BackupCounts> restore(const fs::path& from, const fs::path& to) {
  return copy_archive(from, to, false, Replaces::kAnyArchive);
}

}  // namespace boardwalk::store
