// Where the program's data goes, and what happens when it cannot go there.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "parsers/digest.hpp"
#include "parsers/page.hpp"
#include "store/database.hpp"
#include "store/records.hpp"
#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

// An archive of a small forum, under a name with a space and letters beyond ASCII.
struct Crawled {
  Crawled() {
    const sample::SampleForum forum({.threads = 4, .articles = 2});
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  }

  TemporaryDirectory directory;
  std::string archive = directory / "my 存档";
};

}  // namespace

TEST_CASE("an export or a query that cannot be written whole says so and fails") {
  const Crawled crawled;
  const std::string archive = "'" + crawled.archive + "'";
  for (const std::string words : {"export jsonl", "query posts", "status"}) {
    INFO(words);
    const auto ended = run_shell(words + " --archive " + archive + " > /dev/full");
    CHECK(ended.exit_code == 3);
    CHECK(ended.err == "boardwalk: cannot write standard output: No space left on device\n");
  }
}

TEST_CASE("where standard output or error is closed nothing of theirs gets into the archive's files") {
  const Crawled crawled;
  const std::string archive = "'" + crawled.archive + "'";
  CHECK(run_shell("query posts --archive " + archive + " >&-").exit_code == 3);
  for (const std::string closed : {">&-", "2>&-", "<&- >&- 2>&-"}) {
    INFO(closed);
    (void)run_shell("reparse --archive " + archive + " " + closed);
    (void)run_shell("crawl http://127.0.0.1:1/ --set fetch.retries=0 --log '" +
                    crawled.directory / "log.jsonl" + "' --archive " + archive + " " + closed);
    CHECK(contents(crawled.archive + "/lock").find("records") == std::string::npos);
    CHECK(contents(crawled.archive + "/lock").find("127.0.0.1") == std::string::npos);
  }
  std::ifstream log(crawled.directory / "log.jsonl");
  int lines = 0;
  for (std::string line; std::getline(log, line); ++lines)
    CHECK((line.starts_with('{') && line.ends_with('}')));
  CHECK(lines >= 3);
  CHECK(run_program({"verify", "--archive", crawled.archive}).exit_code == 0);
}

