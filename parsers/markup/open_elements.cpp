#include "parsers/markup/open_elements.hpp"

#include <algorithm>
#include <new>

namespace boardwalk::parsers::markup {
namespace {

bool ends_scope(TagKind kind, std::string_view name, Scope scope) {
  if (kind == TagKind::kHtml || kind == TagKind::kTable) return true;
  if (scope == Scope::kTable) return false;
  if (kind == TagKind::kCell || kind == TagKind::kCaption || kind == TagKind::kObject) return true;
  if (scope == Scope::kItem) return name == "ol" || name == "ul";
  return scope == Scope::kButton && kind == TagKind::kButton;
}

bool may_end_unsaid(TagKind kind) {
  return kind == TagKind::kParagraph || kind == TagKind::kItem || kind == TagKind::kDefinition ||
         kind == TagKind::kOption;
}

bool is_formatting(TagKind kind) { return kind == TagKind::kFormatting || kind == TagKind::kAnchor; }

bool has_attribute(const dom::NodeData& node, const dom::Attribute& attribute) {
  return std::any_of(node.attributes, node.attributes + node.attribute_count, [&](const dom::Attribute& own) {
    return own.name == attribute.name && own.value == attribute.value;
  });
}

bool same_attributes(const dom::NodeData& a, const dom::NodeData& b) {
  return a.attribute_count == b.attribute_count &&
         std::all_of(a.attributes, a.attributes + a.attribute_count,
                     [&](const dom::Attribute& attribute) { return has_attribute(b, attribute); });
}

}  // namespace

bool is_special(const TagInfo& tag) {
  if (tag.name == "main") return false;  // to gumbo
  return tag.kind != TagKind::kOrdinary && tag.kind != TagKind::kOption && !is_formatting(tag.kind);
}

dom::NodeData* OpenElements::make(dom::NodeType type, std::string_view text, std::size_t offset) {
  auto* node = new (arena_.allocate(sizeof(dom::NodeData))) dom::NodeData;
  node->type = type;
  node->text = text;
  node->offset = offset;
  return node;
}

bool OpenElements::in_table_part() const {
  return kind() == TagKind::kTable || kind() == TagKind::kSection || kind() == TagKind::kRow;
}

bool OpenElements::is_open(const dom::NodeData* node) const {
  return std::any_of(open_.begin(), open_.end(), [node](const Open& open) { return open.node == node; });
}

dom::NodeData* OpenElements::push(std::string_view name, const TagInfo& tag, std::size_t offset) {
  end_text();
  dom::NodeData* const node = make(dom::NodeType::kElement, name, offset);
  if (beside_table_ && in_table_part()) {
    std::size_t table = 0;
    while (at(table).tag->kind != TagKind::kTable) ++table;
    dom::insert_before(*at(table).node, *node);
  } else if (!open_.empty()) {
    dom::append_child(*open_.back().node, *node);
  }
  open_.push_back({node, &tag});
  paragraphs_ += tag.kind == TagKind::kParagraph ? 1 : 0;
  return node;
}

dom::NodeData* OpenElements::insert(const Token& tag) {
  const bool known = !tag.tag->name.empty();
  dom::NodeData* const node = push(known ? tag.tag->name : tag.text, *tag.tag, tag.offset);
  dom::set_attributes(*node, tag.attributes, tag.attribute_count);
  if (tag.tag->kind == TagKind::kMetadata) metadata_.emplace_back(node);
  return node;
}

dom::NodeData* OpenElements::insert(std::string_view known_name, std::size_t offset) {
  const TagInfo& tag = tag_info(known_name);
  return push(tag.name, tag, offset);
}

void OpenElements::insert_text(std::string_view text, std::size_t offset) {
  if (text.empty()) return;
  if (text_.empty()) {
    text_ = text;
    text_offset_ = offset;
    return;
  }
  ++joined_texts_;
  char* const joined = static_cast<char*>(arena_.allocate(text_.size() + text.size()));
  std::copy(text.begin(), text.end(), std::copy(text_.begin(), text_.end(), joined));
  text_ = {joined, text_.size() + text.size()};
}

void OpenElements::end_text() {
  if (text_.empty()) return;
  arena_.count_text(text_.size(), open_.size());
  dom::append_child(*open_.back().node, *make(dom::NodeType::kText, text_, text_offset_));
  text_ = {};
}

void OpenElements::insert_comment(const Token& comment) {
  end_text();
  dom::append_child(*open_.back().node, *make(dom::NodeType::kComment, comment.text, comment.offset));
}

void OpenElements::comment_in_root(const Token& comment) {
  end_text();
  dom::append_child(*open_.front().node, *make(dom::NodeType::kComment, comment.text, comment.offset));
}

void OpenElements::pop() {
  end_text();
  const Open gone = open_.back();
  open_.pop_back();
  paragraphs_ -= gone.tag->kind == TagKind::kParagraph ? 1 : 0;
  if (!is_formatting(gone.tag->kind)) return;
  for (auto entry = formatting_.rbegin(); entry != formatting_.rend(); ++entry)
    if (entry->node == gone.node) {
      entry->open = false;
      return;
    }
}

void OpenElements::pop_until(const TagInfo& tag) {
  while (open_.back().tag != &tag) pop();
  pop();
}

void OpenElements::pop_until(TagKind kind) {
  pop_to(kind);
  pop();
}

void OpenElements::pop_to(TagKind kind) {
  while (this->kind() != kind && open_.size() > 1) pop();
}

void OpenElements::pop_implied(const TagInfo* but) {
  while (may_end_unsaid(kind()) && open_.back().tag != but) pop();
}

template <typename Matches>
bool OpenElements::is_in_scope(Scope scope, Matches matches) const {
  for (auto open = open_.rbegin(); open != open_.rend(); ++open) {
    if (matches(*open->tag)) return true;
    if (ends_scope(open->tag->kind, open->tag->name, scope)) return false;
  }
  return false;
}

bool OpenElements::in_scope(const TagInfo& tag, Scope scope) const {
  return is_in_scope(scope, [&tag](const TagInfo& open) { return &open == &tag; });
}

bool OpenElements::in_scope(TagKind kind, Scope scope) const {
  return is_in_scope(scope, [kind](const TagInfo& open) { return open.kind == kind; });
}

void OpenElements::mark() { formatting_.push_back({nullptr, nullptr, true}); }

void OpenElements::clear_to_mark() {
  while (!formatting_.empty() && formatting_.back().node != nullptr) formatting_.pop_back();
  if (!formatting_.empty()) formatting_.pop_back();
}

bool OpenElements::push_formatting() {
  constexpr int kMostAlike = 3;
  const Open& current = open_.back();
  int alike = 0;
  for (auto entry = formatting_.rbegin(); entry != formatting_.rend() && entry->node != nullptr; ++entry)
    if (entry->tag == current.tag && same_attributes(*entry->node, *current.node)) ++alike;
  formatting_.push_back({current.node, current.tag, true});
  return alike < kMostAlike;
}

bool OpenElements::has_formatting(const TagInfo& tag) const {
  for (auto entry = formatting_.rbegin(); entry != formatting_.rend() && entry->node != nullptr; ++entry)
    if (entry->tag == &tag) return true;
  return false;
}

bool OpenElements::end_formatting(const TagInfo& tag) {
  auto entry = formatting_.rbegin();
  while (entry->tag != &tag) ++entry;
  if (!entry->open) return false;
  const dom::NodeData* const node = entry->node;
  for (std::size_t i = 0; at(i).node != node; ++i)
    if (is_special(*at(i).tag)) return false;
  formatting_.erase(std::next(entry).base());
  while (open_.back().node != node) pop();
  pop();
  return true;
}

}  // namespace boardwalk::parsers::markup
