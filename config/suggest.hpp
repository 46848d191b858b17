// "did you mean …": the nearest of some known words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::config {

// The candidate with the fewest edits (insert, drop, change, swap of neighbours), when they are at most a
// third of the word, or one or two for short words. Absent when nothing is near.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 const std::vector<std::string>& candidates);

// `; did you mean "fetch.delay"?`, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace boardwalk::config