TEST_CASE("an export into a device goes into it and does not take its place") {
  const Crawled crawled;
  const auto full = run_program({"export", "jsonl", "--archive", crawled.archive, "-o", "/dev/full"});
  CHECK(full.exit_code == 3);
  CHECK(full.err == "boardwalk: cannot write /dev/full: No space left on device\n");
  CHECK(std::filesystem::is_character_file("/dev/full"));
  CHECK(run_program({"export", "jsonl", "--archive", crawled.archive, "-o", "/dev/null"}).exit_code == 0);
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("an export into a descriptor goes behind what stands in its file, which no cursor takes") {
  const Crawled crawled;
  const std::string all = crawled.directory / "all.jsonl";
  std::ofstream(all) << "before\n";
  const auto append = [&](const std::string& options) {
    return run_shell("export jsonl --archive '" + crawled.archive + "' -o /dev/stdout" + options + " >> '" +
                     all + "'");
  };
  REQUIRE(append("").exit_code == 0);
  const std::string once = contents(all);
  const std::string printed = run_program({"export", "jsonl", "--archive", crawled.archive}).out;
  CHECK(once == "before\n" + printed);
  const auto refused = append(" --cursor '" + crawled.directory / "cursor" + "'");
  CHECK(refused.exit_code == 2);
  CHECK(refused.err == "boardwalk: --cursor wants a file; name one with -o\n");
  CHECK(contents(all) == once);
}

TEST_CASE(
    "an export into a descriptor is one with what the descriptor is given before and behind, and fails with "
    "it") {
  const Crawled crawled;
  const std::string words = "export jsonl --archive '" + crawled.archive + "' -o /dev/stdout";
  const auto around =
      run_shell(words + "; echo behind; } > '" + crawled.directory / "all'", "{ echo before;");
  CHECK(around.exit_code == 0);
  CHECK(contents(crawled.directory / "all") ==
        "before\n" + run_program({"export", "jsonl", "--archive", crawled.archive}).out + "behind\n");
  const auto closed = run_shell(words + " >&-");
  CHECK(closed.exit_code == 3);
  CHECK(closed.err ==
        "boardwalk: cannot write /dev/stdout: Bad file descriptor; name a place that can be "
        "written with -o\n");
}

TEST_CASE("an export through a link replaces what the link leads to, or makes it") {
  const Crawled crawled;
  const std::string real = crawled.directory / "real.jsonl";
  const std::string link = crawled.directory / "link.jsonl";
  std::ofstream(real) << "old";
  std::filesystem::create_symlink(real, link);
  CHECK(run_program({"export", "jsonl", "--archive", crawled.archive, "-o", link}).exit_code == 0);
  CHECK(std::filesystem::is_symlink(link));
  CHECK(std::filesystem::file_size(real) > 3);
  const std::string dangling = crawled.directory / "dangling.jsonl";
  std::filesystem::create_symlink("later.jsonl", dangling);
  CHECK(run_program({"export", "jsonl", "--archive", crawled.archive, "-o", dangling}).exit_code == 0);
  CHECK(std::filesystem::is_symlink(dangling));
  CHECK(contents(crawled.directory / "later.jsonl") == contents(real));
}

TEST_CASE("names of no file, of no directory and of a directory are wrong usage") {
  const TemporaryDirectory directory;
  const Crawled crawled;
  const auto nothing = run_program({"export", "jsonl", "--archive", crawled.archive, "-o", ""});
  CHECK(nothing.exit_code == 2);
  CHECK(nothing.err == "boardwalk: -o \"\" names no file; name one, or - for standard output\n");
  CHECK(run_program({"export", "jsonl", "--archive", crawled.archive, "-o", directory / ""}).exit_code == 2);
  const auto archive = run_program({"status", "--archive", ""});
  CHECK(archive.exit_code == 2);
  CHECK(archive.err == "boardwalk: --archive: the name is empty; boardwalk status --help tells how\n");
  const auto job = run_program({"crawl", directory / ""});
  CHECK(job.exit_code == 2);
  CHECK(job.err == "boardwalk: " + directory / "" + " is a directory; name a TOML job file or a URL\n");
  const auto limit = run_program({"query", "posts", "--limit", "-1"});
  CHECK(limit.exit_code == 2);
  CHECK(limit.err == "boardwalk: --limit: -1 is below zero; boardwalk query --help tells how\n");
}

TEST_CASE("a closed or full standard error ends no command") {
  const Crawled crawled;
  const std::string archive = " --archive '" + crawled.archive + "'";
  CHECK(run_shell("status" + archive + " 2> /dev/full").exit_code == 0);
  CHECK(run_shell("export jsonl" + archive + " -o '" + crawled.directory / "out" + "' 2>&-").exit_code == 0);
  CHECK(run_shell("crawl http://127.0.0.1:1/ --archive '" + crawled.directory / "none" +
                  "' --set fetch.retries=0 2> /dev/full")
            .exit_code == 1);
}

TEST_CASE("a reader who has seen enough ends an export quietly") {
  const Crawled crawled;
  const auto ended = run_shell("export jsonl --archive '" + crawled.archive + "' | head -n 1");
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
  CHECK(ended.out.starts_with("{\"kind\":\"board\""));
}

TEST_CASE("a crawl that fills the disk ends in one line, and the next one with room brings the rest") {
  const TemporaryDirectory directory;
  const std::string at = directory / "disk";
  std::filesystem::create_directory(at);
  if (std::system(("mount -t tmpfs -o size=200k tmpfs '" + at + "' 2> /dev/null").c_str()) != 0) {
    WARN("no file system may be mounted here: a full disk is not tried");
    return;
  }
  const sample::SampleForum forum({.threads = 20});
  const std::string report = at + "/r.json", good = "{\"stop\":\"done\"}\n";
  write_file(report, good);
  const std::vector<std::string> crawl{
      "crawl",          forum.base_url(), "--archive",           at + "/arc", "--set",
      "fetch.delay=0s", "--set",          "archive.min_free=0B", "--report",  report};
  const auto full = run_program(crawl);
  CHECK(full.exit_code == 3);
  CHECK(full.err.starts_with("boardwalk: "));
  CHECK(full.err.find('\n') == full.err.size() - 1);
  CHECK(full.err.find("No space left on device") != std::string::npos);
  CHECK(contents(report) != good);
  REQUIRE(std::system(("mount -o remount,size=100m '" + at + "'").c_str()) == 0);
  CHECK(run_program(crawl).exit_code == 0);
  const std::string whole = directory / "whole";
  CHECK(run_program({"crawl", forum.base_url(), "--archive", whole, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  const auto ids = [](const std::string& archive) {
    return run_shell("export jsonl --archive '" + archive + "' | cut -d, -f2 | sort").out;
  };
  CHECK(ids(at + "/arc") == ids(whole));
  CHECK(std::system(("umount '" + at + "'").c_str()) == 0);
}

TEST_CASE("an id that a terminal would obey reaches none, whichever command prints it") {
  const TemporaryDirectory directory;
  const std::string archive = directory / "archive";
  const std::string text = "雨後的碼頭一盞燈亮到天明，船還沒有回來";
  {
    const auto database = store::Database::open(archive, store::Database::Access::kWrite);
    REQUIRE(database);
    store::Batch batch(**database);
    parsers::ParsedPage page;
    page.page = {"http://bbs.test/thread-5-1-1.html", 100, parsers::sha256_hex("page")};
    for (const char* const id : {"1\x1B[2J", "2\u009B2J"}) {
      parsers::Post post;
      post.site = "bbs.test";
      post.thread_id = "5";
      post.post_id = id;
      post.text = post.fold = text;
      post.text_sha256 = post.fold_sha256 = parsers::sha256_hex(text);
      post.page = page.page;
      post.parser = "discuz/1";
      page.posts.push_back(post);
    }
    REQUIRE(store::put_records(batch, page, 16));
    REQUIRE((*database)->commit(batch));
  }
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"duplicates"},
                                             {"show", "bbs.test/post/1\x1B[2J"},
                                             {"show", "bbs.test/post/2\u009B2J"},
                                             {"verify"},
                                             {"reparse", "--dry-run"}}) {
    INFO(words.front());
    std::vector<std::string> all = words;
    all.insert(all.end(), {"--archive", archive});
    const std::string out = run_program(all).out;
    CHECK(out.find('\x1B') == std::string::npos);
    CHECK(out.find("\u009B") == std::string::npos);
    if (words.front() != "show") CHECK(out.find("bbs.test/post/1\uFFFD[2J") != std::string::npos);
  }
}

TEST_CASE("a help or a version that cannot be written says so and fails") {
  for (const std::string words : {"--help", "--version", "crawl --help", "ctl block --help"}) {
    INFO(words);
    const auto full = run_shell(words + " > /dev/full");
    CHECK(full.exit_code == 3);
    CHECK(full.err == "boardwalk: cannot write standard output: No space left on device\n");
    CHECK(run_shell(words + " >&-").exit_code == 3);
  }
}

TEST_CASE("a web archive that cannot be written whole leaves what was there, its index and manifest too") {
  const Crawled crawled;
  const std::string file = crawled.directory / "pages.warc";
  const std::vector<std::string> parts{file, file + ".cdxj", file + ".manifest.json"};
  REQUIRE(run_program({"export", "warc", "-o", file, "--archive", crawled.archive}).exit_code == 0);
  for (const auto& part : parts) {
    const std::string whole = contents(part);
    REQUIRE_FALSE(whole.empty());
    std::ofstream(part) << "of before\n";
  }
  constexpr std::uintmax_t kBlock = 512;  // of `ulimit -f`
  const auto cut_off = [&](std::uintmax_t blocks) {
    return run_shell("export warc --compress none -o '" + file + "' --archive '" + crawled.archive + "'",
                     "trap '' XFSZ; ulimit -f " + std::to_string(blocks) + ";");
  };
  const std::string large = crawled.directory / "large.warc";
  REQUIRE(run_program({"export", "warc", "--compress", "none", "-o", large, "--archive", crawled.archive})
              .exit_code == 0);
  const auto index = std::filesystem::file_size(large + ".cdxj"), warc = std::filesystem::file_size(large);
  REQUIRE(index + 2 * kBlock < warc);
  const auto ended = cut_off(index / kBlock + 1);
  CHECK(ended.exit_code == 3);
  CHECK(ended.err == "boardwalk: cannot write " + file + ": File too large; what was there is unchanged\n");
  for (const auto& part : parts) CHECK(contents(part) == "of before\n");
  for (const auto& entry : std::filesystem::directory_iterator(crawled.directory.path()))
    CHECK(entry.path().extension() != ".tmp");
}
