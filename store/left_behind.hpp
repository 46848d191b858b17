// What processes that were killed have left: what is made beside `NAME` for the time being is called
// `NAME.PID` and an ending.
#pragma once

#include <filesystem>
#include <string_view>

namespace boardwalk::store {

// Removes every file and directory `name` `.` PID `ending` whose process is gone; what cannot be removed
// stays.
void remove_left_behind(const std::filesystem::path& name, std::string_view ending);

}  // namespace boardwalk::store
