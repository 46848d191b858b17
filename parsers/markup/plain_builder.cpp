#include "parsers/markup/plain_builder.hpp"

#include <algorithm>
#include <cassert>
#include <string>

#include "config/ascii.hpp"

namespace boardwalk::parsers::markup {
namespace {

using enum TagKind;

constexpr std::size_t kMostOpen = 500;
constexpr std::size_t kMostJoinedTexts = 500;

bool belongs_in_head(const TagInfo& tag) {
  return tag.kind == kMetadata || tag.kind == kTitle || tag.kind == kScript || tag.name == "style";
}

}  // namespace

std::optional<Document> PlainBuilder::build(bool known_clean) {
  assert(!known_clean || is_clean_utf8(source_));
  if (!known_clean && !is_clean_utf8(source_)) return std::nullopt;
  while (!doubt_) {
    const Token token = tokens_.next();
    work_ += tree_.size() + 1;
    if (token.type == TokenType::kDoubt || costs_too_much()) return std::nullopt;
    if (token.type == TokenType::kEnd) {
      if (mode_ < Mode::kInBody) enter_body(token);
      tree_.end_text();
      if (is_too_complex()) return std::nullopt;
      return Document(dom::Node(tree_.root()), tree_.take_metadata());
    }
    if (token.type == TokenType::kStartTag || token.type == TokenType::kEndTag) most_work_ += ++tags_;
    most_work_ += std::size_t{token.attributes_written} * (token.attributes_written + 1);
    process(token);
  }
  return std::nullopt;
}

// What the estimate takes for too much is too much here as well, even where this way would cope. A page of
// few tags need not be asked.
bool PlainBuilder::is_too_complex() const {
  return most_work_ > allowed_work_ && estimate_work(source_, allowed_work_) > allowed_work_;
}

bool PlainBuilder::costs_too_much() const {
  return work_ > allowed_work_ || tree_.size() > kMostOpen || tree_.joined_texts() > kMostJoinedTexts;
}

void PlainBuilder::process(const Token& token) {
  const bool words_alone =
      token.type == TokenType::kText && (mode_ == Mode::kInBody || mode_ == Mode::kInCell);
  if (words_alone && !in_foreign()) return text_in_body(token);
  if (token.type == TokenType::kDoctype) return doctype(token);
  if (token.type == TokenType::kComment) return comment(token);
  if (token.type != TokenType::kText && token.tag->kind == kRefused) return doubt();
  if (mode_ < Mode::kInBody) return before_body(token);
  if (in_foreign()) return in_svg(token);
  switch (mode_) {
    case Mode::kInTable:
      return in_table(token);
    case Mode::kInCaption:
      return in_caption(token);
    case Mode::kInColumns:
      return in_columns(token);
    case Mode::kInSection:
      return in_section(token);
    case Mode::kInRow:
      return in_row(token);
    case Mode::kInCell:
      return in_cell(token);
    case Mode::kInSelect:
      return in_select(token);
    case Mode::kAfterBody:
    case Mode::kAfterHtml:
      return after_body(token);
    default:
      return in_body(token);
  }
}

void PlainBuilder::doctype(const Token& token) {
  if (mode_ != Mode::kInitial) return;
  mode_ = Mode::kBeforeHtml;
  const std::string name = ascii::lowered(token.text.substr(0, 64));
  paragraphs_end_at_tables_ =
      name == "<!doctype html>" || name.starts_with("<!doctype html public \"-//w3c//dtd xhtml 1.0 ");
}

// What stands outside <html> is part of no tree.
void PlainBuilder::comment(const Token& token) {
  if (mode_ == Mode::kInitial || mode_ == Mode::kBeforeHtml) return;
  if (mode_ == Mode::kAfterHtml) return tree_.end_text();
  if (mode_ == Mode::kAfterBody) return tree_.comment_in_root(token);
  tree_.insert_comment(token);
}

void PlainBuilder::before_body(const Token& token) {
  if (token.type == TokenType::kText) return text_before_body(token);
  if (token.type == TokenType::kStartTag) return start_before_body(token);
  if (token.tag->kind != kHead || mode_ != Mode::kInHead) return doubt();
  tree_.pop();
  mode_ = Mode::kAfterHead;
}

void PlainBuilder::start_before_body(const Token& tag) {
  const TagKind kind = tag.tag->kind;
  if (kind == kHtml) {
    if (mode_ > Mode::kBeforeHtml) return doubt();
    tree_.insert(tag);
    mode_ = Mode::kBeforeHead;
  } else if (kind == kHead) {
    if (mode_ > Mode::kBeforeHead) return doubt();
    enter_html(tag);
    tree_.insert(tag);
    mode_ = Mode::kInHead;
  } else if (belongs_in_head(*tag.tag) || kind == kNoscript) {
    if (mode_ == Mode::kAfterHead || kind == kNoscript) return doubt();
    enter_head(tag);
    in_head(tag);
  } else if (kind == kBody) {
    leave_head(tag);
    tree_.insert(tag);
    mode_ = Mode::kInBody;
  } else {
    enter_body(tag);
    in_body(tag);
  }
}

void PlainBuilder::text_before_body(Token token) {
  const std::size_t blanks = std::min(token.text.find_first_not_of(ascii::kHtmlSpace), token.text.size());
  if (mode_ >= Mode::kInHead) tree_.insert_text(token.text.substr(0, blanks), token.offset);
  token.text.remove_prefix(blanks);
  if (token.text.empty()) return;
  while (ascii::is_html_space(source_[token.offset])) ++token.offset;
  enter_body(token);
  in_body(token);
}

void PlainBuilder::enter_html(const Token& at) {
  if (mode_ < Mode::kBeforeHead) tree_.insert("html", at.offset);
  mode_ = std::max(mode_, Mode::kBeforeHead);
}

void PlainBuilder::enter_head(const Token& at) {
  enter_html(at);
  if (mode_ < Mode::kInHead) tree_.insert("head", at.offset);
  mode_ = std::max(mode_, Mode::kInHead);
}

void PlainBuilder::leave_head(const Token& at) {
  enter_head(at);
  if (mode_ == Mode::kInHead) tree_.pop();
  mode_ = Mode::kAfterHead;
}

void PlainBuilder::enter_body(const Token& at) {
  leave_head(at);
  tree_.insert("body", at.offset);
  mode_ = Mode::kInBody;
}

void PlainBuilder::in_head(const Token& tag) {
  if (tag.tag->kind == kMetadata) return insert_void(tag);
  raw_element(tag, tag.tag->kind == kTitle);
}

void PlainBuilder::insert_void(const Token& tag) {
  tree_.insert(tag);
  tree_.pop();
}

void PlainBuilder::raw_element(const Token& tag, bool decoded) {
  tree_.insert(tag);
  if (tag.tag->kind == kTextarea) tokens_.skip_line_break();
  const Token text = tokens_.raw_text(*tag.tag, decoded);
  if (text.type == TokenType::kDoubt || tokens_.next().type != TokenType::kEndTag) return doubt();
  tree_.insert_text(text.text, text.offset);
  tree_.pop();
}

}  // namespace boardwalk::parsers::markup
