#include "parsers/html.hpp"

#include <gumbo.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <cstdint>
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

// A linear walk over the tags of a page, close enough to gumbo's own to tell how many elements stand open at each.
class TagScan {
 public:
  explicit TagScan(std::string_view source) : source_(source) {}

  std::size_t work(std::size_t stop_at) {
    std::size_t at = 0;
    while (work_ <= stop_at && (at = source_.find('<', at)) != std::string_view::npos) at = markup(at);
    return work_;
  }

 private:
  static bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == ':'; }

  std::size_t markup(std::size_t at) {
    if (source_.substr(at, 4) == "<!--") return skip_to("-->", at + 4);
    if (at + 1 < source_.size() && source_[at + 1] == '/') return end_tag(at + 2);
    if (at + 1 < source_.size() && std::isalpha(static_cast<unsigned char>(source_[at + 1])) != 0)
      return start_tag(at + 1);
    return at + 1;
  }

  std::size_t skip_to(std::string_view what, std::size_t from) const {
    const std::size_t found = source_.find(what, from);
    return found == std::string_view::npos ? source_.size() : found + what.size();
  }

  std::uint64_t name_at(std::size_t& at) const {  // FNV-1a of the lower-case name
    std::uint64_t hash = 14695981039346656037ULL;
    for (; at < source_.size() && is_name(source_[at]); ++at)
      hash = (hash ^ static_cast<std::uint64_t>(std::tolower(static_cast<unsigned char>(source_[at])))) * 1099511628211ULL;
    return hash;
  }

  static constexpr std::uint64_t name_of(std::string_view name) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : name) hash = (hash ^ static_cast<std::uint64_t>(c)) * 1099511628211ULL;
    return hash;
  }

  std::size_t end_tag(std::size_t at) {
    const std::uint64_t name = name_at(at);
    work_ += open_.size() / 2 + 1;
    const auto match = std::find(open_.rbegin(), open_.rend(), name);
    if (match != open_.rend()) open_.erase(std::prev(match.base()), open_.end());
    return skip_to(">", at);
  }

  std::size_t start_tag(std::size_t at) {
    const std::uint64_t name = name_at(at);
    
    at = attributes(at);
    work_ += open_.size() + 1;
    if (name == name_of("script") || name == name_of("style") || name == name_of("textarea") || name == name_of("title"))
      return raw_text(at, name);
    if (!stays_closed(name)) open_.push_back(name);
    return at;
  }

  // Quoted values may hold '>'. Every attribute is compared with those before it on its tag.
  std::size_t attributes(std::size_t at) {
    std::size_t count = 0;
    bool in_name = false;
    for (; at < source_.size() && source_[at] != '>'; ++at) {
      const char c = source_[at];
      const bool starts_value = (c == '"' || c == '\'') && at > 0 && source_[at - 1] == '=';
      if (starts_value) {
        at = source_.find(c, at + 1);
        if (at == std::string_view::npos) return source_.size();
        in_name = false;
      } else if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == '/') {

        in_name = false;
      } else if (!in_name) {
        in_name = true;
        work_ += ++count;
      }
    }
    return std::min(at + 1, source_.size());
  }

  std::size_t raw_text(std::size_t at, std::uint64_t name) {
    while ((at = source_.find("</", at)) != std::string_view::npos) {
      std::size_t after = at + 2;
      if (name_at(after) == name) return after;
      at += 2;
    }
    return source_.size();
  }

  // Void elements, and those whose like closes them, so that they do not nest by mere repetition.
  static bool stays_closed(std::uint64_t name) {
    static constexpr std::array kNames{
        name_of("br"),   name_of("img"),    name_of("input"), name_of("meta"),  name_of("link"),  name_of("hr"),
        name_of("p"),    name_of("li"),     name_of("td"),    name_of("th"),    name_of("tr"),    name_of("tbody"),
        name_of("dt"),   name_of("dd"),     name_of("col"),   name_of("area"),  name_of("base"),  name_of("wbr"),
        name_of("embed"), name_of("source"), name_of("track"), name_of("param"), name_of("option"), name_of("a")};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  }

  std::string_view source_;
  std::vector<std::uint64_t> open_;
  std::size_t work_ = 0;
};

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

std::size_t estimate_work(std::string_view source, std::size_t stop_at) { return TagScan(source).work(stop_at); }

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
