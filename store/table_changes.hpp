// Changes of many rows that reach the archive together or not at all, and need no memory: written in key
// order to table files of their own, which RocksDB then takes in at once, all families in one record of its
// manifest. A batch (database.hpp) is held in memory whole; this is for what rewrites much of an archive.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace boardwalk::store {

class TableChanges {
 public:
  // `folder` is made, on the file system of the archive; it is the caller's to remove. `database` must
  // outlive it.
  TableChanges(Database& database, std::filesystem::path folder);
  ~TableChanges();
  TableChanges(const TableChanges&) = delete;
  TableChanges& operator=(const TableChanges&) = delete;

  // REQUIRES: keys of one family come in ascending order, each once. What has failed makes take_in() fail.
  void put(Family family, std::string_view key, std::string_view value);
  void erase(Family family, std::string_view key);

  // Atomic; the rows are on the disk afterwards, and the archive is flushed and sealed. On failure the archive
  // is as it was, or holds all of them. REQUIRES: the last call; `database` was opened for writing, and no
  // Batch of it is in use.
  [[nodiscard]] Result<void> take_in();

 private:
  struct Table;
  struct Written {
    std::unique_ptr<Table> open;
    std::vector<std::string> files;
  };

  Table* table_of(Family family);
  void close(Written& written);

  Database& database_;
  std::filesystem::path folder_;
  std::array<Written, kFamilies> written_;
  std::unique_ptr<Error> error_;
  int files_ = 0;
};

}  // namespace boardwalk::store
