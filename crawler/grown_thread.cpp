#include "crawler/grown_thread.hpp"

#include "store/records.hpp"
#include "store/schema.hpp"
#include "store/thread_rows.hpp"

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

}  // namespace

Result<std::vector<std::string>> pages_to_read(const store::Database& database, const std::string& site,
                                               const parsers::PageKey& first, bool fell) {
  std::vector<std::string> keys{first.key};
  if (!first.thread_id) return keys;
  const auto account = store::thread_account(database, site, *first.thread_id);
  if (!account) return tl::unexpected(account.error());
  if (account->last_page <= 1) return keys;
  if (fell) {
    for (int page = 2; page <= std::min(account->last_page, kMostPages); ++page)
      keys.push_back(key_of_page(first.key, page));
    return keys;
  }
  const auto reversed = shows_newest_first(database, site, *first.thread_id);
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
