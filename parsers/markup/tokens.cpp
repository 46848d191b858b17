#include "parsers/markup/tokens.hpp"

#include <algorithm>
#include <new>

#include "parsers/markup/character_reference.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::markup {
namespace {

constexpr std::size_t kMostAttributes = 40;  // each is compared with those before it

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
bool ends_name(char c) { return is_html_space(c) || c == '/' || c == '>'; }

bool starts_with_ignoring_case(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

// Where `</name` stands behind `from`; the source's size when nowhere.
std::size_t find_end_tag(std::string_view source, std::size_t from, std::string_view name) {
  for (std::size_t at = source.find("</", from); at != std::string_view::npos;
       at = source.find("</", at + 2)) {
    const std::string_view rest = source.substr(at + 2);
    if (starts_with_ignoring_case(rest, name) && rest.size() > name.size() && ends_name(rest[name.size()]))
      return at;
  }
  return source.size();
}

// A script that begins another one inside `<!--` does not end at the first end tag.
bool is_escaped_twice(std::string_view script) {
  std::size_t at = script.find("<!--");
  if (at == std::string_view::npos) return false;
  for (at = script.find('<', at + 1); at != std::string_view::npos; at = script.find('<', at + 1))
    if (starts_with_ignoring_case(script.substr(at + 1), "script")) return true;
  return false;
}

bool is_plain_code_point(char32_t c) {
  if (c < 0x80) return c == '\t' || c == '\n' || c == '\f' || c == '\r' || (c >= 0x20 && c < 0x7F);
  return c != kMalformed && c > 0x9F && (c < 0xFDD0 || c > 0xFDEF) && (c & 0xFFFE) != 0xFFFE;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

// Chinese, mostly: a lead byte of three-byte characters none of which is malformed or out of place.
bool is_common_wide(std::string_view source, std::size_t at) {
  const auto lead = static_cast<unsigned char>(source[at]);
  return lead > 0xE0 && lead < 0xED && at + 2 < source.size() && continues(source[at + 1]) &&
         continues(source[at + 2]);
}

constexpr std::size_t kBlock = 32;

// Whether all of the next kBlock bytes are ASCII characters of a page; without a branch a byte, so that the
// compiler looks at many at once.
bool is_plain_block(const char* bytes) {
  unsigned odd = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const bool printed = static_cast<unsigned char>(c - 0x20) < 0x5F;
    const bool broken = static_cast<unsigned char>(c - '\t') < 2 || static_cast<unsigned char>(c - '\f') < 2;
    odd |= static_cast<unsigned>(!(printed | broken));
  }
  return odd == 0;
}

}  // namespace

enum class Tokens::Decoding { kText, kAttribute, kRaw };

bool is_clean_utf8(std::string_view source) {
  for (std::size_t at = 0; at < source.size();) {
    while (at + kBlock <= source.size() && is_plain_block(source.data() + at)) at += kBlock;
    for (const std::size_t end = std::min(at + kBlock, source.size()); at < end;) {
      const char c = source[at];
      if (c >= 0x20 && c < 0x7F) {
        ++at;
      } else if (is_common_wide(source, at)) {
        at += 3;
      } else if (!is_plain_code_point(next_code_point(source, at))) {
        return false;
      }
    }
  }
  return true;
}

bool Token::is_blank() const {
  return type == TokenType::kText && std::all_of(text.begin(), text.end(), is_html_space);
}

Token Tokens::next() {
  if (at_ >= source_.size()) return {TokenType::kEnd, at_, {}};
  if (source_[at_] != '<') return text();
  const char after = char_at(at_ + 1);
  if (is_letter(after)) return tag(false);
  if (after == '/' && is_letter(char_at(at_ + 2))) return tag(true);
  if (after == '!') return declaration();
  if (after == '?') return instruction();
  if (after == '/') return {TokenType::kDoubt, at_, {}};
  return text();
}

// A '<' that begins no markup is text.
Token Tokens::text() {
  const std::size_t begin = at_;
  do {
    at_ = std::min(source_.find('<', at_ + 1), source_.size());
    const char after = char_at(at_ + 1);
    if (is_letter(after) || after == '/' || after == '!' || after == '?') break;
  } while (at_ < source_.size());
  Token token{TokenType::kText, begin_of_line_break(begin), {}};
  if (!decode(source_.substr(begin, at_ - begin), Decoding::kText, token.text))
    token.type = TokenType::kDoubt;
  return token;
}

// gumbo sees CR LF as one character, at the LF.
std::size_t Tokens::begin_of_line_break(std::size_t at) const {
  return source_.compare(at, 2, "\r\n") == 0 ? at + 1 : at;
}

Token Tokens::tag(bool end) {
  Token token{end ? TokenType::kEndTag : TokenType::kStartTag, at_, {}};
  at_ += end ? 2 : 1;
  const std::size_t name = at_;
  while (at_ < source_.size() && !ends_name(source_[at_])) ++at_;
  token.text = source_.substr(name, at_ - name);
  token.tag = &tag_info(token.text);
  if (!attributes(token)) token.type = TokenType::kDoubt;
  return token;
}

Token Tokens::declaration() {
  const std::size_t begin = at_;
  const std::string_view rest = source_.substr(at_ + 2);
  constexpr std::string_view kDoctype = "doctype";
  if (starts_with_ignoring_case(rest, kDoctype)) {
    const std::size_t end = source_.find('>', at_);
    if (end == std::string_view::npos) return {TokenType::kDoubt, begin, {}};
    at_ = end + 1;
    return {TokenType::kDoctype, begin, source_.substr(begin, at_ - begin)};
  }
  const std::size_t end = rest.starts_with("--") ? rest.find("-->", 2) : std::string_view::npos;
  if (end == std::string_view::npos) return {TokenType::kDoubt, begin, {}};
  Token token{TokenType::kComment, begin, rest.substr(2, end - 2)};
  const bool odd = token.text.starts_with('>') || token.text.starts_with("->") ||
                   token.text.find("--!>") != std::string_view::npos ||
                   token.text.find('\r') != std::string_view::npos;
  if (odd) token.type = TokenType::kDoubt;
  at_ += 2 + end + 3;
  return token;
}

// `<?xml … ?>`, which is a comment to HTML.
Token Tokens::instruction() {
  const std::size_t begin = at_ + 1;
  const std::size_t end = source_.find_first_of("\r>", begin);
  if (end == std::string_view::npos || source_[end] == '\r') return {TokenType::kDoubt, at_, {}};
  const Token token{TokenType::kComment, at_, source_.substr(begin, end - begin)};
  at_ = end + 1;
  return token;
}

// Reads up to the tag's '>'; false when there is none.
bool Tokens::attributes(Token& tag) {
  found_.clear();
  for (;;) {
    tag.self_closing = false;
    while (is_html_space(char_at(at_)) || char_at(at_) == '/') tag.self_closing = source_[at_++] == '/';
    if (at_ >= source_.size()) return false;
    if (source_[at_] == '>') break;
    dom::Attribute next;
    if (++tag.attributes_written > kMostAttributes || !attribute(next)) return false;
    const auto same = [&](const dom::Attribute& before) { return before.name == next.name; };
    if (std::none_of(found_.begin(), found_.end(), same))
      found_.push_back(next);
    else if (next.value.empty())  // it is dropped, but gumbo would drop the value that comes next as well
      return false;
  }
  ++at_;
  if (found_.empty()) return true;
  if (tag.type == TokenType::kEndTag) return false;
  auto* list = static_cast<dom::Attribute*>(arena_.allocate(sizeof(dom::Attribute) * found_.size()));
  std::uninitialized_copy(found_.begin(), found_.end(), list);
  tag.attributes = list;
  tag.attribute_count = static_cast<std::uint32_t>(found_.size());
  return true;
}

bool Tokens::attribute(dom::Attribute& attribute) {
  const std::size_t begin = at_++;  // even a '='
  while (at_ < source_.size() && !ends_name(source_[at_]) && source_[at_] != '=') ++at_;
  attribute.name = lower_case(source_.substr(begin, at_ - begin));
  std::size_t after = at_;
  while (is_html_space(char_at(after))) ++after;
  if (char_at(after) != '=') return true;
  at_ = after + 1;
  while (is_html_space(char_at(at_))) ++at_;
  return value(attribute.value);
}

bool Tokens::value(std::string_view& value) {
  const char quote = char_at(at_);
  if (quote == '"' || quote == '\'') {
    const std::size_t end = source_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return false;
    const std::string_view raw = source_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return decode(raw, Decoding::kAttribute, value);
  }
  const std::size_t begin = at_;
  while (at_ < source_.size() && !is_html_space(source_[at_]) && source_[at_] != '>') ++at_;
  return decode(source_.substr(begin, at_ - begin), Decoding::kAttribute, value);
}

// Where from `from` on something stands that is not itself; the size when nowhere.
std::size_t Tokens::next_coded(std::string_view raw, std::size_t from, Decoding decoding) {
  const std::size_t line_break = std::min(raw.find('\r', from), raw.size());
  return decoding == Decoding::kRaw ? line_break : std::min(raw.find('&', from), line_break);
}

// CR and CR LF become LF and, but in raw text, character references what they stand for. False where one is
// gumbo's business.
bool Tokens::decode(std::string_view raw, Decoding decoding, std::string_view& decoded) {
  std::size_t next = next_coded(raw, 0, decoding);
  if (next == raw.size()) {
    decoded = raw;
    return true;
  }
  char* const begin = static_cast<char*>(arena_.allocate(raw.size()));  // nothing grows
  char* end = begin;
  std::size_t done = 0;
  for (; next < raw.size(); next = next_coded(raw, done, decoding)) {
    end = std::copy(raw.data() + done, raw.data() + next, end);
    if (raw[next] == '\r') {
      *end++ = '\n';
      done = next + (raw.substr(next + 1).starts_with('\n') ? 2 : 1);
      continue;
    }
    const auto reference = read_reference(raw.substr(next), decoding == Decoding::kAttribute);
    if (!reference) return false;
    end = std::copy_n(reference->characters.begin(), reference->size, end);
    done = next + reference->length;
  }
  end = std::copy(raw.data() + done, raw.data() + raw.size(), end);
  decoded = {begin, static_cast<std::size_t>(end - begin)};
  return true;
}

std::string_view Tokens::lower_case(std::string_view name) {
  if (std::none_of(name.begin(), name.end(), is_upper)) return name;
  char* const copy = static_cast<char*>(arena_.allocate(name.size()));
  std::transform(name.begin(), name.end(), copy, lower);
  return {copy, name.size()};
}

Token Tokens::raw_text(const TagInfo& element, bool decoded) {
  Token token{TokenType::kText, begin_of_line_break(at_), {}};
  const std::size_t end = find_end_tag(source_, at_, element.name);
  const std::string_view raw = source_.substr(at_, end - at_);
  if (end == source_.size() || (element.kind == TagKind::kScript && is_escaped_twice(raw)))
    return {TokenType::kDoubt, at_, {}};
  at_ = end;
  if (!decode(raw, decoded ? Decoding::kText : Decoding::kRaw, token.text)) token.type = TokenType::kDoubt;
  return token;
}

void Tokens::skip_line_break() {
  if (char_at(at_) == '\r') ++at_;
  if (char_at(at_) == '\n') ++at_;
}

}  // namespace boardwalk::parsers::markup
