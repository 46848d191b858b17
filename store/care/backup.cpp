#include "store/care/backup.hpp"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <utility>

#include "config/whole_file.hpp"
#include "store/archive_directory.hpp"
#include "store/care/archive_copy.hpp"
#include "store/database.hpp"
#include "store/text_documents.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 20;  // beside a writer that drops files meanwhile

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
  const auto lock = ArchiveLock::take(to, LockedFor::kCare);
  if (!lock) return tl::unexpected(lock.error());
  if (what == Replaces::kBackupOfTheSame)
    if (auto same = check_identity(from, to); !same) return tl::unexpected(same.error());
  // The new state is made as an archive of its own, opened, and then put in its place.
  const Trial trial(to / kBackupTrial);
  if (auto created = create_archive_directory(trial.path()); !created) return tl::unexpected(created.error());
  ArchiveCopy copy(rows_path(from), rows_path(to), rows_path(trial.path()), links, what);
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
