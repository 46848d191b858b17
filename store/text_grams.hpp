// The terms of the full-text index: runs of two or three characters that stand next to each other in a text.
// What holds a part of a text holds all grams of the part, so that they find every text that may match; which
// of these do, the texts themselves tell.
//
// A text is taken apart in two forms: as its fold, for --fold, and plain, for --text: each character folded
// by itself, whatever stands around it, so that a part's plain form stands in the plain form of the whole.
// For most texts the two are one. A gram is two characters where one of them is of the East Asian scripts
// (U+2E80 and behind), three elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::store {

// What a document of this text is found by; sorted, each once.
[[nodiscard]] std::vector<std::string> grams_of_text(std::string_view text);

// What every text that holds these bytes has; sorted, each once. Empty when the index cannot tell: too short,
// nothing but punctuation, or no UTF-8.
[[nodiscard]] std::vector<std::string> grams_of_part(std::string_view part);
// The same of texts whose fold holds this fold.
[[nodiscard]] std::vector<std::string> grams_of_fold(std::string_view fold);

}  // namespace boardwalk::store
