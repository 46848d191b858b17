// Markup cut into tags, texts and comments (HTML §13.2.5), for PlainBuilder: only what needs no repair and
// no table of its own. Everything else is a token kDoubt, and the page is gumbo's. Names, values and texts
// are views of the source where that is possible, else of the arena.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parsers/dom.hpp"
#include "parsers/html.hpp"
#include "parsers/markup/tags.hpp"

namespace boardwalk::parsers::markup {

enum class TokenType : std::uint8_t { kText, kStartTag, kEndTag, kComment, kDoctype, kEnd, kDoubt };

struct Token {
  TokenType type = TokenType::kEnd;
  std::size_t offset = 0;  // where it begins in the source
  // A text's or comment's characters; a doctype and a tag's name as written.
  std::string_view text;
  const TagInfo* tag = nullptr;  // of tags
  dom::Attribute* attributes = nullptr;
  std::uint32_t attribute_count = 0;
  std::uint32_t attributes_written = 0;  // those that repeat a name, too
  bool self_closing = false;             // `/>`

  [[nodiscard]] bool is_blank() const;  // a text of white space alone
};

// Whether every character is one that gumbo leaves as it is: valid UTF-8 without control characters and
// noncharacters.
[[nodiscard]] bool is_clean_utf8(std::string_view source);

// Where a character stands next in a text that is gone through from front to back, so that it is searched
// once.
class NextPlace {
 public:
  NextPlace(char what, std::string_view text) : what_(what), text_(text) {}

  // From `begin` on, which never moves back; the text's size when nowhere.
  [[nodiscard]] std::size_t from(std::size_t begin) {
    if (begin >= sought_) {
      place_ = text_.find(what_, begin);
      if (place_ > text_.size()) place_ = text_.size();
      sought_ = place_ + 1;
    }
    return place_;
  }

 private:
  char what_;
  std::string_view text_;
  std::size_t sought_ = 0;  // nothing new is to be found before it
  std::size_t place_ = 0;
};

class Tokens {
 public:
  // REQUIRES: is_clean_utf8(source).
  Tokens(std::string_view source, Arena& arena)
      : source_(source), arena_(arena), ampersand_('&', source), carriage_return_('\r', source) {}

  Token next();

  // What stands between a start tag and its end tag where no tags are known: script, style, …; `decoded` for
  // title and textarea, whose entities count. The end tag is the next token.
  Token raw_text(const TagInfo& element, bool decoded);

  // A line break right behind a start tag that does not count (pre, textarea).
  void skip_line_break();

 private:
  [[nodiscard]] char char_at(std::size_t at) const { return at < source_.size() ? source_[at] : '\0'; }

  [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const {
    return {source_.data() + begin, end - begin};
  }

  static constexpr std::size_t kMostAttributes = 40;  // each is compared with those before it
  enum class Decoding;

  [[nodiscard]] std::size_t begin_of_line_break(std::size_t at) const;
  Token text();
  Token tag(bool end);
  Token declaration();
  Token instruction();
  bool attributes(Token& tag);
  [[nodiscard]] bool repeats_name(std::size_t place) const;
  std::string_view attribute_name();
  std::string_view any_attribute_name();
  bool attribute_value(std::string_view& value);
  std::size_t next_coded(std::size_t from, Decoding decoding);
  bool decode(std::size_t begin, std::size_t end, Decoding decoding, std::string_view& decoded);
  bool decode_coded(std::string_view raw, Decoding decoding, std::string_view& decoded);
  std::string_view lower_case(std::string_view name);

  std::string_view source_;
  Arena& arena_;
  NextPlace ampersand_;
  NextPlace carriage_return_;
  std::size_t at_ = 0;
  std::size_t plain_until_ = 0;  // nothing between the place decoded last and here stands for something else
  std::array<dom::Attribute, kMostAttributes> found_;  // of the tag being read
};

}  // namespace boardwalk::parsers::markup
