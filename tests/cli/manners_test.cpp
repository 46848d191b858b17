// What a user of a finished tool expects of its command line.

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk::tests;

namespace {

// The commands that the manual page tells of: `export`, `export jsonl`, …
std::vector<std::string> commands() {
  std::vector<std::string> all;
  const std::string page = run_program({"man"}).out;
  static const std::regex heading("\\.SS boardwalk ([a-z ]+)\n");
  for (auto it = std::sregex_iterator(page.begin(), page.end(), heading); it != std::sregex_iterator(); ++it)
    all.push_back((*it)[1].str());
  return all;
}

bool there(const std::string& tool) {
  return run_shell("--version > /dev/null; command -v " + tool + " > /dev/null").exit_code == 0;
}

}  // namespace

TEST_CASE("the version names the program and its libraries") {
  const auto ended = run_program({"--version"});
  CHECK(ended.exit_code == 0);
  CHECK(std::regex_search(ended.out, std::regex("^boardwalk \\d+\\.\\d+\\.\\d+\n")));
  for (const std::string library : {"libcurl", "RocksDB", "Xapian", "OpenSSL", "ICU", "zstd", "zlib", "gumbo",
                                    "OpenCC", "uchardet", "RapidJSON", "CLI11", "fmt"})
    CHECK(std::regex_search(ended.out, std::regex("\n  " + library + " +v?\\d+")));
}

TEST_CASE("the help of the commands gives examples, and every word of them is known") {
  const auto all = commands();
  REQUIRE(all.size() > 10);
  const std::set<std::string> taught{"crawl", "status", "query", "show", "export", "parse", "completion"};
  static const std::regex example("\n  boardwalk ([^\n]*?)(?:   [^\n]*)?(?=\n)");
  for (const auto& command : all) {
    if (command.find(' ') != std::string::npos) continue;
    const auto help = run_program({command, "--help"});
    INFO(command);
    CHECK(help.exit_code == 0);
    if (taught.contains(command)) CHECK(help.out.find("Examples:\n") != std::string::npos);
    for (auto it = std::sregex_iterator(help.out.begin(), help.out.end(), example);
         it != std::sregex_iterator(); ++it) {
      const auto tried = run_shell((*it)[1].str() + " --help > /dev/null");
      INFO((*it)[1].str());
      CHECK(tried.exit_code == 0);
      CHECK(tried.err.empty());
    }
  }
}

TEST_CASE("bash completes commands, options and the values of options that have a list") {
  if (!there("bash")) {
    WARN("bash is not here: nothing is completed");
    return;
  }
  const TemporaryDirectory directory;
  std::ofstream(directory / "completion") << run_program({"completion", "bash"}).out;
  const auto completed = [&](const std::string& words, int count) {
    return run_shell("--version > /dev/null; bash -c 'source \"" + directory / "completion" +
                     "\"; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(count) +
                     "; _boardwalk; echo \"${COMPREPLY[*]}\"'")
        .out;
  };
  CHECK(completed("boardwalk exp", 1) == "export\n");
  CHECK(completed("boardwalk export m", 2) == "mbox markdown\n");
  CHECK(completed("boardwalk export jsonl --comp", 3) == "--compress\n");
  CHECK(completed("boardwalk export jsonl --compress z", 4) == "zstd\n");
  CHECK(completed("boardwalk --archive x show --vis", 4) == "--visits\n");
  CHECK(completed("boardwalk query po", 2).find("posts") != std::string::npos);
}

TEST_CASE("zsh accepts its completion") {
  if (!there("zsh")) {
    WARN("zsh is not here: its completion is not read");
    return;
  }
  const TemporaryDirectory directory;
  const std::string script = run_program({"completion", "zsh"}).out;
  CHECK(script.starts_with("#compdef boardwalk\n"));
  CHECK(script.find("'export:take records or pages away") != std::string::npos);
  std::ofstream(directory / "_boardwalk") << script;
  const auto checked = run_shell("--version > /dev/null; zsh -n '" + directory / "_boardwalk" + "'");
  CHECK(checked.exit_code == 0);
  CHECK(checked.err.empty());
}

TEST_CASE("the manual page tells of every command and option, and man reads it without a warning") {
  const auto page = run_program({"man"});
  CHECK(page.exit_code == 0);
  CHECK(page.out.find(".SS boardwalk export jsonl\n") != std::string::npos);
  CHECK(page.out.find("\\fB\\-\\-drop\\-near\\-duplicates\\fR") != std::string::npos);
  if (!there("groff")) {
    WARN("groff is not here: the manual page is not set");
    return;
  }
  const TemporaryDirectory directory;
  std::ofstream(directory / "boardwalk.1") << page.out;
  const auto set = run_shell("--version > /dev/null; groff -K utf8 -man -T utf8 '" +
                             directory / "boardwalk.1" + "' > /dev/null");
  CHECK(set.exit_code == 0);
  CHECK(set.err.empty());
}
