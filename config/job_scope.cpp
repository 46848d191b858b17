#include "config/job_scope.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <sstream>

namespace boardwalk::config {
namespace {

std::string list(const std::vector<std::string>& values) {
  toml::array array;
  for (const auto& value : values) array.push_back(value);
  std::ostringstream text;
  text << array;
  return text.str();
}

}  // namespace

std::vector<std::string> scope_assignments(const Job& job) {
  return {"seeds=" + list(job.seeds),
          "scope.hosts=" + list(job.scope.hosts),
          "scope.include=" + list(job.scope.include),
          "scope.exclude=" + list(job.scope.exclude),
          "scope.kinds=" + list(job.scope.kinds),
          fmt::format("scope.depth={}", job.scope.depth),
          fmt::format("scope.url_length={}", job.scope.url_length),
          fmt::format("scope.sitemaps={}", job.scope.sitemaps),
          fmt::format("scope.traps={}", job.scope.traps)};
}

}  // namespace boardwalk::config
