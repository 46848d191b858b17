// The modes of PlainBuilder inside <table>.
#include <algorithm>

#include "parsers/markup/plain_builder.hpp"

namespace boardwalk::parsers::markup {

using enum TagKind;

namespace {

TagKind kind_of(const Token& token) { return token.type == TokenType::kText ? kOrdinary : token.tag->kind; }

bool is_part(TagKind kind) { return kind == kSection || kind == kRow || kind == kCell; }
bool is_column(TagKind kind) { return kind == kColumns || kind == kColumn; }
bool precedes_rows(TagKind kind) { return kind == kCaption || is_column(kind); }

bool is_hidden_field(const Token& tag) {
  return tag.tag->kind == kInput &&
         std::any_of(tag.attributes, tag.attributes + tag.attribute_count,
                     [](const dom::Attribute& own) { return own.name == "type" && own.value == "hidden"; });
}

}  // namespace

void PlainBuilder::in_table(const Token& token) {
  if (token.type == TokenType::kText) return text_in_table(token);
  token.type == TokenType::kStartTag ? start_in_table(token) : end_in_table(token);
}

void PlainBuilder::start_in_table(const Token& tag) {
  const TagKind kind = tag.tag->kind;
  if (kind == kCaption) {
    tree_.pop_to(kTable);
    tree_.insert(tag);
    tree_.mark();
    mode_ = Mode::kInCaption;
  } else if (is_column(kind)) {
    tree_.pop_to(kTable);
    kind == kColumns ? tree_.insert(tag) : tree_.insert("colgroup", tag.offset);
    mode_ = Mode::kInColumns;
    if (kind == kColumn) insert_void(tag);
  } else if (is_part(kind)) {
    tree_.pop_to(kTable);
    kind == kSection ? tree_.insert(tag) : tree_.insert("tbody", tag.offset);
    mode_ = Mode::kInSection;
    if (kind != kSection) in_section(tag);
  } else if (kind == kScript || tag.tag->name == "style") {
    in_head(tag);
  } else if (kind == kForm) {
    if (form_ != nullptr) return;
    form_ = tree_.insert(tag);
    tree_.pop();
  } else if (is_hidden_field(tag)) {
    insert_void(tag);
  } else {
    beside_table(tag);
  }
}

void PlainBuilder::end_in_table(const Token& tag) {
  const TagKind kind = tag.tag->kind;
  if (kind == kTable) {
    tree_.pop_until(kTable);
    return mode_of_place();
  }
  const bool ignored = kind == kBody || kind == kHtml || precedes_rows(kind) || is_part(kind);
  if (!ignored) beside_table(tag);
}

void PlainBuilder::text_in_table(const Token& token) {
  if (!token.is_blank() || !tree_.in_table_part()) return doubt();
  tree_.insert_text(token.text, token.offset);
  tree_.end_text();
}

// What has no place in a table stands before it: an anchor, a mark. More than that is for gumbo.
void PlainBuilder::beside_table(const Token& tag) {
  const TagKind kind = tag.tag->kind;
  const bool mark = kind == kAnchor || kind == kFormatting || kind == kOrdinary || kind == kVoid;
  const bool block_end = tag.type == TokenType::kEndTag && (kind == kBlock || kind == kForm);
  if (!mark && !block_end) return doubt();
  tree_.set_beside_table(true);
  in_body(tag);
  tree_.set_beside_table(false);
}

void PlainBuilder::in_caption(const Token& token) {
  const TagKind kind = kind_of(token);
  const bool end = token.type == TokenType::kEndTag;
  if (end ? kind == kCaption || kind == kTable : is_part(kind) || precedes_rows(kind)) {
    end_caption();
    if (!end || kind == kTable) in_table(token);
    return;
  }
  const bool ignored = end && (is_part(kind) || is_column(kind) || kind == kBody || kind == kHtml);
  if (!ignored) in_body(token);
}

void PlainBuilder::end_caption() {
  tree_.pop_implied();
  tree_.pop_until(kCaption);
  tree_.clear_to_mark();
  mode_ = Mode::kInTable;
}

void PlainBuilder::in_columns(const Token& token) {
  if (token.is_blank()) return tree_.insert_text(token.text, token.offset);
  const bool end = token.type == TokenType::kEndTag;
  const TagKind kind = kind_of(token);
  if (token.type == TokenType::kText || (end && kind == kColumn)) return doubt();
  if (kind == kColumn) return insert_void(token);
  tree_.pop_until(kColumns);
  mode_ = Mode::kInTable;
  if (kind != kColumns || !end) in_table(token);
}

void PlainBuilder::in_section(const Token& token) {
  const TagKind kind = kind_of(token);
  const bool end = token.type == TokenType::kEndTag;
  if (!end && (kind == kRow || kind == kCell)) {
    tree_.pop_to(kSection);
    kind == kRow ? tree_.insert(token) : tree_.insert("tr", token.offset);
    mode_ = Mode::kInRow;
    if (kind == kCell) in_row(token);
    return;
  }
  const bool ends = kind == kSection || (end ? kind == kTable : precedes_rows(kind));
  if (!ends) return in_table(token);
  if (end && !tree_.in_scope(*token.tag, Scope::kTable)) return;
  tree_.pop_until(kSection);
  mode_ = Mode::kInTable;
  if (!end || kind == kTable) in_table(token);
}

void PlainBuilder::in_row(const Token& token) {
  const TagKind kind = kind_of(token);
  const bool end = token.type == TokenType::kEndTag;
  if (!end && kind == kCell) {
    tree_.pop_to(kRow);
    tree_.insert(token);
    tree_.mark();
    mode_ = Mode::kInCell;
    return;
  }
  const bool ends = kind == kRow || kind == kSection || (end ? kind == kTable : precedes_rows(kind));
  if (!ends) return in_table(token);
  if (end && !tree_.in_scope(*token.tag, Scope::kTable)) return;
  tree_.pop_until(kRow);
  mode_ = Mode::kInSection;
  if (!end || kind != kRow) in_section(token);
}

void PlainBuilder::in_cell(const Token& token) {
  if (token.type == TokenType::kText) return text_in_body(token);
  if (token.type == TokenType::kEndTag) return end_in_cell(token);
  const TagKind kind = token.tag->kind;
  if (!is_part(kind) && !precedes_rows(kind)) return start_in_body(token);
  end_cell();
  in_row(token);
}

void PlainBuilder::end_in_cell(const Token& tag) {
  const TagKind kind = tag.tag->kind;
  if (precedes_rows(kind) || kind == kBody || kind == kHtml) return;
  if (!is_part(kind) && kind != kTable) return end_in_body(tag);
  if (!tree_.in_scope(*tag.tag, Scope::kTable)) return;
  if (kind != kCell) {
    end_cell();
    return in_row(tag);
  }
  tree_.pop_implied();
  tree_.pop_until(*tag.tag);
  tree_.clear_to_mark();
  mode_ = Mode::kInRow;
}

void PlainBuilder::end_cell() {
  tree_.pop_implied();
  tree_.pop_until(kCell);
  tree_.clear_to_mark();
  mode_ = Mode::kInRow;
}

void PlainBuilder::mode_of_place() {
  for (std::size_t i = 0; i < tree_.size(); ++i) {
    const TagKind kind = tree_.at(i).tag->kind;
    if (kind == kCell) return void(mode_ = Mode::kInCell);
    if (kind == kRow) return void(mode_ = Mode::kInRow);
    if (kind == kSection) return void(mode_ = Mode::kInSection);
    if (kind == kCaption) return void(mode_ = Mode::kInCaption);
    if (kind == kTable) return void(mode_ = Mode::kInTable);
    if (kind == kBody) return void(mode_ = Mode::kInBody);
  }
  doubt();
}

}  // namespace boardwalk::parsers::markup
