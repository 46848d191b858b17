#include "store/archive_directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "config/descriptor.hpp"
#include "config/whole_file.hpp"
#include "parsers/moment.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLayoutWords = "boardwalk archive layout ";
constexpr const char* kLayoutFile = "LAYOUT";
constexpr const char* kNewLayoutFile = "LAYOUT.new";
constexpr const char* kLockFile = "lock";
constexpr std::string_view kForCare = " for care";  // behind the signature
constexpr const char* kRows = "db";
constexpr int kLockTries = 3;  // lock_holder() holds it for a moment
constexpr std::chrono::milliseconds kLockPause{20};
constexpr std::string_view kSealWords = "boardwalk archive sealed at change ";
constexpr const char* kSealFile = "SEAL";
constexpr const char* kNewSealFile = "SEAL.new";

// The first bytes of a small file; nullopt with errno set when it cannot be read.
std::optional<std::string> read_start(int fd) {
  std::string text(256, '\0');
  const ssize_t size = ::pread(fd, text.data(), text.size(), 0);
  if (size < 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(size));
  return text;
}

bool write_whole(int fd, std::string_view text) {
  return ::lseek(fd, 0, SEEK_SET) == 0 && config::write_all(fd, text);
}

// Zero, or the errno of the last try.
int lock_file(int fd) {
  for (int tries = 1; ::flock(fd, LOCK_EX | LOCK_NB) != 0; ++tries) {
    if (errno != EWOULDBLOCK || tries == kLockTries) return errno;
    std::this_thread::sleep_for(kLockPause);
  }
  return 0;
}

std::string lock_text(LockedFor purpose) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  return fmt::format("pid {} since {}{}", ::getpid(), parsers::utc_rfc3339(seconds),
                     purpose == LockedFor::kCare ? kForCare : "");
}

LockHolder holder_from(std::string text) {
  if (!text.ends_with(kForCare)) return {std::move(text), LockedFor::kCrawl};
  text.resize(text.size() - kForCare.size());
  return {std::move(text), LockedFor::kCare};
}

Error locked(const fs::path& directory, const LockHolder& holder) {
  const std::string& text = holder.signature;
  const std::size_t since = text.find(" since ");
  const std::string who = since == std::string::npos
                              ? "its process has not signed yet"
                              : fmt::format("{}, since {}", text.substr(0, since), text.substr(since + 7));
  return {
      ErrorKind::kLocked,
      fmt::format("archive {} is in use by {} ({}); wait for it, or end it and try again", directory.string(),
                  holder.purpose == LockedFor::kCare ? "a command that changes it" : "a crawl", who)};
}

// The number behind the words of a file's only line; nullopt when it does not read so.
std::optional<std::uint64_t> number_behind(std::string_view text, std::string_view words) {
  if (!text.starts_with(words)) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + words.size(), end, number);
  if (error != std::errc{} || rest + 1 != end || *rest != '\n') return std::nullopt;
  return number;
}

// Writes a file so that it stands whole on the disk, or not at all. What a kill leaves has a name of its own,
// that of no process, as config::write_whole_file() gives: check_vacant() knows it, and the next takes it.
Result<void> put_file(const fs::path& directory, const char* name, const char* temporary_name,
                      const std::string& line) {
  const fs::path temporary = directory / temporary_name;
  {
    const config::Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open() || !write_whole(file.fd(), line) || ::fsync(file.fd()) != 0)
      return io_error("write", temporary);
  }
  if (::rename(temporary.c_str(), (directory / name).c_str()) != 0) return io_error("rename", temporary);
  return sync_path(directory);
}

}  // namespace

fs::path rows_path(const fs::path& directory) { return directory / kRows; }

tl::unexpected<Error> io_error(std::string_view action, const fs::path& path, std::error_code why) {
  return fail(ErrorKind::kIo, fmt::format("cannot {} {}: {}", action, path.string(), why.message()));
}

Result<void> sync_path(const fs::path& path) {
  const config::Descriptor file(path, O_RDONLY);
  if (!file.is_open() || ::fsync(file.fd()) != 0) return io_error("sync", path);
  return {};
}

