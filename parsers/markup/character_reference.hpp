// `&amp;`, `&#160;`, `&#xA0;` (HTML §13.2.5.72); of the named ones those that pages use, written whole. What
// is left out is the business of gumbo, which has the whole table.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace boardwalk::parsers::markup {

struct Reference {
  std::array<char, 4> characters{};  // UTF-8
  std::size_t size = 0;              // how many of them
  std::size_t length = 0;            // of the reference in the source
};

// What the '&' at the front of `text` begins; a plain '&' where it surely begins nothing, as between the
// parameters of an URL in an attribute. nullopt: not told here.
[[nodiscard]] std::optional<Reference> read_reference(std::string_view text, bool in_attribute);

}  // namespace boardwalk::parsers::markup
