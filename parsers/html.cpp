#include "parsers/html.hpp"

#include <gumbo.h>
#include <time.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kKeptBytes = std::size_t{8} << 20;
constexpr std::size_t kAlignment = 16;
constexpr std::size_t kClockEvery = 256;  // allocations between two looks at the clock

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

struct Arena::Blocks {
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };
  std::vector<Block> list;
  std::size_t current = 0;  // the block that allocations come from
  std::size_t used = 0;     // bytes of it
  std::size_t bytes = 0;
  std::size_t allocations = 0;
  Budget budget{std::numeric_limits<std::size_t>::max(), std::numeric_limits<std::size_t>::max(), 1e9};
  double deadline = 1e18;
};

Arena::Arena() : blocks_(std::make_unique<Blocks>()) {}
Arena::~Arena() = default;

void Arena::reset() {
  Blocks& b = *blocks_;
  std::size_t kept = 0;
  std::erase_if(b.list, [&kept](const Blocks::Block& block) { return (kept += block.size) > kKeptBytes; });
  b.current = b.used = b.bytes = b.allocations = 0;
}

void Arena::set_budget(const Budget& budget) {
  blocks_->budget = budget;
  blocks_->deadline = thread_cpu_seconds() + budget.cpu_seconds;
}

void* Arena::allocate(std::size_t size) {
  Blocks& b = *blocks_;
  size = (std::max<std::size_t>(size, 1) + kAlignment - 1) / kAlignment * kAlignment;
  b.bytes += size;
  ++b.allocations;
  if (b.bytes > b.budget.bytes || b.allocations > b.budget.allocations) throw OverBudget{};
  if (b.allocations % kClockEvery == 0 && thread_cpu_seconds() > b.deadline) throw OverBudget{};
  while (b.current < b.list.size() && b.used + size > b.list[b.current].size) {
    ++b.current;
    b.used = 0;
  }
  if (b.current == b.list.size()) {
    const std::size_t block = std::max(size, kBlockBytes);
    b.list.push_back({std::make_unique_for_overwrite<std::byte[]>(block), block});
    b.used = 0;
  }
  void* place = b.list[b.current].bytes.get() + b.used;
  b.used += size;
  return place;
}

dom::Node Document::root() const { return dom::Node(output_->root); }

Arena::Budget budget_for(std::size_t bytes) {
  constexpr std::size_t kMiB = std::size_t{1} << 20;
  return {std::min(32 * kMiB + 48 * bytes, 384 * kMiB), 500'000 + 8 * bytes, 1.5};
}

namespace {

// Depth of the deepest node, found without recursion.
int depth_of(const GumboNode* root) {
  int deepest = 0;
  int depth = 0;
  const dom::Node top(root);
  for (dom::Node node = top; node;) {
    deepest = std::max(deepest, depth);
    if (const dom::Node child = node.first_child()) {
      node = child;
      ++depth;
      continue;
    }
    while (node != top && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == top) break;
    node = node.next_sibling();
  }
  return deepest;
}

}  // namespace

std::optional<Document> parse_html(std::string_view source, Arena& arena) {
  arena.reset();
  const std::size_t allowed = 10'000'000 + 10 * source.size();
  if (estimate_work(source, allowed) > allowed) return std::nullopt;
  arena.set_budget(budget_for(source.size()));
  GumboOptions options = kGumboDefaultOptions;
  options.userdata = &arena;
  options.allocator = [](void* to, std::size_t size) { return static_cast<Arena*>(to)->allocate(size); };
  options.deallocator = [](void*, void*) {};
  options.max_errors = 0;
  try {
    const GumboOutput* output = gumbo_parse_with_options(&options, source.data(), source.size());
    if (depth_of(output->root) > kMaxDepth) return std::nullopt;
    return Document(output);
  } catch (const Arena::OverBudget&) {
    arena.reset();
    return std::nullopt;
  }
}

}  // namespace boardwalk::parsers
