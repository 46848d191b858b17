#include "cli/run_outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "config/toml_files.hpp"
#include "config/whole_file.hpp"
#include "crawler/host_settings.hpp"

namespace boardwalk::cli {
namespace {

namespace fs = std::filesystem;

// Whether `name` leads to the target, or is another name of the same file.
bool leads_to(const fs::path& target, const fs::path& name) {
  const fs::path other = config::place_of(name).target;
  std::error_code missing;
  return target == other || fs::equivalent(target, other, missing);
}

// Whether it would be one of a directory's TOML files, or is what one of these leads to.
bool is_read_in(const fs::path& directory, const fs::path& target) {
  if (target.parent_path() == directory && config::is_toml_file(target)) return true;
  std::error_code unknown;
  const auto files = config::toml_files(directory, unknown);
  return std::any_of(files.begin(), files.end(),
                     [&target](const fs::path& file) { return leads_to(target, file); });
}

bool is_read(const fs::path& target, const std::string& name) {
  if (name.empty()) return false;
  std::error_code unknown;
  return fs::is_directory(name, unknown) ? is_read_in(config::place_of(name).target, target)
                                         : leads_to(target, name);
}

// Whether it would be in that directory or below it, or take its name before it is made.
bool is_inside(const std::string& archive, const fs::path& target) {
  const fs::path directory = config::place_of(archive).target;
  for (fs::path above = target; !above.empty(); above = above.parent_path()) {
    if (leads_to(directory, above)) return true;
    if (above == above.parent_path()) break;
  }
  return false;
}

// What is wrong with the place of an output.
std::string trouble_with(const fs::path& target, const std::vector<std::string>& read,
                         const std::vector<std::string>& archives) {
  for (const auto& archive : archives)
    if (is_inside(archive, target)) return fmt::format("that is inside the archive {}", archive);
  const bool is_input =
      std::any_of(read.begin(), read.end(), [&](const std::string& other) { return is_read(target, other); });
  return is_input ? "the crawl reads what has that name" : "";
}

}  // namespace

std::vector<std::string> files_read(const config::Job& job) {
  std::vector<std::string> read = job.site.files;
  const crawler::HostSettings settings(job);
  for (const config::Job::Fetch* fetch : settings.all()) read.push_back(fetch->cookie_file);
  return read;
}

Result<void> check_outputs(const RunFiles& files, const std::vector<std::string>& read,
                           const std::vector<std::string>& archives) {
  fs::path log;  // empty: none, or no file
  for (const auto& [option, name] : {std::pair{"--log", &files.log}, std::pair{"--report", &files.report}}) {
    const config::Place place = name->empty() ? config::Place{{}, true} : config::place_of(*name);
    if (place.in_place) continue;
    const std::string trouble =
        place.target == log ? "that is the log" : trouble_with(place.target, read, archives);
    if (!trouble.empty())
      return fail(ErrorKind::kUsage, fmt::format("{} {}: {}; name another file", option, *name, trouble));
    if (log.empty()) log = place.target;
  }
  return {};
}

}  // namespace boardwalk::cli
