#include "store/thread_rows.hpp"

#include <algorithm>
#include <limits>

#include "store/json_codec.hpp"
#include "store/packed.hpp"
#include "store/thread_layer.hpp"

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

void PageRuns::remove(int page) {
  const auto at = std::lower_bound(last.begin(), last.end(), page) - last.begin();
  if (!holds(page)) return;
  first.insert(first.begin() + at + 1, page + 1);
  last.insert(last.begin() + at, page - 1);
  for (const auto part : {at + 1, at}) {
    if (*(first.begin() + part) <= *(last.begin() + part)) continue;
    first.erase(first.begin() + part);
    last.erase(last.begin() + part);
  }
}

void PageRuns::remove_behind(int page) {
  while (!first.empty() && first.back() > page) {
    first.pop_back();
    last.pop_back();
  }
  if (!last.empty()) last.back() = std::min<std::int64_t>(last.back(), page);
}

bool PageRuns::holds(int page) const {
  const auto at = std::lower_bound(last.begin(), last.end(), page) - last.begin();
  const auto i = static_cast<std::size_t>(at);
  return i < first.size() && first[i] <= page;
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

namespace {

constexpr std::size_t kNumbered = 9;  // a letter and eight bytes

bool are_articles(std::string_view lines) {
  for (; !lines.empty(); lines.remove_prefix(std::min(lines.find('\n'), lines.size() - 1) + 1))
    if (!article_from_json(lines.substr(0, lines.find('\n')))) return false;
  return true;
}

}  // namespace

bool fits_thread_row(std::string_view rest, std::string_view value) {
  switch (rest.empty() ? '\0' : rest.front()) {
    case 's':
      return rest.size() == 1 && parse_thread_state(value);
    case 'r':
    case 'o':
      return rest.size() == 1 && layer_from_json(value);
    case 'p':
      return rest.size() == kNumbered && parse_thread_page(value);
    case 'c':
      return rest.size() == kNumbered && unpack<ThreadCounters>(value);
    case 'a':
      return rest.size() == kNumbered && !value.empty() && are_articles(value);
    default:
      return false;
  }
}

std::optional<std::int64_t> whole_page(std::string_view rest, std::string_view value) {
  if (!rest.starts_with('p') || rest.size() != kNumbered) return std::nullopt;
  const auto row = parse_thread_page(value);
  return row && row->whole ? std::optional(static_cast<std::int64_t>(from_big_endian(rest.substr(1))))
                           : std::nullopt;
}

std::optional<ThreadState> parse_thread_state(std::string_view value) {
  auto state = unpack<ThreadState>(value);
  if (!state || state->whole.first.size() != state->whole.last.size()) return std::nullopt;
  std::int64_t before = 0;
  for (std::size_t i = 0; i < state->whole.first.size(); before = state->whole.last[i++])
    if (state->whole.first[i] <= before || state->whole.last[i] < state->whole.first[i] ||
        state->whole.last[i] > std::numeric_limits<int>::max())
      return std::nullopt;
  return state;
}

std::optional<ThreadPageRow> parse_thread_page(std::string_view value) {
  auto row = unpack<ThreadPageRow>(value);
  if (!row || row->posts.size() != row->floors.size()) return std::nullopt;
  return row;
}

}  // namespace boardwalk::store
