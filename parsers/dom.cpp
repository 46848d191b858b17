#include "parsers/dom.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace boardwalk::parsers::dom {
namespace {

const GumboVector* child_list(const GumboNode* node) {
  switch (node->type) {
    case GUMBO_NODE_DOCUMENT:
      return &node->v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
      return &node->v.element.children;
    default:
      return nullptr;
  }
}

Node sibling(const GumboNode* raw, int step) {
  if (raw == nullptr || raw->parent == nullptr) return {};
  const GumboVector* list = child_list(raw->parent);
  const auto index = static_cast<long>(raw->index_within_parent) + step;
  if (list == nullptr || index < 0 || index >= static_cast<long>(list->length)) return {};
  return Node(static_cast<const GumboNode*>(list->data[index]));
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

// Of every tag that HTML knows. gumbo's own table holds C strings, and names are asked for all the time.
std::string_view name_of(GumboTag tag) {
  static const auto names = [] {
    std::array<std::string_view, GUMBO_TAG_LAST> table;
    for (std::size_t i = 0; i < table.size(); ++i)
      table[i] = gumbo_normalized_tagname(static_cast<GumboTag>(i));
    return table;
  }();
  return names[static_cast<std::size_t>(tag)];
}

// Most names differ in their first letter.
bool equals(const char* text, std::string_view word) {
  if (word.empty() || *text != word.front()) return false;
  return std::strncmp(text, word.data(), word.size()) == 0 && text[word.size()] == '\0';
}

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

// Appends `text`, each run of white space as one space, none at the very beginning.
void append_collapsed(std::string_view text, std::string& to) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool no_break = text.substr(i, 2) == kNoBreakSpace;
    if (!no_break && !is_space(text[i])) {
      to += text[i];
      continue;
    }
    if (no_break) ++i;
    if (!to.empty() && to.back() != ' ') to += ' ';
  }
}

}  // namespace

bool Node::is_element() const {
  return raw_ != nullptr && (raw_->type == GUMBO_NODE_ELEMENT || raw_->type == GUMBO_NODE_TEMPLATE);
}

bool Node::is_text() const {
  return raw_ != nullptr && (raw_->type == GUMBO_NODE_TEXT || raw_->type == GUMBO_NODE_WHITESPACE ||
                             raw_->type == GUMBO_NODE_CDATA);
}

bool Node::is_comment() const { return raw_ != nullptr && raw_->type == GUMBO_NODE_COMMENT; }

std::string_view Node::name() const {
  if (!is_element()) return {};
  const GumboElement& element = raw_->v.element;
  if (element.tag != GUMBO_TAG_UNKNOWN) return name_of(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  return {piece.data, piece.length};
}

std::string_view Node::value() const {
  if (!is_text() && !is_comment()) return {};
  return raw_->v.text.text;
}

std::size_t Node::source_offset() const {
  if (raw_ == nullptr) return 0;
  return is_element() ? raw_->v.element.start_pos.offset : raw_->v.text.start_pos.offset;
}

std::optional<std::string_view> Node::attr(std::string_view attribute) const {
  if (!is_element()) return std::nullopt;
  const GumboVector& list = raw_->v.element.attributes;
  for (unsigned i = 0; i < list.length; ++i) {
    const auto* entry = static_cast<const GumboAttribute*>(list.data[i]);
    if (equals(entry->name, attribute)) return entry->value;
  }
  return std::nullopt;
}

std::string_view Node::attr_or(std::string_view attribute, std::string_view otherwise) const {
  return attr(attribute).value_or(otherwise);
}

bool Node::has_class(std::string_view word) const {
  const std::string_view words = attr_or("class");
  if (words.size() < word.size()) return false;
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || is_space(words[at - 1])) && (end == words.size() || is_space(words[end]))) return true;
  }
  return false;
}

Node Node::parent() const { return raw_ != nullptr ? Node(raw_->parent) : Node{}; }

Node Node::first_child() const {
  const GumboVector* list = raw_ != nullptr ? child_list(raw_) : nullptr;
  if (list == nullptr || list->length == 0) return {};
  return Node(static_cast<const GumboNode*>(list->data[0]));
}

Node Node::next_sibling() const { return sibling(raw_, 1); }
Node Node::previous_sibling() const { return sibling(raw_, -1); }

Node Node::next_element() const {
  Node node = next_sibling();
  while (node && !node.is_element()) node = node.next_sibling();
  return node;
}

Node Node::next_in(Node root) const {
  if (const Node child = first_child()) return child;
  return next_skipping(root);
}

Node Node::next_skipping(Node root) const {
  for (Node node = *this; node && node != root; node = node.parent())
    if (const Node next = node.next_sibling()) return next;
  return {};
}

bool Node::inside(Node ancestor) const {
  for (Node node = parent(); node; node = node.parent())
    if (node == ancestor) return true;
  return false;
}

Node Node::closest(const std::function<bool(Node)>& satisfies) const {
  Node node = parent();
  while (node && !satisfies(node)) node = node.parent();
  return node;
}

Node find(Node root, const std::function<bool(Node)>& satisfies) {
  for (Node node = root.first_child(); node; node = node.next_in(root))
    if (satisfies(node)) return node;
  return {};
}

std::vector<Node> find_all(Node root, const std::function<bool(Node)>& satisfies) {
  std::vector<Node> found;
  for (Node node = root.first_child(); node; node = node.next_in(root))
    if (satisfies(node)) found.push_back(node);
  return found;
}

Node find_id(Node root, std::string_view id) {
  return find(root, [id](Node node) { return node.is_element() && node.attr("id") == id; });
}

Node find_tag(Node root, std::string_view tag) {
  return find(root, [tag](Node node) { return node.is(tag); });
}

std::vector<Node> find_tags(Node root, std::string_view tag) {
  return find_all(root, [tag](Node node) { return node.is(tag); });
}

Node find_class(Node root, std::string_view tag, std::string_view word) {
  return find(root, [=](Node node) { return (tag.empty() || node.is(tag)) && node.has_class(word); });
}

std::vector<Node> find_classes(Node root, std::string_view tag, std::string_view word) {
  return find_all(root, [=](Node node) { return (tag.empty() || node.is(tag)) && node.has_class(word); });
}

std::string text_of(Node root) {
  std::string text;
  if (root.is_text()) append_collapsed(root.value(), text);
  for (Node node = root.first_child(); node;) {
    if (node.is("script") || node.is("style")) {
      node = node.next_skipping(root);
      continue;
    }
    if (node.is_text()) append_collapsed(node.value(), text);
    node = node.next_in(root);
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace boardwalk::parsers::dom
