// What a page costs, in µs of CPU time, step by step: decoding, the tree, extraction (everything that reads
// the tree, links included), and the rest, mostly the digests of what was read. Beside them stands what gumbo
// alone takes for the same page, in the arena and without a copy of its tree: what the tree and the
// extraction are measured against. Times of one run may be compared with one another, not with those of
// another machine or day.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <gumbo.h>

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/charset.hpp"
#include "parsers/discuz/context.hpp"
#include "parsers/html.hpp"
#include "parsers/news/read.hpp"
#include "tests/bench/page_sets.hpp"

namespace boardwalk::bench {
namespace {

enum class Step { kDecode, kGumbo, kTree, kExtract, kWhole };
constexpr Step kSteps[] = {Step::kDecode, Step::kGumbo, Step::kTree, Step::kExtract, Step::kWhole};

struct Decoded {
  const Page* page;
  parsers::Decoded decoded;
};

std::vector<Decoded> decode_all(const PageSet& set) {
  std::vector<Decoded> all;
  for (const Page& page : set.pages) all.push_back({&page, parsers::decode(page.body, page.content_type)});
  return all;
}

parsers::ParsedPage extract(const Decoded& source, parsers::dom::Node root) {
  parsers::ParsedPage page;
  parsers::discuz::Context forum;
  forum.url = parsers::parse_url(source.page->url).value();
  forum.base = forum.url;
  forum.site = forum.url.site();
  forum.charset = source.decoded.use.used;
  forum.fetched_at = source.page->fetched_at;
  forum.source = source.decoded.text;
  if (!parsers::discuz::read_page(forum, root, page))
    parsers::news::read_page(
        {forum.url, forum.base, forum.site, forum.charset, forum.fetched_at, std::nullopt, {}}, root, page);
  return page;
}

const GumboOutput* gumbo_alone(std::string_view text, parsers::Arena& arena) {
  arena.reset();
  arena.set_budget(parsers::budget_for(text.size()));
  GumboOptions options = kGumboDefaultOptions;
  options.userdata = &arena;
  options.allocator = [](void* to, std::size_t size) {
    return static_cast<parsers::Arena*>(to)->allocate(size);
  };
  options.deallocator = [](void*, void*) {};
  options.max_errors = 0;
  return gumbo_parse_with_options(&options, text.data(), text.size());
}

void run_extract(benchmark::State& state, const std::vector<Decoded>& pages) {
  parsers::Arena arena;
  for (auto _ : state)
    for (const Decoded& page : pages) {
      state.PauseTiming();
      const auto document = parsers::parse_html(page.decoded.text, arena);
      state.ResumeTiming();
      if (document) benchmark::DoNotOptimize(extract(page, document->root()));
    }
}

void run_step(benchmark::State& state, const PageSet& set, Step step) {
  const std::vector<Decoded> pages = decode_all(set);
  if (step == Step::kExtract) return run_extract(state, pages);
  parsers::Workspace workspace;
  for (auto _ : state)
    for (const auto& [page, decoded] : pages) {
      if (step == Step::kDecode) benchmark::DoNotOptimize(parsers::decode(page->body, page->content_type));
      if (step == Step::kGumbo) benchmark::DoNotOptimize(gumbo_alone(decoded.text, workspace.arena()));
      if (step == Step::kTree) benchmark::DoNotOptimize(parsers::parse_html(decoded.text, workspace.arena()));
      if (step == Step::kWhole)
        benchmark::DoNotOptimize(parsers::parse_page(
            {page->url, page->body, page->content_type, page->fetched_at, std::nullopt}, workspace));
    }
}

// Prints the table. A step's time is the least of its repetitions: what the page costs when nobody disturbs.
class Table : public benchmark::BenchmarkReporter {
 public:
  explicit Table(const std::vector<PageSet>& sets) : sets_(sets) {}

  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      auto [at, fresh] = micros_.try_emplace(run.run_name.function_name, run.GetAdjustedCPUTime());
      if (!fresh) at->second = std::min(at->second, run.GetAdjustedCPUTime());
    }
  }

  void Finalize() override {
    fmt::print("{:<20} {:>5} {:>7} | {:>8} {:>8} {:>8} {:>8} | {:>8} {:>12} {:>15}\n", "µs a page", "pages",
               "KB", "decode", "tree", "extract", "rest", "gumbo", "tree / gumbo", "extract / gumbo");
    for (std::size_t i = 0; i < sets_.size(); ++i) print(i);
  }

 private:
  void print(std::size_t set) const {
    const PageSet& pages = sets_[set];
    const auto time = [&](Step step) {
      const auto at = micros_.find(name_of(set, step));
      return at == micros_.end() ? 0 : at->second / static_cast<double>(pages.pages.size());
    };
    double bytes = 0;
    for (const Page& page : pages.pages) bytes += static_cast<double>(page.body.size());
    const double decode = time(Step::kDecode);
    const double gumbo = time(Step::kGumbo);
    const double tree = time(Step::kTree);
    const double extraction = time(Step::kExtract);
    fmt::print(
        "{:<20} {:>5} {:>7.1f} | {:>8.0f} {:>8.0f} {:>8.0f} {:>8.0f} | {:>8.0f} {:>11.1f}% {:>14.1f}%\n",
        pages.name, pages.pages.size(), bytes / 1024 / static_cast<double>(pages.pages.size()), decode, tree,
        extraction, time(Step::kWhole) - decode - tree - extraction, gumbo, 100 * tree / gumbo,
        100 * extraction / gumbo);
  }

 public:
  static std::string name_of(std::size_t set, Step step) {
    return fmt::format("{}.{}", set, static_cast<int>(step));
  }

 private:
  const std::vector<PageSet>& sets_;
  std::map<std::string, double> micros_;
};

std::string shared_folder() {
  const char* set = std::getenv("BOARDWALK_SHARED");
  return set && *set ? set : BOARDWALK_SOURCE_DIR "/../shared";
}

int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  std::vector<PageSet> sets = generated_sets();
  std::vector<PageSet> captured = captured_sets(shared_folder());
  if (captured.empty()) fmt::print(stderr, "no captured pages in {}: skipped\n", shared_folder());
  for (PageSet& set : captured) sets.push_back(std::move(set));
  for (std::size_t i = 0; i < sets.size(); ++i)
    for (const Step step : kSteps)
      benchmark::RegisterBenchmark(Table::name_of(i, step).c_str(), run_step, sets[i], step)
          ->Unit(benchmark::kMicrosecond)
          ->Repetitions(3)
          ->MinTime(0.05);
  Table table(sets);
  benchmark::RunSpecifiedBenchmarks(&table);
  return 0;
}

}  // namespace
}  // namespace boardwalk::bench

int main(int argc, char** argv) { return boardwalk::bench::run(argc, argv); }
