// Which links of a page the crawler offers to the frontier, and as what.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "crawler/offer.hpp"
#include "crawler/robots.hpp"
#include "crawler/rows.hpp"
#include "crawler/scope.hpp"
#include "crawler/step.hpp"
#include "parsers/page.hpp"

namespace boardwalk::crawler {

struct Following {
  // In the order in which they are to be offered: what a listing says of its threads comes first, since that
  // decides whether its further pages are worth a look.
  std::vector<Offer> offers;
  std::map<std::string_view, int> kept_out;  // links by what kept them out (Scope::refusal, or `nofollow`)
};

// The links of a step's page at `url`, but for attachments, profiles and what is never fetched; of a seed,
// the feeds that it names too. `fetch` is what the job says of its host, `now` is epoch ms. REQUIRES:
// step.page.
[[nodiscard]] Following links_to_follow(const Step& step, const parsers::Url& url, const UrlRow& from,
                                        const Scope& scope, const config::Job::Fetch& fetch,
                                        std::int64_t now);

// The sitemaps that a robots.txt names, as far as they are in scope; none when the job wants none.
[[nodiscard]] std::vector<Offer> sitemaps_to_follow(const Robots& robots, const Scope& scope,
                                                    std::int64_t now);

// Where else a site may be entered when its front page, as a seed, led nowhere (a placeholder, an error):
// Discuz!'s own entrance `/forum.php`. Absent when `url` is no front page, or when that is out of scope.
[[nodiscard]] std::optional<Offer> other_door(const parsers::Url& url, const UrlRow& from,
                                              const Scope& scope);

}  // namespace boardwalk::crawler
