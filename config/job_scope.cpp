#include "config/job_scope.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <sstream>

namespace boardwalk::config {
namespace {

std::string written(const auto& value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string list(const std::vector<std::string>& values) {
  toml::array array;
  for (const auto& value : values) array.push_back(value);
  return written(array);
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
          fmt::format("scope.traps={}", job.scope.traps),
          "fetch.user_agent=" + written(toml::value<std::string>(job.fetch.user_agent)),
          fmt::format("fetch.obey_robots={}", job.fetch.obey_robots)};
}

}  // namespace boardwalk::config
