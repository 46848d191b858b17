// `query` and `index` as an operator types them.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/visits.hpp"
#include "tests/cli/program.hpp"
#include "tests/lines.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

struct Crawled {
  Crawled() {
    const sample::SampleForum forum({.threads = 30, .articles = 4});
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  }

  [[nodiscard]] Ended query(std::vector<std::string> words) const {
    words.insert(words.begin(), "query");
    words.insert(words.end(), {"--archive", archive});
    return run_program(words);
  }
  [[nodiscard]] Ended exported(std::vector<std::string> words) const {
    words.insert(words.begin(), "export");
    words.insert(words.end(), {"--archive", archive, "--with-duplicates"});
    return run_program(words);
  }

  TemporaryDirectory directory;
  std::string archive = directory / "archive";
};

std::string value_of(const std::string& json, const std::string& key) {
  const std::string mark = "\"" + key + "\":\"";
  const std::size_t at = json.find(mark) + mark.size();
  return json.substr(at, json.find('"', at) - at);
}

}  // namespace

TEST_CASE("a query's csv and jsonl are those of an export with the same filters") {
  const Crawled crawled;
  const std::string author =
      value_of(crawled.query({"posts", "--format", "jsonl", "--limit", "1"}).out, "author");
  REQUIRE_FALSE(author.empty());
  for (const std::vector<std::string>& filter : std::vector<std::vector<std::string>>{
           {}, {"--author", author}, {"--since", "2024-01-01"}, {"--fold", "船"}, {"--author", "nobody"}}) {
    std::vector<std::string> query{"posts", "--format", "csv"}, exported{"csv"};
    query.insert(query.end(), filter.begin(), filter.end());
    exported.insert(exported.end(), filter.begin(), filter.end());
    CHECK(crawled.query(query).out == crawled.exported(exported).out);
    query[2] = "jsonl";
    exported[0] = "jsonl";
    exported.insert(exported.end(), {"--kind", "posts"});
    CHECK(crawled.query(query).out == crawled.exported(exported).out);
  }
  const auto pages = lines_of(crawled.query({"pages", "--format", "csv", "--limit", "1"}).out);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].starts_with("kind,key,url,fetched_at,run,outcome,status,"));
  CHECK(pages[1].starts_with("visit,"));
}

TEST_CASE("an index changes nothing of what a query prints, in any order") {
  const Crawled crawled;
  REQUIRE(run_program({"index", "--archive", crawled.archive}).exit_code == 0);
  for (const std::string order : {"id", "oldest", "newest"})
    for (const std::vector<std::string>& filter : std::vector<std::vector<std::string>>{
             {"--since", "2024-01-01"}, {"--text", "水库"}, {"--fold", "水庫"}, {"--until", "2024-06-01"}}) {
      std::vector<std::string> words{"posts", "--format", "jsonl", "--sort", order};
      words.insert(words.end(), filter.begin(), filter.end());
      const auto by_index = crawled.query(words);
      CHECK(by_index.err.empty());
      words.emplace_back("--no-index");
      CHECK(by_index.out == crawled.query(words).out);
    }
}

TEST_CASE("newest first is by time, and a limit ends it") {
  const Crawled crawled;
  const auto lines =
      lines_of(crawled.query({"threads", "--format", "jsonl", "--sort", "newest", "--limit", "5"}).out);
  REQUIRE(lines.size() == 5);
  std::vector<std::string> times;
  for (const auto& line : lines) times.push_back(value_of(line, "created_at"));
  CHECK(std::is_sorted(times.rbegin(), times.rend()));
  const auto pages = lines_of(crawled.query({"pages", "--format", "jsonl", "--sort", "oldest"}).out);
  REQUIRE(pages.size() > 30);
  CHECK(value_of(pages.front(), "fetched_at") <= value_of(pages.back(), "fetched_at"));
}

