#include "store/json_text.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cstring>

namespace boardwalk::store {
namespace {

constexpr std::size_t kBlock = 8;            // bytes that are looked at together
constexpr std::size_t kLongestEscape = 6;    // \u00XX
constexpr std::size_t kLongestInteger = 20;  // digits of 64 bits and a sign

constexpr bool is_escaped(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// Eight bytes in one number. A byte that is less than `than` (at most 0x80) sets its uppermost bit; what is
// borrowed from a byte behind it can only add to that.
constexpr std::uint64_t in_each_byte(std::uint64_t byte) { return byte * 0x0101010101010101; }
constexpr std::uint64_t less(std::uint64_t bytes, std::uint64_t than) {
  return (bytes - in_each_byte(than)) & ~bytes & in_each_byte(0x80);
}

bool holds_escaped(const char* block) {
  std::uint64_t bytes = 0;
  static_assert(sizeof bytes == kBlock);
  std::memcpy(&bytes, block, kBlock);
  return (less(bytes, 0x20) | less(bytes ^ in_each_byte('"'), 1) | less(bytes ^ in_each_byte('\\'), 1)) != 0;
}

char letter_of(char control) {
  switch (control) {
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '"':
    case '\\':
      return control;
    default:
      return '\0';
  }
}

char* write_escaped(char c, char* out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  *out++ = '\\';
  if (const char letter = letter_of(c)) {
    *out++ = letter;
    return out;
  }
  for (const char digit : {'u', '0', '0', kDigits[static_cast<unsigned char>(c) >> 4], kDigits[c & 15]})
    *out++ = digit;
  return out;
}

char* write_characters(std::string_view text, char* out) {
  for (const char c : text)
    if (is_escaped(c))
      out = write_escaped(c, out);
    else
      *out++ = c;
  return out;
}

}  // namespace

void JsonText::string(std::string_view text) {
  token("\"");
  for (; text.size() >= kBlock; text.remove_prefix(kBlock)) {
    char* const at = room(kLongestEscape * kBlock);
    if (holds_escaped(text.data()))
      grown(write_characters(text.substr(0, kBlock), at));
    else
      grown(put(at, text.substr(0, kBlock)));
  }
  grown(write_characters(text, room(kLongestEscape * kBlock)));
  append("\"");
}

void JsonText::integer(std::int64_t value) {
  token("");
  char* const at = room(kLongestInteger);
  grown(std::to_chars(at, at + kLongestInteger, value).ptr);
}

void JsonText::real(double value) {
  rapidjson::StringBuffer digits;
  rapidjson::Writer<rapidjson::StringBuffer>(digits).Double(value);
  token({digits.GetString(), digits.GetSize()});
}

}  // namespace boardwalk::store
