// Which links of a page the crawler offers to the frontier, and as what.
#pragma once

#include <optional>
#include <vector>

#include "crawler/frontier.hpp"
#include "crawler/scope.hpp"
#include "parsers/page.hpp"

namespace boardwalk::crawler {

// In the order in which they are to be offered: what a listing says of its threads comes first, since that
// decides whether its further pages are worth a look. Links out of scope, too deep, to other forms of a page
// (print, archiver, one author only) or, on a forum's page, to anything but its index, boards, threads and
// articles are not among them.
[[nodiscard]] std::vector<Frontier::Offer> links_to_follow(const parsers::ParsedPage& page,
                                                           const parsers::Url& url, const UrlRow& from,
                                                           const Scope& scope, std::int64_t max_depth);

// Where else a site may be entered when its front page, as a seed, led nowhere (a placeholder, an error):
// Discuz!'s own entrance `/forum.php`. Absent when `url` is no front page, or when that is out of scope.
[[nodiscard]] std::optional<Frontier::Offer> other_door(const parsers::Url& url, const UrlRow& from,
                                                        const Scope& scope);

}  // namespace boardwalk::crawler
