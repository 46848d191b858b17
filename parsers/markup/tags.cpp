#include "parsers/markup/tags.hpp"

#include <algorithm>
#include <array>

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
constexpr std::size_t kLongest = 14;
constexpr std::size_t kSlots = 1024;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Of the length and three letters, which tell most names apart. REQUIRES: a name of some letter.
constexpr std::size_t slot_of(std::string_view name) {
  std::size_t hash = name.size();
  for (const char c : {name.front(), name[name.size() / 2], name.back()})
    hash = hash * 31 + (static_cast<unsigned char>(c) | 0x20U);  // the same in either case
  return hash % kSlots;
}

// Open addressing; 0 is an empty slot, N stands for the tag N - 1.
constexpr auto kIndex = [] {
  std::array<std::uint8_t, kSlots> index{};
  for (std::size_t tag = 0; tag < kTags.size(); ++tag) {
    std::size_t slot = slot_of(kTags[tag].name);
    while (index[slot] != 0) slot = (slot + 1) % kSlots;
    index[slot] = static_cast<std::uint8_t>(tag + 1);
  }
  return index;
}();

bool same(std::string_view known, std::string_view name) {
  return known.size() == name.size() && std::equal(known.begin(), known.end(), name.begin(),
                                                   [](char a, char b) { return a == b || a == lower(b); });
}

}  // namespace

const TagInfo& tag_info(std::string_view name) {
  if (name.empty() || name.size() > kLongest) return kUnknown;
  for (std::size_t slot = slot_of(name); kIndex[slot] != 0; slot = (slot + 1) % kSlots)
    if (const TagInfo& tag = kTags[kIndex[slot] - std::size_t{1}]; same(tag.name, name)) return tag;
  return kUnknown;
}

}  // namespace boardwalk::parsers::markup
