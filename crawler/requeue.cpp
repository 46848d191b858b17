#include "crawler/requeue.hpp"

#include "crawler/page_states.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

}  // namespace

std::optional<std::string> requeue_behind(bool full, const RunReport* last) {
  if (full) return std::string();
  return last != nullptr && !last->full_behind.empty() ? std::optional(last->full_behind) : std::nullopt;
}

Result<std::int64_t> requeue_known(const store::Database& database, Frontier& frontier, store::Batch& batch,
                                   const CommitRequeued& commit, const std::string& behind) {
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
    return commit && batch.bytes() > kBatchBytes ? commit(batch, page.key) : Result<bool>(true);
  };
  const auto scanned = for_each_page(
      database, "",
      [&](const PageState& page) {
        goes_on = queue(page);
        return goes_on && *goes_on;
      },
      behind);
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

Result<void> requeue_tried_ahead(store::Database& database, Frontier& frontier, std::int64_t now) {
  if (frontier.asked_ahead().empty()) return {};
  store::Batch batch(database);
  const auto commit = [&] {
    frontier.put_hosts(batch);
    return database.commit(batch);
  };
  const auto look = [&](const std::string& key) -> Result<void> {
    const auto row = read_url(database, key);
    if (!row) return tl::unexpected(row.error());
    if (!*row || (*row)->last_fetch <= now || !waits_for_retry(**row)) return {};
    const auto foreign = frontier.is_foreign(key);
    if (!foreign) return tl::unexpected(foreign.error());
    if (*foreign) return {};
    if (auto queued = frontier.requeue(batch, key); !queued) return tl::unexpected(queued.error());
    return batch.bytes() > kBatchBytes ? commit() : Result<void>{};
  };
  for (const auto& site : frontier.asked_ahead()) {
    Result<void> looked;
    const std::string prefix = waiting_prefix(site);
    const auto scanned =
        database.scan(store::Family::kQueue, prefix, prefix, [&](std::string_view, std::string_view page) {
          looked = look(std::string(page));
          return looked.has_value();
        });
    if (!scanned) return scanned;
    if (!looked) return looked;
  }
  return commit();
}

}  // namespace boardwalk::crawler
