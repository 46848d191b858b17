// What an archive's directory holds besides RocksDB's own files: the line that names its layout, and the lock
// that lets one crawl write at a time.
#pragma once

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "config/error.hpp"

namespace boardwalk::store {

// The layout that `directory/LAYOUT` names; nullopt when there is no such file. kNewerLayout when it is above
// kLayout, kDamaged when the line is none of ours, kIo when it cannot be read.
[[nodiscard]] Result<std::optional<int>> read_layout(const std::filesystem::path& directory);

// Writes the line so that it stands whole on the disk, or not at all.
[[nodiscard]] Result<void> write_layout(const std::filesystem::path& directory);

// How many changes the archive had seen when it was sealed last; nullopt when it never was. kDamaged when the
// file says no number, kIo when it cannot be read.
[[nodiscard]] Result<std::optional<std::uint64_t>> read_seal(const std::filesystem::path& directory);
[[nodiscard]] Result<void> write_seal(const std::filesystem::path& directory, std::uint64_t changes);
// As of an archive that was never sealed.
void remove_seal(const std::filesystem::path& directory);

// In a backup, where its next state is made.
inline constexpr const char* kBackupTrial = "backup.new";

// Makes sure that an archive may be created in `directory`: it is absent, empty, or holds what a creation
// left that was cut off before its LAYOUT. kUsage when something else lies there. Creates nothing.
[[nodiscard]] Result<void> check_vacant(const std::filesystem::path& directory);

[[nodiscard]] Result<void> create_archive_directory(const std::filesystem::path& directory);

// RocksDB's own directory in that of the archive.
[[nodiscard]] std::filesystem::path rows_path(const std::filesystem::path& directory);

// kIo: `cannot write PATH: No space left on device`, by default as errno says.
[[nodiscard]] tl::unexpected<Error> io_error(std::string_view action, const std::filesystem::path& path,
                                             std::error_code why = {errno, std::generic_category()});

// What was written to the file, or which names the directory holds, survives a power cut from here on.
[[nodiscard]] Result<void> sync_path(const std::filesystem::path& path);

// What the lock is held for. A crawl attends to what is asked of it (crawler/actions.hpp), nothing else does.
enum class LockedFor { kCrawl, kCare };

// The writer's lock: flock on `directory/lock`, whose text names the process, since when and what for. The
// system drops it when the process ends, however it ends; the file stays.
class ArchiveLock {
 public:
  // kLocked when another process, or another Database of this one, holds it.
  [[nodiscard]] static Result<ArchiveLock> take(const std::filesystem::path& directory, LockedFor purpose);
  ~ArchiveLock();
  ArchiveLock(ArchiveLock&& other) noexcept;
  ArchiveLock& operator=(ArchiveLock&&) = delete;

 private:
  explicit ArchiveLock(int fd) : fd_(fd) {}
  int fd_;
};

struct LockHolder {
  std::string signature;  // `pid 7 since 2026-01-31T08:00:00Z`; empty when it has not signed yet
  LockedFor purpose = LockedFor::kCrawl;
};

// Absent when nobody holds the lock, or there is no archive.
[[nodiscard]] std::optional<LockHolder> lock_holder(const std::filesystem::path& directory);
// When the lock was taken last, by the clock of the file system; nullopt when it never was.
[[nodiscard]] std::optional<std::filesystem::file_time_type> locked_since(
    const std::filesystem::path& directory);

}  // namespace boardwalk::store
