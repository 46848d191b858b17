// How RocksDB is set up for an archive: the name and options of each family, and what its failures mean to
// us. Types of RocksDB are only named here; its headers stay in the sources.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

#include "config/error.hpp"
#include "store/database.hpp"

namespace rocksdb {
class ColumnFamilyHandle;
struct ColumnFamilyDescriptor;
class DB;
struct DBOptions;
class Status;
}  // namespace rocksdb

namespace boardwalk::store {

// In the order of Family. Tables and their indexes share one small cache. Rows of a scratch database are read
// once and thrown away: time counts in it, room less.
[[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(Database::Access access);

// Of a family whose keys are looked for by what they begin with: that many bytes, by which its tables are
// filtered. 0 for others.
[[nodiscard]] std::size_t filtered_prefix(Family family);
// Within so many first bytes of its keys a family is walked as a rule: such a walk, which begins and ends there,
// need not keep its rows in order with all others, and passes over tables without that prefix (filters know
// it beside the keys). 0: it is walked anyhow.
[[nodiscard]] std::size_t walked_prefix(Family family);

// Of a database of so many tables.
[[nodiscard]] rocksdb::DBOptions database_options(Database::Access access, std::size_t tables);

// REQUIRES: !status.ok(). Damage names the file where RocksDB does, a lack of open files what may be done.
[[nodiscard]] Error error_from(const rocksdb::Status& status, const std::filesystem::path& directory);

// An open RocksDB with the handles of all families, in the order of Family.
struct Rocks {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;

  Rocks();
  ~Rocks();
  Rocks(Rocks&&) noexcept;
  Rocks& operator=(Rocks&&) = delete;
  [[nodiscard]] rocksdb::ColumnFamilyHandle* of(Family family) const {
    return families[static_cast<std::size_t>(family)];
  }
};

// What is done about a database, or a family of it, that is not there.
enum class Missing { kDamage, kAddFamilies, kCreate };

[[nodiscard]] Result<Rocks> open_writable(const std::filesystem::path& directory, Database::Access access,
                                          Missing missing);
// The state of this moment, also beside a writer: everything committed before the call is seen.
[[nodiscard]] Result<Rocks> open_readable(const std::filesystem::path& directory);

}  // namespace boardwalk::store
