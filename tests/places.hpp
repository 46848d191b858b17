// Where the project stands. One source alone knows the paths, so that compiled tests are alike in every
// checkout and a compiler cache serves them all.
#pragma once

#include <string>

namespace boardwalk::tests {

[[nodiscard]] std::string source_dir();
[[nodiscard]] std::string binary_dir();
[[nodiscard]] inline std::string program() { return binary_dir() + "/boardwalk"; }

}  // namespace boardwalk::tests
