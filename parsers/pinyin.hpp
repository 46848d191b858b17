// Hanyu Pinyin (ISO 7098): the syllables that gloss a Chinese character.
#pragma once

#include <string_view>

namespace boardwalk::parsers {

// Whether these letters are one syllable, in lower case and with whatever tone marks; `ü` may be written `v` or
// `u`, and the shapes of `a` and `g` that dictionaries print count as the letters. REQUIRES: UTF-8.
[[nodiscard]] bool is_pinyin_syllable(std::string_view letters);

}  // namespace boardwalk::parsers
