#pragma once

#include <filesystem>
#include <string>

#include "config/whole_file.hpp"

namespace boardwalk::tests {

// The bytes of a file; none when it is not there.
[[nodiscard]] inline std::string contents(const std::filesystem::path& path) {
  return config::read_whole_file(path).value_or("");
}

}  // namespace boardwalk::tests
