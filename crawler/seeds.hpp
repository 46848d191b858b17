// The pages that a crawl enters a site by.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crawler/frontier.hpp"
#include "crawler/host_settings.hpp"
#include "crawler/report.hpp"
#include "crawler/scope.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// Takes a further seed into the scope while a run goes on, to be asked for by its own spelling from now on,
// also where another job left it in the queue. Seeds are where the news comes in: they are looked at like
// listings. Whether it was queued; kUsage as Scope::add_seed().
[[nodiscard]] Result<bool> add_seed(Scope& scope, Frontier& frontier, store::Batch& batch,
                                    const std::string& seed, std::int64_t now);

// The seeds that the job of that run named.
[[nodiscard]] std::vector<std::string> seeds_of(const RunReport& run);

// Offers what a run begins with: the seeds of the scope, and the sitemaps that the robots.txt files of their
// hosts name; of one that is yet to be fetched, the step that brings it offers them. A seed that was among
// those of the job's last run (`before`) leaves the page the spelling that it came to since, and of several
// spellings of one page the first counts.
[[nodiscard]] Result<void> offer_entrances(const store::Database& database, const HostSettings& settings,
                                           Frontier& frontier, store::Batch& batch, const Scope& scope,
                                           const std::vector<std::string>& before, std::int64_t now);

}  // namespace boardwalk::crawler
