#include "cli/run_outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "config/whole_file.hpp"
#include "crawler/host_settings.hpp"

namespace boardwalk::cli {
namespace {

namespace fs = std::filesystem;

// Whether it would be one of a directory's TOML files, or is what one of these, a link, leads to.
bool is_read_in(const fs::path& directory, const fs::path& target) {
  constexpr const char* kRead = ".toml";
  if (target.parent_path() == directory && target.extension() == kRead) return true;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == kRead && config::place_of(at->path()).target == target) return true;
  return false;
}

bool is_read(const fs::path& target, const std::string& name) {
  if (name.empty()) return false;
  const fs::path read = config::place_of(name).target;
  std::error_code unknown;
  return target == read || (fs::is_directory(read, unknown) && is_read_in(read, target));
}

}  // namespace

std::vector<std::string> files_read(const config::Job& job) {
  std::vector<std::string> read = job.site.files;
  const crawler::HostSettings settings(job);
  for (const config::Job::Fetch* fetch : settings.all()) read.push_back(fetch->cookie_file);
  return read;
}

Result<void> check_outputs(const RunFiles& files, const std::vector<std::string>& read) {
  fs::path log;  // empty: none, or no file
  for (const auto& [option, name] : {std::pair{"--log", &files.log}, std::pair{"--report", &files.report}}) {
    const config::Place place = name->empty() ? config::Place{{}, true} : config::place_of(*name);
    if (place.in_place) continue;
    if (place.target == log)
      return fail(ErrorKind::kUsage, fmt::format("{} {}: that is the log; name another file", option, *name));
    if (std::any_of(read.begin(), read.end(),
                    [&place](const std::string& other) { return is_read(place.target, other); }))
      return fail(ErrorKind::kUsage,
                  fmt::format("{} {}: the crawl reads what has that name; name another file", option, *name));
    if (log.empty()) log = place.target;
  }
  return {};
}

}  // namespace boardwalk::cli
