// The elements that HTML knows, by what its tree construction does with them (HTML §13.2.6), as far as
// PlainBuilder goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace boardwalk::parsers::markup {

enum class TagKind : std::uint8_t {
  kOrdinary,  // span, label, …, and every element that HTML does not know
  kRefused,   // left to gumbo: math, template, frameset, ruby, …
  kHtml,
  kHead,
  kBody,
  kMetadata,  // void elements of the head: meta, link, base, …
  kTitle,
  kRawText,  // style, iframe, xmp, noembed
  kScript,
  kBlock,  // ends a paragraph: div, ul, section, …
  kParagraph,
  kHeading,
  kPreformatted,
  kForm,
  kItem,        // li
  kDefinition,  // dd, dt
  kButton,
  kAnchor,      // a
  kFormatting,  // b, font, …
  kObject,      // applet, marquee, object
  kVoid,        // img, br, …
  kInput,
  kVoidPart,  // param, source, track
  kRule,      // hr
  kTextarea,
  kNoscript,
  kSvg,
  kForeign,  // what stands in <svg>
  kSelect,
  kOption,  // option, optgroup
  kTable,
  kCaption,
  kColumns,  // colgroup
  kColumn,   // col
  kSection,  // tbody, thead, tfoot
  kRow,
  kCell,
};

struct TagInfo {
  std::string_view name;  // in lower case; of an unknown element empty
  TagKind kind = TagKind::kOrdinary;
};

// One TagInfo per name, so that addresses tell elements apart; all unknown names share one. `name` is in any
// case.
[[nodiscard]] const TagInfo& tag_info(std::string_view name);

struct NamedTag {
  const TagInfo* tag;
  std::size_t length;  // of its name
};
// What the tag is whose name begins at `at`; white space, '/', '>' or the source's end end it. REQUIRES: a
// letter stands there.
[[nodiscard]] NamedTag read_tag_name(std::string_view source, std::size_t at);

}  // namespace boardwalk::parsers::markup
