#include "config/job_scope.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <sstream>
#include <string>

using namespace boardwalk::config;

TEST_CASE("a job's scope as assignments makes the same scope again") {
  Job job = default_job();
  job.seeds = {"http://a.example/\"quoted\"\\", "http://b.example/?q=木"};
  job.scope.hosts = {"c.example:8080"};
  job.scope.exclude = {"*'x'*"};
  job.scope.depth = 7;
  job.fetch.user_agent = "Bot/1.0 (\"quoted\"; +http://a.example/)";
  job.fetch.obey_robots = false;
  Job again = default_job();
  for (const auto& assignment : scope_assignments(job)) {
    INFO(assignment);
    REQUIRE(set_key(again, assignment));
  }
  CHECK(again.seeds == job.seeds);
  CHECK(again.fetch.user_agent == job.fetch.user_agent);
  CHECK_FALSE(again.fetch.obey_robots);
  CHECK(scope_assignments(again) == scope_assignments(job));
}

TEST_CASE("every key of the default job's scope is among its assignments") {
  static const std::regex key_line(R"(^(\w+) = )");
  std::string all, line, section;
  for (const auto& assignment : scope_assignments(default_job())) all += "\n" + assignment;
  std::istringstream text{std::string(kDefaultJob)};
  int keys = 0;
  while (std::getline(text, line)) {
    std::smatch found;
    if (line.starts_with("[")) section = line;
    if (section != "[scope]" || !std::regex_search(line, found, key_line)) continue;
    INFO(line);
    CHECK(all.find("\nscope." + found[1].str() + "=") != std::string::npos);
    ++keys;
  }
  CHECK(keys >= 4);
}
