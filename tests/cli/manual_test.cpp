// The manual's tables say what the code does.

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "config/job.hpp"
#include "crawler/log_line.hpp"
#include "crawler/report.hpp"
#include "crawler/why.hpp"
#include "parsers/outcome.hpp"
#include "parsers/page.hpp"
#include "store/json_codec.hpp"
#include "tests/cli/crawled.hpp"
#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/places.hpp"

using namespace boardwalk;
using boardwalk::tests::contents;
using boardwalk::tests::run_program;

namespace {

std::string manual() { return contents(tests::source_dir() + "/MANUAL.md"); }

// The text between the heading and the next one.
std::string section(const std::string& heading) {
  const std::string text = manual();
  const auto begin = text.find("## " + heading + "\n");
  REQUIRE(begin != std::string::npos);
  return text.substr(begin, text.find("\n## ", begin + 3) - begin);
}

struct KeyRow {
  std::string name, value, unit;
};

std::vector<KeyRow> keys_of_the_default_job() {
  static const std::regex key_line(R"(^(\w+) = ("[^"]*"|\[[^\]]*\]|\S+))");
  static const std::regex section_line(R"(^\[(\w+)\])");
  std::vector<KeyRow> rows;
  std::string prefix, line;
  std::istringstream text{std::string(config::kDefaultJob)};
  while (std::getline(text, line)) {
    std::smatch found;
    if (std::regex_search(line, found, section_line)) prefix = found[1].str() + ".";
    if (std::regex_search(line, found, key_line))
      rows.push_back({prefix + found[1].str(), found[2].str(), {}});
  }
  return rows;
}

std::vector<KeyRow> keys_of_the_manual() {
  static const std::regex row(R"(\| `([^`]+)` \| `(.*)` \| (.+) \|\n)");
  const std::string text = section("Job keys");
  std::vector<KeyRow> rows;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), row); it != std::sregex_iterator(); ++it)
    rows.push_back({(*it)[1].str(), (*it)[2].str(), (*it)[3].str()});
  return rows;
}

bool takes(const KeyRow& key, const std::string& value) {
  config::Job job = config::default_job();
  return config::set_key(job, key.name + "=" + value).has_value();
}

}  // namespace

TEST_CASE("the manual's job keys are the default job's, in its order and with its values") {
  const auto keys = keys_of_the_default_job();
  const auto told = keys_of_the_manual();
  REQUIRE(told.size() > 50);
  REQUIRE(told.size() == keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    CHECK(told[i].name == keys[i].name);
    CHECK(told[i].value == keys[i].value);
  }
}

TEST_CASE("the manual's unit of a job key is the one that the key takes, and no number goes without") {
  for (const KeyRow& key : keys_of_the_manual()) {
    INFO(key.name);
    if (key.unit == "duration" || key.unit == "durations") {
      const bool list = key.unit == "durations";
      CHECK(takes(key, list ? R"(["7s"])" : "7s"));
      CHECK_FALSE(takes(key, list ? R"(["7KiB"])" : "7KiB"));
    } else if (key.unit == "size") {
      CHECK(takes(key, "7KiB"));
      CHECK_FALSE(takes(key, "7s"));
    } else if (key.unit != "–") {
      CHECK(takes(key, "7"));
      CHECK_FALSE(takes(key, "7s"));
      CHECK_FALSE(takes(key, "7KiB"));
    } else {
      CHECK(key.value.find_first_not_of("0123456789") != std::string::npos);
    }
  }
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

TEST_CASE("the manual tells every role of a link") {
  const std::string links = section("Links");
  for (int i = 0; i <= static_cast<int>(parsers::LinkRole::kSubBoard); ++i) {
    const auto role = to_string(static_cast<parsers::LinkRole>(i));
    INFO(role);
    CHECK(links.find(fmt::format("| `{}` |", role)) != std::string::npos);
  }
}

TEST_CASE("each test that the manual names for a page exists") {
  static const std::regex row("\\| `(\\w+\\.cpp)`: ([^|\n]+) \\|\n");
  const std::string text = section("What is read from which page");
  int named = 0;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), row); it != std::sregex_iterator(); ++it) {
    const std::string source = contents(tests::source_dir() + "/tests/parsers/" + (*it)[1].str());
    INFO((*it)[1].str() << ": " << (*it)[2].str());
    CHECK(source.find("TEST_CASE(\"" + (*it)[2].str() + "\")") != std::string::npos);
    ++named;
  }
  CHECK(named > 30);
}

namespace {

// The names in the first column of a section's table, in their order.
std::vector<std::string> first_column(const std::string& heading) {
  static const std::regex row(R"(\n\| ((?:`[^`]+`(?:, )?)+))");
  static const std::regex name("`([^`]+)`");
  const std::string text = section(heading);
  std::vector<std::string> names;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), row); it != std::sregex_iterator(); ++it) {
    const std::string cell = (*it)[1].str();
    for (auto in = std::sregex_iterator(cell.begin(), cell.end(), name); in != std::sregex_iterator(); ++in)
      names.push_back((*in)[1].str());
  }
  return names;
}

