// By which of its spellings a page is asked for: UrlRow::url, and UrlRow::others as those that may come next.
// Pure functions of the row.
#pragma once

#include <string>

#include "crawler/rows.hpp"

namespace boardwalk::crawler {

// Keeps a further spelling, up to three of them. True when the row changed.
[[nodiscard]] bool add_spelling(UrlRow& row, const std::string& url);

// The page is asked for by this one from now on, without what an answer to another one gave to ask with. True
// when the row changed.
[[nodiscard]] bool renew_spelling(UrlRow& row, const std::string& url);

// For the next two `asked` is the spelling that the page was just asked for by. When a seed has renewed it
// meanwhile, the seed's comes next anyway, and the row stays as it is.

// `asked` leads nowhere: another one is asked for. False when there is none.
[[nodiscard]] bool drop_spelling(UrlRow& row, const std::string& asked);

// Where nothing answers, another port of the host may: the next spelling of another scheme is asked for, and
// the one so far comes last.
void change_scheme(UrlRow& row, const std::string& asked);

}  // namespace boardwalk::crawler
