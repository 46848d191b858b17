// What an export costs: made-up posts through the archive and out again, in records a second of one core's
// time. `scan` is the archive's own reading of the same rows, without a format: the limit.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <filesystem>
#include <string>

#include "store/database.hpp"
#include "store/export/csv.hpp"
#include "store/export/output_file.hpp"
#include "store/export/records.hpp"
#include "store/json_codec.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "tests/bench/bench_post.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::bench::bench_post;

namespace {

constexpr int kPosts = 1'000'000;

std::int64_t peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// An archive of kPosts posts in a directory of its own, gone at the end.
class Archive {
 public:
  Archive() {
    const auto writer = Database::open(path_, Database::Access::kWrite, config::Sync::kOs);
    if (!writer) throw std::runtime_error(writer.error().message);
    for (int number = 0; number < kPosts;) {
      Batch batch(**writer);
      for (int end = std::min(kPosts, number + 2000); number < end; ++number) {
        const auto post = bench_post(number);
        write_record(batch, post_key(post.site, *post.thread_id, post.post_id), RecordRow{0, to_json(post)});
      }
      if (!(*writer)->commit(batch)) throw std::runtime_error("no commit");
    }
    if (!(*writer)->flush()) throw std::runtime_error("no flush");
  }

  [[nodiscard]] std::unique_ptr<Database> open() const {
    auto database = Database::open(path_, Database::Access::kRead);
    if (!database) throw std::runtime_error(database.error().message);
    return std::move(*database);
  }

 private:
  TemporaryDirectory temporary_;
  std::filesystem::path path_ = temporary_.path() / "archive";
};

const Archive& archive() {
  static const Archive made;
  return made;
}

void tell(benchmark::State& state, std::int64_t bytes, std::int64_t peak_before) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * kPosts);
  state.SetBytesProcessed(bytes);
  state.counters["peak_growth_kib"] = static_cast<double>(peak_kib() - peak_before);
}

void scan(benchmark::State& state) {
  const auto database = archive().open();
  const std::int64_t peak = peak_kib();
  std::int64_t bytes = 0;
  for (auto _ : state)
    (void)database->scan(Family::kRecords, "p", "p", [&](std::string_view, std::string_view value) {
      bytes += static_cast<std::int64_t>(value.size());
      return true;
    });
  tell(state, bytes, peak);
}

// Into a file of a directory of its own, or where `to` says.
template <typename Make>
void export_with(benchmark::State& state, Compression compression, Make&& make, const char* to = nullptr) {
  const auto database = archive().open();
  const TemporaryDirectory temporary;
  const std::string name = to != nullptr ? to : temporary / "out";
  const std::int64_t peak = peak_kib();
  std::int64_t bytes = 0;
  for (auto _ : state) {
    auto file = OutputFile::open(name, compression);
    if (!file) throw std::runtime_error(file.error().message);
    auto format = make([&](std::string_view piece) {
      bytes += static_cast<std::int64_t>(piece.size());
      return file->write(piece);
    });
    ExportCounts counts;
    if (!export_records(*database, {}, format, counts) || counts.sum() != kPosts || !file->seal())
      state.SkipWithError("the export failed");
  }
  tell(state, bytes, peak);
}

Jsonl as_jsonl(Write write) { return Jsonl(std::move(write)); }
void jsonl(benchmark::State& state) { export_with(state, Compression::kNone, as_jsonl); }
// As to standard output: no disk to wait for, no digest of the file.
void jsonl_unkept(benchmark::State& state) { export_with(state, Compression::kNone, as_jsonl, "/dev/null"); }
void jsonl_zstd(benchmark::State& state) { export_with(state, Compression::kZstd, as_jsonl); }
void csv(benchmark::State& state) {
  export_with(state, Compression::kNone,
              [](Write write) { return Csv(RecordKind::kPost, std::move(write)); });
}

BENCHMARK(scan)->Unit(benchmark::kMillisecond);
BENCHMARK(jsonl)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(jsonl_unkept)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(jsonl_zstd)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
BENCHMARK(csv)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
