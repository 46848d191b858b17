// The log of a crawl's fetches, where it cannot be written.

#include "cli/url_log.hpp"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

TEST_CASE("behind a line that the disk had no room for the next one begins a line of its own") {
  const TemporaryDirectory directory;
  const std::string name = directory / "log.jsonl";
  auto log = cli::UrlLog::open(name);
  REQUIRE(log);
  crawler::LogLine line;
  line.url = "http://a.example/1";
  log->write(line);
  const std::string whole = contents(name);

  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto heard = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit little{whole.size() + 10, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_FSIZE, &little) == 0);
  log->write(line);
  log->write(line);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, heard);

  log->write(line);
  log->write(line);
  CHECK(contents(name) == whole + whole.substr(0, 10) + "\n" + whole + whole);
}

TEST_CASE("behind a line that an earlier run left half the next one begins a line of its own") {
  const TemporaryDirectory directory;
  const std::string name = directory / "log.jsonl";
  write_file(name, "{\"time\":\"2026");
  auto log = cli::UrlLog::open(name);
  REQUIRE(log);
  crawler::LogLine line;
  log->write(line);
  const std::string first = "{\"time\":\"2026\n" + crawler::to_json(line) + "\n";
  CHECK(contents(name) == first);
  log->open_anew();
  log->write(line);
  CHECK(contents(name) == first + crawler::to_json(line) + "\n");
}
