#include "config/toml_files.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/temporary_directory.hpp"

using namespace boardwalk;
namespace fs = std::filesystem;

TEST_CASE("of a directory the files that end in .toml are read, by name, and why none can be is told") {
  const TemporaryDirectory directory;
  for (const char* name : {"b.toml", "a.toml", "notes.txt", "c.toml~", "toml", ".a.toml", ".toml"})
    std::ofstream(directory / name);
  std::error_code error;
  CHECK(config::toml_files(directory.path(), error) ==
        std::vector<fs::path>{directory / "a.toml", directory / "b.toml"});
  CHECK_FALSE(error);
  CHECK(config::toml_files(directory / "none", error).empty());
  CHECK(error == std::errc::no_such_file_or_directory);
  CHECK(config::is_toml_file("jobs/a.toml"));
  CHECK_FALSE(config::is_toml_file("jobs.toml/a"));
  CHECK_FALSE(config::is_toml_file("jobs/.a.toml"));
}
