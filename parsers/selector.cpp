#include "parsers/selector.hpp"

namespace boardwalk::parsers {
namespace {

using Combinator = Selector::Combinator;
using Compound = Selector::Compound;
using Simple = Selector::Simple;
using Kind = Selector::Simple::Kind;

bool attribute_holds(const Simple& part, std::string_view value) {
  const std::string_view wanted = part.value;
  switch (part.kind) {
    case Kind::kHas:
      return true;
    case Kind::kEquals:
      return value == wanted;
    case Kind::kBegins:
      return !wanted.empty() && value.starts_with(wanted);
    case Kind::kEnds:
      return !wanted.empty() && value.ends_with(wanted);
    case Kind::kContains:
      return !wanted.empty() && value.find(wanted) != std::string_view::npos;
    case Kind::kWord:
      return dom::holds_word(value, wanted);
    case Kind::kDashed:
      return value.starts_with(wanted) && (value.size() == wanted.size() || value[wanted.size()] == '-');
    default:
      return false;
  }
}

bool is_nth(const Simple& part, int index) {
  const int distance = index - part.offset;
  if (part.step == 0) return distance == 0;
  return distance % part.step == 0 && distance / part.step >= 0;
}

// `index` counts the element among its parent's from 1.
bool holds(const Simple& part, dom::Node element, int index) {
  switch (part.kind) {
    case Kind::kType:
      return element.is(part.name);
    case Kind::kNth:
      return is_nth(part, index);
    case Kind::kLast:
      return !element.next_element();
    default:
      const auto value = element.attr(part.name);
      return value && attribute_holds(part, *value);
  }
}

bool holds(const Compound& compound, dom::Node element, int index) {
  const auto& parts = compound.parts;
  for (std::size_t i = 0; i < parts.size();) {
    if (!parts[i].negated) {
      if (!holds(parts[i++], element, index)) return false;
      continue;
    }
    bool all = true;
    const int group = parts[i].group;
    for (; i < parts.size() && parts[i].negated && parts[i].group == group; ++i)
      all = all && holds(parts[i], element, index);
    if (all) return false;
  }
  return true;
}

// Which compounds elements match together with all that stands before them, as bits: the whole state of a
// walk, so that no selector can make it look back.
struct Level {
  std::uint64_t parent = 0;     // what the parent matches
  std::uint64_t ancestors = 0;  // what any ancestor matches
  std::uint64_t previous = 0;   // what the element before matches
  std::uint64_t earlier = 0;    // what any sibling before matches
  int index = 0;
};

std::uint64_t matches(const std::vector<Compound>& compounds, dom::Node element, const Level& level) {
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < compounds.size(); ++i) {
    const std::uint64_t before = i == 0 ? 0 : std::uint64_t{1} << (i - 1);
    bool linked = true;
    switch (compounds[i].before) {
      case Combinator::kNone:
        break;
      case Combinator::kDescendant:
        linked = (level.ancestors & before) != 0;
        break;
      case Combinator::kChild:
        linked = (level.parent & before) != 0;
        break;
      case Combinator::kNext:
        linked = (level.previous & before) != 0;
        break;
      case Combinator::kLater:
        linked = (level.earlier & before) != 0;
        break;
    }
    if (linked && holds(compounds[i], element, level.index)) found |= std::uint64_t{1} << i;
  }
  return found;
}

std::uint64_t ends_of(const std::vector<Compound>& compounds) {
  std::uint64_t ends = 0;
  for (std::size_t i = 0; i < compounds.size(); ++i)
    if (compounds[i].ends) ends |= std::uint64_t{1} << i;
  return ends;
}

}  // namespace

std::vector<dom::Node> Selector::find(dom::Node root, std::size_t most) const {
  std::vector<dom::Node> found;
  const std::uint64_t ends = ends_of(compounds_);
  std::vector<Level> levels(1);
  dom::Node node = root.first_child();
  while (node) {
    if (node.is_element()) {
      Level& level = levels.back();
      ++level.index;
      const std::uint64_t bits = matches(compounds_, node, level);
      if ((bits & ends) != 0) {
        found.push_back(node);
        if (found.size() == most) return found;
      }
      level.previous = bits;
      level.earlier |= bits;
      if (const dom::Node child = node.first_child()) {
        levels.push_back({bits, level.ancestors | bits, 0, 0, 0});
        node = child;
        continue;
      }
    }
    while (node && node != root && !node.next_sibling()) {
      node = node.parent();
      levels.pop_back();
    }
    node = node == root ? dom::Node{} : node.next_sibling();
  }
  return found;
}

std::vector<dom::Node> Selector::all(dom::Node root) const { return find(root, std::string::npos); }

dom::Node Selector::first(dom::Node root) const {
  const auto found = find(root, 1);
  return found.empty() ? dom::Node{} : found.front();
}

}  // namespace boardwalk::parsers
