// Records drawn at random, with everything in their texts that JSON has to escape or leave alone.
#pragma once

#include <random>

#include "parsers/records.hpp"

namespace boardwalk::store {

class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : engine_(seed) {}
  parsers::Board board();
  parsers::Thread thread();
  parsers::Post post();
  parsers::Article article();

 private:
  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(engine_); }
  bool coin() { return below(2) == 0; }
  std::string text();
  std::string id() { return std::to_string(below(1'000'000)); }
  std::string digest();
  parsers::Moment moment();
  parsers::Moment exact_moment();  // one that its text alone tells: to the second, or a day
  parsers::PageRef page();
  parsers::Provenance seen();
  parsers::TextLink link() { return {text(), text()}; }
  parsers::Image image() {
    return {text(), maybe([&] { return text(); }), maybe([&] { return text(); })};
  }
  void fill_lists(parsers::Post& post);

  template <typename Draw>
  auto maybe(Draw&& draw) -> std::optional<decltype(draw())> {
    if (coin()) return std::nullopt;
    return draw();
  }
  template <typename Draw>
  auto list(Draw&& draw) -> std::vector<decltype(draw())> {
    std::vector<decltype(draw())> items;
    for (int n = below(4); n > 0; --n) items.push_back(draw());
    return items;
  }

  std::mt19937 engine_;
};

}  // namespace boardwalk::store