Result<std::optional<int>> read_layout(const fs::path& directory) {
  const fs::path path = directory / kLayoutFile;
  const config::Descriptor file(path, O_RDONLY);
  if (!file.is_open() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  const auto text = file.is_open() ? read_start(file.fd()) : std::nullopt;
  if (!text) return io_error("read", path);
  const std::uint64_t layout = number_behind(*text, kLayoutWords).value_or(0);
  if (layout < 1)
    return fail(
        ErrorKind::kDamaged,
        fmt::format("archive {} is damaged: {} does not name a layout; restore the file from a backup",
                    directory.string(), path.string()));
  if (layout > kLayout)
    return fail(ErrorKind::kNewerLayout,
                fmt::format("archive {} has layout {}, this boardwalk reads up to {}; use a newer boardwalk",
                            directory.string(), layout, kLayout));
  return static_cast<int>(layout);
}

Result<void> write_layout(const fs::path& directory) {
  return put_file(directory, kLayoutFile, kNewLayoutFile, fmt::format("{}{}\n", kLayoutWords, kLayout));
}

Result<std::optional<std::uint64_t>> read_seal(const fs::path& directory) {
  const fs::path path = directory / kSealFile;
  const config::Descriptor file(path, O_RDONLY);
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  const auto text = file.is_open() ? read_start(file.fd()) : std::nullopt;
  if (!text) return io_error("read", path);
  const auto changes = number_behind(*text, kSealWords);
  if (changes) return changes;
  return fail(
      ErrorKind::kDamaged,
      fmt::format("archive {} is damaged: {} names no number; boardwalk verify tells whether the rest is "
                  "whole once that file is gone",
                  directory.string(), path.string()));
}

Result<void> write_seal(const fs::path& directory, std::uint64_t changes) {
  return put_file(directory, kSealFile, kNewSealFile, fmt::format("{}{}\n", kSealWords, changes));
}

void remove_seal(const fs::path& directory) {
  std::error_code error;
  fs::remove(directory / kSealFile, error);
}

Result<void> check_vacant(const fs::path& directory) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  if (error == std::errc::no_such_file_or_directory) return {};
  if (error) return io_error("open archive", directory, error);
  bool has_lock = false;
  std::string foreign, within;
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename();
    has_lock |= name == kLockFile;
    const bool inside = name == kRows || name == kBackupTrial;
    if (name != kLockFile && !inside && name != kNewLayoutFile && name != kSealFile) foreign = name;
    if (inside) within = name;
  }
  if (!within.empty() && !has_lock) foreign = within;  // the lock is made first: this one is not ours
  if (foreign.empty()) return {};
  return fail(
      ErrorKind::kUsage,
      fmt::format("{} is no archive and not empty (it holds {}); name another directory with --archive",
                  directory.string(), foreign));
}

Result<void> create_archive_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return io_error("create archive", directory, error);
  return {};
}

Result<ArchiveLock> ArchiveLock::take(const fs::path& directory, LockedFor purpose) {
  const fs::path path = directory / kLockFile;
  ArchiveLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.fd_ < 0) return io_error("write", path);
  if (const int reason = lock_file(lock.fd_); reason != 0) {
    if (reason != EWOULDBLOCK) return io_error("lock", path, {reason, std::generic_category()});
    return tl::unexpected<Error>(locked(directory, holder_from(read_start(lock.fd_).value_or(""))));
  }
  if (::ftruncate(lock.fd_, 0) != 0 || !write_whole(lock.fd_, lock_text(purpose)))
    return io_error("write", path);
  return lock;
}

ArchiveLock::~ArchiveLock() {
  if (fd_ >= 0) ::close(fd_);
}

ArchiveLock::ArchiveLock(ArchiveLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

std::optional<LockHolder> lock_holder(const fs::path& directory) {
  const config::Descriptor file(directory / kLockFile, O_RDONLY);
  if (!file.is_open()) return std::nullopt;
  if (::flock(file.fd(), LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK) return std::nullopt;
  return holder_from(read_start(file.fd()).value_or(""));
}

std::optional<fs::file_time_type> locked_since(const fs::path& directory) {
  std::error_code error;
  const auto since = fs::last_write_time(directory / kLockFile, error);
  return error ? std::nullopt : std::optional(since);
}

}  // namespace boardwalk::store
