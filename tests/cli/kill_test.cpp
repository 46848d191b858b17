// A crawl that is killed at any moment loses nothing and doubles nothing.

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "store/json_codec.hpp"
#include "tests/cli/program.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 120s;  // for what takes well under a second

std::vector<std::string> crawl_words(const sample::SampleForum& forum, const std::string& archive) {
  return {"crawl",          forum.base_url(), "--archive",        archive, "--set",
          "fetch.delay=0s", "--set",          "fetch.per_host=4", "--set", "archive.sync=os"};
}

// What a researcher would compare: every record by its id, without what depends on when and how often it was
// seen.
std::map<std::string, std::string> contents(const std::string& archive) {
  const auto exported = run_program({"export", "jsonl", "--with-duplicates", "--archive", archive});
  REQUIRE(exported.exit_code == 0);
  std::map<std::string, std::string> records;
  std::string_view rest = exported.out;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    std::string id, content;
    if (const auto post = store::post_from_json(line)) {
      id = store::record_id(*post);
      content = post->text + '|' + post->author.value_or("") + '|' + std::to_string(post->floor.value_or(0)) +
                '|' + post->duplicate_of.value_or("") + "|v" + std::to_string(post->seen.version);
    } else if (const auto thread = store::thread_from_json(line)) {
      id = store::record_id(*thread);
      content = thread->title.value_or("") + '|' + std::to_string(thread->posts_archived) +
                (thread->complete ? "|whole" : "|cut") + '|' + thread->sticky.value_or("") + '|' +
                std::to_string(thread->replies.value_or(-1));
    } else if (const auto article = store::article_from_json(line)) {
      id = store::record_id(*article);
      content = article->text + '|' + article->title.value_or("") + '|' + article->duplicate_of.value_or("");
    } else {
      const auto board = store::board_from_json(line);
      REQUIRE(board);
      id = store::record_id(*board);
      content = board->name.value_or("");
    }
    CHECK(records.emplace(id, content).second);
  }
  return records;
}

// Until the forum has been asked `count` times since its log was cleared, or the crawl has ended.
void await_requests(const sample::SampleForum& forum, std::size_t count, Running& crawl) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (forum.request_count() < count && crawl.alive() && std::chrono::steady_clock::now() < until)
    std::this_thread::yield();
  REQUIRE(std::chrono::steady_clock::now() < until);
}

void spin(std::chrono::microseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
}

}  // namespace

TEST_CASE("after twenty kills at random moments the archive holds what an undisturbed crawl holds") {
  sample::SampleForum forum({.seed = 11, .threads = 80});
  const TemporaryDirectory directory;
  REQUIRE(run_program(crawl_words(forum, directory / "calm")).exit_code == 0);
  const auto calm = contents(directory / "calm");
  const std::size_t requests = forum.request_count();

  forum.set_faults({.delay_ms = 2});
  std::mt19937 dice(20260101);
  int killed = 0;
  for (int round = 0; round < 20; ++round) {
    forum.clear_requests();
    Running crawl(crawl_words(forum, directory / "killed"));
    await_requests(forum, std::uniform_int_distribution<std::size_t>(1, requests / 12)(dice), crawl);
    spin(std::chrono::microseconds(std::uniform_int_distribution<int>(0, 8000)(dice)));
    crawl.send(SIGKILL);
    killed += crawl.wait().signal == SIGKILL ? 1 : 0;
  }
  CHECK(killed >= 15);  // the dice leave most rounds in the middle of the crawl
  REQUIRE(run_program(crawl_words(forum, directory / "killed")).exit_code == 0);
  const auto disturbed = contents(directory / "killed");
  CHECK(disturbed.size() == calm.size());
  CHECK(disturbed == calm);
}

TEST_CASE("an interrupted crawl keeps what it has, says 130, and the next run brings the rest") {
  sample::SampleForum forum({.seed = 12, .threads = 40});
  const TemporaryDirectory directory;
  REQUIRE(run_program(crawl_words(forum, directory / "calm")).exit_code == 0);
  forum.set_faults({.delay_ms = 5});
  forum.clear_requests();
  Running crawl(crawl_words(forum, directory / "interrupted"));
  await_requests(forum, 15, crawl);
  crawl.send(SIGINT);
  CHECK(crawl.wait().exit_code == 130);
  CHECK(contents(directory / "interrupted").size() < contents(directory / "calm").size());
  REQUIRE(run_program(crawl_words(forum, directory / "interrupted")).exit_code == 0);
  CHECK(contents(directory / "interrupted") == contents(directory / "calm"));
}

TEST_CASE(
    "when the server goes away in the middle, the run after its return brings what an undisturbed one "
    "holds") {
  auto forum = std::make_unique<sample::SampleForum>(sample::Options{.seed = 13, .threads = 40});
  const TemporaryDirectory directory;
  REQUIRE(run_program(crawl_words(*forum, directory / "calm")).exit_code == 0);
  forum->set_faults({.delay_ms = 5});
  forum->clear_requests();
  auto words = crawl_words(*forum, directory / "left");
  words.insert(words.end(), {"--set", "fetch.retry_delay=1ms"});
  const std::string url = forum->base_url();
  const sample::Options same{.seed = 13, .threads = 40, .port = std::stoi(url.substr(url.rfind(':') + 1))};
  Running crawl(words);
  await_requests(*forum, 15, crawl);
  forum.reset();
  CHECK(crawl.wait().exit_code == 1);
  forum = std::make_unique<sample::SampleForum>(same);
  CHECK(contents(directory / "left").size() < contents(directory / "calm").size());
  REQUIRE(run_program(words).exit_code == 0);
  CHECK(contents(directory / "left") == contents(directory / "calm"));
}
