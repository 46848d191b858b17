// Which archive a command opens: by its line, by its job, by the environment.

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

TEST_CASE("the archive is that of --archive, else of the job, else of $BOARDWALK_ARCHIVE") {
  sample::SampleForum forum({.threads = 4});
  const TemporaryDirectory directory;
  write_file(directory / "job.toml", "seeds = [\"" + forum.base_url() +
                                         "\"]\nfetch.delay = \"0s\"\narchive.path = \"" + directory / "job" +
                                         "\"\n");
  const std::string words = "crawl '" + directory / "job.toml" + "' --max-pages 1";
  const std::string environment = "BOARDWALK_ARCHIVE='" + directory / "environment" + "'";
  const auto made = [&](const std::string& name) { return std::filesystem::exists(directory / name); };
  REQUIRE(run_shell(words + " --archive '" + directory / "line" + "'", environment).exit_code == 0);
  CHECK((made("line") && !made("environment") && !made("job")));
  REQUIRE(run_shell(words, environment).exit_code == 0);
  CHECK((made("job") && !made("environment")));
  REQUIRE(
      run_shell("crawl " + forum.base_url() + " --set fetch.delay=0s --max-pages 1", environment).exit_code ==
      0);
  CHECK(made("environment"));
}

TEST_CASE("a command that is given a job asks the archive that a crawl of that job fills") {
  sample::SampleForum forum({.threads = 4}), other({.threads = 1});
  const TemporaryDirectory directory;
  const std::string job = directory / "job.toml";
  write_file(job, "seeds = [\"" + forum.base_url() + "\"]\nfetch.delay = \"0s\"\narchive.path = \"" +
                      directory / "job" + "\"\n");
  const std::string environment = "BOARDWALK_ARCHIVE='" + directory / "environment" + "'";
  const auto run = [&](const std::string& words) { return run_shell(words, environment); };
  REQUIRE(run("crawl " + other.base_url() + " --set fetch.delay=0s").exit_code == 0);
  REQUIRE(run("crawl '" + job + "'").exit_code == 0);
  const std::string of_job = " --job '" + job + "'";
  CHECK(run("why " + forum.base_url() + "thread-101-1-1.html" + of_job).out.starts_with("fetched: "));
  const auto pages = [&run](const std::string& words) {
    const std::string told = run("reparse --dry-run" + words).out;
    return told.substr(0, told.find(" pages read"));
  };
  CHECK(pages(of_job) == pages(" --archive '" + directory / "job" + "'"));
  CHECK(pages(" --set archive.path='" + directory / "job" + "'") == pages(of_job));
  CHECK(pages(of_job) != pages(""));
  CHECK(pages(of_job + " --archive '" + directory / "environment" + "'") == pages(""));
  CHECK(run("merge '" + directory / "environment" + "'" + of_job).exit_code == 0);
  const std::string merged = other.site() + "/thread/101";
  CHECK(run("show " + merged + " --archive '" + directory / "job" + "'").exit_code == 0);
  CHECK(run("forget " + merged + of_job).exit_code == 0);
  CHECK(run("show " + merged).exit_code == 0);
  CHECK(run("show " + merged + " --archive '" + directory / "job" + "'").exit_code == 1);
}

TEST_CASE("an archive that is named counts, also when it is called as the default is") {
  sample::SampleForum forum({.threads = 1});
  const TemporaryDirectory directory;
  const auto ended = run_shell(
      "crawl " + forum.base_url() + " --set fetch.delay=0s --set archive.path=archive --max-pages 1",
      "cd '" + directory.path().string() + "' && BOARDWALK_ARCHIVE='" + directory / "environment" + "'");
  REQUIRE(ended.exit_code == 0);
  CHECK(std::filesystem::exists(directory / "archive"));
  CHECK_FALSE(std::filesystem::exists(directory / "environment"));
}