TEST_CASE("pages by time, those of one time in key order, and with a limit the first of these") {
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  {
    const auto database = store::Database::open(archive, store::Database::Access::kWrite);
    REQUIRE(database);
    store::Batch batch(**database);
    for (int i = 0; i < 12; ++i) {
      store::Visit visit;
      visit.key = std::string(i < 9 ? "bbs.test" : "news.test") + " page " + std::to_string(i / 2);
      visit.url = "http://" + visit.key;
      visit.fetched_at = 1'000'000 + i * 5 % 7;  // some at the same time, all in one second
      visit.run = 1 + i;
      store::put_visit(batch, visit);
    }
    REQUIRE((*database)->commit(batch));
  }
  const auto runs = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"query", "pages", "--format", "jsonl", "--archive", archive});
    std::vector<int> numbers;
    for (const auto& line : lines_of(run_program(words).out))
      numbers.push_back(std::stoi(line.substr(line.find("\"run\":") + 6)));
    return numbers;
  };
  const std::vector<int> oldest{1, 8, 4, 11, 7, 3, 10, 6, 2, 9, 5, 12};
  const std::vector<int> newest{5, 12, 2, 9, 6, 3, 10, 7, 4, 11, 1, 8};
  CHECK(runs({"--sort", "oldest"}) == oldest);
  CHECK(runs({"--sort", "newest"}) == newest);
  for (const std::size_t limit : {1U, 2U, 5U, 12U, 20U}) {
    const auto first = [&](std::vector<int> all) {
      all.resize(std::min(limit, all.size()));
      return all;
    };
    const std::string words = std::to_string(limit);
    CHECK(runs({"--sort", "oldest", "--limit", words}) == first(oldest));
    CHECK(runs({"--sort", "newest", "--limit", words}) == first(newest));
  }
  CHECK(runs({"--sort", "newest", "--site", "news.test", "--limit", "2"}) == std::vector<int>{12, 10});
  CHECK(runs({"--sort", "oldest", "--run", "5"}) == std::vector<int>{5});
}

TEST_CASE("a run that ends brings the full-text index that there is up to date, unless the job says no") {
  const sample::SampleForum forum({.threads = 30, .articles = 4});
  const TemporaryDirectory directory;
  const std::string archive = directory / "a";
  const auto crawl = [&](const std::string& key) {
    return run_program(
               {"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s", "--set", key})
        .exit_code;
  };
  const auto index = [&] { return run_program({"index", "--archive", archive}).out; };
  CHECK(crawl("limits.max_pages=12") == 0);
  CHECK(index().starts_with(archive + "/fulltext: made anew, "));
  CHECK(crawl("limits.max_pages=12") == 0);
  CHECK(index() == archive + "/fulltext: up to date, 0 records taken in, 0 taken out\n");
  const auto explained =
      run_program({"query", "posts", "--fold", "没有人写过的这句话", "--explain", "--archive", archive});
  CHECK(explained.exit_code == 0);
  CHECK(explained.out.starts_with("index       fulltext (what texts are made of)\nnarrows by  --fold\n"));
  CHECK(explained.out.find("looks at    about 0 of ") != std::string::npos);
  CHECK(crawl("archive.fulltext=false") == 0);
  CHECK_FALSE(index() == archive + "/fulltext: up to date, 0 records taken in, 0 taken out\n");
}

TEST_CASE("without a full-text index a query says what it does and what would help, and gives the same") {
  const Crawled crawled;
  CHECK_FALSE(std::filesystem::exists(crawled.archive + "/fulltext"));
  const auto without = crawled.query({"posts", "--text", "水库", "--format", "jsonl"});
  CHECK(without.exit_code == 0);
  CHECK(without.err == "boardwalk: every one of the posts is looked at: there is no full-text index of " +
                           crawled.archive + "; boardwalk index --archive " + crawled.archive +
                           " makes one\n");
  const auto index = run_program({"index", "--archive", crawled.archive});
  CHECK(index.exit_code == 0);
  CHECK(index.out.starts_with(crawled.archive + "/fulltext: made anew, "));
  const auto with = crawled.query({"posts", "--text", "水库", "--format", "jsonl"});
  CHECK(with.err.empty());
  CHECK(with.out == without.out);
}

