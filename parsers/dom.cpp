#include "parsers/dom.hpp"

namespace boardwalk::parsers::dom {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

// Appends `text`, each run of white space as one space, none at the very beginning.
void append_collapsed(std::string_view text, std::string& to) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool no_break = text.substr(i, 2) == kNoBreakSpace;
    if (!no_break && !ascii::is_space(text[i])) {
      to += text[i];
      continue;
    }
    if (no_break) ++i;
    if (!to.empty() && to.back() != ' ') to += ' ';
  }
}

}  // namespace

void append_child(NodeData& parent, NodeData& child) {
  child.parent = &parent;
  child.previous = parent.last_child;
  (parent.last_child != nullptr ? parent.last_child->next : parent.first_child) = &child;
  parent.last_child = &child;
}

void insert_before(NodeData& sibling, NodeData& child) {
  child.parent = sibling.parent;
  child.previous = sibling.previous;
  child.next = &sibling;
  (sibling.previous != nullptr ? sibling.previous->next : sibling.parent->first_child) = &child;
  sibling.previous = &child;
}

void set_attributes(NodeData& element, const Attribute* list, std::uint32_t count) {
  element.attributes = list;
  element.attribute_count = count;
  for (const Attribute* own = list; own != list + count; ++own) {
    element.has_id |= own->name == "id";
    element.has_class |= own->name == "class";
  }
}

bool Node::has_class(std::string_view word) const { return holds_word(classes(), word); }

bool holds_word(std::string_view words, std::string_view word) {
  if (word.empty() || words.size() < word.size()) return false;
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || ascii::is_space(words[at - 1])) && (end == words.size() || ascii::is_space(words[end])))
      return true;
  }
  return false;
}

bool says(Node node, std::string_view attribute, std::string_view word) {
  std::string_view words = node.attr_or(attribute);
  for (std::string_view said = take_word(words); !said.empty(); said = take_word(words))
    if (ascii::same(said, word)) return true;
  return false;
}

Node Node::next_element() const {
  Node node = next_sibling();
  while (node && !node.is_element()) node = node.next_sibling();
  return node;
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
