// A line as labels are looked for in it: simplified characters, full-width forms narrow, pinyin glosses out,
// white space as single blanks, Latin and Cyrillic in lower case. Each character knows where it stands in the
// line, so that what a label names is taken as the page prints it (`來(lái)源：某某網(wǎng)` has the label
// `来源:` and the value `某某網(wǎng)`).
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::parsers::news {

class KeyText {
 public:
  explicit KeyText(std::string_view line);

  [[nodiscard]] std::u32string_view view() const { return key_; }
  // The line's own characters for key characters [begin, end), stripped. Valid as long as the line.
  [[nodiscard]] std::string_view original(std::size_t begin,
                                          std::size_t end = std::u32string_view::npos) const;

 private:
  std::string_view line_;
  std::u32string key_;
  std::vector<std::size_t> offsets_;  // of each key character in the line; one more at the end
};

[[nodiscard]] bool is_han(char32_t c);

template <std::size_t N>
[[nodiscard]] bool begins_with_one_of(std::u32string_view text,
                                      const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::u32string_view word) { return text.starts_with(word); });
}

}  // namespace boardwalk::parsers::news
