#include "made_up_posts.hpp"

#include <algorithm>
#include <random>

#include "parsers/utf8.hpp"

namespace boardwalk::store {
namespace {

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {
    for (int i = 0; i < 3000; ++i) {
      std::u32string word;
      for (int size = 1 + below(3); size > 0; --size) word += static_cast<char32_t>(0x4E00 + below(2500));
      words_.push_back(word);
    }
  }

  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(engine_); }
  const std::u32string& word() {
    return words_[static_cast<std::size_t>(below(static_cast<int>(words_.size())))];
  }

  std::u32string text() {
    std::u32string text;
    for (int size = 30 + below(370); static_cast<int>(text.size()) < size;) {
      text += word();
      if (below(8) == 0) text += U'，';
    }
    return text;
  }

  std::u32string edited(std::u32string text) {
    for (int edits = 1 + below(below(4) == 0 ? 30 : 4); edits > 0; --edits) edit(text);
    return text;
  }

 private:
  void edit(std::u32string& text) {
    const auto at = static_cast<std::size_t>(below(static_cast<int>(text.size())));
    switch (below(4)) {
      case 0:
        text[at] = static_cast<char32_t>(0x4E00 + below(2500));
        return;
      case 1:
        text.insert(at, word());
        return;
      case 2:
        if (text.size() > 30) text.erase(at, static_cast<std::size_t>(1 + below(3)));
        return;
      default:
        std::rotate(text.begin(), text.begin() + below(static_cast<int>(text.size()) / 8 + 1), text.end());
    }
  }

  std::mt19937 engine_;
  std::vector<std::u32string> words_;
};

std::string utf8(const std::u32string& text) {
  std::string bytes;
  for (const char32_t c : text) parsers::append_code_point(c, bytes);
  return bytes;
}

}  // namespace

std::vector<std::string> made_up_posts(int count, unsigned seed) {
  Draw draw(seed);
  std::vector<std::u32string> texts;
  while (static_cast<int>(texts.size()) < count) {
    const bool copies = !texts.empty() && draw.below(2) == 0;
    const auto of = copies ? static_cast<std::size_t>(draw.below(static_cast<int>(texts.size()))) : 0;
    texts.push_back(copies ? draw.edited(texts[of]) : draw.text());
  }
  std::vector<std::string> posts;
  for (const auto& text : texts) posts.push_back(utf8(text));
  return posts;
}

}  // namespace boardwalk::store
