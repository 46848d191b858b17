// What a post costs the archive: its sketch alone, and its whole way in, with and without the search for
// near duplicates; what `verify` costs a page; and how much slower pages go in while another process queries,
// exports and verifies the archive over and over: by the clock, and in the writer's own processor time, which
// is what counts where the reader has no core of its own. Ratios within one run are what counts.

#include <benchmark/benchmark.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string_view>

#include "../store/made_up_posts.hpp"
#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "store/bodies.hpp"
#include "store/care/verify.hpp"
#include "store/database.hpp"
#include "store/export/records.hpp"
#include "store/query.hpp"
#include "store/records.hpp"
#include "store/sketch.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

constexpr std::size_t kPostsPerPage = 10;

// Pages of ten made-up posts each, half of them edits of an earlier one.
std::vector<parsers::ParsedPage> pages(std::size_t count) {
  const auto texts = made_up_posts(static_cast<int>(count * kPostsPerPage), 3);
  std::vector<parsers::ParsedPage> pages(count);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    parsers::ParsedPage& page = pages[i / kPostsPerPage];
    page.kind = parsers::PageKind::kThread;
    page.page = {"http://bbs.test/thread-" + std::to_string(i / kPostsPerPage) + "-1-1.html", 10,
                 parsers::sha256_hex(texts[i / kPostsPerPage * kPostsPerPage])};
    parsers::Post post;
    post.site = "bbs.test";
    post.thread_id = std::to_string(i / kPostsPerPage);
    post.post_id = std::to_string(i + 1);
    post.text = texts[i];
    post.fold = parsers::fold(post.text);
    post.text_sha256 = parsers::sha256_hex(post.text);
    post.fold_sha256 = parsers::sha256_hex(post.fold);
    post.page = page.page;
    page.posts.push_back(std::move(post));
  }
  return pages;
}

void put(Database& database, const parsers::ParsedPage& page, std::size_t min_chars) {
  Batch batch(database);
  if (!put_records(batch, page, min_chars)) throw std::runtime_error("put_records failed");
  if (!put_body(batch, page.page.sha256, page.posts.front().text))
    throw std::runtime_error("put_body failed");
  if (!database.commit(batch)) throw std::runtime_error("commit failed");
}

void sketch_of_a_post(benchmark::State& state) {
  const auto texts = made_up_posts(1000, 3);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(bands_of(parsers::fold(texts[i++ % texts.size()])));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(sketch_of_a_post);

// Per post. The argument is min_chars: 16 as by default, or so many that no post is looked at for duplicates.
void posts_into_the_archive(benchmark::State& state) {
  const auto all = pages(2000);
  for (auto _ : state) {
    state.PauseTiming();
    const TemporaryDirectory directory;
    auto database = *Database::open(directory.path() / "a", Database::Access::kWrite, config::Sync::kOs);
    state.ResumeTiming();
    for (const auto& page : all) put(*database, page, static_cast<std::size_t>(state.range(0)));
    state.PauseTiming();
    database.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all.size() * kPostsPerPage));
}
BENCHMARK(posts_into_the_archive)->Arg(16)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void verify_of_pages(benchmark::State& state) {
  const TemporaryDirectory directory;
  auto database = *Database::open(directory.path() / "a", Database::Access::kWrite, config::Sync::kOs);
  const auto all = pages(2000);
  for (const auto& page : all) put(*database, page, 16);
  if (!database->flush()) throw std::runtime_error("flush failed");
  for (auto _ : state) benchmark::DoNotOptimize(verify(*database, [](const Finding&) {}));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all.size()));
}
BENCHMARK(verify_of_pages)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

// Reads the archive in every way until it is killed, or its parent has gone.
int read_over_and_over(const std::filesystem::path& directory) {
  const pid_t parent = getppid();
  while (getppid() == parent) {
    const auto database = Database::open(directory, Database::Access::kRead);
    if (!database) return 1;
    Jsonl nowhere([](std::string_view) { return true; });
    ExportCounts counts;
    if (!for_each_record(**database, {RecordKind::kPost}, [](const Row&) { return true; })) return 1;
    if (!export_records(**database, {}, nowhere, counts)) return 1;
    const auto verified = verify(**database, [](const Finding&) {});
    if (!verified || verified->findings != 0) return 1;
  }
  return 0;
}

class Reader {
 public:
  explicit Reader(const std::filesystem::path& directory) {
    std::string self = "store_bench", mark = "--reader", path = directory;
    char* words[] = {self.data(), mark.data(), path.data(), nullptr};
    if (posix_spawn(&process_, "/proc/self/exe", nullptr, nullptr, words, environ) != 0)
      throw std::runtime_error("the reader does not start");
  }
  ~Reader() {
    int status = 0;
    if (waitpid(process_, &status, WNOHANG) == 0) {
      kill(process_, SIGKILL);
      waitpid(process_, &status, 0);
    } else {
      fprintf(stderr, "the reader ended with status %d\n", WEXITSTATUS(status));
    }
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

 private:
  pid_t process_ = 0;
};

// Per post. The argument says whether a reader runs beside.
void posts_beside_a_reader(benchmark::State& state) {
  const auto all = pages(4000);
  for (auto _ : state) {
    state.PauseTiming();
    const TemporaryDirectory directory;
    auto database = *Database::open(directory.path() / "a", Database::Access::kWrite, config::Sync::kOs);
    for (std::size_t i = 0; i < 1000; ++i) put(*database, all[i], 16);
    std::optional<Reader> reader;
    if (state.range(0) != 0) reader.emplace(directory.path() / "a");
    state.ResumeTiming();
    for (std::size_t i = 1000; i < all.size(); ++i) put(*database, all[i], 16);
    state.PauseTiming();
    reader.reset();
    database.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(3000 * kPostsPerPage));
}
BENCHMARK(posts_beside_a_reader)
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--reader") return read_over_and_over(argv[2]);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
