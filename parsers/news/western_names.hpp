// Writers' names in what a page in another language than Chinese prints: `By Ann Gull, Staff Writer and Lee
// Tern | 3 May`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::parsers::news {

// Off the front of `text`, whatever of these stands there: a label, or a preposition with the words that say
// what was done, if any (`Posted by`, `Erstellt von`, `Publié par`). False, and nothing taken, where none does.
bool drop_opening(std::string_view& text);

// Those in `text` that are not among `names` yet, without offices, times and labels.
void add_names(std::string_view text, std::vector<std::string>& names);

// Each word begins as names do; `de`, `von` and their like may stand between.
[[nodiscard]] bool looks_like_name(std::string_view name);

}  // namespace boardwalk::parsers::news
