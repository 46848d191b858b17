// What pages for reading say of a record, in whatever markup: times with the digits that are known, titles,
// marks.
#pragma once

#include <string>
#include <vector>

#include "parsers/records.hpp"

namespace boardwalk::store {

// `2024-05-01 08:30`: the site's own wall clock, with the digits that the page printed.
[[nodiscard]] std::string printed(const parsers::Moment& moment);

[[nodiscard]] std::string title_of(const parsers::Thread& thread);
[[nodiscard]] std::string title_of(const parsers::Article& article);
[[nodiscard]] std::string author_of(const parsers::Post& post);

// `edited 2024-05-01 08:30 by 阿明`, `version 2`, `blocked`, `gone since …`: what stands beside a post's
// author.
[[nodiscard]] std::vector<std::string> marks_of(const parsers::Post& post);
// `威望 +5 by 阿明: 好文`
[[nodiscard]] std::string words_of(const parsers::Rating& rating);
// The line below a thread's title: `by 阿明 · 2024-05-01 08:30 · 4 replies · 138 views · 5 posts archived`.
[[nodiscard]] std::vector<std::string> facts_of(const parsers::Thread& thread);
[[nodiscard]] std::vector<std::string> facts_of(const parsers::Article& article);

}  // namespace boardwalk::store
