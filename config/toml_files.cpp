#include "config/toml_files.hpp"

#include <algorithm>

namespace boardwalk::config {

namespace fs = std::filesystem;

bool is_toml_file(const fs::path& path) {
  return path.extension() == ".toml" && !path.filename().string().starts_with('.');
}

std::vector<fs::path> toml_files(const fs::path& directory, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
    if (is_toml_file(at->path())) files.push_back(at->path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace boardwalk::config
