// The forum that whole crawls are measured on: what its truth says of each post is what a crawl of it reads,
// and the check that a measurement rests on tells what is wrong.

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "config/whole_file.hpp"
#include "parsers/digest.hpp"
#include "tests/cli/program.hpp"
#include "tests/places.hpp"
#include "tests/support/http_server.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

namespace fs = std::filesystem;

constexpr int kPages = 30;

// One of the scripts beside the benchmark, and its words.
Ended run_script(const std::string& words) {
  return run_shell("--version > /dev/null; /usr/bin/python3 -B '" + source_dir() + "/tests/bench/crawl/'" +
                   words);
}

Ended make_forum(const std::string& folder, int seed = 1) {
  return run_script("forum.py '" + folder + "' --pages " + std::to_string(kPages) + " --seed " +
                    std::to_string(seed));
}

int pages_in(const std::string& folder) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(folder))
    count += entry.path().extension() == ".html" ? 1 : 0;
  return count;
}

sample::Response file_below(const std::string& folder, const sample::Request& request) {
  const auto file = config::read_whole_file(folder + (request.path == "/" ? "/index.html" : request.path));
  if (!file) return {.status = 404};
  return {.headers = {{"Content-Type", request.path == "/robots.txt" ? "text/plain" : "text/html"}},
          .body = *file};
}

std::string truth_line(int post, const std::string& text) {
  return std::to_string(post) + "\t7\t阿茶\t2024-05-20T20:00:00+08:00\t" + parsers::sha256_hex(text) + "\n";
}

std::string record_line(int post, const std::string& text) {
  return R"({"kind":"post","post_id":")" + std::to_string(post) +
         R"(","thread_id":"7","author":"阿茶","posted_at":"2024-05-20T20:00:00+08:00","text":")" + text +
         "\"}\n";
}

Ended compared(const std::string& truth, const std::string& records) {
  const TemporaryDirectory directory;
  std::ofstream(directory / "truth.tsv") << truth;
  std::ofstream(directory / "all.jsonl") << R"({"kind":"thread","id":"x"})"
                                            "\n"
                                         << records;
  return run_script("truth.py '" + directory / "truth.tsv" + "' '" + directory / "all.jsonl" + "'");
}

}  // namespace

TEST_CASE("a crawl of the benchmark's forum fetches all its pages and reads every post of its truth") {
  const TemporaryDirectory directory;
  const std::string forum = directory / "forum", archive = directory / "archive",
                    all = directory / "all.jsonl";
  const Ended made = make_forum(forum);
  REQUIRE(made.exit_code == 0);
  REQUIRE(pages_in(forum + "/html") == kPages);
  const sample::HttpServer server(
      0, [&](const sample::Request& request) { return file_below(forum + "/html", request); },
      [](const sample::Request&, std::uint64_t, std::chrono::microseconds) {});
  const Ended crawled = run_program({"crawl", "http://127.0.0.1:" + std::to_string(server.port()) + "/",
                                     "--archive", archive, "--set", "fetch.delay=0s"});
  CHECK(crawled.exit_code == 0);
  CHECK((crawled.out + crawled.err).find(": " + std::to_string(kPages) + " pages, ") != std::string::npos);
  REQUIRE(run_program({"export", "jsonl", "--with-duplicates", "--archive", archive, "-o", all}).exit_code ==
          0);
  const Ended checked = run_script("truth.py '" + forum + "/truth.tsv' '" + all + "'");
  CHECK(checked.exit_code == 0);
  const std::string posts = made.out.substr(made.out.find("\"posts\": ") + 9);
  CHECK(checked.out == posts.substr(0, posts.find(',')) + " posts, 0 wrong\n");
}

TEST_CASE("equal arguments make an equal forum for the benchmark, another seed another one") {
  const TemporaryDirectory directory;
  const std::string once = make_forum(directory / "once").out;
  CHECK(once.find("\"pages\": 30,") != std::string::npos);
  CHECK(make_forum(directory / "again").out == once);
  CHECK(make_forum(directory / "other", 2).out != once);
}

TEST_CASE("the benchmark's check holds posts against their truth, white space aside") {
  const auto equal = compared(truth_line(1, "到处是茶"), record_line(1, "到处 是\\n茶"));
  CHECK(equal.out == "1 posts, 0 wrong\n");
  CHECK(equal.exit_code == 0);
}

TEST_CASE("the benchmark's check tells which post is missing, twice there, too many, or another") {
  const auto wrong =
      compared(truth_line(1, "茶") + truth_line(2, "水") + truth_line(3, "米"),
               record_line(1, "酒") + record_line(2, "水") + record_line(2, "水") + record_line(4, "鱼"));
  CHECK(wrong.out ==
        "post 1 differs in text\npost 2 came twice\npost 4 is none of the forum\npost 3 is missing\n"
        "3 posts, 4 wrong\n");
  CHECK(wrong.exit_code == 1);
}
