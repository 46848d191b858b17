#include "crawler/follow.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;

constexpr std::size_t kMostSitemaps = 1000;  // of one robots.txt; an index names more

// What the frontier has to know of a link that its spelling does not tell.
LinkRole plain_role(LinkRole role) {
  switch (role) {
    case LinkRole::kExternal:
      return LinkRole::kOther;
    case LinkRole::kLastPage:
      return LinkRole::kPage;
    case LinkRole::kSubBoard:
      return LinkRole::kBoard;
    default:
      return role;
  }
}

bool wanted(LinkRole role) {
  switch (role) {
    case LinkRole::kIndex:
    case LinkRole::kBoard:
    case LinkRole::kThread:
    case LinkRole::kNextPage:
    case LinkRole::kPage:
    case LinkRole::kArticle:
    case LinkRole::kListing:
    case LinkRole::kExternal:  // to another site, which scope.hosts may name
    case LinkRole::kOther:
    case LinkRole::kLastPage:
    case LinkRole::kSubBoard:
      return true;
    default:
      return false;
  }
}

bool turns_page(LinkRole role) { return role == LinkRole::kNextPage || role == LinkRole::kPage; }

}  // namespace

Following links_to_follow(const Step& step, const parsers::Url& url, const UrlRow& from, const Scope& scope,
                          std::int64_t now) {
  Following following;
  const parsers::PageKey from_key = parsers::page_key(url);
  std::unordered_set<std::string> seen{from_key.key};
  std::unordered_map<std::string, const parsers::Thread*> rows;
  for (const auto& thread : step.page->threads) rows.emplace(thread.thread_id, &thread);
  for (const auto& link : step.page->links) {
    if (!wanted(link.role)) continue;
    const auto target = parsers::parse_url(link.url);
    if (!target) continue;
    Frontier::Offer offer;
    offer.key = parsers::page_key(*target);
    offer.depth = from.depth + (turns_page(plain_role(link.role)) ? 0 : 1);
    const LinkRole told = plain_role(link.role);
    offer.what.role = offer.key.role != LinkRole::kOther ? offer.key.role : told;
    const LinkRole role = turns_page(offer.what.role) ? static_cast<LinkRole>(from.role) : offer.what.role;
    const auto refusal = scope.refusal({from_key, *target, offer.key, role, offer.depth}, now);
    if (!refusal.empty()) {
      ++following.kept_out[refusal];
      continue;
    }
    // The same page by another spelling is offered again: the frontier remembers a few.
    if (offer.key.key == from_key.key || !seen.insert(offer.key.key + ' ' + link.url).second) continue;
    offer.url = link.url;
    offer.site = target->site();
    offer.what.listed = link.listed;
    if (const auto at = step.modified.find(link.url); at != step.modified.end())
      offer.what.modified = at->second;
    const auto row = link.listed && offer.key.thread_id ? rows.find(*offer.key.thread_id) : rows.end();
    if (row != rows.end()) {
      offer.what.replies = row->second->replies;
      offer.what.sticky = row->second->sticky.has_value();
    }
    offer.via = from_key.key;
    following.offers.push_back(std::move(offer));
  }
  std::stable_partition(following.offers.begin(), following.offers.end(),
                        [](const auto& offer) { return offer.what.listed.has_value(); });
  return following;
}

std::vector<Frontier::Offer> sitemaps_to_follow(const Robots& robots, const Scope& scope, std::int64_t now) {
  std::vector<Frontier::Offer> offers;
  if (!scope.wants_sitemaps()) return offers;
  const parsers::PageKey nowhere;
  for (const auto& sitemap : robots.sitemaps()) {
    const auto url = parsers::parse_url(sitemap);
    if (!url) continue;
    Frontier::Offer offer;
    offer.key = parsers::page_key(*url);
    offer.url = url->str();
    offer.site = url->site();
    offer.what.role = LinkRole::kListing;
    if (scope.refusal({nowhere, *url, offer.key, offer.what.role, 0}, now).empty())
      offers.push_back(std::move(offer));
    if (offers.size() == kMostSitemaps) break;
  }
  return offers;
}

std::optional<Frontier::Offer> other_door(const parsers::Url& url, const UrlRow& from, const Scope& scope) {
  if (url.path != "/" || !url.query.empty() || !from.via.empty()) return std::nullopt;
  const auto target = parsers::resolve_url(url, "/forum.php");
  const parsers::PageKey from_key = parsers::page_key(url);
  Frontier::Offer offer;
  offer.key = parsers::page_key(*target);
  if (offer.key.key == from_key.key || !scope.admits(from_key, *target, offer.key)) return std::nullopt;
  offer.url = target->str();
  offer.site = target->site();
  offer.what.role = LinkRole::kIndex;
  offer.depth = from.depth;
  offer.via = from_key.key;
  return offer;
}

}  // namespace boardwalk::crawler
