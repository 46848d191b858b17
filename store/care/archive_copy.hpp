// The files of one RocksDB on their way into a directory of their own, which then holds the state of one
// moment; also beside a writer. Where that drops files meanwhile the copying is tried again, and goes on with
// the tables that it has: a table is never changed, only dropped.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

#include "config/error.hpp"
#include "store/care/backup.hpp"

namespace boardwalk::store {

// RocksDB names a database there when it makes it, and an unnamed one when it opens it for writing.
inline constexpr const char* kIdentity = "IDENTITY";

enum class Replaces { kBackupOfTheSame, kAnyArchive };

class ArchiveCopy {
 public:
  // `held`: what `fresh` is to replace, whose tables serve where they are the same; it need not be there.
  ArchiveCopy(std::filesystem::path from, std::filesystem::path held, std::filesystem::path fresh, bool links,
              Replaces what);

  // False when the source changed under our hands: to be tried again.
  [[nodiscard]] Result<bool> run();
  // Of what `fresh` holds, or held before it was put in its place.
  [[nodiscard]] BackupCounts counts() const;

 private:
  enum class Way { kLinked, kKept, kCopied };
  struct Table {
    Way way;
    std::uint64_t bytes;
  };
  using Names = std::set<std::filesystem::path>;

  [[nodiscard]] Names names_of(std::string_view kind) const;
  Result<void> clear();
  Result<bool> take_tables();
  Result<bool> take_table(const std::filesystem::path& name);
  [[nodiscard]] bool is_to_keep(const std::filesystem::path& name, std::uintmax_t size) const;
  [[nodiscard]] bool is_same(const std::filesystem::path& name, std::uintmax_t size) const;
  Result<bool> copy(const std::filesystem::path& name);
  Result<void> copy_bytes(std::FILE& from, std::FILE& to, const std::filesystem::path& name);

  const std::filesystem::path from_, held_, fresh_;
  const bool links_;
  const Replaces what_;
  std::map<std::filesystem::path, Table> taken_;  // of `fresh`, whole
  std::uint64_t copied_ = 0;                      // bytes of other files
};

}  // namespace boardwalk::store
