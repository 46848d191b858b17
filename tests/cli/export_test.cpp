// Exports as a person asks for them: files, manifests, words.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "parsers/digest.hpp"
#include "tests/cli/program.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

namespace fs = std::filesystem;

std::string read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Crawled {
  Crawled() {
    const sample::SampleForum forum({.threads = 12, .articles = 4});
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  }

  Ended export_as(const std::string& format, const std::string& name,
                  std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"export", format, "--archive", archive, "-o", directory / name};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return read_file(directory / name); }

  TemporaryDirectory directory;
  std::string archive = directory / "archive";
};

}  // namespace

TEST_CASE("every format exports the sample forum, with a manifest whose digest is the file's") {
  const Crawled crawled;
  for (const std::string format : {"jsonl", "csv", "mbox", "warc"}) {
    INFO(format);
    const auto ended = crawled.export_as(format, "out." + format);
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.starts_with(crawled.directory / ("out." + format + ": ")));
    const std::string manifest = crawled.file("out." + format + ".manifest.json");
    CHECK(manifest.find("\"sha256\": \"" + parsers::sha256_hex(crawled.file("out." + format)) + "\"") !=
          std::string::npos);
    CHECK(manifest.find("\"format\": \"" + format + "\"") != std::string::npos);
    CHECK(manifest.find("\"run\": 1,") != std::string::npos);
  }
  for (const std::string format : {"html", "markdown"}) {
    INFO(format);
    CHECK(crawled.export_as(format, format).exit_code == 0);
    CHECK(fs::exists(crawled.directory / (format + "/manifest.json")));
    CHECK(fs::exists(crawled.directory / (format + "/index." + (format == "html" ? "html" : "md"))));
    CHECK(run_shell("--version > /dev/null && cd '" + crawled.directory / format +
                    "' && sha256sum --quiet -c SHA256SUMS")
              .exit_code == 0);
  }
}

TEST_CASE("a compressed export holds what the plain one does") {
  const Crawled crawled;
  CHECK(crawled.export_as("jsonl", "plain").exit_code == 0);
  CHECK(crawled.export_as("jsonl", "small.gz", {"--compress", "gzip"}).exit_code == 0);
  CHECK(crawled.export_as("jsonl", "small.zst", {"--compress", "zstd"}).exit_code == 0);
  CHECK(fs::file_size(crawled.directory / "small.gz") < fs::file_size(crawled.directory / "plain") / 3);
  const std::string unpacked =
      run_shell("--version > /dev/null; gzip -dc '" + crawled.directory / "small.gz" + "'").out;
  CHECK(unpacked == crawled.file("plain"));
  CHECK(crawled.file("small.zst.manifest.json").find("\"compression\": \"zstd\"") != std::string::npos);
}

TEST_CASE("a table is of one kind of record, posts by itself") {
  const Crawled crawled;
  CHECK(crawled.export_as("csv", "posts.csv").exit_code == 0);
  CHECK(crawled.file("posts.csv").find("\r\npost,") != std::string::npos);
  CHECK(crawled.export_as("csv", "threads.csv", {"--kind", "threads"}).exit_code == 0);
  CHECK(crawled.file("threads.csv").find("\r\nthread,") != std::string::npos);
  CHECK(crawled.export_as("csv", "x.csv", {"--kind", "people"}).exit_code == 2);
}

TEST_CASE("Markdown is a folder of pages, or one document for a .md file and standard output") {
  const Crawled crawled;
  CHECK(crawled.export_as("markdown", "all.md").exit_code == 0);
  CHECK(crawled.file("all.md").starts_with("# "));
  const auto printed = run_program({"export", "markdown", "--archive", crawled.archive});
  CHECK(printed.out == crawled.file("all.md"));
  CHECK(printed.err.empty());
}

TEST_CASE("a site in a folder wants the folder's name, and takes the place of no other folder") {
  const Crawled crawled;
  const auto nowhere = run_program({"export", "html", "--archive", crawled.archive});
  CHECK(nowhere.exit_code == 2);
  CHECK(nowhere.err == "boardwalk: this format writes a directory; name one with -o DIR\n");
  const auto archive = crawled.export_as("html", "archive");
  CHECK(archive.exit_code == 2);
  CHECK(archive.err == "boardwalk: -o " + crawled.archive +
                           ": that is there already and no earlier export; name a new directory\n");
  CHECK(run_program({"status", "--archive", crawled.archive}).exit_code == 0);
}

TEST_CASE("an export with pseudonyms holds no author's name") {
  const Crawled crawled;
  std::ofstream(crawled.directory / "key") << "a key of sixteen bytes and more\n";
  CHECK(crawled.export_as("jsonl", "open", {"--kind", "threads"}).exit_code == 0);
  CHECK(
      crawled.export_as("jsonl", "hidden", {"--kind", "threads", "--pseudonymise", crawled.directory / "key"})
          .exit_code == 0);
  CHECK(crawled.file("open").find("\"author\":\"admin\"") != std::string::npos);
  CHECK(crawled.file("hidden").find("\"author\":\"admin\"") == std::string::npos);
  CHECK(crawled.file("hidden").find("\"author\":\"u_") != std::string::npos);
  CHECK(crawled.file("hidden.manifest.json").find("\"pseudonyms\": true") != std::string::npos);
}

TEST_CASE("an unknown format is answered with the nearest one") {
  const auto ended = run_program({"export", "jsnol"});
  CHECK(ended.exit_code == 2);
  CHECK(ended.err == "boardwalk: unknown format \"jsnol\"; did you mean \"jsonl\"?\n");
}
