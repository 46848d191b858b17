// The fold: a text reduced to what survives copying, so that a copy has its original's fold. In this order:
// NFKC; traditional → simplified character by character (OpenCC's TSCharacters table, its first reading);
// pinyin glosses out (a parenthesis, of either width, that holds one syllable with or without tone marks, not
// all of it plain capitals, straight behind a Han character or another gloss of it, as in `來(lái)源` but not
// in `手机(iPhone)` or `答案(A)`); everything that is neither letter nor digit out (Unicode L*, N*, and
// combining marks of kept letters); lower case.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace boardwalk::parsers {

// REQUIRES: UTF-8; invalid bytes count as U+FFFD, which is dropped.
[[nodiscard]] std::string fold(std::string_view text);

// Characters (code points) of a UTF-8 text.
[[nodiscard]] std::size_t length(std::string_view utf8);

}  // namespace boardwalk::parsers
