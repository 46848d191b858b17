#include "store/json_text.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>

#include "parsers/word.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kLongestEscape = 6;    // \u00XX
constexpr std::size_t kLongestInteger = 20;  // digits of 64 bits and a sign

constexpr bool is_escaped(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

bool holds_escaped(parsers::Word word) {
  return (parsers::marks_below(word, 0x20) | parsers::marks_equal(word, '"') |
          parsers::marks_equal(word, '\\')) != 0;
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
  for (; text.size() >= parsers::kWordBytes; text.remove_prefix(parsers::kWordBytes)) {
    char* const at = room(kLongestEscape * parsers::kWordBytes);
    if (holds_escaped(parsers::word_at(text.data())))
      grown(write_characters(text.substr(0, parsers::kWordBytes), at));
    else
      grown(put(at, text.substr(0, parsers::kWordBytes)));
  }
  grown(write_characters(text, room(kLongestEscape * parsers::kWordBytes)));
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
