#include "cli/text_width.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace boardwalk::cli {
namespace {

constexpr UChar32 kJoiner = 0x200D;
constexpr UChar32 kEmojiStyle = 0xFE0F;

// The code point at `at`, which moves behind it; U+FFFD for bytes that are none.
UChar32 next(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  auto i = static_cast<int32_t>(at);
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), i, static_cast<int32_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return c;
}

std::size_t columns_of(UChar32 c) {
  if (c < 0x20 || c == 0x7F) return 1;  // shown as a space
  const int type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_flag_letter(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR) != 0; }

// What belongs to the character before it whatever that is: marks, joiners, skin tones (UAX #29 GB9, GB9a).
bool extends(UChar32 c) {
  const int kind = u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
  return kind == U_GCB_EXTEND || kind == U_GCB_SPACING_MARK || kind == U_GCB_ZWJ;
}

bool is_closing(std::string_view glyph) {
  static constexpr std::string_view kClosing = "，。、；：？！）】》」』”’…,.;:?!)]}";
  return glyph.size() > 0 && kClosing.find(glyph) != std::string_view::npos;
}

// A user-perceived character.
struct Glyph {
  std::size_t bytes = 0;
  std::size_t columns = 0;
};

// The one at the front of `text`. REQUIRES: text not empty.
Glyph next_glyph(std::string_view text) {
  Glyph glyph;
  const UChar32 first = next(text, glyph.bytes);
  glyph.columns = columns_of(first);
  const bool pictograph = u_hasBinaryProperty(first, UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
  bool after_joiner = false;
  bool flag = is_flag_letter(first);
  while (first >= 0x20 && glyph.bytes < text.size()) {
    std::size_t at = glyph.bytes;
    const UChar32 c = next(text, at);
    const bool joined =
        after_joiner && pictograph && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
    const bool second_of_flag = flag && is_flag_letter(c);
    if (!joined && !second_of_flag && !extends(c)) break;
    if (c == kEmojiStyle || joined || second_of_flag) glyph.columns = 2;
    flag = false;
    after_joiner = c == kJoiner;
    glyph.bytes = at;
  }
  return glyph;
}

// Where the line that begins at the front of `text` ends, and where the next one begins.
struct Break {
  std::size_t end = 0;
  std::size_t next = 0;
};

Break line_break(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  Break possible;
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = next_glyph(text.substr(at));
    const std::string_view bytes = text.substr(at, glyph.bytes);
    if (bytes == " " && at > 0) possible = {at, at + 1};
    if (glyph.columns == 2 && !is_closing(bytes) && at > 0) possible = {at, at};
    if (used + glyph.columns > columns && bytes != " ") {
      if (possible.next == 0) possible.end = possible.next = at == 0 ? glyph.bytes : at;
      return possible;
    }
    used += glyph.columns;
    at += glyph.bytes;
    if (glyph.columns == 2 && at < text.size() &&
        !is_closing(text.substr(at, next_glyph(text.substr(at)).bytes)))
      possible = {at, at};
  }
  return {text.size(), text.size()};
}

}  // namespace

std::size_t width(std::string_view utf8) {
  std::size_t sum = 0;
  while (!utf8.empty()) {
    const Glyph glyph = next_glyph(utf8);
    sum += glyph.columns;
    utf8.remove_prefix(glyph.bytes);
  }
  return sum;
}

std::string fit(std::string_view utf8, std::size_t columns) {
  const std::size_t whole = width(utf8);
  if (whole <= columns) return std::string(utf8) + std::string(columns - whole, ' ');
  if (columns == 0) return {};
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < utf8.size()) {
    const Glyph glyph = next_glyph(utf8.substr(at));
    if (used + glyph.columns > columns - 1) break;
    used += glyph.columns;
    at += glyph.bytes;
  }
  return std::string(utf8.substr(0, at)) + "…" + std::string(columns - 1 - used, ' ');
}

std::string wrapped(std::string_view text, std::string_view mark, std::size_t columns) {
  const std::size_t room = columns > width(mark) + 10 ? columns - width(mark) : 10;
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    do {
      const Break at = line_break(line, room);
      lines.append(mark).append(line.substr(0, at.end)).append("\n");
      line.remove_prefix(at.next);
    } while (!line.empty());
  }
  return lines;
}

}  // namespace boardwalk::cli
