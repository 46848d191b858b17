// The archive's care as an operator does it from a shell: verify, stats, backup, restore, reparse, merge,
// forget, duplicates and compact, used rightly and wrongly.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "store/care/unsettled.hpp"
#include "store/database.hpp"
#include "tests/cli/await.hpp"
#include "tests/cli/crawled.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
namespace fs = std::filesystem;

TEST_CASE("every command of care says that there is no archive, in one line with exit code 3") {
  const TemporaryDirectory directory;
  const std::string none = directory / "none";
  for (const std::vector<std::string>& words : {std::vector<std::string>{"verify"},
                                                {"stats"},
                                                {"backup", directory / "b"},
                                                {"reparse"},
                                                {"reparse", "--dry-run"},
                                                {"forget", "a.example/post/1"},
                                                {"duplicates"},
                                                {"compact"}}) {
    auto line = words;
    line.insert(line.end(), {"--archive", none});
    const auto ended = run_program(line);
    INFO(words.front());
    CHECK(ended.exit_code == 3);
    CHECK(ended.err ==
          "boardwalk: no archive at " + none + "; crawl into it first, or name another with --archive\n");
    CHECK_FALSE(fs::exists(none));
  }
}

TEST_CASE("verify counts what is whole, and names what is damaged with exit code 3") {
  const Crawled crawled;
  const auto whole = crawled.run({"verify"});
  CHECK(whole.exit_code == 0);
  CHECK(has(whole.out, " records; all whole\n"));
  REQUIRE(crawled.run({"compact"}).exit_code == 0);
  fs::path largest;
  for (const auto& entry : fs::directory_iterator(fs::path(crawled.archive) / "db"))
    if (entry.path().extension() == ".sst" && (largest.empty() || entry.file_size() > fs::file_size(largest)))
      largest = entry.path();
  std::fstream table(largest, std::ios::binary | std::ios::in | std::ios::out);
  table.seekp(100);
  table.write("damage", 6);
  table.close();
  const auto damaged = crawled.run({"verify"});
  CHECK(damaged.exit_code == 3);
  CHECK(has(damaged.out, "damaged: the table " + largest.filename().string() + " is damaged: "));
  CHECK(has(damaged.out, "\n  affects: rows of `"));
}

TEST_CASE("status and stats tell the same sizes, the full-text index among them") {
  Crawled crawled;
  REQUIRE(crawled.run({"index"}).exit_code == 0);
  const auto sizes = [](const std::string& told) {
    return told.substr(std::min(told.find("\non disk"), told.size()));
  };
  const std::string stats = sizes(crawled.run({"stats"}).out);
  CHECK(has(stats, "\nbodies "));
  CHECK(has(stats, "\nfulltext "));
  CHECK(has(stats, "\nall files "));
  CHECK(sizes(crawled.run({"status"}).out).starts_with(stats));
}

TEST_CASE("stats tells counts and sizes, to people, to programs and as a drawing") {
  const Crawled crawled;
  const auto told = crawled.run({"stats"});
  CHECK(told.exit_code == 0);
  CHECK(has(told.out, crawled.forum.site()));
  const std::string plot = crawled.directory / "days.svg";
  const auto json = crawled.run({"stats", "--json", "--plot", plot});
  CHECK(json.exit_code == 0);
  CHECK(json.out.starts_with("{\"sites\":{\"" + crawled.forum.site() + "\":{\"articles\":3,"));
  CHECK(contents(plot).starts_with("<svg"));
  const auto wrong = crawled.run({"stats", "--plot", crawled.directory / "none/days.svg"});
  CHECK(wrong.exit_code == 3);
  CHECK(wrong.err == "boardwalk: cannot write " + crawled.directory / "none/days.svg" +
                         ": No such file or directory; name another file with --plot\n");
}

