// Larger collections of cases that live outside the project: $BOARDWALK_SHARED, else a folder `shared` beside
// the checkout. Tests that use them are extra: where a file is missing they say so and pass.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include "tests/places.hpp"

namespace boardwalk::tests {

// The file or folder `name` of the collection; nullopt, with a warning in the test's output, where it is
// missing.
[[nodiscard]] inline std::optional<std::filesystem::path> shared_corpus(const std::string& name) {
  const char* set = std::getenv("BOARDWALK_SHARED");
  const std::filesystem::path root =
      set && *set ? std::filesystem::path(set) : std::filesystem::path(source_dir()) / "../shared";
  std::error_code ignored;
  if (std::filesystem::exists(root / name, ignored)) return root / name;
  WARN("skipped: " << (root / name).string()
                   << " is not there; set BOARDWALK_SHARED to the folder that holds it");
  return std::nullopt;
}

}  // namespace boardwalk::tests
