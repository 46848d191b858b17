// What an archive takes on the disk, as `status` and `stats` tell it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/care/stats.hpp"

namespace boardwalk::cli {

// A table in MiB: each family that has tables, and all files.
[[nodiscard]] std::string sizes_table(const std::vector<store::FamilyStats>& families,
                                      std::uint64_t all_files);

}  // namespace boardwalk::cli
