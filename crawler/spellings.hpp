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

// The next one takes the place of the one that is asked for, which leads nowhere. False when there is none.
[[nodiscard]] bool drop_spelling(UrlRow& row);

// Where nothing answers, another port of the host may: the next spelling of another scheme is asked for, and
// the one so far comes last.
void change_scheme(UrlRow& row);

}  // namespace boardwalk::crawler