TEST_CASE("a backup is an archive, takes only what is new the next time, and restore brings it back") {
  Crawled crawled;
  const std::string copy = crawled.directory / "copy";
  const auto first = crawled.run({"backup", copy});
  CHECK(first.exit_code == 0);
  CHECK(first.out.starts_with(copy + ": "));
  const std::string before = crawled.records(crawled.archive);
  CHECK(crawled.records(copy) == before);
  CHECK(run_program({"verify", "--archive", copy}).exit_code == 0);
  crawled.forum.set_day(2);
  crawled.crawl(crawled.archive);
  REQUIRE(crawled.records(crawled.archive) != before);
  const auto restored = crawled.run({"restore", copy});
  CHECK(restored.exit_code == 0);
  CHECK(crawled.records(crawled.archive) == before);
  CHECK(crawled.run({"verify"}).exit_code == 0);
}

TEST_CASE("a backup into itself, into something else, and a restore from nothing are refused") {
  const Crawled crawled;
  const auto itself = crawled.run({"backup", crawled.archive});
  CHECK(itself.exit_code == 2);
  CHECK(itself.err == "boardwalk: " + crawled.archive + " is the archive itself; name another directory\n");
  fs::create_directory(crawled.directory / "full");
  std::ofstream(crawled.directory / "full/letter.txt") << "not an archive";
  const auto full = crawled.run({"backup", crawled.directory / "full"});
  CHECK(full.exit_code == 2);
  CHECK(full.err == "boardwalk: " + crawled.directory / "full" +
                        " is no archive and not empty (it holds letter.txt); name another directory\n");
  CHECK(contents(crawled.directory / "full/letter.txt") == "not an archive");
  const auto none = crawled.run({"restore", crawled.directory / "none"});
  CHECK(none.exit_code == 3);
  CHECK(none.err == "boardwalk: no archive at " + crawled.directory / "none" + "; name a backup\n");
  CHECK(crawled.run({"backup"}).exit_code == 2);
  CHECK(crawled.run({"verify"}).exit_code == 0);
}

TEST_CASE(
    "reparse finds nothing to change after a crawl by the same parsers, after days of changes neither") {
  Crawled crawled;
  for (int day = 2; day <= 3; ++day) {
    crawled.forum.set_day(day);
    crawled.crawl(crawled.archive);
  }
  const std::string before = crawled.records(crawled.archive);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"reparse", "--dry-run"}, {"reparse"}}) {
    const auto ended = crawled.run(words);
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, " pages read; 0 records "));
    CHECK(has(ended.out, "; 0 more in the parser's version alone\n"));
    CHECK(std::count(ended.out.begin(), ended.out.end(), '\n') == 1);
  }
  CHECK(crawled.records(crawled.archive) == before);
}

TEST_CASE("merge takes each page once, and leaves the other archives as they are") {
  Crawled crawled;
  const std::string other = crawled.directory / "other", all = crawled.directory / "all";
  crawled.forum.set_day(2);
  crawled.crawl(other);
  const std::string before = crawled.records(other);
  const auto merged = run_program({"merge", crawled.archive, other, "--archive", all});
  CHECK(merged.exit_code == 0);
  CHECK(has(merged.out, other + ": "));
  CHECK(crawled.records(other) == before);
  CHECK(run_program({"verify", "--archive", all}).exit_code == 0);
  const std::string records = crawled.records(all);
  const auto again = run_program({"merge", crawled.archive, "--archive", all});
  CHECK(again.out == crawled.archive + ": 0 visits, 0 pages and 0 files that were not there\n");
  CHECK(crawled.records(all) == records);
  const auto none = run_program({"merge", crawled.directory / "none", "--archive", all});
  CHECK(none.exit_code == 3);
  CHECK(none.err == "boardwalk: no archive at " + crawled.directory / "none" + "; name an archive\n");
  CHECK(run_program({"merge", "--archive", all}).exit_code == 2);
}

