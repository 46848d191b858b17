// RESEARCHERS.md: its examples run, where their tools are at hand, and say nothing on standard error.

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/places.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

// The example in that language that holds `word`.
std::string example(const std::string& language, const std::string& word) {
  const std::string text = contents(tests::source_dir() + "/RESEARCHERS.md");
  const std::string fence = "```" + language + "\n";
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
    const std::size_t begin = at + fence.size();
    const std::string code = text.substr(begin, text.find("```", begin) - begin);
    if (code.find(word) != std::string::npos) return code;
  }
  FAIL("no such example: " << word);
  return {};
}

struct Exported {
  Exported() {
    const sample::SampleForum forum({.threads = 24, .articles = 4});
    const std::string archive = directory / "archive";
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
        0);
    REQUIRE(run_program(
                {"export", "jsonl", "--with-duplicates", "--archive", archive, "-o", directory / "bbs.jsonl"})
                .exit_code == 0);
    REQUIRE(run_program(
                {"export", "jsonl", "--kind", "posts", "--archive", archive, "-o", directory / "posts.jsonl"})
                .exit_code == 0);
  }

  // `command` with the example in the file `$1`, where the data is.
  [[nodiscard]] Ended run(const std::string& command, const std::string& code) const {
    std::ofstream(directory / "example") << code;
    return run_shell("--version > /dev/null; cd '" + directory.path().string() + "' && " + command);
  }

  TemporaryDirectory directory;
};

bool there(const std::string& probe) {
  return run_shell("--version > /dev/null; " + probe + " > /dev/null 2>&1").exit_code == 0;
}

}  // namespace

TEST_CASE("pandas reads an export without a warning") {
  const std::string python = there("/usr/bin/python3 -c 'import pandas'") ? "/usr/bin/python3" : "python3";
  if (!there(python + " -c 'import pandas'")) {
    WARN("pandas is not here: its example is not run");
    return;
  }
  const Exported exported;
  const auto ended = exported.run(python + " -W error example", example("python", "pandas"));
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
  CHECK(ended.out.find("authors") != std::string::npos);
}

TEST_CASE("DuckDB reads an export and writes Parquet") {
  if (!there("duckdb --version")) {
    WARN("duckdb is not here: its example is not run");
    return;
  }
  const Exported exported;
  const auto ended = exported.run("duckdb < example", example("sql", "parquet"));
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
  CHECK(ended.out.find("authors") != std::string::npos);
}

TEST_CASE("datasets loads an export") {
  if (!there("python3 -c 'import datasets'")) {
    WARN("datasets is not here: its example is not run");
    return;
  }
  const Exported exported;
  CHECK(exported.run("HF_DATASETS_OFFLINE=1 HF_HOME=\"$PWD\" python3 example", example("python", "datasets"))
            .exit_code == 0);
}

TEST_CASE("jq reads an export") {
  if (!there("jq --version")) {
    WARN("jq is not here: its example is not run");
    return;
  }
  const Exported exported;
  const auto ended = exported.run("sh example", example("sh", "jq"));
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
  CHECK(ended.out.find('\t') != std::string::npos);
}

TEST_CASE("Python's own reader finds a whole JSON object in every line") {
  if (!there("python3 --version")) {
    WARN("python3 is not here: nothing is read with it");
    return;
  }
  const Exported exported;
  const auto ended = exported.run("python3 -W error example",
                                  "import json\n"
                                  "with open('bbs.jsonl', encoding='utf-8') as lines:\n"
                                  "    records = [json.loads(line) for line in lines]\n"
                                  "print(len(records), len({record['id'] for record in records}))\n");
  CHECK(ended.err.empty());
  const std::size_t space = ended.out.find(' ');
  REQUIRE(space != std::string::npos);
  CHECK(ended.out.substr(0, space) + '\n' == ended.out.substr(space + 1));
}
