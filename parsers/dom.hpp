// A light, read-only view of the parsed tree. A Node is a pointer; the empty Node answers every question with
// "no" or an empty Node, so that lookups chain without checks. All walks are iterative.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct GumboInternalNode;

namespace boardwalk::parsers::dom {

class Node {
 public:
  Node() = default;
  explicit Node(const GumboInternalNode* raw) : raw_(raw) {}
  explicit operator bool() const { return raw_ != nullptr; }
  friend bool operator==(Node, Node) = default;
  [[nodiscard]] const void* address() const { return raw_; }  // one per node; for sets of nodes

  [[nodiscard]] bool is_element() const;
  [[nodiscard]] bool is_text() const;  // text, white space or CDATA
  [[nodiscard]] bool is_comment() const;

  // An element's name in lower case; as written for elements that HTML does not know (`ignore_js_op`); empty
  // otherwise.
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] bool is(std::string_view tag) const { return name() == tag; }
  // A text or comment node's characters, entities undone. Valid as long as the document.
  [[nodiscard]] std::string_view value() const;
  // Where the node begins in the source, in bytes.
  [[nodiscard]] std::size_t source_offset() const;

  [[nodiscard]] std::optional<std::string_view> attr(std::string_view attribute) const;
  [[nodiscard]] std::string_view attr_or(std::string_view attribute, std::string_view otherwise = {}) const;
  [[nodiscard]] std::string_view id() const { return attr_or("id"); }
  [[nodiscard]] bool has_class(std::string_view word) const;

  [[nodiscard]] Node parent() const;
  [[nodiscard]] Node first_child() const;
  [[nodiscard]] Node next_sibling() const;
  [[nodiscard]] Node previous_sibling() const;
  [[nodiscard]] Node next_element() const;  // the next sibling that is an element

  // The next node in document order inside `root`; the empty Node behind the last one. next_skipping() leaves
  // out this node's own descendants.
  [[nodiscard]] Node next_in(Node root) const;
  [[nodiscard]] Node next_skipping(Node root) const;

  [[nodiscard]] bool inside(Node ancestor) const;  // a proper descendant of it
  // The nearest proper ancestor that satisfies it.
  [[nodiscard]] Node closest(const std::function<bool(Node)>& satisfies) const;

 private:
  const GumboInternalNode* raw_ = nullptr;
};

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
