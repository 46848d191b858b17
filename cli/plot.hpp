// Counts by day as a picture (SVG 1.1): one panel of bars for each row of days, with the most and the first
// and last day in words. Needs no other file, works in light and dark.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace boardwalk::cli {

struct DaysPanel {
  std::string title;
  const std::map<std::string, std::int64_t>* counts;  // by `2026-01-31`
};

// Many days are drawn as months, or years, so that bars keep a width that can be seen.
[[nodiscard]] std::string plot_days(const std::vector<DaysPanel>& panels);

}  // namespace boardwalk::cli