// The keys of the outermost object of a JSON text, in their order.
std::vector<std::string> keys_of(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  REQUIRE(document.IsObject());
  std::vector<std::string> keys;
  for (const auto& member : document.GetObject()) keys.emplace_back(member.name.GetString());
  return keys;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("the manual's stop reasons are the engine's") {
  CHECK(first_column("Stop reasons") ==
        std::vector<std::string>(std::begin(crawler::kStopReasons), std::end(crawler::kStopReasons)));
}

TEST_CASE("the manual tells every decision that why answers with") {
  CHECK(first_column("Why a URL") ==
        std::vector<std::string>(std::begin(crawler::kDecisions), std::end(crawler::kDecisions)));
}

TEST_CASE("the manual tells every key of a log line, in its order") {
  CHECK(first_column("The log") == keys_of(to_json(crawler::LogLine{})));
}

TEST_CASE("the manual tells every key of the report and of its hosts") {
  crawler::RunReport report;
  report.hosts["a.example"] = {};
  CHECK(sorted(first_column("The report")) == sorted(keys_of(full_json(report))));
  rapidjson::Document document;
  const std::string json = full_json(report);
  document.Parse(json.data(), json.size());
  const std::string text = section("The report");
  for (const char* list : {"records", "hosts"}) {
    const auto& inner = document[list].IsArray() ? document[list][0] : document[list];
    for (const auto& member : inner.GetObject())
      CHECK(text.find("`" + std::string(member.name.GetString()) + "`") != std::string::npos);
  }
}

TEST_CASE("the manual tells every key of what commands print for programs") {
  const tests::Crawled crawled;
  const std::string text = section("What commands print for programs");
  const auto check = [&text](const std::string& json) {
    for (const auto& key : keys_of(json)) {
      INFO(key);
      CHECK(text.find("`" + key + "`") != std::string::npos);
    }
  };
  const std::string out = crawled.directory / "out.jsonl";
  REQUIRE(crawled.run({"export", "jsonl", "-o", out}).exit_code == 0);
  check(contents(out + ".manifest.json"));
  check(crawled.run({"status", "--json"}).out);
  check(crawled.run({"stats", "--json"}).out);
  check(crawled.run({"why", crawled.forum.base_url(), "--json"}).out);
  for (const auto& words : {std::vector<std::string>{"errors", "--json", "--outcome", "ok", "--limit", "1"},
                            {"query", "pages", "--format", "jsonl", "--limit", "1"}})
    check(crawled.run(words).out);
}

TEST_CASE("the manual tells every command that the program has") {
  const auto help = run_program({"--help"});
  static const std::regex command(R"(\n  ([a-z]+)  )");
  const std::string text = section("Commands");
  const std::string commands = help.out.substr(help.out.find("Subcommands:"));
  int told = 0;
  for (auto it = std::sregex_iterator(commands.begin(), commands.end(), command);
       it != std::sregex_iterator(); ++it, ++told) {
    INFO((*it)[1].str());
    CHECK(std::regex_search(text,
                            std::regex("\n\\| `" + (*it)[1].str() + "[ `]|, `" + (*it)[1].str() + "[ `]")));
  }
  CHECK(told >= 6);
}

TEST_CASE("the manual's exit codes are the program's") {
  const std::string text = section("Exit codes");
  static const std::regex row(R"(\n\| (\d+) \|)");
  std::vector<int> codes;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), row); it != std::sregex_iterator(); ++it)
    codes.push_back(std::stoi((*it)[1].str()));
  CHECK(codes == std::vector<int>{cli::kDone, cli::kPagesFailed, cli::kWrongUsage, cli::kArchiveTrouble,
                                  cli::kInterrupted});
}

TEST_CASE("the manual has every field of every record, in the schema's order and the codec's") {
  const std::string text = section("The record schema");
  const auto codec_keys = [](const std::string& json) {
    std::vector<std::string> keys;
    rapidjson::Document record;
    record.Parse(json.data(), json.size());
    for (const auto& member : record.GetObject()) keys.emplace_back(member.name.GetString());
    return keys;
  };
  const std::string schema_text = contents(tests::source_dir() + "/store/record.schema.json");
  rapidjson::Document schema;
  schema.Parse(schema_text.data(), schema_text.size());
  REQUIRE(schema.IsObject());
  const std::vector<std::pair<std::string, std::string>> blank{
      {"board", store::to_json(parsers::Board{})},
      {"thread", store::to_json(parsers::Thread{})},
      {"post", store::to_json(parsers::Post{})},
      {"article", store::to_json(parsers::Article{})}};
  for (const auto& [kind, json] : blank) {
    INFO(kind);
    std::vector<std::string> told, schema_keys;
    const std::size_t begin = text.find("| `" + kind + "` | type |");
    REQUIRE(begin != std::string::npos);
    const std::string table = text.substr(begin, text.find("\n\n", begin) - begin);
    static const std::regex row("\n\\| `(\\w+)` \\|");
    for (auto it = std::sregex_iterator(table.begin(), table.end(), row); it != std::sregex_iterator(); ++it)
      told.push_back((*it)[1].str());
    for (const auto& member : schema["definitions"][kind.c_str()]["properties"].GetObject())
      schema_keys.emplace_back(member.name.GetString());
    CHECK(told == schema_keys);
    std::erase(told, "files");  // of records whose files are kept, and no part of the model
    CHECK(told == codec_keys(json));
  }
}
