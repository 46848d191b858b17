// What parse workers make of fetched pages, one of them and as many as there are processors: where nothing
// but the two queues is shared, twice the workers make twice the pages a second, and a page takes no more
// CPU time. Beside it stands how often a thread gave its processor back to wait, which the queues are to make
// rare. The main thread takes what is done, as the engine does, and drops it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "crawler/mailbox.hpp"
#include "crawler/parse_pool.hpp"
#include "tests/bench/page_sets.hpp"
#include "tests/bench/resources.hpp"

namespace boardwalk::bench {
namespace {

constexpr int kTimesEach = 20;  // a page is read, in one round

const PageSet& threads() {
  static const std::vector<PageSet> sets = generated_sets();
  const auto set =
      std::find_if(sets.begin(), sets.end(), [](const PageSet& s) { return s.name == "thread"; });
  if (set == sets.end()) throw std::runtime_error("the sample forum has no set of threads");
  return *set;
}

// Every second page; the others are what the dictionary that they are packed with was trained on.
std::vector<const Page*> packed_pages() {
  std::vector<const Page*> pages;
  for (std::size_t i = 1; i < threads().pages.size(); i += 2) pages.push_back(&threads().pages[i]);
  return pages;
}

store::DictionaryPtr dictionary() {
  std::vector<std::string> samples;
  for (std::size_t i = 0; i < threads().pages.size(); i += 2) samples.push_back(threads().pages[i].body);
  return std::make_shared<const store::Dictionary>(1, store::train_dictionary(samples));
}

crawler::Step step_of(const Page& page, const store::DictionaryPtr& dictionary) {
  crawler::Step step;
  step.answer.url = page.url;
  step.answer.outcome = parsers::Outcome::kOk;
  step.answer.status = 200;
  step.answer.headers = {{"Content-Type", page.content_type}};
  step.answer.body = page.body;
  step.answer.ended_at = 1000 * page.fetched_at;
  step.dictionary = dictionary;
  return step;
}

void pages_by_workers(benchmark::State& state) {
  const std::vector<const Page*> pages = packed_pages();
  const store::DictionaryPtr packing = dictionary();
  crawler::ParsePool::Options options;
  options.workers = static_cast<int>(state.range(0));
  crawler::Mailbox<crawler::Step> done;
  crawler::ParsePool pool(options, [&done](crawler::Step step) { done.put(std::move(step)); });
  double micros = 0, waited = 0, read = 0;
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<crawler::Step> steps;
    for (int i = 0; i < kTimesEach; ++i)
      for (const Page* page : pages) steps.push_back(step_of(*page, packing));
    const double micros_before = cpu_micros(), waits_before = waits();
    state.ResumeTiming();
    for (auto& step : steps) pool.submit(std::move(step));
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto step = done.take(std::chrono::minutes(1));
      if (!step) throw std::runtime_error("no worker gave a page back for a minute");
      pool.taken(*step);
      if (!step->page || step->page->posts.empty() || step->packed.row.empty())
        throw std::runtime_error("a page was not read and packed: " + step->answer.url);
    }
    micros += cpu_micros() - micros_before;
    waited += waits() - waits_before;
    read += static_cast<double>(steps.size());
  }
  state.counters["pages"] = benchmark::Counter(read, benchmark::Counter::kIsRate);
  state.counters["us CPU a page"] = micros / read;
  state.counters["waits a page"] = waited / read;
}
BENCHMARK(pages_by_workers)
    ->RangeMultiplier(2)
    ->Range(1, std::max(1, static_cast<int>(std::thread::hardware_concurrency())))
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace boardwalk::bench

BENCHMARK_MAIN();
