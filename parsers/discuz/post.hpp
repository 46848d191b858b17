// One post of a thread page: who wrote it, when, on which floor, with which words and what others added to
// it.
#pragma once

#include <optional>
#include <string>

#include "parsers/discuz/context.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

struct ReadPost {
  Post post;                // without its thread, board and page, which the page knows
  bool stuck = false;       // printed at the top of page 1, out of its order (`来自 18#`, `推荐`)
  bool numbered = false;    // the page prints a floor, in words or digits, that could be read
  bool worded = false;      // that floor is a word, which a forum may use for another one
  bool has_author = false;  // a name, or a sign that there is none to be known
  bool has_time = false;    // perhaps one that cannot be read
  bool has_words = false;   // a message, or the notice that stands for it
};

[[nodiscard]] ReadPost read_post(const Context& context, const PostParts& parts);

// 楼主, 沙发, 板凳, 地板 as 1 to 4; `5#`, `5楼`, `来自 18#` as their number; nullopt for words of a forum's
// own.
[[nodiscard]] std::optional<int> read_floor(std::string_view words);

}  // namespace boardwalk::parsers::discuz
