#include "crawler/requeue.hpp"

#include "crawler/page_states.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

}  // namespace

Result<std::int64_t> requeue_known(const store::Database& database, Frontier& frontier, store::Batch& batch,
                                   const std::function<Result<bool>(store::Batch&)>& commit) {
  std::int64_t queued = 0;
  Result<bool> goes_on = true;
  const auto queue = [&](const PageState& page) -> Result<bool> {
    if (!page.row.fetched()) return true;
    const auto foreign = frontier.is_foreign(page.key);
    if (!foreign) return tl::unexpected(foreign.error());
    if (*foreign) return true;
    const auto again = frontier.requeue(batch, page.key);
    if (!again) return tl::unexpected(again.error());
    queued += *again ? 1 : 0;
    return commit && batch.bytes() > kBatchBytes ? commit(batch) : Result<bool>(true);
  };
  const auto scanned = for_each_page(database, "", [&](const PageState& page) {
    goes_on = queue(page);
    return goes_on && *goes_on;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (!goes_on) return tl::unexpected(goes_on.error());
  return queued;
}

Result<std::int64_t> requeue(Frontier& frontier, store::Batch& batch, const std::vector<std::string>& keys) {
  std::int64_t queued = 0;
  for (const auto& key : keys) {
    const auto again = frontier.requeue(batch, key);
    if (!again) return tl::unexpected(again.error());
    queued += *again ? 1 : 0;
  }
  return queued;
}

}  // namespace boardwalk::crawler
