// Known pages that are to be fetched again, whatever they say: `crawl --full` and `boardwalk retry`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "crawler/frontier.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// Queues every page that was ever fetched and is in the job's scope. `commit`, when not empty, is called now
// and then so that the batch stays small, and must empty it; when it gives false, the other pages stay as they
// are. Gives how many.
[[nodiscard]] Result<std::int64_t> requeue_known(const store::Database& database, Frontier& frontier,
                                                 store::Batch& batch,
                                                 const std::function<Result<bool>(store::Batch&)>& commit);

// The same of the pages with these keys; unknown ones are passed over.
[[nodiscard]] Result<std::int64_t> requeue(Frontier& frontier, store::Batch& batch,
                                           const std::vector<std::string>& keys);

}  // namespace boardwalk::crawler
