#include "parsers/news/key_text.hpp"

#include <algorithm>

#include "parsers/simplified.hpp"
#include "parsers/text.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::news {
namespace {

char32_t narrow(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c == 0x3000 || c == 0xA0 || c == U'\t' || c == U'\n') return U' ';
  if (c == U'丨' || c == U'｜') return U'|';
  if (c == U'〔' || c == U'［') return U'[';
  if (c == U'〕' || c == U'］') return U']';
  const bool latin = (c >= U'A' && c <= U'Z') || (c >= U'À' && c <= U'Þ' && c != U'×');
  const bool cyrillic = c >= U'А' && c <= U'Я';
  return latin || cyrillic ? c + 32 : c;
}

bool is_invisible(char32_t c) { return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == kMalformed; }

bool is_pinyin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= 0xE0 && c <= 0x1F9) || (c >= 0x250 && c < 0x370);
}

// The end of a gloss whose `(` stands at `at`; `at` itself when it is none.
std::size_t behind_gloss(std::string_view line, std::size_t at) {
  std::size_t i = at;
  if (narrow(next_code_point(line, i)) != U'(') return at;
  for (int letters = 0; i < line.size(); ++letters) {
    const char32_t c = narrow(next_code_point(line, i));
    if (c == U')') return letters > 0 ? i : at;
    if (!is_pinyin(c) || letters == 6) return at;
  }
  return at;
}

}  // namespace

bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == U'〇';
}

KeyText::KeyText(std::string_view line) : line_(line) {
  const SimplifiedTable& simplified = simplified_table();
  key_.reserve(line.size());
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    const char32_t c = narrow(next_code_point(line, at));
    if (is_invisible(c) || (c == U' ' && (key_.empty() || key_.back() == U' '))) continue;
    key_ += c < 0x3400 ? c : simplified[c];
    offsets_.push_back(begin);
    if (is_han(c) && at < line.size()) at = behind_gloss(line, at);
  }
  offsets_.push_back(line.size());
}

std::string_view KeyText::original(std::size_t begin, std::size_t end) const {
  end = std::min(end, key_.size());
  if (begin >= end) return {};
  return strip(line_.substr(offsets_[begin], offsets_[end] - offsets_[begin]));
}

}  // namespace boardwalk::parsers::news
