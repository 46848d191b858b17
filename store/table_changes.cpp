#include "store/table_changes.hpp"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>

#include <utility>

#include "store/rocks.hpp"
#include "store/slices.hpp"

namespace boardwalk::store {
namespace {

constexpr std::uint64_t kBytesOfTable = std::uint64_t{64} << 20;

}  // namespace

struct TableChanges::Table {
  Table(const Rocks& rocks, Family family)
      : options(rocks.db->GetOptions(rocks.of(family))),
        writer(rocksdb::EnvOptions(options), options, rocks.of(family)) {}

  rocksdb::Options options;
  rocksdb::SstFileWriter writer;
};

TableChanges::TableChanges(Database& database, std::filesystem::path folder)
    : database_(database), folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directory(folder_, error);
  if (error)
    error_ = std::make_unique<Error>(
        Error{ErrorKind::kIo, fmt::format("cannot create {}: {}", folder_.string(), error.message())});
}

TableChanges::~TableChanges() = default;

TableChanges::Table* TableChanges::table_of(Family family) {
  Written& written = written_[static_cast<std::size_t>(family)];
  if (written.open && written.open->writer.FileSize() > kBytesOfTable) close(written);
  if (error_) return nullptr;
  if (written.open) return written.open.get();
  written.open = std::make_unique<Table>(database_.rocks(), family);
  const std::string path = (folder_ / fmt::format("{}.sst", files_++)).string();
  if (const auto status = written.open->writer.Open(path); !status.ok())
    error_ = std::make_unique<Error>(error_from(status, database_.directory()));
  written.files.push_back(path);
  return error_ ? nullptr : written.open.get();
}

void TableChanges::put(Family family, std::string_view key, std::string_view value) {
  Table* const table = table_of(family);
  if (table == nullptr) return;
  if (const auto status = table->writer.Put(slice(key), slice(value)); !status.ok())
    error_ = std::make_unique<Error>(error_from(status, database_.directory()));
}

void TableChanges::erase(Family family, std::string_view key) {
  Table* const table = table_of(family);
  if (table == nullptr) return;
  if (const auto status = table->writer.Delete(slice(key)); !status.ok())
    error_ = std::make_unique<Error>(error_from(status, database_.directory()));
}

void TableChanges::close(Written& written) {
  if (const auto status = written.open->writer.Finish(); !status.ok() && !error_)
    error_ = std::make_unique<Error>(error_from(status, database_.directory()));
  written.open.reset();
}

Result<void> TableChanges::take_in() {
  std::vector<rocksdb::IngestExternalFileArg> all;
  for (int i = 0; i < kFamilies; ++i) {
    Written& written = written_[static_cast<std::size_t>(i)];
    if (written.open) close(written);
    if (written.files.empty()) continue;
    auto& family = all.emplace_back();
    family.column_family = database_.rocks().of(static_cast<Family>(i));
    family.external_files = written.files;
    family.options.move_files = true;
    family.options.write_global_seqno = false;
  }
  if (error_) return tl::unexpected(*error_);
  if (all.empty()) return {};
  database_.takes_unseen_rows();
  const auto status = database_.rocks().db->IngestExternalFiles(all);
  if (!status.ok()) return tl::unexpected(error_from(status, database_.directory()));
  // They count as one change, which no log has: a log that holds rows ends here, and of the gap in one that
  // holds none the seal tells.
  return database_.flush();
}

}  // namespace boardwalk::store
