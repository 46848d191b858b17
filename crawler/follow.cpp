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

// What holds a board or a thread together: without it pages would be lost.
bool is_of_a_forum(LinkRole role) {
  const LinkRole plain = plain_role(role);
  return plain == LinkRole::kIndex || plain == LinkRole::kBoard || plain == LinkRole::kThread ||
         turns_page(plain);
}

// Makes offers of one page's links, or counts what keeps them out.
class Chooser {
 public:
  Chooser(const Step& step, const parsers::Url& url, const UrlRow& from, const Scope& scope, std::int64_t now)
      : url_(url),
        from_key_(parsers::page_key(url)),
        lists_threads_(!step.page->threads.empty() && step.page->posts.empty()),
        from_(from),
        scope_(scope),
        now_(now) {
    for (const auto& thread : step.page->threads) {
      rows_.emplace(thread.thread_id, &thread);
      if (thread.parser == parsers::site_parser_version()) rows_.emplace(thread.url.value_or(""), &thread);
    }
    seen_.insert(from_key_.key);
  }

  void keep_out(std::string_view reason) { ++following_.kept_out[reason]; }

  void add(const parsers::Link& link) {
    if (link.view) return keep_out("view");
    const auto target = parsers::resolve_url(url_, link.url);  // absolute already; most are of this site
    if (!target) return;
    Offer offer;
    offer.key = parsers::page_key(*target);
    const LinkRole told = plain_role(link.role);
    offer.depth = from_.depth + (turns_page(told) && !is_of_another(offer.key) ? 0 : 1);
    offer.what.role = offer.key.role != LinkRole::kOther ? offer.key.role : told;
    const LinkRole role = turns_page(offer.what.role) ? from_.link_role() : offer.what.role;
    const auto refusal = scope_.refusal({from_key_, *target, offer.key, role, offer.depth}, now_);
    if (!refusal.empty()) return keep_out(refusal);
    // The same page by another spelling is offered again: the frontier remembers a few.
    if (offer.key.key == from_key_.key || !seen_.insert(offer.key.key + ' ' + link.url).second) return;
    offer.url = link.url;
    offer.site = target->site();
    offer.via = from_key_.key;
    tell_what_is_known(link, offer);
    following_.offers.push_back(std::move(offer));
  }

  Following chosen() && {
    std::stable_partition(following_.offers.begin(), following_.offers.end(),
                          [](const auto& offer) { return offer.what.listed.has_value(); });
    return std::move(following_);
  }

 private:
  // A later page of a thread may stand in a board's row, which turns no page of the board.
  [[nodiscard]] bool is_of_another(const parsers::PageKey& key) const {
    if (!key.thread_id) return false;
    return from_key_.thread_id ? key.thread_id != from_key_.thread_id : lists_threads_;
  }

  void tell_what_is_known(const parsers::Link& link, Offer& offer) const {
    offer.what.listed = link.listed;
    offer.what.modified = link.modified;
    if (!link.listed) return;
    const auto row = rows_.find(offer.key.thread_id.value_or(link.url));
    if (row == rows_.end()) return;
    if (!offer.key.thread_id) offer.what.thread_id = row->second->thread_id;
    offer.what.replies = row->second->replies;
    offer.what.sticky = row->second->sticky.has_value();
  }

  const parsers::Url& url_;
  const parsers::PageKey from_key_;
  const bool lists_threads_;
  const UrlRow& from_;
  const Scope& scope_;
  const std::int64_t now_;
  std::unordered_set<std::string> seen_;
  std::unordered_map<std::string, const parsers::Thread*> rows_;  // by id; of a site file's by URL, too
  Following following_;
};

}  // namespace

Following links_to_follow(const Step& step, const parsers::Url& url, const UrlRow& from, const Scope& scope,
                          const config::Job::Fetch& fetch, std::int64_t now) {
  Chooser chooser(step, url, from, scope, now);
  for (const auto& link : step.page->links) {
    if (!wanted(link.role)) continue;
    if (link.nofollow && fetch.obey_nofollow && !is_of_a_forum(link.role))
      chooser.keep_out("nofollow");
    else
      chooser.add(link);
  }
  if (from.depth == 0 && scope.wants_sitemaps())
    for (const auto& feed : step.page->feeds) chooser.add({feed, LinkRole::kListing, std::nullopt});
  return std::move(chooser).chosen();
}

std::vector<Offer> sitemaps_to_follow(const Robots& robots, const Scope& scope, std::int64_t now) {
  std::vector<Offer> offers;
  if (!scope.wants_sitemaps()) return offers;
  const parsers::PageKey nowhere;
  for (const auto& sitemap : robots.sitemaps()) {
    const auto url = parsers::parse_url(sitemap);
    if (!url) continue;
    Offer offer;
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

std::optional<Offer> other_door(const parsers::Url& url, const UrlRow& from, const Scope& scope) {
  if (url.path != "/" || !url.query.empty() || !from.via.empty()) return std::nullopt;
  const auto target = parsers::resolve_url(url, "/forum.php");
  const parsers::PageKey from_key = parsers::page_key(url);
  Offer offer;
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
