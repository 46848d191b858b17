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
  sample::HttpServer server(
      0,
      [](const sample::Request& request) -> sample::Response {
        if (request.target != "/") return {.status = 404};
        return {.headers = {{"Content-Type", "text/html; charset=utf-8"}},
                .body = "<html><body><b class=t>短讯</b><p class=w>渡口明日停航一天。</p></body></html>"};
      },
      [](const auto&, auto, auto) {});
  const TemporaryDirectory directory;
  std::filesystem::create_directory(directory / "sites");
  std::ofstream(directory / "sites/pier.toml")
      << "host = '127.0.0.1'\n[article]\ntitle = '.t'\nbody = '.w'\n";
  const auto crawled = run_program({"crawl", "http://127.0.0.1:" + std::to_string(server.port()) + "/",
                                    "--archive", directory / "archive", "--set", "fetch.delay=0s", "--set",
                                    "site.files=" + (directory / "sites")});
  CHECK(crawled.exit_code == 0);
  const auto exported = run_program({"export", "jsonl", "--archive", directory / "archive"});
  CHECK(exported.out.find("\"title\":\"短讯\"") != std::string::npos);
  CHECK(exported.out.find("\"text\":\"渡口明日停航一天。\"") != std::string::npos);
}