TEST_CASE("a merge that was cut off is told by verify and status, and settled by reparse") {
  const Crawled crawled;
  const std::string records = crawled.records(crawled.archive);
  CHECK(has(crawled.run({"status", "--json"}).out, "\"unsettled\":[],"));
  {
    const auto database = store::Database::open(crawled.archive, store::Database::Access::kChange);
    REQUIRE(database);
    store::Batch batch(**database);
    store::mark_unsettled(batch, store::kMergeCommand);
    REQUIRE((*database)->commit(batch));
  }
  const auto verified = crawled.run({"verify"});
  CHECK(verified.exit_code == 3);
  CHECK(has(verified.out, "damaged: boardwalk merge has begun and not come to its end\n"));
  CHECK(has(crawled.run({"status"}).out,
            "\nboardwalk merge has begun and not come to its end; unless it still runs, run it again, or "
            "boardwalk reparse\n"));
  CHECK(has(crawled.run({"status", "--json"}).out, "\"unsettled\":[\"merge\"],"));
  CHECK(crawled.run({"reparse", "--dry-run"}).exit_code == 0);
  CHECK(crawled.run({"verify"}).exit_code == 3);
  CHECK(crawled.run({"reparse"}).exit_code == 0);
  CHECK(crawled.run({"verify"}).exit_code == 0);
  CHECK(crawled.records(crawled.archive) == records);
}

TEST_CASE("duplicates lists clusters for people and for programs, and refuses what it does not know") {
  const Crawled crawled;
  const auto text = crawled.run({"duplicates", "--near"});
  CHECK(text.exit_code == 0);
  const auto lines = crawled.run({"duplicates", "--near", "--format", "jsonl", "--limit", "1"});
  CHECK(lines.exit_code == 0);
  CHECK(std::count(lines.out.begin(), lines.out.end(), '\n') <= 1);
  if (!lines.out.empty()) CHECK(lines.out.starts_with("{\"size\":"));
  CHECK(crawled.run({"duplicates", "--format", "xml"}).exit_code == 2);
  CHECK(crawled.run({"duplicates", "--limit", "-1"}).exit_code == 2);
}

TEST_CASE("compact tells what it saved and changes no record") {
  const Crawled crawled;
  const std::string before = crawled.records(crawled.archive);
  const auto ended = crawled.run({"compact"});
  CHECK(ended.exit_code == 0);
  CHECK(ended.out.starts_with(crawled.archive + ": "));
  CHECK(has(ended.out, " MiB now\n"));
  CHECK(crawled.records(crawled.archive) == before);
}

TEST_CASE("show --history of a thread tells what it counted over time") {
  const Crawled crawled;
  const auto plain = crawled.run({"show", crawled.forum.site() + "/thread/101"});
  const auto history = crawled.run({"show", crawled.forum.site() + "/thread/101", "--history"});
  CHECK(history.exit_code == 0);
  CHECK_FALSE(has(plain.out, "Z · "));
  CHECK(has(history.out, " replies, "));
  CHECK(has(history.out, "Z · "));
}

TEST_CASE("care that reads goes on beside a crawl, care that changes is refused meanwhile") {
  const Crawled crawled;
  sample::SampleForum slow({.threads = 40});
  slow.set_faults({.delay_ms = 20});
  Running crawl({"crawl", slow.base_url(), "--archive", crawled.archive, "--set", "fetch.delay=0s"});
  await([&] { return slow.request_count() >= 5; });
  slow.set_faults({.delay_ms = 600'000});
  for (const std::vector<std::string>& words : {std::vector<std::string>{"verify"},
                                                {"stats"},
                                                {"duplicates"},
                                                {"reparse", "--dry-run"},
                                                {"backup", crawled.directory / "copy"}}) {
    INFO(words.front());
    CHECK(crawled.run(words).exit_code == 0);
  }
  for (const std::vector<std::string>& words : {std::vector<std::string>{"compact"},
                                                {"reparse"},
                                                {"forget", slow.site() + "/post/1"},
                                                {"restore", crawled.directory / "copy"},
                                                {"merge", crawled.directory / "copy"}}) {
    INFO(words.front());
    const auto refused = crawled.run(words);
    CHECK(refused.exit_code == 3);
    CHECK(has(refused.err, crawled.archive + " is in use by a crawl ("));
  }
  REQUIRE(crawl.alive());
}
