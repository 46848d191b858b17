#include "store/thread_rows.hpp"

#include <algorithm>

#include "store/packed.hpp"

namespace boardwalk::store {

void PageRuns::add(int page) {
  const auto at = std::lower_bound(last.begin(), last.end(), page - 1) - last.begin();
  const auto i = static_cast<std::size_t>(at);
  if (i == first.size() || first[i] > page + 1) {
    first.insert(first.begin() + at, page);
    last.insert(last.begin() + at, page);
    return;
  }
  first[i] = std::min<std::int64_t>(first[i], page);
  last[i] = std::max<std::int64_t>(last[i], page);
  if (i + 1 < first.size() && first[i + 1] == last[i] + 1) {
    first.erase(first.begin() + at + 1);
    last.erase(last.begin() + at);
  }
}

bool PageRuns::covers(int last_page) const {
  return last_page >= 1 && !first.empty() && first.front() == 1 && last.front() >= last_page;
}

std::vector<int> PageRuns::missing(int last_page) const {
  std::vector<int> pages;
  std::int64_t page = 1;
  for (std::size_t i = 0; i <= first.size(); ++i) {
    const std::int64_t end =
        i < first.size() ? std::min<std::int64_t>(first[i], last_page + 1LL) : last_page + 1LL;
    for (; page < end && pages.size() < kMostMissing; ++page) pages.push_back(static_cast<int>(page));
    if (i < first.size()) page = std::max(page, last[i] + 1);
  }
  return pages;
}

std::optional<ThreadState> parse_thread_state(std::string_view value) {
  auto state = unpack<ThreadState>(value);
  if (!state || state->whole.first.size() != state->whole.last.size()) return std::nullopt;
  return state;
}

std::optional<ThreadPageRow> parse_thread_page(std::string_view value) {
  auto row = unpack<ThreadPageRow>(value);
  if (!row || row->posts.size() != row->floors.size()) return std::nullopt;
  return row;
}

}  // namespace boardwalk::store
