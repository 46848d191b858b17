#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>

#include "store/care/verify.hpp"
#include "store/rocks.hpp"

namespace boardwalk::store {
namespace {

// Bytes of a key that a person can read.
std::string printable(std::string_view key) {
  std::string text;
  for (const char c : key.substr(0, 60)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F && byte < 0x80)
      text += c;
    else
      text += fmt::format("\\x{:02x}", byte);
  }
  return text;
}

}  // namespace

Result<void> verify_tables(const Database& database, Verified& verified, const Tell& tell) {
  const auto families = family_descriptors(Database::Access::kRead);
  for (const auto& table : database.tables()) {
    rocksdb::Options options(rocksdb::DBOptions{}, families[static_cast<std::size_t>(table.family)].options);
    rocksdb::SstFileReader reader(options);
    auto status = reader.Open(table.path);
    if (status.ok()) status = reader.VerifyChecksum();
    // What a crawl beside us has dropped meanwhile is read from the open file, and has no name any more.
    if (!status.ok() && !std::filesystem::exists(table.path)) continue;
    ++verified.tables;
    if (status.ok()) continue;
    tell({fmt::format("the table {} is damaged: {}", table.path.filename().string(), status.ToString()),
          fmt::format("rows of `{}` from {} to {}", family_name(table.family), printable(table.smallest),
                      printable(table.largest))});
  }
  return {};
}

}  // namespace boardwalk::store
