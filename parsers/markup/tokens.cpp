#include "parsers/markup/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/markup/character_reference.hpp"
#include "parsers/utf8.hpp"
#include "parsers/word.hpp"

namespace boardwalk::parsers::markup {
namespace {

using ascii::is_html_space;
using ascii::is_letter;
using ascii::is_upper;
using ascii::lower;

constexpr std::array<bool, 256> table_of(std::string_view characters) {
  std::array<bool, 256> table{};
  for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kEndsName = table_of(" \n\t\r\f/>");
constexpr auto kEndsAttributeName = table_of(" \n\t\r\f/>=");
constexpr auto kEndsBareValue = table_of(" \n\t\r\f>");
constexpr auto kBetweenAttributes = table_of(" \n\t\r\f/");

bool is_in(const std::array<bool, 256>& table, char c) { return table[static_cast<unsigned char>(c)]; }

// Where `</name` stands behind `from`; the source's size when nowhere.
std::size_t find_end_tag(std::string_view source, std::size_t from, std::string_view name) {
  for (std::size_t at = source.find("</", from); at != std::string_view::npos;
       at = source.find("</", at + 2)) {
    const std::string_view rest = source.substr(at + 2);
    if (ascii::starts_same(rest, name) && rest.size() > name.size() && is_in(kEndsName, rest[name.size()]))
      return at;
  }
  return source.size();
}

// A script that begins another one inside `<!--` does not end at the first end tag.
bool is_escaped_twice(std::string_view script) {
  std::size_t at = script.find("<!--");
  if (at == std::string_view::npos) return false;
  for (at = script.find('<', at + 1); at != std::string_view::npos; at = script.find('<', at + 1))
    if (ascii::starts_same(script.substr(at + 1), "script")) return true;
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

// Bytes outside ASCII are less than all others to it.
[[gnu::always_inline]] inline bool is_plain_ascii(signed char c) {
  const bool printed = c >= ' ';
  const bool blank = (c >= '\t') & (c <= '\r');
  return (printed | blank) & (c != '\v') & (c != 0x7F);
}

// Whether all of the next kBlock bytes are ASCII characters of a page; without a branch a byte, and in bytes
// throughout, so that the compiler looks at many at once.
[[gnu::always_inline]] inline bool is_plain_block(const char* bytes) {
  std::uint8_t plain = 1;
  for (std::size_t i = 0; i < kBlock; ++i)
    plain &= std::uint8_t{is_plain_ascii(static_cast<signed char>(bytes[i]))};
  return plain != 0;
}

bool is_wide_lead(unsigned char c) { return static_cast<unsigned char>(c - 0xE1) < 0x0C || c == 0xEF; }

// The same of blocks that hold Chinese as well: leads that any two continuation bytes may follow, and 0xEF
// where what follows begins no noncharacter. `bytes` are the block's and two before it, which a character
// ends.
[[gnu::always_inline]] inline bool is_common_block(const char* bytes) {
  std::uint8_t odd = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i + 2]);
    const auto before = static_cast<unsigned char>(bytes[i + 1]);
    const auto earlier = static_cast<unsigned char>(bytes[i]);
    const bool second = is_wide_lead(before);
    const bool third = is_wide_lead(earlier);
    const bool follows = (c & 0xC0U) == 0x80;
    const bool noncharacter = (before == 0xEF) & ((c == 0xB7) | (c == 0xBF));
    const bool ascii = is_plain_ascii(static_cast<signed char>(c));
    const bool lead = is_wide_lead(c);
    odd |= std::uint8_t{(((second | third) != follows) | noncharacter | !(follows | ascii | lead)) != 0};
  }
  return odd == 0;
}

// Bytes at the block's end of a character that goes on behind it.
std::size_t begun_in(const char* block) {
  if (is_wide_lead(static_cast<unsigned char>(block[kBlock - 1]))) return 1;
  return is_wide_lead(static_cast<unsigned char>(block[kBlock - 2])) ? 2 : 0;
}

[[gnu::always_inline]] inline bool is_clean(std::string_view source) {
  for (std::size_t at = 0; at < source.size();) {
    while (at + kBlock <= source.size() && is_plain_block(source.data() + at)) at += kBlock;
    if (at >= 2 && at + kBlock <= source.size() && is_common_block(source.data() + at - 2)) {
      at += kBlock - begun_in(source.data() + at);
      continue;
    }
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

#if defined(__x86_64__)
// The same for processors that look at a whole block at once.
[[gnu::target("avx2")]] bool is_clean_wide(std::string_view source) { return is_clean(source); }
const bool kIsWide = __builtin_cpu_supports("avx2");
#else
constexpr auto is_clean_wide = is_clean;
constexpr bool kIsWide = false;
#endif

// Copies what stands before the next '&' or CR, a word at most, and tells how much that was. `to` has as much
// room as `from` is long.
std::size_t copy_plain_bytes(std::string_view from, char* to) {
  if (from.size() < kWordBytes) return 0;
  const Word word = word_at(from.data());
  std::memcpy(to, from.data(), kWordBytes);
  const Word marks = marks_equal(word, '&') | marks_equal(word, '\r');
  return marks != 0 ? bytes_before(marks) : kWordBytes;
}

}  // namespace

enum class Tokens::Decoding { kText, kAttribute, kRaw };

bool is_clean_utf8(std::string_view source) { return kIsWide ? is_clean_wide(source) : is_clean(source); }

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

// Where in the source, from `from` on, something stands that is not itself; its size when nowhere.
inline std::size_t Tokens::next_coded(std::size_t from, Decoding decoding) {
  const std::size_t line_break = carriage_return_.from(from);
  return decoding == Decoding::kRaw ? line_break : std::min(ampersand_.from(from), line_break);
}

// What stands between the two places, CR and CR LF made LF and, but in raw text, character references what
// they stand for. False where one is gumbo's business.
inline bool Tokens::decode(std::size_t begin, std::size_t end, Decoding decoding, std::string_view& decoded) {
  decoded = between(begin, end);
  if (end <= plain_until_) return true;
  plain_until_ = next_coded(begin, Decoding::kText);
  return end <= plain_until_ || decode_coded(decoded, decoding, decoded);
}

// A '<' that begins no markup is text.
Token Tokens::text() {
  at_ = begin_of_line_break(at_);
  const std::size_t begin = at_;
  do {
    ++at_;
    if (char_at(at_) != '<') at_ = std::min(source_.find('<', at_), source_.size());
    const char after = char_at(at_ + 1);
    if (is_letter(after) || after == '/' || after == '!' || after == '?') break;
  } while (at_ < source_.size());
  Token token{TokenType::kText, begin, between(begin, at_)};
  const bool break_alone = token.text == "\n";  // as half of all texts are
  if (!break_alone && !decode(begin, at_, Decoding::kText, token.text)) token.type = TokenType::kDoubt;
  return token;
}

// gumbo sees CR LF as one character, at the LF.
std::size_t Tokens::begin_of_line_break(std::size_t at) const {
  return char_at(at) == '\r' && char_at(at + 1) == '\n' ? at + 1 : at;
}

Token Tokens::tag(bool end) {
  Token token{end ? TokenType::kEndTag : TokenType::kStartTag, at_, {}};
  const std::size_t name = at_ + (end ? 2 : 1);
  const auto [tag, length] = read_tag_name(source_, name);
  at_ = name + length;
  token.text = between(name, at_);
  token.tag = tag;
  if (char_at(at_) == '>') {
    ++at_;
  } else if (!attributes(token)) {
    token.type = TokenType::kDoubt;
  }
  return token;
}

Token Tokens::declaration() {
  const std::size_t begin = at_;
  const std::string_view rest = source_.substr(at_ + 2);
  constexpr std::string_view kDoctype = "doctype";
  if (ascii::starts_same(rest, kDoctype)) {
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
  std::size_t count = 0;
  for (;;) {
    tag.self_closing = false;
    while (at_ < source_.size() && is_in(kBetweenAttributes, source_[at_]))
      tag.self_closing = source_[at_++] == '/';
    if (at_ >= source_.size()) return false;
    if (source_[at_] == '>') break;
    if (++tag.attributes_written > kMostAttributes) return false;
    dom::Attribute& next = found_[count];
    next.name = attribute_name();
    if (!attribute_value(next.value)) return false;
    if (!repeats_name(count)) {
      ++count;
    } else if (next.value.empty()) {
      return false;  // it is dropped, but gumbo would drop the next value as well
    }
  }
  ++at_;
  if (count == 0) return true;
  if (tag.type == TokenType::kEndTag) return false;
  auto* list = static_cast<dom::Attribute*>(arena_.allocate(sizeof(dom::Attribute) * count));
  std::uninitialized_copy_n(found_.begin(), count, list);
  tag.attributes = list;
  tag.attribute_count = static_cast<std::uint32_t>(count);
  return true;
}

bool Tokens::repeats_name(std::size_t place) const {
  for (std::size_t before = 0; before < place; ++before)
    if (found_[before].name == found_[place].name) return true;
  return false;
}

inline std::string_view Tokens::attribute_name() {
  const std::size_t begin = at_;
  if (source_.size() - begin >= kWordBytes) {
    const Word word = word_at(source_.data() + begin);
    // Bytes that may end it: those below the digits, and `<=>?`, which are alike but for two bits.
    const Word ends = marks_below(word, '0') | marks_equal(word | every(3), '?');
    const std::size_t length = ends != 0 ? bytes_before(ends) : 0;
    const bool capitals = first_bytes(~word & every(0x20), length) != 0;
    if (length > 0 && !capitals && is_in(kEndsAttributeName, byte_of(word, length))) {
      at_ = begin + length;
      return between(begin, at_);
    }
  }
  return any_attribute_name();
}

std::string_view Tokens::any_attribute_name() {
  const std::size_t begin = at_;
  bool upper = false;
  do upper |= is_upper(source_[at_++]);  // even a '=' begins a name
  while (at_ < source_.size() && !is_in(kEndsAttributeName, source_[at_]));
  return upper ? lower_case(between(begin, at_)) : between(begin, at_);
}

// With the '=' before it; empty where there is none.
inline bool Tokens::attribute_value(std::string_view& value) {
  std::size_t at = at_;
  while (is_html_space(char_at(at))) ++at;
  if (char_at(at) != '=') {
    value = {};
    return true;
  }
  do ++at;
  while (is_html_space(char_at(at)));
  const char quote = char_at(at);
  if (quote == '"' || quote == '\'') {
    const std::size_t end = source_.find(quote, at + 1);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return decode(at + 1, end, Decoding::kAttribute, value);
  }
  at_ = at;
  while (at_ < source_.size() && !is_in(kEndsBareValue, source_[at_])) ++at_;
  return decode(at, at_, Decoding::kAttribute, value);
}

bool Tokens::decode_coded(std::string_view raw, Decoding decoding, std::string_view& decoded) {
  if (raw.starts_with("\r\n")) raw.remove_prefix(1);
  const auto begin = static_cast<std::size_t>(raw.data() - source_.data());
  if (next_coded(begin, decoding) >= begin + raw.size()) {
    decoded = raw;
    return true;
  }
  char* const copy = static_cast<char*>(arena_.allocate(raw.size()));  // nothing grows
  char* end = copy;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t plain = copy_plain_bytes(raw.substr(at), end);
    at += plain;
    end += plain;
    if (at == raw.size() || plain == kWordBytes) continue;
    if (raw[at] == '\r') {
      *end++ = '\n';
      at += raw.substr(at + 1).starts_with('\n') ? 2 : 1;
    } else if (raw[at] != '&' || decoding == Decoding::kRaw) {
      *end++ = raw[at++];
    } else if (raw.substr(at).starts_with("&amp;")) {  // as most are
      *end++ = '&';
      at += 5;
    } else {
      const auto reference = read_reference(raw.substr(at), decoding == Decoding::kAttribute);
      if (!reference) return false;
      end = std::copy_n(reference->characters.begin(), reference->size, end);
      at += reference->length;
    }
  }
  decoded = {copy, static_cast<std::size_t>(end - copy)};
  plain_until_ = next_coded(begin + raw.size(), Decoding::kText);
  return true;
}

std::string_view Tokens::lower_case(std::string_view name) {
  char* const copy = static_cast<char*>(arena_.allocate(name.size()));
  std::transform(name.begin(), name.end(), copy, lower);
  return {copy, name.size()};
}

Token Tokens::raw_text(const TagInfo& element, bool decoded) {
  Token token{TokenType::kText, begin_of_line_break(at_), {}};
  const std::size_t begin = at_;
  const std::size_t end = find_end_tag(source_, begin, element.name);
  if (end == source_.size() || (element.kind == TagKind::kScript && is_escaped_twice(between(begin, end))))
    return {TokenType::kDoubt, begin, {}};
  at_ = end;
  if (!decode(begin, end, decoded ? Decoding::kText : Decoding::kRaw, token.text))
    token.type = TokenType::kDoubt;
  return token;
}

void Tokens::skip_line_break() {
  if (char_at(at_) == '\r') ++at_;
  if (char_at(at_) == '\n') ++at_;
}

}  // namespace boardwalk::parsers::markup
