#include "crawler/seeds.hpp"

namespace boardwalk::crawler {

Result<Frontier::Taken> offer_seed(Frontier& frontier, store::Batch& batch, const Scope::Seed& seed,
                                   std::int64_t now) {
  using parsers::LinkRole;
  Frontier::Offer offer;
  offer.key = seed.key;
  offer.url = seed.url.str();
  offer.site = seed.url.site();
  offer.what.role = seed.key.role == LinkRole::kOther || seed.key.role == LinkRole::kThread
                        ? LinkRole::kListing
                        : seed.key.role;
  return frontier.offer(batch, offer, now);
}

}  // namespace boardwalk::crawler
