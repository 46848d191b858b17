// How long an operator waits: a million made-up posts of four sites over three years, and questions that an
// index answers. `program/…` is the whole of it, from the start of `boardwalk query` to its end; `first/…` is
// the archive's part, from opening it to the first record; `scan/…` the same without an index. The archive is
// built once and kept.

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "store/index_rows.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/text_update.hpp"
#include "tests/bench/bench_post.hpp"

extern char** environ;

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

constexpr int kPosts = 1'000'000;
constexpr int kRare = 20'000;  // one post in so many has the words that are looked for

parsers::Post made_up(int number) {
  auto post = bench::bench_post(number);
  post.site = "bbs" + std::to_string(number % 4) + ".test";
  post.posted_at = parsers::make_moment(2023 + number % 3, 1 + number / 7 % 12, 1 + number / 11 % 28, 8, 0, 0,
                                        parsers::Precision::kMinute, 480);
  if (number % kRare == 7) post.text += "\n失踪的航海日誌，來(lái)源：碼頭倉庫";
  if (number % kRare == 8) post.text += "\n失踪的航海日志，来源：码头仓库";
  return post;
}

template <typename Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<Value>) return std::move(*result);
}

void build(const std::filesystem::path& path) {
  const auto writer = must(Database::open(path, Database::Access::kWrite, config::Sync::kOs));
  for (int number = 0; number < kPosts;) {
    Batch batch(*writer);
    for (int end = std::min(kPosts, number + 2000); number < end; ++number) {
      const auto post = made_up(number);
      const std::string key = post_key(post.site, *post.thread_id, post.post_id), json = to_json(post);
      write_record(batch, key, RecordRow{0, json});
      reindex(batch, "", "", key, json);
    }
    must(writer->commit(batch));
  }
  must(update_text_index(*writer));
  must(writer->compact());
}

// The archive's directory; named only when it is whole.
const std::string& archive() {
  static const std::string made = [] {
    const char* chosen = std::getenv("BOARDWALK_BENCH");
    const std::filesystem::path folder =
        chosen != nullptr ? chosen : std::filesystem::temp_directory_path() / "boardwalk-bench";
    const std::filesystem::path path = folder / "query";
    if (std::filesystem::exists(path)) return path.string();
    std::filesystem::create_directories(folder);
    const std::string fresh = path.string() + ".new";
    std::filesystem::remove_all(fresh);
    build(fresh);
    std::filesystem::rename(fresh, path);
    return path.string();
  }();
  return made;
}

struct Question {
  const char* name;
  std::vector<std::string> words;  // of the command line
  Filter filter;
  Order order = Order::kId;
};

std::int64_t day(int number) {
  return parsers::make_moment(2024, 5, number, 0, 0, 0, parsers::Precision::kDay, 480)->epoch();
}

std::vector<Question> questions() {
  const std::string author = *made_up(123).author;
  std::vector<Question> all;
  const auto add = [&](const char* name, std::vector<std::string> words, auto&& set) -> Question& {
    Filter filter;
    set(filter);
    return all.emplace_back(Question{name, std::move(words), filter});
  };
  add("thread", {"--site", "bbs1.test", "--thread", "77"},
      [](Filter& f) { f.site = "bbs1.test", f.thread = "77"; });
  add("author+time", {"--author", author, "--since", "2024-05-01", "--until", "2024-06-01"},
      [&](Filter& f) { f.author = author, f.since = day(1), f.until = day(31) + 86400; });
  add("site+day", {"--site", "bbs2.test", "--since", "2024-05-04", "--until", "2024-05-05"},
      [](Filter& f) { f.site = "bbs2.test", f.since = day(4), f.until = day(5); });
  add("newest", {"--sort", "newest", "--limit", "20"}, [](Filter&) {}).order = Order::kNewest;
  add("text", {"--text", "航海日志"}, [](Filter& f) { f.text = "航海日志"; });
  add("fold", {"--fold", "航海日誌來源"}, [](Filter& f) { f.fold = "航海日誌來源"; });
  return all;
}

void run_program(const std::vector<std::string>& words) {
  std::vector<std::string> line{BOARDWALK_PROGRAM, "query",    "posts", "--archive",
                                archive(),         "--format", "jsonl"};
  line.insert(line.end(), words.begin(), words.end());
  std::vector<char*> pointers;
  for (auto& word : line) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  pid_t process = 0;
  int status = 0;
  if (posix_spawn(&process, BOARDWALK_PROGRAM, &actions, nullptr, pointers.data(), environ) != 0 ||
      waitpid(process, &status, 0) != process || status != 0)
    throw std::runtime_error("the program failed");
  posix_spawn_file_actions_destroy(&actions);
}

void first_row(benchmark::State& state, const Question& question, bool by_index) {
  const std::string path = archive();
  for (auto _ : state) {
    const auto database = must(Database::open(path, Database::Access::kRead));
    Query query{RecordKind::kPost, question.filter, question.order, by_index};
    int rows = 0;
    must(for_each_record(*database, query, [&rows](const Row&) { return ++rows == 0; }));
    if (rows != 1) state.SkipWithError("nothing found");
  }
}

void register_all() {
  static const auto all = questions();
  const auto add = [](const std::string& name, auto&& run) {
    return benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond)->UseRealTime();
  };
  for (const Question& question : all) {
    const std::string name = question.name;
    add("program/" + name, [&question](benchmark::State& state) {
      (void)archive();
      for (auto _ : state) run_program(question.words);
    });
    add("first/" + name, [&question](benchmark::State& state) { first_row(state, question, true); });
    if (question.order == Order::kId)
      add("scan/" + name, [&question](benchmark::State& state) {
        first_row(state, question, false);
      })->Iterations(1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  register_all();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
