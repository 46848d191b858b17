#include "crawler/seeds.hpp"

#include <set>

#include "config/job.hpp"
#include "crawler/follow.hpp"
#include "crawler/robots_answer.hpp"
#include "crawler/robots_cache.hpp"

namespace boardwalk::crawler {
namespace {

Offer offer_of(const Scope::Seed& seed, bool renews) {
  using parsers::LinkRole;
  Offer offer;
  offer.key = seed.key;
  offer.url = seed.url.str();
  offer.site = seed.url.site();
  offer.what.role = seed.key.role == LinkRole::kOther || seed.key.role == LinkRole::kThread
                        ? LinkRole::kListing
                        : seed.key.role;
  offer.renews = renews;
  return offer;
}

Result<void> offer_sitemaps(const store::Database& database, const HostSettings& settings, Frontier& frontier,
                            store::Batch& batch, const Scope& scope, std::int64_t now) {
  RobotsCache robots;
  std::set<std::string> sites;
  for (const auto& seed : scope.seeds()) {
    const std::string site = seed.url.site();
    if (!sites.insert(site).second) continue;
    const auto row = read_host(database, site);
    if (!row) return tl::unexpected(row.error());
    if (!*row || (*row)->robots_until <= now) continue;
    const auto held = robots.of(database, **row, product_token(settings.of(site).user_agent));
    if (!held) return tl::unexpected(held.error());
    if (*held == nullptr) continue;
    for (const auto& offer : sitemaps_to_follow(**held, scope, now))
      if (auto queued = frontier.offer(batch, offer, now); !queued) return tl::unexpected(queued.error());
  }
  return {};
}

}  // namespace

Result<bool> add_seed(Scope& scope, Frontier& frontier, store::Batch& batch, const std::string& seed,
                      std::int64_t now) {
  Scope widened = scope;
  if (auto added = widened.add_seed(seed); !added) return tl::unexpected(added.error());
  const Offer offer = offer_of(widened.seeds().back(), true);
  const bool fresh = !scope.has_site(offer.site);
  const auto foreign = frontier.is_foreign(offer.key.key);
  if (!foreign) return tl::unexpected(foreign.error());
  scope = std::move(widened);
  if (fresh)
    if (auto taken = frontier.take_in(offer.site); !taken) return tl::unexpected(taken.error());
  const auto taken = frontier.offer(batch, offer, now);
  if (!taken) return tl::unexpected(taken.error());
  return taken->queued ? Result<bool>(true) : frontier.claim(batch, offer.key.key, *foreign);
}

std::vector<std::string> seeds_of(const RunReport& run) {
  config::Job job = config::default_job();
  for (const auto& assignment : run.scope)
    if (assignment.starts_with("seeds=") && !config::set_key(job, assignment)) return {};
  return job.seeds;
}

Result<void> offer_entrances(const store::Database& database, const HostSettings& settings,
                             Frontier& frontier, store::Batch& batch, const Scope& scope,
                             const std::vector<std::string>& before, std::int64_t now) {
  std::set<std::string> known;
  for (const auto& seed : before)
    if (const auto url = parsers::parse_url(seed)) known.insert(url->str());
  std::set<std::string> named;
  for (const auto& seed : scope.seeds()) {
    const bool renews = named.insert(seed.key.key).second && !known.contains(seed.url.str());
    if (auto taken = frontier.offer(batch, offer_of(seed, renews), now); !taken)
      return tl::unexpected(taken.error());
  }
  return offer_sitemaps(database, settings, frontier, batch, scope, now);
}

}  // namespace boardwalk::crawler
