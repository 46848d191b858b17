#include "crawler/page_states.hpp"

#include <algorithm>
#include <utility>

#include "crawler/retry.hpp"

namespace boardwalk::crawler {
namespace {

PageState state_of(std::string key, UrlRow row) {
  PageState state{std::move(key), std::move(row), false, {}};
  state.queued = !state.row.queued_as.empty();
  if (state.queued) state.due = due_of_queue_key(state.row.queued_as);
  return state;
}

}  // namespace

Result<std::optional<PageState>> page_state(const store::Database& database, const std::string& key) {
  auto row = read_url(database, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::optional<PageState>{};
  return std::optional(state_of(key, std::move(**row)));
}

bool waits_for_retry(const UrlRow& row) {
  const auto outcome = row.outcome();
  if (!outcome || !due_of_queue_key(row.queued_as)) return false;
  return row.attempts > 0 || *outcome == parsers::Outcome::kChallenge || may_pass(*outcome, row.last_status);
}

Result<parsers::PageKey> key_now(const store::Database& database, const std::string& key) {
  if (key.empty()) return parsers::PageKey{};
  const auto row = read_url(database, key);
  if (!row) return tl::unexpected(row.error());
  const auto url = *row ? parsers::parse_url((*row)->url) : std::nullopt;
  return url ? parsers::page_key(*url) : parsers::PageKey{};
}

Result<std::vector<parsers::PageKey>> linked_from(const store::Database& database, const UrlRow& row) {
  std::vector<std::string> keys = row.also_via;
  keys.insert(keys.begin(), row.via);
  std::vector<parsers::PageKey> pages;
  for (const auto& key : keys) {
    auto page = key_now(database, key);
    if (!page) return tl::unexpected(page.error());
    pages.push_back(std::move(*page));
  }
  return pages;
}

Result<void> for_each_page(const store::Database& database, const std::string& site,
                           const std::function<bool(const PageState&)>& each, const std::string& behind) {
  const std::string prefix = site.empty() ? site : site + ' ';  // as page keys begin
  const std::string from = behind.empty() ? prefix : std::max(prefix, behind + '\0');
  std::string damaged;
  const auto scanned =
      database.scan(store::Family::kUrls, prefix, from, [&](std::string_view key, std::string_view bytes) {
        auto row = store::unpack<UrlRow>(bytes);
        if (!row) damaged = key;
        return row && each(state_of(std::string(key), std::move(*row)));
      });
  if (!scanned) return scanned;
  if (!damaged.empty())
    return fail(ErrorKind::kDamaged,
                "the archive's row of page \"" + damaged + "\" is damaged; restore it from a backup");
  return {};
}

}  // namespace boardwalk::crawler
