// The articles of the little news site beside the forum. Two of them are copies: one carries the words of a
// forum post, one is another article in traditional characters with pinyin behind every changed one (see
// mirror.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/support/model.hpp"

namespace boardwalk::sample {

struct Section {
  std::string_view path;
  std::string_view name;
};
inline constexpr std::array<Section, 3> kSections = {{{"town", "本地"}, {"life", "生活"}, {"river", "江上"}}};

// Day 1's articles, oldest first. The copy and the mirror are there from two and four articles on.
[[nodiscard]] std::vector<Article> first_articles(const Model& model);

// The opening post that an article copies: days leave its thread alone. 0: none.
[[nodiscard]] std::int64_t copied_pid(const Model& model);

// Adds and edits as the day plan says; copies and their originals stay as they are.
void play_news(const Model& model, std::vector<Article>& articles, int day, DayChanges& changes);

}  // namespace boardwalk::sample
