// Everything that people say in the sample forum, made up from word lists and templates: no sentence comes
// from a real site. All characters stand in GBK. Deterministic: the dice decide.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/dice.hpp"

namespace boardwalk::sample {

[[nodiscard]] std::string sentence(Dice& dice);
[[nodiscard]] std::string sentences(Dice& dice, int count);

// "顶", "谢谢分享": replies that many people write word for word.
[[nodiscard]] std::string short_reply(Dice& dice);

[[nodiscard]] std::string thread_title(Dice& dice);
[[nodiscard]] std::string headline(Dice& dice);
[[nodiscard]] std::string news_paragraph(Dice& dice);

// A person of the town, without a title: for bylines.
[[nodiscard]] std::string byline(Dice& dice);

// One thing, place or pursuit: for list items, poll options, table cells, goods.
[[nodiscard]] std::string thing(Dice& dice);
[[nodiscard]] std::string place(Dice& dice);
[[nodiscard]] std::string pursuit(Dice& dice);

// Fixed lists; an index past the end starts again with a number added.
[[nodiscard]] std::string member_name(std::size_t index);
[[nodiscard]] std::string board_name(std::size_t index);
[[nodiscard]] std::string board_description(std::size_t index);

// What Discuz's anti-copy switch mixes into a page: random ASCII, never two times the same.
[[nodiscard]] std::string jammer_noise(Dice& dice);

}  // namespace boardwalk::sample
