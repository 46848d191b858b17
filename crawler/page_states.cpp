#include "crawler/page_states.hpp"

#include <utility>

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

Result<parsers::PageKey> linked_from(const store::Database& database, const UrlRow& row) {
  if (row.via.empty()) return parsers::PageKey{};
  const auto before = read_url(database, row.via);
  if (!before) return tl::unexpected(before.error());
  const auto url = *before ? parsers::parse_url((*before)->url) : std::nullopt;
  return url ? parsers::page_key(*url) : parsers::PageKey{};
}

Result<void> for_each_page(const store::Database& database, const std::string& site,
                           const std::function<bool(const PageState&)>& each) {
  const std::string prefix = site.empty() ? site : site + ' ';  // as page keys begin
  std::string damaged;
  const auto scanned =
      database.scan(store::Family::kUrls, prefix, prefix, [&](std::string_view key, std::string_view bytes) {
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
