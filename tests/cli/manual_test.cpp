// The manual's tables say what the code does.

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "config/job.hpp"
#include "parsers/outcome.hpp"

using namespace boardwalk;

namespace {

std::string manual() {
  std::ifstream in(std::string(BOARDWALK_SOURCE_DIR) + "/MANUAL.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

// The text between the heading and the next one.
std::string section(const std::string& heading) {
  const std::string text = manual();
  const auto begin = text.find("## " + heading + "\n");
  REQUIRE(begin != std::string::npos);
  return text.substr(begin, text.find("\n## ", begin + 3) - begin);
}

std::string job_keys_of_default() {
  static const std::regex key_line(R"(^(\w+) = ("[^"]*"|\[\]|\S+))");
  static const std::regex section_line(R"(^\[(\w+)\])");
  std::string rows, prefix, line;
  std::istringstream text{std::string(config::kDefaultJob)};
  while (std::getline(text, line)) {
    std::smatch found;
    if (std::regex_search(line, found, section_line)) prefix = found[1].str() + ".";
    if (std::regex_search(line, found, key_line))
      rows += "| `" + prefix + found[1].str() + "` | `" + found[2].str() + "` |\n";
  }
  return rows;
}

}  // namespace

TEST_CASE("the manual's job keys are the default job's, in its order and with its values") {
  const std::string keys = job_keys_of_default();
  REQUIRE(keys.find("`fetch.delay`") != std::string::npos);
  CHECK(section("Job keys").find(keys) != std::string::npos);
}

TEST_CASE("the manual tells every outcome, and which are failures") {
  static const std::regex row(R"(\| `(\w+)`( \*)? \|)");
  const std::string text = section("Outcomes");
  std::set<std::string> told;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), row); it != std::sregex_iterator(); ++it) {
    const auto outcome = parsers::outcome_from((*it)[1].str());
    INFO((*it)[1].str());
    REQUIRE(outcome);
    CHECK(parsers::is_failure(*outcome) == (*it)[2].matched);
    told.insert((*it)[1].str());
  }
  for (int i = 0; i <= static_cast<int>(parsers::Outcome::kUnsafeAddress); ++i)
    CHECK(told.contains(std::string(to_string(static_cast<parsers::Outcome>(i)))));
}

TEST_CASE("each test that the manual names for a page exists") {
  static const std::regex row("\\| `(\\w+\\.cpp)`: ([^|\n]+) \\|\n");
  const std::string text = section("What is read from which page");
  int named = 0;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), row); it != std::sregex_iterator(); ++it) {
    std::ifstream in(std::string(BOARDWALK_SOURCE_DIR) + "/tests/parsers/" + (*it)[1].str());
    const std::string source{std::istreambuf_iterator<char>(in), {}};
    INFO((*it)[1].str() << ": " << (*it)[2].str());
    CHECK(source.find("TEST_CASE(\"" + (*it)[2].str() + "\")") != std::string::npos);
    ++named;
  }
  CHECK(named > 30);
}
