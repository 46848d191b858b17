// The tree that PlainBuilder builds, at the place where it grows: the stack of open elements and the list of
// active formatting elements (HTML §13.2.4.2 and .3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/markup/tokens.hpp"

namespace boardwalk::parsers::markup {

// How far up an element is looked for.
enum class Scope : std::uint8_t { kDefault, kItem, kButton, kTable };

class OpenElements {
 public:
  struct Open {
    dom::NodeData* node;
    const TagInfo* tag;
  };

  explicit OpenElements(Arena& arena) : arena_(arena) {}

  [[nodiscard]] std::size_t size() const { return open_.size(); }
  // The element from the top of the stack on; REQUIRES: from_top < size().
  [[nodiscard]] const Open& at(std::size_t from_top) const { return open_[open_.size() - 1 - from_top]; }
  [[nodiscard]] TagKind kind() const { return open_.back().tag->kind; }  // of the current element
  [[nodiscard]] bool current_is(std::string_view name) const { return open_.back().tag->name == name; }
  [[nodiscard]] dom::NodeData* root() const { return open_.empty() ? nullptr : open_.front().node; }
  // The elements of that kind so far, in document order: none is inserted into what stands before a table.
  [[nodiscard]] std::vector<dom::Node> take_metadata() { return std::move(metadata_); }

  // What is inserted becomes the current element's last child; an element becomes the current one.
  dom::NodeData* insert(const Token& tag);
  dom::NodeData* insert(std::string_view known_name, std::size_t offset);
  void insert_text(std::string_view text, std::size_t offset);
  void insert_comment(const Token& comment);
  void comment_in_root(const Token& comment);
  // Text is a node as soon as something else is inserted or its element is popped; till then it grows.
  void end_text();

  // Where elements go that are inserted into a table, a section or a row: before the table.
  void set_beside_table(bool beside) { beside_table_ = beside; }
  [[nodiscard]] bool in_table_part() const;
  [[nodiscard]] bool is_open(const dom::NodeData* node) const;

  void pop();
  // Pops a form, as gumbo does it: text at its end is not yet a node and becomes one behind it.
  void pop_form() { open_.pop_back(); }
  void pop_until(const TagInfo& tag);              // it included
  void pop_until(TagKind kind);                    // it included
  void pop_to(TagKind kind);                       // it not included; the root stays
  void pop_implied(const TagInfo* but = nullptr);  // elements whose end tag may be left out

  [[nodiscard]] bool in_scope(const TagInfo& tag, Scope scope) const;
  [[nodiscard]] bool in_scope(TagKind kind, Scope scope) const;
  [[nodiscard]] bool has_paragraph() const { return paragraphs_ > 0; }  // in whatever scope

  // --- Active formatting elements

  void mark();           // a cell or the like begins: what is outside does not reach in
  void clear_to_mark();  // and ends
  // Makes the current element one of them. False where the list would have to drop an older one.
  [[nodiscard]] bool push_formatting();
  [[nodiscard]] bool has_formatting(const TagInfo& tag) const;
  // Ends the innermost one of that name, with what is open inside it. False where that takes the adoption
  // agency.
  [[nodiscard]] bool end_formatting(const TagInfo& tag);
  // Whether one has been closed by what stood around it: it would have to be opened anew.
  [[nodiscard]] bool needs_reopening() const {
    return !formatting_.empty() && formatting_.back().node != nullptr && !formatting_.back().open;
  }
  // Texts that were begun before an ignored tag and go on behind it.
  [[nodiscard]] std::size_t joined_texts() const { return joined_texts_; }

 private:
  struct Formatting {
    dom::NodeData* node;  // nullptr: a mark
    const TagInfo* tag;
    bool open;
  };

  dom::NodeData* push(std::string_view name, const TagInfo& tag, std::size_t offset);
  dom::NodeData* make(dom::NodeType type, std::string_view text, std::size_t offset);
  template <typename Matches>
  [[nodiscard]] bool is_in_scope(Scope scope, Matches matches) const;

  Arena& arena_;
  std::vector<Open> open_;
  std::vector<Formatting> formatting_;
  std::vector<dom::Node> metadata_;
  std::string_view text_;  // not yet a node
  std::size_t text_offset_ = 0;
  std::size_t joined_texts_ = 0;
  std::size_t paragraphs_ = 0;  // that are open
  bool beside_table_ = false;
};

// Elements that no end tag of an unknown or inline element reaches across.
[[nodiscard]] bool is_special(const TagInfo& tag);

}  // namespace boardwalk::parsers::markup
