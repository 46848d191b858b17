// What an answer means for its host: how long it is left in peace, and whether it is in trouble.
#pragma once

#include <string>

#include "crawler/fetcher.hpp"
#include "crawler/frontier.hpp"

namespace boardwalk::crawler {

// Whether an answer counts for or against the host (pace.hpp). That robots.txt stands elsewhere does neither:
// what comes of it, the last request of such a chain tells.
enum class Verdict { kFor, kAgainst, kNeither };

// Changes the host's row by an answer to one of its requests. Delay, block and setting aside follow. `fetch`
// is what the job says of the host. REQUIRES: the request's lease is held.
[[nodiscard]] Result<void> note_answer(Frontier& frontier, const Lease& lease, const FetchResult& answer,
                                       Verdict verdict, const config::Job::Fetch& fetch,
                                       const config::Job::Recrawl& recrawl);

}  // namespace boardwalk::crawler
