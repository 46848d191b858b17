// Labels and people's names in a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/news/key_text.hpp"

namespace boardwalk::parsers::news {

// Where the value behind the first of the labels begins; npos when the line has none. A label counts only
// where a `:`,
// `|`, `/`, `】` or blank follows, or where `bare` allows that nothing does, and where `suits`, asked with what
// stands before the label, does not refuse it.
[[nodiscard]] std::size_t behind_label(std::u32string_view key,
                                       const std::vector<std::u32string_view>& labels, bool bare = false,
                                       bool (*suits)(std::u32string_view before) = nullptr);

// The names in key characters [begin, end): split at blanks and list marks, role words (`记者`, `通讯员`,
// `文/`) and what stands before them dropped. Empty when something there is no name.
[[nodiscard]] std::vector<std::string> names_in(const KeyText& line, std::size_t begin, std::size_t end);

// Where a value that began at `begin` ends: at a bracket that did not open in it, a bar, or the next label of
// the line.
[[nodiscard]] std::size_t value_end(std::u32string_view key, std::size_t begin);

}  // namespace boardwalk::parsers::news
