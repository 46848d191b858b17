// Files that a command reads whole.
#pragma once

#include <string>

#include "config/error.hpp"

namespace boardwalk::cli {

// The bytes of a file, or of standard input for `-`. kUsage names the file and what is wrong with it.
[[nodiscard]] Result<std::string> read_input(const std::string& file);

}  // namespace boardwalk::cli
