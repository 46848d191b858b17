// HTML5 bytes to a tree in an arena, within a budget (DESIGN: no page hurts the crawler): the short way where
// the markup needs no repair (markup/plain_builder.hpp), else by gumbo; the tree is the same. gumbo is
// quadratic on some inputs; a linear scan of the tags estimates its work before it starts, the allocator hook
// counts it while it runs, and thread CPU time is the backstop. The first two depend on the bytes alone, so
// the same page has the same outcome on any machine.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/dom.hpp"

namespace boardwalk::parsers {

// A bump allocator that is reset, not freed, between pages. Not thread-safe.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Forgets everything that was allocated. Memory beyond a few MiB goes back to the system.
  void reset();
  // 16-byte aligned; nullptr never: throws OverBudget.
  void* allocate(std::size_t size) {
    size = (std::max<std::size_t>(size, 1) + kAlignment - 1) / kAlignment * kAlignment;
    bytes_ += size;
    ++allocations_;
    if (bytes_ > budget_.bytes || allocations_ >= next_check_) check_budget();
    if (size > room_) next_block(size);
    std::byte* const place = place_;
    place_ += size;
    room_ -= size;
    return place;
  }

  // A text node of the tree, so many elements deep: whoever reads the words of each of these copies it as
  // often. Throws OverBudget.
  void count_text(std::size_t length, std::size_t depth) {
    nested_text_ += length * depth;
    if (nested_text_ > budget_.nested_text) throw OverBudget{};
  }

  struct Budget {
    std::size_t bytes;
    std::size_t allocations;
    double cpu_seconds;
    std::size_t nested_text;  // bytes, each counted once for every element around it
  };
  struct OverBudget {};
  void set_budget(const Budget& budget);

 private:
  static constexpr std::size_t kAlignment = 16;
  static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max() - 1;

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };

  void check_budget();
  void next_block(std::size_t size);
  void enter(std::size_t block);

  std::vector<Block> blocks_;
  std::size_t current_ = 0;     // the block that allocations come from
  std::byte* place_ = nullptr;  // in it, where the next one begins
  std::size_t room_ = 0;        // bytes left there
  std::size_t bytes_ = 0;
  std::size_t allocations_ = 0;
  std::size_t nested_text_ = 0;
  std::size_t next_check_ = 0;  // so many allocations make another look at the budget due
  Budget budget_{kUnlimited, kUnlimited, 1e9, kUnlimited};
  double deadline_ = 1e18;
};

// A parsed page. Lives in the arena: valid until the arena is reset or the next parse_html on it. `source`
// must outlive it.
class Document {
 public:
  Document(dom::Node root, std::vector<dom::Node> metadata) : root_(root), metadata_(std::move(metadata)) {}
  [[nodiscard]] dom::Node root() const { return root_; }  // the <html> element; every tree has one
  // Its elements <meta>, <link> and <base>, wherever they stand, in document order.
  [[nodiscard]] const std::vector<dom::Node>& metadata() const { return metadata_; }

 private:
  dom::Node root_;
  std::vector<dom::Node> metadata_;
};

// Resets the arena and parses. `known_clean`: the source has been found to be what markup::is_clean_utf8()
// asks for, which is asked here otherwise. nullopt when the page passes its budget: the page is "too
// complex". Trees are at most kMaxDepth deep, so that recursion over one is safe.
inline constexpr int kMaxDepth = 2000;
[[nodiscard]] std::optional<Document> parse_html(std::string_view source, Arena& arena,
                                                 bool known_clean = false);

// The same by gumbo alone: what parse_html() falls back on and is measured against.
[[nodiscard]] std::optional<Document> parse_by_gumbo(std::string_view source, Arena& arena);

// What a page of `bytes` may cost. Measured: a 93 KB page makes 34,000 allocations of 1.4 MB in all; of 7,000
// pages none has more nested text than 16 times its bytes.
[[nodiscard]] Arena::Budget budget_for(std::size_t bytes);

// Units of gumbo's work that the tags of `source` will cost at least: for each tag the number of elements
// open at that point (scope checks walk them), for each attribute the number before it on the tag. Linear in
// the source. Tags are found as the tokenizer finds them (tag_scan.cpp), so that no comment or raw text can
// hide what gumbo will see.
[[nodiscard]] std::size_t estimate_work(std::string_view source, std::size_t stop_at);

}  // namespace boardwalk::parsers
