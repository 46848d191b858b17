// Which files of a directory are read where a directory stands for its files: those whose names end in .toml,
// job files and site files alike. Names that begin with a dot are hidden: editors and package managers keep copies
// under such.
#pragma once

#include <filesystem>
#include <system_error>
#include <vector>

namespace boardwalk::config {

[[nodiscard]] bool is_toml_file(const std::filesystem::path& path);  // by its name

// In the order of their names. `error` tells why the directory could not be read to its end, or is cleared.
[[nodiscard]] std::vector<std::filesystem::path> toml_files(const std::filesystem::path& directory,
                                                            std::error_code& error);

}  // namespace boardwalk::config
