// `forget`: what is gone after it, from where, and what it asks for.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "store/care/unsettled.hpp"
#include "store/database.hpp"
#include "tests/cli/crawled.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
namespace fs = std::filesystem;

TEST_CASE("a forgotten post is gone from every command, from the files, and from the next crawl") {
  Crawled crawled;
  const std::string posts = crawled.run({"query", "posts", "--format", "jsonl"}).out;
  std::string id, text;
  for (std::size_t at = 0; at < posts.size(); at = posts.find('\n', at) + 1) {
    const std::string line = posts.substr(at, posts.find('\n', at) - at);
    text = field(line, "text");
    id = field(line, "id");
    if (text.size() > 80 && !has(text, "\\")) break;
  }
  REQUIRE(text.size() > 80);
  const auto receipt = crawled.run({"forget", id});
  CHECK(receipt.exit_code == 0);
  CHECK(receipt.out.starts_with("forgotten 20"));
  CHECK(has(receipt.out, ": 1 records and 0 files taken out, "));
  CHECK(crawled.run({"show", id}).exit_code == 1);
  CHECK_FALSE(has(crawled.files(), text));
  CHECK(crawled.run({"verify"}).exit_code == 0);
  crawled.forum.set_day(2);
  crawled.crawl(crawled.archive);
  CHECK(crawled.run({"show", id}).exit_code == 1);
  CHECK_FALSE(has(crawled.records(crawled.archive), text));
  const auto again = crawled.run({"forget", crawled.forum.site() + "/post/99999999"});
  CHECK(again.exit_code == 1);
  CHECK(again.err == "boardwalk: nothing of " + crawled.forum.site() +
                         "/post/99999999 in the archive; `query` lists what there is\n");
}

TEST_CASE("forget names what it needs") {
  const Crawled crawled;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"forget"},
                                                {"forget", "--author", "x"},
                                                {"forget", "a/post/1", "--site", "a"}}) {
    const auto ended = crawled.run(words);
    CHECK(ended.exit_code == 2);
    CHECK(
        ended.err ==
        "boardwalk: name what to forget: a record's id, or --site HOST, or --site HOST with --author NAME\n");
  }
}

TEST_CASE("a forgotten site leaves nothing, and is not asked again") {
  Crawled crawled;
  CHECK(crawled.run({"forget", "--site", crawled.forum.site()}).exit_code == 0);
  CHECK(crawled.records(crawled.archive).empty());
  CHECK(crawled.run({"query", "pages"}).out.find("thread-") == std::string::npos);
  crawled.forum.clear_requests();
  (void)run_program(
      {"crawl", crawled.forum.base_url(), "--archive", crawled.archive, "--set", "fetch.delay=0s"});
  CHECK(crawled.forum.request_count() == 0);
  CHECK(crawled.records(crawled.archive).empty());
  CHECK(crawled.run({"verify"}).exit_code == 0);
}

TEST_CASE("an archive in which a forgetting was cut off is not merged into another") {
  const Crawled crawled;
  {
    const auto database = store::Database::open(crawled.archive, store::Database::Access::kChange);
    REQUIRE(database);
    store::Batch batch(**database);
    store::mark_unsettled(batch, store::forget_command({store::Target::Kind::kSite, "bbs.example.cn", {}}));
    REQUIRE((*database)->commit(batch));
  }
  const auto refused = run_program({"merge", crawled.archive, "--archive", crawled.directory / "all"});
  CHECK(refused.exit_code == 2);
  CHECK(refused.err == "boardwalk: " + crawled.archive +
                           ": boardwalk forget --site bbs.example.cn has begun and not come to its end; "
                           "unless it still runs, run it again\n");
  CHECK_FALSE(fs::exists(crawled.directory / "all"));
}

TEST_CASE("an author is forgotten with nothing of what others wrote in the threads that the author opened") {
  Crawled crawled;
  const std::string threads = crawled.run({"query", "threads", "--format", "jsonl"}).out;
  std::string opener;
  for (std::size_t at = 0; at < threads.size() && opener.empty(); at = threads.find('\n', at) + 1) {
    const std::string line = threads.substr(at, threads.find('\n', at) - at);
    if (!has(line, "\"pages\":1,") && has(line, "\"author\":\"")) opener = field(line, "author");
  }
  REQUIRE_FALSE(opener.empty());
  const auto count = [&](const std::vector<std::string>& filter) {
    std::vector<std::string> words{"query", "posts", "--format", "jsonl", "--limit", "1000000"};
    words.insert(words.end(), filter.begin(), filter.end());
    const std::string lines = crawled.run(words).out;
    return std::count(lines.begin(), lines.end(), '\n');
  };
  const auto all = count({}), of_opener = count({"--author", opener});
  REQUIRE(of_opener > 0);
  REQUIRE(crawled.run({"forget", "--site", crawled.forum.site(), "--author", opener}).exit_code == 0);
  CHECK(count({}) == all - of_opener);
}
