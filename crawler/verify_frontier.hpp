// Whether the crawler's own rows are whole: each against its grammar, every page that waits against the queue
// and the other way round, each host's counts against what waits for it. Reads only; also beside a crawl.
#pragma once

#include "store/care/verify.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// Calls `tell` for each finding. An error only when a family cannot be read through.
[[nodiscard]] Result<void> verify_frontier(const store::Database& database, const store::Tell& tell);

}  // namespace boardwalk::crawler
