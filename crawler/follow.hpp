// Which links of a page the crawler offers to the frontier, and as what.
#pragma once

#include <optional>
#include <vector>

#include "crawler/frontier.hpp"
#include "crawler/scope.hpp"
#include "parsers/page.hpp"

namespace boardwalk::crawler {

// In the order in which they are to be offered: what a listing says of its threads comes first, since that
// decides whether its further pages are worth a look. Not among them: what is out of scope or too deep,
// attachments, profiles, and views that hold nothing of their own (print, archiver, one author only, search,
// login).
[[nodiscard]] std::vector<Frontier::Offer> links_to_follow(const parsers::ParsedPage& page,
                                                           const parsers::Url& url, const UrlRow& from,
                                                           const Scope& scope, std::int64_t max_depth);

// Where else a site may be entered when its front page, as a seed, led nowhere (a placeholder, an error):
// Discuz!'s own entrance `/forum.php`. Absent when `url` is no front page, or when that is out of scope.
[[nodiscard]] std::optional<Frontier::Offer> other_door(const parsers::Url& url, const UrlRow& from,
                                                        const Scope& scope);

}  // namespace boardwalk::crawler
