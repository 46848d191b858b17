// Compares two trees by everything that a Node tells.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "parsers/dom.hpp"
#include "parsers/html.hpp"

namespace boardwalk::tests {

[[nodiscard]] inline bool same_node(const parsers::dom::NodeData& a, const parsers::dom::NodeData& b) {
  return a.type == b.type && a.text == b.text && a.offset == b.offset &&
         std::equal(a.attributes, a.attributes + a.attribute_count, b.attributes,
                    b.attributes + b.attribute_count,
                    [](const parsers::dom::Attribute& x, const parsers::dom::Attribute& y) {
                      return x.name == y.name && x.value == y.value;
                    });
}

[[nodiscard]] inline std::string described(parsers::dom::Node node) {
  if (!node) return "nothing";
  const std::string what(node.is_element() ? node.name() : node.value().substr(0, 40));
  return "'" + what + "' at " + std::to_string(node.source_offset());
}

// Where they part first; empty when they are equal.
[[nodiscard]] inline std::string first_difference(parsers::dom::Node left, parsers::dom::Node right) {
  const parsers::dom::Node left_root = left;
  const parsers::dom::Node right_root = right;
  while (left && right) {
    const auto* a = static_cast<const parsers::dom::NodeData*>(left.address());
    const auto* b = static_cast<const parsers::dom::NodeData*>(right.address());
    const bool same_shape =
        !left.first_child() == !right.first_child() && !left.next_sibling() == !right.next_sibling();
    if (!same_node(*a, *b) || !same_shape)
      return described(left) + " in " + described(left.parent()) + " is " + described(right) + " in " +
             described(right.parent());
    left = left.next_in(left_root);
    right = right.next_in(right_root);
  }
  return left || right ? described(left) + " is " + described(right) : "";
}

// What every document owes its readers beside the tree: that it lists its metadata as a walk finds it, and
// that elements know whether they have an id and classes.
[[nodiscard]] inline bool keeps_its_books(const parsers::Document& document) {
  std::vector<parsers::dom::Node> metadata;
  const parsers::dom::Node root = document.root();
  for (parsers::dom::Node node = root; node; node = node.next_in(root)) {
    if (node.is("meta") || node.is("link") || node.is("base")) metadata.push_back(node);
    if (node.id() != node.attr_or("id") || node.classes() != node.attr_or("class")) return false;
  }
  return metadata == document.metadata();
}

}  // namespace boardwalk::tests
