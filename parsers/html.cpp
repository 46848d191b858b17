#include "parsers/html.hpp"

#include <gumbo.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include "parsers/markup/plain_builder.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kKeptBytes = std::size_t{8} << 20;
constexpr std::size_t kClockEvery = 1024;  // allocations between two looks at the clock

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

void Arena::reset() {
  std::size_t kept = 0;
  std::erase_if(blocks_, [&kept](const Block& block) { return (kept += block.size) > kKeptBytes; });
  bytes_ = allocations_ = nested_text_ = next_check_ = room_ = 0;
  if (!blocks_.empty()) enter(0);
}

void Arena::set_budget(const Budget& budget) {
  budget_ = budget;
  deadline_ = thread_cpu_seconds() + budget.cpu_seconds;
  next_check_ = 0;
}

void Arena::check_budget() {
  if (bytes_ > budget_.bytes || allocations_ > budget_.allocations) throw OverBudget{};
  if (allocations_ % kClockEvery == 0 && thread_cpu_seconds() > deadline_) throw OverBudget{};
  next_check_ = std::min((allocations_ / kClockEvery + 1) * kClockEvery, budget_.allocations + 1);
}

void Arena::next_block(std::size_t size) {
  std::size_t next = current_ + 1;
  while (next < blocks_.size() && blocks_[next].size < size) ++next;
  if (next >= blocks_.size()) {
    const std::size_t bytes = std::max(size, kBlockBytes);
    blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(bytes), bytes});
    next = blocks_.size() - 1;
  }
  enter(next);
}

void Arena::enter(std::size_t block) {
  current_ = block;
  place_ = blocks_[block].bytes.get();
  room_ = blocks_[block].size;
}

Arena::Budget budget_for(std::size_t bytes) {
  constexpr std::size_t kMiB = std::size_t{1} << 20;
  return {std::min(32 * kMiB + 48 * bytes, 384 * kMiB), 500'000 + 8 * bytes, 1.5,
          std::min(32 * kMiB + 64 * bytes, 384 * kMiB)};
}

namespace {

// Of every tag that HTML knows. gumbo's own table holds C strings.
std::string_view name_of(GumboTag tag) {
  static const auto names = [] {
    std::array<std::string_view, GUMBO_TAG_LAST> table;
    for (std::size_t i = 0; i < table.size(); ++i)
      table[i] = gumbo_normalized_tagname(static_cast<GumboTag>(i));
    return table;
  }();
  return names[static_cast<std::size_t>(tag)];
}

const GumboVector* child_list(const GumboNode* node) {
  const bool element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
  return element ? &node->v.element.children : nullptr;
}

// Copies gumbo's tree into the form that is read: about half its size, with direct links between the nodes.
class TreeCopy {
 public:
  explicit TreeCopy(Arena& arena) : arena_(arena) {}

  // nullopt when the tree is deeper than kMaxDepth.
  std::optional<Document> copy(const GumboNode* top) {
    dom::NodeData* const root = node(top, nullptr, 0);
    dom::NodeData* place = root;
    const GumboNode* at = top;
    for (std::size_t depth = 0; depth <= kMaxDepth;) {
      const GumboVector* children = child_list(at);
      if (children != nullptr && children->length > 0) {
        at = static_cast<const GumboNode*>(children->data[0]);
        place = node(at, place, ++depth);
        continue;
      }
      while (at != top && at->index_within_parent + 1 >= child_list(at->parent)->length) {
        at = at->parent;
        place = place->parent;
        --depth;
      }
      if (at == top) return Document(dom::Node(root), std::move(metadata_));
      at = static_cast<const GumboNode*>(child_list(at->parent)->data[at->index_within_parent + 1]);
      place = node(at, place->parent, depth);
    }
    return std::nullopt;
  }

 private:
  // `depth`: how many elements it stands in.
  dom::NodeData* node(const GumboNode* source, dom::NodeData* parent, std::size_t depth) {
    auto* data = new (arena_.allocate(sizeof(dom::NodeData))) dom::NodeData;
    if (child_list(source) != nullptr) {
      element(source->v.element, *data);
      if (is_metadata(data->text)) metadata_.emplace_back(data);
    } else {
      data->type = source->type == GUMBO_NODE_COMMENT ? dom::NodeType::kComment : dom::NodeType::kText;
      data->offset = source->v.text.start_pos.offset;
      data->text = source->v.text.text;
      if (data->type == dom::NodeType::kText) arena_.count_text(data->text.size(), depth);
    }
    if (parent != nullptr) dom::append_child(*parent, *data);
    return data;
  }

  void element(const GumboElement& source, dom::NodeData& data) {
    data.offset = source.start_pos.offset;
    if (source.tag != GUMBO_TAG_UNKNOWN) {
      data.text = name_of(source.tag);
    } else {
      GumboStringPiece piece = source.original_tag;
      gumbo_tag_from_original_text(&piece);
      data.text = {piece.data, piece.length};
    }
    const std::uint32_t count = source.attributes.length;
    if (count == 0) return;
    auto* list = static_cast<dom::Attribute*>(arena_.allocate(sizeof(dom::Attribute) * count));
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(source.attributes.data[i]);
      new (&list[i]) dom::Attribute{attribute->name, attribute->value};
    }
    dom::set_attributes(data, list, count);
  }

  static bool is_metadata(std::string_view name) {
    return name == "meta" || name == "link" || name == "base";
  }

  Arena& arena_;
  std::vector<dom::Node> metadata_;
};

std::size_t allowed_work(std::size_t bytes) { return 10'000'000 + 10 * bytes; }

}  // namespace

std::optional<Document> parse_html(std::string_view source, Arena& arena, bool known_clean) {
  arena.reset();
  arena.set_budget(budget_for(source.size()));
  try {
    auto plain = markup::PlainBuilder(source, allowed_work(source.size()), arena).build(known_clean);
    return plain ? plain : parse_by_gumbo(source, arena);
  } catch (const Arena::OverBudget&) {
    return parse_by_gumbo(source, arena);
  }
}

std::optional<Document> parse_by_gumbo(std::string_view source, Arena& arena) {
  arena.reset();
  const std::size_t allowed = allowed_work(source.size());
  if (estimate_work(source, allowed) > allowed) return std::nullopt;
  arena.set_budget(budget_for(source.size()));
  GumboOptions options = kGumboDefaultOptions;
  options.userdata = &arena;
  options.allocator = [](void* to, std::size_t size) { return static_cast<Arena*>(to)->allocate(size); };
  options.deallocator = [](void*, void*) {};
  options.max_errors = 0;
  try {
    const GumboOutput* output = gumbo_parse_with_options(&options, source.data(), source.size());
    return TreeCopy(arena).copy(output->root);
  } catch (const Arena::OverBudget&) {
    arena.reset();
    return std::nullopt;
  }
}

}  // namespace boardwalk::parsers
