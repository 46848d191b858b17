// The parsed tree, and a light, read-only view of it. A Node is a pointer; the empty Node answers every
// question with "no" or an empty Node, so that lookups chain without checks. All walks are iterative.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/ascii.hpp"

namespace boardwalk::parsers::dom {

enum class NodeType : std::uint8_t { kElement, kText, kComment };

struct Attribute {
  std::string_view name;   // in lower case
  std::string_view value;  // entities undone
};

// What a tree is made of; html.cpp makes it, in its arena, and everyone else reads it through Node.
struct NodeData {
  NodeType type = NodeType::kElement;
  bool has_id = false;  // among its attributes; of most elements it is asked whether they have these two
  bool has_class = false;
  std::uint32_t attribute_count = 0;
  std::size_t offset = 0;  // where the node begins in the source
  std::string_view text;   // an element's name; a text's or comment's characters
  const Attribute* attributes = nullptr;
  NodeData* parent = nullptr;
  NodeData* first_child = nullptr;
  NodeData* last_child = nullptr;
  NodeData* previous = nullptr;
  NodeData* next = nullptr;
};
// REQUIRES: `child` has no parent yet.
void append_child(NodeData& parent, NodeData& child);
void insert_before(NodeData& sibling, NodeData& child);  // a sibling that has a parent
// The list is not copied.
void set_attributes(NodeData& element, const Attribute* list, std::uint32_t count);

class Node {
 public:
  Node() = default;
  explicit Node(const NodeData* data) : data_(data) {}
  explicit operator bool() const { return data_ != nullptr; }
  friend bool operator==(Node, Node) = default;
  [[nodiscard]] const void* address() const { return data_; }  // one per node; for sets of nodes

  [[nodiscard]] bool is_element() const { return is_of(NodeType::kElement); }
  [[nodiscard]] bool is_text() const { return is_of(NodeType::kText); }  // white space and CDATA too

  // An element's name in lower case; as written for elements that HTML does not know (`ignore_js_op`); empty
  // otherwise.
  [[nodiscard]] std::string_view name() const { return is_element() ? data_->text : std::string_view(); }
  [[nodiscard]] bool is(std::string_view tag) const { return name() == tag; }
  // A text or comment node's characters, entities undone. Valid as long as the document.
  [[nodiscard]] std::string_view value() const {
    return data_ != nullptr && !is_element() ? data_->text : std::string_view();
  }
  // Where the node begins in the source, in bytes.
  [[nodiscard]] std::size_t source_offset() const { return data_ != nullptr ? data_->offset : 0; }

  [[nodiscard]] std::optional<std::string_view> attr(std::string_view attribute) const;
  [[nodiscard]] std::string_view attr_or(std::string_view attribute, std::string_view otherwise = {}) const;
  [[nodiscard]] std::string_view id() const {
    return data_ != nullptr && data_->has_id ? attr_or("id") : std::string_view();
  }
  [[nodiscard]] std::string_view classes() const {  // the attribute, whole
    return data_ != nullptr && data_->has_class ? attr_or("class") : std::string_view();
  }
  [[nodiscard]] bool has_class(std::string_view word) const;

  [[nodiscard]] Node parent() const { return Node(data_ != nullptr ? data_->parent : nullptr); }
  [[nodiscard]] Node first_child() const { return Node(data_ != nullptr ? data_->first_child : nullptr); }
  [[nodiscard]] Node next_sibling() const { return Node(data_ != nullptr ? data_->next : nullptr); }
  [[nodiscard]] Node previous_sibling() const { return Node(data_ != nullptr ? data_->previous : nullptr); }
  [[nodiscard]] Node next_element() const;  // the next sibling that is an element

  // The next node in document order inside `root`; the empty Node behind the last one. next_skipping() leaves
  // out this node's own descendants.
  [[nodiscard]] Node next_in(Node root) const {
    const Node child = first_child();
    return child ? child : next_skipping(root);
  }
  [[nodiscard]] Node next_skipping(Node root) const {
    for (Node node = *this; node && node != root; node = node.parent())
      if (const Node next = node.next_sibling()) return next;
    return {};
  }

  [[nodiscard]] bool inside(Node ancestor) const;  // a proper descendant of it
  // The nearest proper ancestor that satisfies it.
  [[nodiscard]] Node closest(const std::function<bool(Node)>& satisfies) const;

 private:
  [[nodiscard]] bool is_of(NodeType type) const { return data_ != nullptr && data_->type == type; }

  const NodeData* data_ = nullptr;
};

inline std::optional<std::string_view> Node::attr(std::string_view attribute) const {
  if (data_ == nullptr) return std::nullopt;
  for (std::uint32_t i = 0; i < data_->attribute_count; ++i)
    if (data_->attributes[i].name == attribute) return data_->attributes[i].value;
  return std::nullopt;
}

inline std::string_view Node::attr_or(std::string_view attribute, std::string_view otherwise) const {
  if (data_ == nullptr) return otherwise;
  for (std::uint32_t i = 0; i < data_->attribute_count; ++i)
    if (data_->attributes[i].name == attribute) return data_->attributes[i].value;
  return otherwise;
}

// Whether one of the words in this attribute is `word`, the case of letters aside.
[[nodiscard]] bool says(Node node, std::string_view attribute, std::string_view word);

// Whether one of the words that white space parts is `word`; none is an empty one.
[[nodiscard]] bool holds_word(std::string_view words, std::string_view word);

// Takes the first of the words that white space parts off a class attribute's `words`; empty when there are
// no more.
[[nodiscard]] inline std::string_view take_word(std::string_view& words) {
  const char* const end = words.data() + words.size();
  const char* begin = words.data();
  while (begin != end && ascii::is_space(*begin)) ++begin;
  const char* behind = begin;
  while (behind != end && !ascii::is_space(*behind)) ++behind;
  words = {behind, static_cast<std::size_t>(end - behind)};
  return {begin, static_cast<std::size_t>(behind - begin)};
}

// A node's children, elements and texts. `for (Node child : children(node))`.
class Children {
 public:
  class Iterator {
   public:
    explicit Iterator(Node node) : node_(node) {}
    Node operator*() const { return node_; }
    Iterator& operator++() {
      node_ = node_.next_sibling();
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    Node node_;
  };
  explicit Children(Node parent) : parent_(parent) {}
  [[nodiscard]] Iterator begin() const { return Iterator(parent_.first_child()); }
  [[nodiscard]] Iterator end() const { return Iterator(Node{}); }

 private:
  Node parent_;
};
[[nodiscard]] inline Children children(Node node) { return Children(node); }

// Proper descendants of `root` in document order, the first or all that satisfy.
[[nodiscard]] Node find(Node root, const std::function<bool(Node)>& satisfies);
[[nodiscard]] std::vector<Node> find_all(Node root, const std::function<bool(Node)>& satisfies);
[[nodiscard]] Node find_id(Node root, std::string_view id);
[[nodiscard]] Node find_tag(Node root, std::string_view tag);
[[nodiscard]] std::vector<Node> find_tags(Node root, std::string_view tag);
[[nodiscard]] Node find_class(Node root, std::string_view tag, std::string_view word);  // tag empty: any
[[nodiscard]] std::vector<Node> find_classes(Node root, std::string_view tag, std::string_view word);

// All characters of the text nodes in `root` (script and style excepted), runs of white space (U+00A0 too) as
// one space, ends stripped. For labels, names and numbers; a post's or article's own words go through
// text.hpp.
[[nodiscard]] std::string text_of(Node root);

}  // namespace boardwalk::parsers::dom
