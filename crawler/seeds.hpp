// The pages that a crawl enters a site by.
#pragma once

#include <cstdint>

#include "crawler/frontier.hpp"
#include "crawler/scope.hpp"

namespace boardwalk::crawler {

// Offers a seed to the frontier. Seeds are where the news comes in: they are looked at like listings.
[[nodiscard]] Result<Frontier::Taken> offer_seed(Frontier& frontier, store::Batch& batch,
                                                 const Scope::Seed& seed, std::int64_t now);

}  // namespace boardwalk::crawler
