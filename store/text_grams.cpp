#include "store/text_grams.hpp"

#include <algorithm>

#include "parsers/fold.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::store {
namespace {

constexpr char32_t kEastAsian = 0x2E80;

std::u32string characters_of(std::string_view utf8) {
  std::u32string characters;
  characters.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) characters += parsers::next_code_point(utf8, at);
  return characters;
}

char32_t folded_alone(char32_t c) {
  std::string utf8;
  parsers::append_code_point(c, utf8);
  const std::u32string folded = characters_of(parsers::fold(utf8));
  return folded.size() == 1 ? folded.front() : 0;
}

// What each character folds to by itself; 0: nothing, or more than one. Filled as it is asked.
class PlainTable {
 public:
  char32_t operator[](char32_t c) {
    if (c >= basic_.size()) return c == parsers::kMalformed ? 0 : folded_alone(c);
    if (basic_[c] == kUnknown) basic_[c] = folded_alone(c);
    return basic_[c];
  }

 private:
  static constexpr char32_t kUnknown = parsers::kMalformed;
  std::vector<char32_t> basic_ = std::vector<char32_t>(0x10000, kUnknown);
};

std::u32string plain_form(std::string_view text) {
  thread_local PlainTable table;
  std::u32string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();)
    if (const char32_t c = table[parsers::next_code_point(text, at)]; c != 0) plain += c;
  return plain;
}

void add_grams(std::u32string_view characters, std::vector<std::string>& grams) {
  for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
    const bool pair = characters[i] >= kEastAsian || characters[i + 1] >= kEastAsian;
    const std::u32string_view gram = characters.substr(i, pair ? 2 : 3);
    if (!pair && gram.size() < 3) continue;
    std::string& term = grams.emplace_back();
    for (const char32_t c : gram) parsers::append_code_point(c, term);
  }
}

std::vector<std::string> each_once(std::vector<std::string> grams) {
  std::sort(grams.begin(), grams.end());
  grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
  return grams;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (parsers::next_code_point(text, at) == parsers::kMalformed) return false;
  return true;
}

}  // namespace

std::vector<std::string> grams_of_text(std::string_view text) {
  const std::u32string folded = characters_of(parsers::fold(text));
  const std::u32string plain = plain_form(text);
  std::vector<std::string> grams;
  add_grams(folded, grams);
  if (plain != folded) add_grams(plain, grams);
  return each_once(std::move(grams));
}

std::vector<std::string> grams_of_part(std::string_view part) {
  std::vector<std::string> grams;
  if (is_utf8(part)) add_grams(plain_form(part), grams);
  return each_once(std::move(grams));
}

std::vector<std::string> grams_of_fold(std::string_view fold) {
  std::vector<std::string> grams;
  add_grams(characters_of(fold), grams);
  return each_once(std::move(grams));
}

}  // namespace boardwalk::store
