// Durations and sizes as people write them in a job file or on the command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace boardwalk::config {

// "500ms", "2s", "5m", "1h", "1d", "1w": a whole number and a unit, nothing between. nullopt for anything
// else, and for more than ten years.
[[nodiscard]] std::optional<std::chrono::milliseconds> duration_from(std::string_view text);

// "512", "512KiB", "8MiB", "1GiB". nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> size_from(std::string_view text);

// "+08:00", "-03:30", "Z": minutes east of UTC.
[[nodiscard]] std::optional<int> zone_from(std::string_view text);

}  // namespace boardwalk::config
