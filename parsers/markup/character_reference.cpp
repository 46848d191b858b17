#include "parsers/markup/character_reference.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "config/ascii.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::markup {
namespace {

struct Named {
  std::string_view name;
  std::string_view characters;
};

constexpr auto kNamed = std::to_array<Named>({
    {"amp", "&"},         {"lt", "<"},          {"gt", ">"},          {"quot", "\""},
    {"nbsp", "\u00A0"},   {"raquo", "\u00BB"},  {"laquo", "\u00AB"},  {"copy", "\u00A9"},
    {"reg", "\u00AE"},    {"middot", "\u00B7"}, {"times", "\u00D7"},  {"hellip", "\u2026"},
    {"mdash", "\u2014"},  {"ndash", "\u2013"},  {"ldquo", "\u201C"},  {"rdquo", "\u201D"},
    {"lsquo", "\u2018"},  {"rsquo", "\u2019"},  {"bull", "\u2022"},   {"deg", "\u00B0"},
    {"yen", "\u00A5"},    {"trade", "\u2122"},  {"rarr", "\u2192"},   {"larr", "\u2190"},
    {"uarr", "\u2191"},   {"darr", "\u2193"},   {"sect", "\u00A7"},   {"plusmn", "\u00B1"},
    {"rsaquo", "\u203A"}, {"lsaquo", "\u2039"}, {"euro", "\u20AC"},   {"pound", "\u00A3"},
    {"apos", "'"},        {"ensp", "\u2002"},   {"emsp", "\u2003"},   {"eacute", "\u00E9"},
    {"egrave", "\u00E8"}, {"agrave", "\u00E0"}, {"aacute", "\u00E1"}, {"iacute", "\u00ED"},
    {"oacute", "\u00F3"}, {"uacute", "\u00FA"}, {"ntilde", "\u00F1"}, {"ccedil", "\u00E7"},
    {"ecirc", "\u00EA"},  {"auml", "\u00E4"},   {"ouml", "\u00F6"},   {"uuml", "\u00FC"},
    {"Auml", "\u00C4"},   {"Ouml", "\u00D6"},   {"Uuml", "\u00DC"},   {"szlig", "\u00DF"},
});

using ascii::is_alphanumeric;

Reference reference(std::string_view characters, std::size_t length) {
  Reference made;
  std::copy(characters.begin(), characters.end(), made.characters.begin());
  made.size = characters.size();
  made.length = length;
  return made;
}

// `&#123;`, `&#x7B;`. Those that HTML maps to other characters are not told.
std::optional<Reference> numeric(std::string_view text) {
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const char* const begin = text.data() + (hex ? 3 : 2);
  unsigned value = 0;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value, hex ? 16 : 10);
  const bool plain = value > 0x20 && (value < 0x7F || value > 0x9F) && (value < 0xD800 || value > 0xDFFF) &&
                     (value < 0xFDD0 || value > 0xFDEF) && (value & 0xFFFEU) != 0xFFFE && value <= 0x10FFFF;
  if (error != std::errc{} || !plain) return std::nullopt;
  const auto length = static_cast<std::size_t>(end - text.data());
  std::string character;
  append_code_point(value, character);
  return reference(character, length + (text.substr(length).starts_with(';') ? 1 : 0));
}

}  // namespace

std::optional<Reference> read_reference(std::string_view text, bool in_attribute) {
  constexpr std::size_t kLongest = 32;
  if (text.substr(1).starts_with('#')) return numeric(text);
  std::size_t end = 1;
  while (end < text.size() && end < kLongest && is_alphanumeric(text[end])) ++end;
  const std::string_view name = text.substr(1, end - 1);
  const char after = end < text.size() ? text[end] : '\0';
  if (after == ';' && !name.empty()) {
    const auto* known =
        std::find_if(kNamed.begin(), kNamed.end(), [name](const Named& named) { return named.name == name; });
    if (known == kNamed.end()) return std::nullopt;
    return reference(known->characters, end + 1);
  }
  // No name is as short as one letter; in an attribute none ends before a '='.
  if (name.size() > 1 && !(in_attribute && after == '=')) return std::nullopt;
  return reference("&", 1);
}

}  // namespace boardwalk::parsers::markup
