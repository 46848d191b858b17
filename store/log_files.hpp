// The write-ahead logs of an archive, read before RocksDB replays them, as it stops at the first bad record
// and goes on without a word (https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format). A log
// whose end is torn off is what a kill or a power cut leaves, also where the next opening was cut off as well;
// a bad record with good ones behind it, or rows that are missing between two logs, is damage.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "config/error.hpp"

namespace boardwalk::store {

// What is wrong with the logs in `db`, and where; nullopt when nothing is. All of the first `sealed` changes
// stand in tables. kIo when one cannot be read. Also beside a writer.
[[nodiscard]] Result<std::optional<std::string>> damage_in_logs(const std::filesystem::path& db,
                                                                std::uint64_t sealed);

}  // namespace boardwalk::store