TEST_CASE("pages of a run are asked for by its number, those of merged runs below zero") {
  const Crawled crawled;
  const std::string merged = crawled.directory / "merged";
  REQUIRE(run_program({"merge", crawled.archive, "--archive", merged}).exit_code == 0);
  const auto pages = [&](const std::string& run) {
    return run_program({"query", "pages", "--run", run, "--format", "jsonl", "--archive", merged}).out;
  };
  const std::string all = run_program({"query", "pages", "--format", "jsonl", "--archive", merged}).out;
  const std::size_t begin = all.find("\"run\":") + 6;
  const std::string run = all.substr(begin, all.find(',', begin) - begin);
  REQUIRE(run.starts_with("-"));
  CHECK(pages(run) == all);
  CHECK(pages("1").empty());
  const auto warc =
      run_program({"export", "warc", "--run", run, "--archive", merged, "-o", merged + ".warc"});
  CHECK(warc.exit_code == 0);
  for (const std::string wrong : {"0", "x", "1x", "1.5"})
    for (const auto& words : std::vector<std::vector<std::string>>{{"query", "pages"}, {"export", "warc"}}) {
      auto line = words;
      line.insert(line.end(), {"--run", wrong, "--archive", merged});
      const auto ended = run_program(line);
      CHECK(ended.exit_code == 2);
      CHECK(ended.err == "boardwalk: --run " + wrong + ": not a run's number; boardwalk status lists them\n");
    }
}

TEST_CASE("questions that do not fit what is asked about are wrong usage") {
  const Crawled crawled;
  const auto author = crawled.query({"pages", "--author", "a"});
  CHECK(author.exit_code == 2);
  CHECK(author.err ==
        "boardwalk: --author asks about records; query pages takes --site --board --thread --since --until "
        "--outcome --run\n");
  CHECK(crawled.query({"posts", "--outcome", "ok"}).err ==
        "boardwalk: --outcome and --run go with query pages\n");
  CHECK(crawled.query({"posts", "--sort", "size"}).exit_code == 2);
  CHECK(crawled.query({"pages", "--run", "4294967297"}).exit_code == 2);  // 2^32 + 1
  CHECK(crawled.query({"posts", "--since", "yesterday"}).err ==
        "boardwalk: --since yesterday: not a time of the years 1970 to 2199; write 2026-01-31, "
        "2026-01-31T08:00 or 2026-01-31T08:00:00+08:00\n");
}

TEST_CASE("a fold of which nothing is left is wrong usage, and would else choose every record") {
  const Crawled crawled;
  for (const std::string nothing : {"😀", "？？？", " ", "…"}) {
    const auto ended = crawled.query({"posts", "--fold", nothing});
    CHECK(ended.exit_code == 2);
    CHECK(ended.err ==
          "boardwalk: --fold " + nothing +
              ": nothing of it is left in the fold, which drops punctuation, symbols and blanks; "
              "ask with --text\n");
    CHECK(crawled.exported({"jsonl", "--fold", nothing}).exit_code == 2);
  }
  CHECK(crawled.query({"posts", "--fold", "😀水库"}).out == crawled.query({"posts", "--fold", "水库"}).out);
}

TEST_CASE("a time may be written to the minute, as the table has it, with or without its zone") {
  const Crawled crawled;
  const auto since = [&](const std::string& time) {
    const auto ended = crawled.query({"posts", "--format", "jsonl", "--since", time});
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    return ended.out;
  };
  const auto time =
      value_of(crawled.query({"posts", "--format", "jsonl", "--sort", "newest"}).out, "posted_at");
  REQUIRE(time.ends_with("+08:00"));
  const std::string date = time.substr(0, 10), minute = time.substr(11, 5);
  const auto expected = since(date + "T" + minute + ":00+08:00");
  REQUIRE_FALSE(expected.empty());
  for (const std::string& spelling :
       {date + " " + minute, date + "T" + minute, date + "T" + minute + "+08:00", date + "T" + minute + ":00",
        date + " " + minute + ":00+08:00"})
    CHECK(since(spelling) == expected);
  for (const std::string wrong : {"9999-12-31", "1969-12-31", "2024-13-01", "2024-01-01T8:00",
                                  "2024-01-01T08", "2024-01-01 08:00 ", "yesterday"}) {
    const auto ended = crawled.query({"posts", "--until", wrong});
    CHECK(ended.exit_code == 2);
    CHECK(ended.err == "boardwalk: --until " + wrong +
                           ": not a time of the years 1970 to 2199; write 2026-01-31, 2026-01-31T08:00 or "
                           "2026-01-31T08:00:00+08:00\n");
  }
}
