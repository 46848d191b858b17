// How a run reads what its pages do not tell, as its job says: whoever reads them again needs it, though the
// job may be gone by then.
//
//   kRuns   run number (8 bytes, big-endian), "/reading"   → (whether a zone is told, minutes east of UTC,
//                                                             min_chars)
//
// Runs of earlier versions have no such row.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "store/database.hpp"

namespace boardwalk::store {

struct RunReading {
  std::optional<int> zone;  // of sites whose pages tell none
  std::int64_t min_chars = 0;
  friend bool operator==(const RunReading&, const RunReading&) = default;
};

[[nodiscard]] std::string run_reading_key(int run);
[[nodiscard]] std::string pack_run_reading(const RunReading& reading);
void put_run_reading(Batch& batch, int run, const RunReading& reading);
// Of all runs that tell it. kDamaged when a row does not fit its layout.
[[nodiscard]] Result<std::map<int, RunReading>> run_readings(const Database& database);

}  // namespace boardwalk::store
