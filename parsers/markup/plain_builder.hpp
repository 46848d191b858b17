// The short way from markup to a tree (HTML §13.2.6), for pages that need no repair: every end tag finds its
// element or is one that may be ignored, nothing but marks stands in a table outside its cells, no formatting
// element has to be opened anew. Most pages are such. It builds the tree that gumbo builds, in a small part
// of its time, and gives up at the first doubt: then gumbo has the page, whole. One function per insertion
// mode.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "parsers/html.hpp"
#include "parsers/markup/open_elements.hpp"
#include "parsers/markup/tokens.hpp"

namespace boardwalk::parsers::markup {

class PlainBuilder {
 public:
  // `allowed_work` is the limit of estimate_work(). The tree lives in the arena, which is not reset.
  PlainBuilder(std::string_view source, std::size_t allowed_work, Arena& arena)
      : source_(source), allowed_work_(allowed_work), tokens_(source, arena), tree_(arena) {}

  // May be called once. `known_clean`: is_clean_utf8() of the source is known. nullopt: there was a doubt.
  std::optional<Document> build(bool known_clean = false);

 private:
  // In the order of a page, as far as <body>; those of frames and templates are left out.
  enum class Mode : std::uint8_t {
    kInitial,
    kBeforeHtml,
    kBeforeHead,
    kInHead,
    kAfterHead,
    kInBody,
    kInTable,
    kInCaption,
    kInColumns,
    kInSection,
    kInRow,
    kInCell,
    kInSelect,
    kAfterBody,
    kAfterHtml,
  };

  void doubt() { doubt_ = true; }
  [[nodiscard]] bool in_foreign() const {
    return tree_.kind() == TagKind::kSvg || tree_.kind() == TagKind::kForeign;
  }
  [[nodiscard]] bool costs_too_much() const;
  [[nodiscard]] bool is_too_complex() const;
  void process(const Token& token);
  void doctype(const Token& token);
  void comment(const Token& token);

  // Up to <body>. Elements whose tags are left out begin where the next token stands.
  void before_body(const Token& token);
  void start_before_body(const Token& tag);
  void text_before_body(Token token);
  void enter_html(const Token& at);
  void enter_head(const Token& at);
  void leave_head(const Token& at);
  void enter_body(const Token& at);
  void in_head(const Token& tag);
  void insert_void(const Token& tag);
  void raw_element(const Token& tag, bool decoded);

  // In <body> (plain_body.cpp).
  void in_body(const Token& token);
  void text_in_body(const Token& token) {
    tree_.needs_reopening() ? doubt() : tree_.insert_text(token.text, token.offset);
  }
  void start_in_body(const Token& tag);
  void start_formatting(const Token& tag);
  void start_block(const Token& tag);
  void start_button(const Token& tag);
  void insert_inline(const Token& tag);
  void end_paragraph();
  void end_item(TagKind kind);
  void end_in_body(const Token& tag);
  void end_heading();
  void end_block(const Token& tag, Scope scope);
  void end_object(const Token& tag);
  void end_form();
  void end_formatting(const Token& tag);
  void end_other(const Token& tag);
  void after_body(const Token& token);
  void in_svg(const Token& token);
  void start_in_svg(const Token& tag);
  void in_select(const Token& token);
  void start_in_select(const Token& tag);

  // In <table> (plain_table.cpp).
  void in_table(const Token& token);
  void start_in_table(const Token& tag);
  void end_in_table(const Token& tag);
  void text_in_table(const Token& token);
  void beside_table(const Token& tag);
  void in_caption(const Token& token);
  void end_caption();
  void in_columns(const Token& token);
  void in_section(const Token& token);
  void in_row(const Token& token);
  void in_cell(const Token& token);
  void end_in_cell(const Token& tag);
  void end_cell();
  void mode_of_place();  // the mode that goes on where a table or a select has ended

  std::string_view source_;
  std::size_t allowed_work_;
  Tokens tokens_;
  OpenElements tree_;
  Mode mode_ = Mode::kInitial;
  dom::NodeData* form_ = nullptr;          // the one that has begun
  bool paragraphs_end_at_tables_ = false;  // as old document types do not have it
  bool doubt_ = false;
  std::size_t work_ = 0;
  std::size_t tags_ = 0;
  std::size_t most_work_ = 0;  // that the estimate can come to, were all tags so far open at each
};

}  // namespace boardwalk::parsers::markup
