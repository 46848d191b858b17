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

// Hours of a day, from and to in minutes since midnight; `to` before `from` passes midnight.
struct Hours {
  int from = 0;
  int to = 0;
  [[nodiscard]] bool always() const { return from == to; }
};
// "01:00-06:00", "22:30-06:00", "18:00-24:00"; "" is always. nullopt for anything else.
[[nodiscard]] std::optional<Hours> hours_from(std::string_view text);

// "+08:00", "-03:30", "Z": minutes east of UTC.
[[nodiscard]] std::optional<int> zone_from(std::string_view text);

}  // namespace boardwalk::config
