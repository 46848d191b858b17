// The modes of PlainBuilder inside <body>, and behind it.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "parsers/markup/plain_builder.hpp"

namespace boardwalk::parsers::markup {

using enum TagKind;

void PlainBuilder::in_body(const Token& token) {
  if (token.type == TokenType::kText) return text_in_body(token);
  token.type == TokenType::kStartTag ? start_in_body(token) : end_in_body(token);
}

void PlainBuilder::start_in_body(const Token& tag) {
  switch (tag.tag->kind) {
    case kHtml:
    case kBody:
      return doubt();
    case kHead:
    case kCaption:
    case kColumns:
    case kColumn:
    case kSection:
    case kRow:
    case kCell:
      return;  // ignored
    case kMetadata:
    case kTitle:
    case kScript:
      return in_head(tag);
    case kRawText:
    case kTextarea:
      return raw_element(tag, tag.tag->kind == kTextarea);
    case kVoid:
    case kInput:
      insert_inline(tag);
      return tree_.pop();
    case kVoidPart:
      return insert_void(tag);
    case kAnchor:
    case kFormatting:
      return start_formatting(tag);
    case kObject:
      insert_inline(tag);
      return tree_.mark();
    case kSelect:
      insert_inline(tag);
      mode_ = Mode::kInSelect;
      return;
    case kOption:
      if (tree_.current_is("option")) tree_.pop();
      return insert_inline(tag);
    case kOrdinary:
    case kNoscript:
      return insert_inline(tag);
    case kSvg:
      return start_in_svg(tag);
    case kButton:
      return start_button(tag);
    default:
      return start_block(tag);
  }
}

void PlainBuilder::start_formatting(const Token& tag) {
  if (tag.tag->kind == kAnchor && tree_.has_formatting(*tag.tag)) return doubt();
  insert_inline(tag);
  if (!tree_.push_formatting()) doubt();
}

void PlainBuilder::start_block(const Token& tag) {
  const TagKind kind = tag.tag->kind;
  if (kind == kForm && form_ != nullptr) return;  // forms do not nest
  if (kind == kItem || kind == kDefinition) end_item(kind);
  if (kind == kTable && !paragraphs_end_at_tables_ && tree_.in_scope(kParagraph, Scope::kButton))
    return doubt();
  end_paragraph();
  if (kind == kHeading && tree_.kind() == kHeading) tree_.pop();
  dom::NodeData* const node = tree_.insert(tag);
  if (kind == kForm) form_ = node;
  if (kind == kRule) tree_.pop();
  if (kind == kPreformatted) tokens_.skip_line_break();
  if (kind == kTable) mode_ = Mode::kInTable;
}

void PlainBuilder::start_button(const Token& tag) {
  end_block(tag, Scope::kDefault);
  insert_inline(tag);
}

void PlainBuilder::insert_inline(const Token& tag) {
  if (tree_.needs_reopening()) doubt();
  tree_.insert(tag);
}

void PlainBuilder::end_paragraph() {
  static const TagInfo& paragraph = tag_info("p");
  if (!tree_.has_paragraph() || !tree_.in_scope(paragraph, Scope::kButton)) return;
  tree_.pop_implied(&paragraph);
  tree_.pop_until(paragraph);
}

// A list's item ends at the next one, unless something other than a plain box stands between.
void PlainBuilder::end_item(TagKind kind) {
  for (std::size_t i = 0; i < tree_.size(); ++i) {
    const TagInfo& open = *tree_.at(i).tag;
    if (open.kind == kind) {
      tree_.pop_implied(&open);
      return tree_.pop_until(open);
    }
    const bool plain = open.kind == kParagraph || open.name == "div" || open.name == "address";
    if (is_special(open) && !plain) return;
  }
}

void PlainBuilder::end_in_body(const Token& tag) {
  switch (tag.tag->kind) {
    case kHtml:
    case kBody:
      if (tree_.in_scope(kBody, Scope::kDefault))
        mode_ = tag.tag->kind == kBody ? Mode::kAfterBody : Mode::kAfterHtml;
      return;
    case kBlock:
    case kPreformatted:
    case kButton:
    case kDefinition:
      return end_block(tag, Scope::kDefault);
    case kItem:
      return end_block(tag, Scope::kItem);
    case kHeading:
      return end_heading();
    case kParagraph:
      if (!tree_.in_scope(*tag.tag, Scope::kButton)) tree_.insert(tag.tag->name, tag.offset);
      return end_paragraph();
    case kForm:
      return end_form();
    case kAnchor:
    case kFormatting:
      return end_formatting(tag);
    case kObject:
      return end_object(tag);
    default:
      return tag.tag->name == "br" ? doubt() : end_other(tag);
  }
}

void PlainBuilder::end_heading() {
  if (!tree_.in_scope(kHeading, Scope::kDefault)) return;
  tree_.pop_implied();
  tree_.pop_until(kHeading);
}

void PlainBuilder::end_block(const Token& tag, Scope scope) {
  if (!tree_.in_scope(*tag.tag, scope)) return;
  const TagKind kind = tag.tag->kind;
  tree_.pop_implied(kind == kItem || kind == kDefinition ? tag.tag : nullptr);
  tree_.pop_until(*tag.tag);
}

void PlainBuilder::end_object(const Token& tag) {
  tree_.pop_implied();
  if (tree_.at(0).tag != tag.tag) return doubt();
  tree_.pop();
  tree_.clear_to_mark();
}

void PlainBuilder::end_form() {
  const dom::NodeData* const form = std::exchange(form_, nullptr);
  if (form == nullptr || !tree_.is_open(form)) return;
  tree_.pop_implied();
  tree_.at(0).node == form ? tree_.pop_form() : doubt();
}

void PlainBuilder::end_formatting(const Token& tag) {
  if (!tree_.has_formatting(*tag.tag)) return end_other(tag);
  if (!tree_.end_formatting(*tag.tag)) doubt();
}

void PlainBuilder::end_other(const Token& tag) {
  for (std::size_t i = 0; i < tree_.size(); ++i) {
    const auto [node, open] = tree_.at(i);
    if (open == tag.tag) {
      tree_.pop_implied(tag.tag);
      while (tree_.at(0).node != node) tree_.pop();
      return tree_.pop();
    }
    if (is_special(*open)) return;
  }
}

void PlainBuilder::after_body(const Token& token) {
  if (mode_ == Mode::kAfterBody && token.type == TokenType::kEndTag && token.tag->kind == kHtml) {
    mode_ = Mode::kAfterHtml;
    return;
  }
  if (!token.is_blank()) mode_ = Mode::kInBody;
  in_body(token);
}

// Icons: elements that HTML does not know, with attributes that keep their case.
void PlainBuilder::in_svg(const Token& token) {
  if (token.type == TokenType::kText) return tree_.insert_text(token.text, token.offset);
  const bool unknown = token.tag->kind == kOrdinary && token.tag->name.empty();
  if (token.type == TokenType::kEndTag) {
    const bool own = token.tag->kind == kSvg ? tree_.kind() == kSvg : tree_.at(0).node->text == token.text;
    // gumbo does not find the element of an end tag with blanks behind its name.
    const bool bare = source_.substr(token.offset + 2 + token.text.size()).starts_with('>');
    return own && bare ? tree_.pop() : doubt();
  }
  static constexpr TagInfo kInSvg{{}, kForeign};
  Token tag = token;
  tag.tag = &kInSvg;
  unknown ? start_in_svg(tag) : doubt();
}

void PlainBuilder::start_in_svg(const Token& tag) {
  static constexpr auto kAttributes = std::to_array<std::string_view>({"class",
                                                                       "style",
                                                                       "id",
                                                                       "width",
                                                                       "height",
                                                                       "fill",
                                                                       "fill-rule",
                                                                       "fill-opacity",
                                                                       "clip-rule",
                                                                       "stroke",
                                                                       "stroke-width",
                                                                       "stroke-linecap",
                                                                       "stroke-linejoin",
                                                                       "stroke-miterlimit",
                                                                       "d",
                                                                       "x",
                                                                       "y",
                                                                       "r",
                                                                       "cx",
                                                                       "cy",
                                                                       "points",
                                                                       "version",
                                                                       "opacity",
                                                                       "t",
                                                                       "p-id",
                                                                       "transform",
                                                                       "role",
                                                                       "aria-hidden",
                                                                       "focusable",
                                                                       "enable-background",
                                                                       "viewBox"});
  for (dom::Attribute& own : std::span(tag.attributes, tag.attribute_count)) {
    if (own.name == "viewbox") own.name = "viewBox";
    if (std::find(kAttributes.begin(), kAttributes.end(), own.name) == kAttributes.end()) return doubt();
  }
  insert_inline(tag);
  if (tag.self_closing) tree_.pop();
}

void PlainBuilder::in_select(const Token& token) {
  if (token.type == TokenType::kText) return tree_.insert_text(token.text, token.offset);
  if (token.type == TokenType::kStartTag) return start_in_select(token);
  if (token.tag->kind == kSelect) {
    tree_.pop_until(kSelect);
    return mode_of_place();
  }
  if (token.tag->kind != kOption) return doubt();
  const bool group = token.tag->name == "optgroup";
  if (tree_.current_is("option") && (!group || tree_.at(1).tag == token.tag)) tree_.pop();
  if (group && tree_.current_is("optgroup")) tree_.pop();
}

void PlainBuilder::start_in_select(const Token& tag) {
  if (tag.tag->kind == kScript) return in_head(tag);
  if (tag.tag->kind != kOption) return doubt();
  if (tree_.current_is("option")) tree_.pop();
  if (tag.tag->name != "option" && tree_.current_is("optgroup")) tree_.pop();
  tree_.insert(tag);
}

}  // namespace boardwalk::parsers::markup
