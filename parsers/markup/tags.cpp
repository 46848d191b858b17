#include "parsers/markup/tags.hpp"

#include <algorithm>
#include <array>

#include "config/ascii.hpp"
#include "parsers/word.hpp"

namespace boardwalk::parsers::markup {
namespace {

using enum TagKind;

constexpr auto kTags = std::to_array<TagInfo>({
    {"html", kHtml},
    {"head", kHead},
    {"body", kBody},
    {"meta", kMetadata},
    {"link", kMetadata},
    {"base", kMetadata},
    {"title", kTitle},
    {"style", kRawText},
    {"iframe", kRawText},
    {"script", kScript},

    {"address", kBlock},
    {"article", kBlock},
    {"aside", kBlock},
    {"blockquote", kBlock},
    {"center", kBlock},
    {"details", kBlock},
    {"dir", kBlock},
    {"div", kBlock},
    {"dl", kBlock},
    {"fieldset", kBlock},
    {"figcaption", kBlock},
    {"figure", kBlock},
    {"footer", kBlock},
    {"header", kBlock},
    {"hgroup", kBlock},
    {"main", kBlock},
    {"menu", kBlock},
    {"nav", kBlock},
    {"ol", kBlock},
    {"section", kBlock},
    {"summary", kBlock},
    {"ul", kBlock},
    {"p", kParagraph},
    {"h1", kHeading},
    {"h2", kHeading},
    {"h3", kHeading},
    {"h4", kHeading},
    {"h5", kHeading},
    {"h6", kHeading},
    {"pre", kPreformatted},
    {"listing", kPreformatted},
    {"hr", kRule},
    {"li", kItem},
    {"dd", kDefinition},
    {"dt", kDefinition},

    {"a", kAnchor},
    {"b", kFormatting},
    {"big", kFormatting},
    {"code", kFormatting},
    {"em", kFormatting},
    {"font", kFormatting},
    {"i", kFormatting},
    {"s", kFormatting},
    {"small", kFormatting},
    {"strike", kFormatting},
    {"strong", kFormatting},
    {"tt", kFormatting},
    {"u", kFormatting},

    {"area", kVoid},
    {"br", kVoid},
    {"embed", kVoid},
    {"img", kVoid},
    {"wbr", kVoid},
    {"param", kVoidPart},
    {"source", kVoidPart},
    {"track", kVoidPart},
    {"applet", kObject},
    {"marquee", kObject},
    {"object", kObject},

    {"noscript", kNoscript},
    {"svg", kSvg},

    {"form", kForm},
    {"button", kButton},
    {"input", kInput},
    {"textarea", kTextarea},
    {"select", kSelect},
    {"option", kOption},
    {"optgroup", kOption},

    {"table", kTable},
    {"caption", kCaption},
    {"colgroup", kColumns},
    {"col", kColumn},
    {"tbody", kSection},
    {"thead", kSection},
    {"tfoot", kSection},
    {"tr", kRow},
    {"td", kCell},
    {"th", kCell},

    {"abbr", kOrdinary},
    {"acronym", kOrdinary},
    {"audio", kOrdinary},
    {"bdi", kOrdinary},
    {"bdo", kOrdinary},
    {"blink", kOrdinary},
    {"canvas", kOrdinary},
    {"cite", kOrdinary},
    {"data", kOrdinary},
    {"datalist", kOrdinary},
    {"del", kOrdinary},
    {"dfn", kOrdinary},
    {"ins", kOrdinary},
    {"kbd", kOrdinary},
    {"label", kOrdinary},
    {"legend", kOrdinary},
    {"map", kOrdinary},
    {"mark", kOrdinary},
    {"meter", kOrdinary},
    {"output", kOrdinary},
    {"progress", kOrdinary},
    {"q", kOrdinary},
    {"samp", kOrdinary},
    {"span", kOrdinary},
    {"sub", kOrdinary},
    {"sup", kOrdinary},
    {"time", kOrdinary},
    {"var", kOrdinary},
    {"video", kOrdinary},

    {"annotation-xml", kRefused},
    {"basefont", kRefused},
    {"bgsound", kRefused},
    {"desc", kRefused},
    {"foreignobject", kRefused},
    {"frame", kRefused},
    {"frameset", kRefused},
    {"image", kRefused},
    {"isindex", kRefused},
    {"keygen", kRefused},
    {"malignmark", kRefused},
    {"math", kRefused},
    {"menuitem", kRefused},
    {"mglyph", kRefused},
    {"mi", kRefused},
    {"mn", kRefused},
    {"mo", kRefused},
    {"ms", kRefused},
    {"mtext", kRefused},
    {"multicol", kRefused},
    {"nextid", kRefused},
    {"nobr", kRefused},
    {"noembed", kRefused},
    {"noframes", kRefused},
    {"plaintext", kRefused},
    {"rb", kRefused},
    {"rp", kRefused},
    {"rt", kRefused},
    {"rtc", kRefused},
    {"ruby", kRefused},
    {"spacer", kRefused},
    {"template", kRefused},
    {"xmp", kRefused},
});

constexpr TagInfo kUnknown{};
constexpr std::size_t kSlots = 1024;

constexpr bool is_short(std::string_view name) { return name.size() <= kWordBytes; }

// A short name in lower case, as a word holds it.
constexpr Word key_of(std::string_view name) {
  Word key = 0;
  for (std::size_t i = 0; i < name.size(); ++i)
    key |= Word{static_cast<unsigned char>(ascii::lower(name[i]))} << (8 * i);
  return key;
}

constexpr std::size_t slot_of(Word key) { return (key * 0x9E3779B97F4A7C15ULL >> 32) % kSlots; }

// Of short names. Open addressing; 0 is an empty slot, N stands for the tag N - 1.
constexpr auto kIndex = [] {
  std::array<std::uint8_t, kSlots> index{};
  for (std::size_t tag = 0; tag < kTags.size(); ++tag) {
    if (!is_short(kTags[tag].name)) continue;
    std::size_t slot = slot_of(key_of(kTags[tag].name));
    while (index[slot] != 0) slot = (slot + 1) % kSlots;
    index[slot] = static_cast<std::uint8_t>(tag + 1);
  }
  return index;
}();

constexpr auto kKeys = [] {
  std::array<Word, kTags.size()> keys{};
  for (std::size_t tag = 0; tag < kTags.size(); ++tag)
    if (is_short(kTags[tag].name)) keys[tag] = key_of(kTags[tag].name);
  return keys;
}();

const TagInfo& tag_of(Word key) {
  for (std::size_t slot = slot_of(key); kIndex[slot] != 0; slot = (slot + 1) % kSlots)
    if (const std::size_t tag = kIndex[slot] - std::size_t{1}; kKeys[tag] == key) return kTags[tag];
  return kUnknown;
}

bool ends_name(char c) { return ascii::is_html_space(c) || c == '/' || c == '>'; }

}  // namespace

const TagInfo& tag_info(std::string_view name) {
  if (is_short(name)) {
    const TagInfo& tag = tag_of(key_of(name));
    return tag.name.size() == name.size() ? tag : kUnknown;
  }
  const auto* const tag = std::find_if(
      kTags.begin(), kTags.end(), [name](const TagInfo& known) { return ascii::same(known.name, name); });
  return tag != kTags.end() ? *tag : kUnknown;
}

NamedTag read_tag_name(std::string_view source, std::size_t at) {
  if (source.size() - at >= kWordBytes) {
    const Word word = word_at(source.data() + at);
    const Word ends = marks_below(word, '0') | marks_equal(word, '>');  // and a few that end no name
    const std::size_t length = ends != 0 ? bytes_before(ends) : 0;
    // No byte but a capital letter becomes a letter by this.
    if (length > 0 && ends_name(byte_of(word, length)))
      return {&tag_of(first_bytes(word | every(0x20), length)), length};
  }
  std::size_t end = at;
  while (end < source.size() && !ends_name(source[end])) ++end;
  return {&tag_info(source.substr(at, end - at)), end - at};
}

}  // namespace boardwalk::parsers::markup
