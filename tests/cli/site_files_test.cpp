// Site files that a crawl's job names.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/support/http_server.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// A site of one page that nothing but its site file reads, and the archive of a crawl by that.
struct Pier {
  Pier() {
    std::filesystem::create_directory(directory / "sites");
    std::ofstream(directory / "sites/pier.toml")
        << "host = '127.0.0.1'\n[article]\ntitle = '.t'\nbody = '.w'\n";
    REQUIRE(run({"crawl", url, "--set", "fetch.delay=0s", "--set", by_site_file}).exit_code == 0);
  }

  Ended run(std::vector<std::string> words) const {
    words.insert(words.end(), {"--archive", archive});
    return run_program(words);
  }
  std::string records() const { return run({"export", "jsonl"}).out; }

  sample::HttpServer server{
      0,
      [](const sample::Request& request) -> sample::Response {
        if (request.target != "/") return {.status = 404};
        return {.headers = {{"Content-Type", "text/html; charset=utf-8"}},
                .body = "<html><body><b class=t>短讯</b><p class=w>渡口明日停航一天。</p></body></html>"};
      },
      [](const auto&, auto, auto) {}};
  TemporaryDirectory directory;
  std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
  std::string archive = directory / "archive";
  std::string by_site_file = "site.files=" + (directory / "sites");
};

}  // namespace

TEST_CASE("a crawl whose site file does not check fetches nothing and makes no archive") {
  const TemporaryDirectory directory;
  std::ofstream(directory / "site.toml") << "host = 'a.example'\n[article]\nremove = ['.a', '#']\n";
  const auto ended = run_program({"crawl", "http://a.example/", "--archive", directory / "archive", "--set",
                                  "site.files=" + (directory / "site.toml")});
  CHECK(ended.exit_code == 2);
  CHECK(ended.err == "boardwalk: " + (directory / "site.toml") +
                         ":3:19: article.remove: expected a name before the end\n");
  const auto missing = run_program({"crawl", "http://a.example/", "--archive", directory / "archive", "--set",
                                    "site.files=" + (directory / "none")});
  CHECK(missing.exit_code == 2);
  CHECK(missing.err ==
        "boardwalk: cannot read site file " + (directory / "none") + ": No such file or directory\n");
  CHECK_FALSE(std::filesystem::exists(directory / "archive"));
}

TEST_CASE("a crawl reads a host's pages by the site file of its job") {
  const Pier pier;
  CHECK(has(pier.records(), "\"title\":\"短讯\""));
  CHECK(has(pier.records(), "\"text\":\"渡口明日停航一天。\""));
}

TEST_CASE("merge and forget take no record away for want of the site file that it was read by") {
  const Pier pier;
  const std::string records = pier.records(), other = pier.directory / "other";
  const std::string refusal = "boardwalk: 1 records of " + pier.archive + " were read by a site file that ";
  using Words = std::vector<std::string>;
  for (const auto& words : {Words{"merge", pier.archive, "--archive", other},
                            Words{"merge", pier.archive, "--archive", pier.archive},
                            Words{"forget", "a.example/post/1", "--archive", pier.archive}}) {
    const auto refused = run_program(words);
    CHECK(refused.exit_code == 2);
    CHECK(refused.err.starts_with(refusal));
    CHECK(has(refused.err, "; name the crawl's job by --job, "));
  }
  CHECK_FALSE(std::filesystem::exists(other));
  CHECK(pier.records() == records);
  CHECK(run_program({"merge", pier.archive, "--archive", other, "--set", pier.by_site_file}).exit_code == 0);
  CHECK(run_program({"export", "jsonl", "--archive", other}).out == records);
  CHECK(pier.run({"forget", "a.example/post/1", "--set", pier.by_site_file}).exit_code == 1);
  // Who wants them to go is told which they are, and is refused no more.
  CHECK(has(pier.run({"reparse"}).out, "gone "));
  CHECK(pier.records().empty());
  CHECK(pier.run({"merge", pier.archive}).exit_code == 0);
  CHECK(has(pier.run({"reparse", "--set", pier.by_site_file}).out, "new "));
  CHECK(pier.records() == records);
}
