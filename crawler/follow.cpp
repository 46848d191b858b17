#include "crawler/follow.hpp"

#include <algorithm>
#include <unordered_set>

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;

bool wanted(LinkRole role) {
  switch (role) {
    case LinkRole::kIndex:
    case LinkRole::kBoard:
    case LinkRole::kThread:
    case LinkRole::kNextPage:
    case LinkRole::kPage:
    case LinkRole::kArticle:
    case LinkRole::kListing:
    case LinkRole::kOther:
      return true;
    default:
      return false;
  }
}

bool turns_page(LinkRole role) { return role == LinkRole::kNextPage || role == LinkRole::kPage; }

}  // namespace

std::vector<Frontier::Offer> links_to_follow(const parsers::ParsedPage& page, const parsers::Url& url,
                                             const UrlRow& from, const Scope& scope, std::int64_t max_depth) {
  std::vector<Frontier::Offer> offers;
  if (page.nofollow) return offers;
  const parsers::PageKey from_key = parsers::page_key(url);
  std::unordered_set<std::string> seen{from_key.key};
  for (const auto& link : page.links) {
    if (!wanted(link.role)) continue;
    const auto target = parsers::parse_url(link.url);
    if (!target) continue;
    Frontier::Offer offer;
    offer.key = parsers::page_key(*target);
    offer.depth = from.depth + (turns_page(link.role) ? 0 : 1);
    if (!offer.key.follow || offer.depth > max_depth || !scope.admits(from_key, *target, offer.key)) continue;
    // The same page by another spelling is offered again: the frontier remembers a few.
    if (offer.key.key == from_key.key || !seen.insert(offer.key.key + ' ' + link.url).second) continue;
    offer.url = link.url;
    offer.site = target->site();
    offer.what.role = offer.key.role != LinkRole::kOther ? offer.key.role : link.role;
    offer.what.listed = link.listed;
    offer.via = from_key.key;
    offers.push_back(std::move(offer));
  }
  std::stable_partition(offers.begin(), offers.end(),
                        [](const auto& offer) { return offer.what.listed.has_value(); });
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
