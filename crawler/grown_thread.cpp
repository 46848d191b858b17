#include "crawler/grown_thread.hpp"

#include "store/schema.hpp"
#include "store/thread_rows.hpp"
#include "store/threads.hpp"

namespace boardwalk::crawler {
namespace {

constexpr int kMostPages = 1000;  // of a thread that lost replies, or had

Result<bool> shows_newest_first(const store::Database& database, const std::string& site,
                                const std::string& thread_id) {
  const auto value = database.get(store::Family::kThreads, store::thread_page_key(site, thread_id, 1));
  if (!value) return tl::unexpected(value.error());
  const auto row = *value ? store::parse_thread_page(**value) : std::nullopt;
  return row && row->newest_first;
}

// Of a thread of a site file: its first page and, of those that are held, the last one or all.
Result<std::vector<std::string>> held_pages(const store::Database& database, const std::string& site,
                                            const std::string& thread_id, const std::string& first,
                                            bool all) {
  std::vector<std::string> keys;
  const std::string pages = store::thread_pages_prefix(site, thread_id);
  const auto scanned =
      database.scan(store::Family::kThreads, pages, pages, [&](std::string_view, std::string_view value) {
        const auto row = store::parse_thread_page(value);
        const auto url = row ? parsers::parse_url(row->page.url) : std::nullopt;
        if (!all) keys.clear();
        if (url) keys.push_back(parsers::page_key(*url).key);
        return keys.size() < std::size_t{kMostPages};
      });
  if (!scanned) return tl::unexpected(scanned.error());
  std::erase(keys, first);
  keys.insert(keys.begin(), first);
  return keys;
}

}  // namespace

Result<std::vector<std::string>> pages_to_read(const store::Database& database, const Offer& offer,
                                               bool fell) {
  const parsers::PageKey& first = offer.key;
  if (offer.what.thread_id) return held_pages(database, offer.site, *offer.what.thread_id, first.key, fell);
  std::vector<std::string> keys{first.key};
  if (!first.thread_id) return keys;
  const auto account = store::thread_account(database, offer.site, *first.thread_id);
  if (!account) return tl::unexpected(account.error());
  if (account->last_page <= 1) return keys;
  if (fell) {
    for (int page = 2; page <= std::min(account->last_page, kMostPages); ++page)
      keys.push_back(key_of_page(first.key, page));
    return keys;
  }
  const auto reversed = shows_newest_first(database, offer.site, *first.thread_id);
  if (!reversed) return tl::unexpected(reversed.error());
  if (!*reversed) keys.front() = key_of_page(first.key, account->last_page);
  return keys;
}

int page_to_go_on_with(const parsers::ThreadPage& page, int added) {
  const bool has_opening = page.number == 1;
  const int others = static_cast<int>(page.post_ids.size()) - (has_opening ? 1 : 0);
  if (others <= 0 || added < others) return 0;
  if (!page.newest_first) return page.number - 1;
  return page.number < page.pages.value_or(page.number) ? page.number + 1 : 0;
}

Result<int> pages_before(const store::Database& database, const std::string& site,
                         const std::string& thread_id) {
  const auto value = database.get(store::Family::kThreads, store::thread_state_key(site, thread_id));
  if (!value) return tl::unexpected(value.error());
  const auto state = *value ? store::parse_thread_state(**value) : std::nullopt;
  return state ? state->promised : 0;
}

std::vector<int> pages_grown_back(const parsers::ThreadPage& page, int before) {
  std::vector<int> numbers;
  if (page.newest_first || before < 1 || before > page.number) return numbers;
  const int last = std::min(page.pages.value_or(page.number), page.number + kMostPages);
  for (int number = page.number + 1; number <= last; ++number) numbers.push_back(number);
  return numbers;
}

std::string key_of_page(const std::string& key, int number) {
  return key.substr(0, key.rfind(' ') + 1) + std::to_string(number);
}

}  // namespace boardwalk::crawler
