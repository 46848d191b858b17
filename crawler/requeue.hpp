// Known pages that are to be fetched again, whatever they say: `crawl --full` and `boardwalk retry`.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crawler/frontier.hpp"
#include "crawler/report.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// Behind which page key a run queues what is known (empty: from the first one on), if it does: one that is to
// fetch all anew (`full`), or the one after such a run (`last` of its job) that did not come to the end of it.
[[nodiscard]] std::optional<std::string> requeue_behind(bool full, const RunReport* last);

// Called now and then so that the batch stays small; must empty it. What it gives tells whether the pages whose
// key comes behind `behind` are queued, too, or stay as they are.
using CommitRequeued = std::function<Result<bool>(store::Batch&, const std::string& behind)>;

// Queues every page that was ever fetched, is in the job's scope and whose key comes behind `behind`. `commit`
// may be empty. Gives how many.
[[nodiscard]] Result<std::int64_t> requeue_known(const store::Database& database, Frontier& frontier,
                                                 store::Batch& batch, const CommitRequeued& commit,
                                                 const std::string& behind);

// The same of the pages with these keys; unknown ones are passed over.
[[nodiscard]] Result<std::int64_t> requeue(Frontier& frontier, store::Batch& batch,
                                           const std::vector<std::string>& keys);

// Queues and commits the pages whose last try failed by a clock that was ahead: the time of their next one is
// that clock's. Of a frontier that has just been loaded.
[[nodiscard]] Result<void> requeue_tried_ahead(store::Database& database, Frontier& frontier,
                                               std::int64_t now);

}  // namespace boardwalk::crawler
