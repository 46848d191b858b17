// The service units and the cron line that are installed.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <string>

#include "tests/contents.hpp"
#include "tests/places.hpp"
#include "tests/temporary_directory.hpp"

using boardwalk::tests::contents;

namespace {

std::string source(const std::string& name) {
  return contents(boardwalk::tests::source_dir() + "/scripts/" + name);
}

// With the built program where the installed one would stand.
std::string made(const std::string& name) {
  const std::string program = boardwalk::tests::program();
  static const std::regex place("@BOARDWALK_BINDIR@");
  return std::regex_replace(source(name), place, program.substr(0, program.rfind('/')));
}

}  // namespace

TEST_CASE("the service and timer units pass systemd-analyze verify") {
  if (std::system("command -v systemd-analyze > /dev/null 2>&1") != 0) {
    WARN("systemd-analyze is not here: the units are not verified");
    return;
  }
  const TemporaryDirectory directory;
  std::ofstream(directory / "boardwalk.service") << made("boardwalk.service.in");
  std::ofstream(directory / "boardwalk.timer") << source("boardwalk.timer");
  const std::string words =
      "'" + directory / "boardwalk.service" + "' '" + directory / "boardwalk.timer" + "'";
  const std::string said = directory / "said";
  CHECK(std::system(("systemd-analyze verify --man=no " + words + " > '" + said + "' 2>&1").c_str()) == 0);
  CHECK(contents(said).empty());
}

TEST_CASE("the cron line is one line of five times, a user and a command") {
  static const std::regex entry(
      R"(\d+ \* \* \* \* boardwalk cd \S+ && flock -n \S+ /\S*boardwalk crawl --jobs )");
  const std::string text = made("boardwalk.cron.in");
  const std::string line = text.substr(text.rfind('\n', text.size() - 2) + 1);
  INFO(line);
  CHECK(std::regex_search(line, entry, std::regex_constants::match_continuous));
}

TEST_CASE("the units name the program's whole path, also under a relative prefix or in a BINDIR of its own") {
  const TemporaryDirectory directory;
  const std::string scripts = boardwalk::tests::source_dir() + "/scripts";
  const auto start = [&](const std::string& bin) {
    const std::string command = "cd '" + directory.path().string() +
                                "' && cmake -DCMAKE_INSTALL_PREFIX=x/../out -DBOARDWALK_DATA=share " +
                                "-DBOARDWALK_BIN='" + bin + "' -DBOARDWALK_SCRIPTS='" + scripts + "' -P '" +
                                scripts + "/install-units.cmake' > /dev/null";
    REQUIRE(std::system(command.c_str()) == 0);
    CHECK(contents(directory / "out/share/boardwalk/boardwalk.cron").find("@") == std::string::npos);
    const std::string unit = contents(directory / "out/lib/systemd/system/boardwalk.service");
    const std::size_t begin = unit.find("ExecStart=");
    return unit.substr(begin, unit.find(' ', begin) - begin);
  };
  CHECK(start("bin") == "ExecStart=" + directory / "out/bin/boardwalk");
  CHECK(start("/opt/bin") == "ExecStart=/opt/bin/boardwalk");
}

TEST_CASE("the service has no reload: systemd does none while a oneshot service runs") {
  const std::string unit = source("boardwalk.service.in");
  CHECK(unit.find("\nType=oneshot\n") != std::string::npos);
  CHECK(unit.find("ExecReload") == std::string::npos);
}
