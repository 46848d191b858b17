// What an answer means for its host: how long it is left in peace, and whether it is in trouble.
#pragma once

#include <string>

#include "crawler/fetcher.hpp"
#include "crawler/frontier.hpp"

namespace boardwalk::crawler {

// Changes the host's row by an answer to one of its requests; `against`: it counts against the host
// (pace.hpp). Delay, block and setting aside follow. `fetch` is what the job says of the host. REQUIRES: the
// request's lease is held.
[[nodiscard]] Result<void> note_answer(Frontier& frontier, const Lease& lease, const FetchResult& answer,
                                       bool against, const config::Job::Fetch& fetch,
                                       const config::Job::Recrawl& recrawl);

}  // namespace boardwalk::crawler
