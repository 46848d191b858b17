// CSS selectors over the parsed tree: the part of Selectors Level 4 that picks elements by what stands in the
// page. Type, `*`, #id, .class, [a], [a=v] (^= $= *= ~= |= too), descendant, `>`, `+`, `~`, :first-child,
// :last-child, :only-child, :nth-child(n | odd | even | an+b), :not(compound without combinators), groups
// with commas. Element and attribute names match in any case, everything else exactly. Compiled once;
// immutable, any thread may match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "parsers/dom.hpp"

namespace boardwalk::parsers {

struct SelectorError {
  std::size_t offset;  // bytes of the selector before what is wrong
  std::string what;
};

class Selector {
 public:
  static constexpr std::size_t kMostParts = 64;  // compounds in all groups together

  [[nodiscard]] static tl::expected<Selector, SelectorError> parse(std::string_view text);

  // Proper descendants of `root` that match, in document order; combinators see nothing above `root`'s
  // children. One walk over the tree whatever the selector: each element costs at most the compounds' own
  // tests.
  [[nodiscard]] std::vector<dom::Node> all(dom::Node root) const;
  [[nodiscard]] dom::Node first(dom::Node root) const;

  // What one compound (`div.post:not(.sticky)`) asks of an element.
  struct Simple {
    enum class Kind { kType, kHas, kEquals, kBegins, kEnds, kContains, kWord, kDashed, kNth, kLast };
    Kind kind = Kind::kHas;
    bool negated = false;  // of the :not() around it; see `group`
    int group = 0;         // of one :not(): it fails only when all its parts hold
    std::string name;      // of the element or attribute, in lower case
    std::string value;
    int step = 0;  // :nth-child(step n + offset)
    int offset = 0;
  };
  enum class Combinator { kNone, kDescendant, kChild, kNext, kLater };
  struct Compound {
    Combinator before = Combinator::kNone;  // how it stands to the compound before it; kNone begins a group
    bool ends = false;                      // its group: an element that matches here matches the selector
    std::vector<Simple> parts;
  };

 private:
  [[nodiscard]] std::vector<dom::Node> find(dom::Node root, std::size_t most) const;

  std::vector<Compound> compounds_;  // group after group, from left to right
};

}  // namespace boardwalk::parsers
