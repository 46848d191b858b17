#include "tests/places.hpp"

namespace boardwalk::tests {

std::string source_dir() { return BOARDWALK_SOURCE_DIR; }
std::string binary_dir() { return BOARDWALK_BINARY_DIR; }

}  // namespace boardwalk::tests
