#include "store/vanished.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "parsers/page_key.hpp"
#include "parsers/site/pieces.hpp"
#include "store/damage.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/thread_rows.hpp"

namespace boardwalk::store {
namespace {

using Number = std::uint64_t;
constexpr Number kHighest = std::numeric_limits<Number>::max();

std::optional<Number> number_of(std::string_view id) {
  Number number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  return error == std::errc{} && end == id.data() + id.size() && !id.empty() ? std::optional(number)
                                                                             : std::nullopt;
}

std::vector<Number> numbers_of(const std::vector<std::string>& ids) {
  std::vector<Number> numbers;
  for (const auto& id : ids)
    if (const auto number = number_of(id)) numbers.push_back(*number);
  return numbers;
}

struct Span {
  Number low = 0;
  Number high = 0;
};

// The lowest and highest of the longest end of the page that stands in order.
std::optional<Span> span_of(const std::vector<Number>& numbers, bool descending) {
  if (numbers.empty()) return std::nullopt;
  auto first = numbers.end() - 1;
  while (first != numbers.begin() && (descending ? first[-1] > *first : first[-1] < *first)) --first;
  const auto [low, high] = std::minmax(*first, numbers.back());
  return Span{low, high};
}

// When the page that tells whether the record is there was last read.
std::int64_t shown_at(const parsers::Article& article) { return article.page.fetched_at; }
template <typename Record>
std::int64_t shown_at(const Record& record) {
  return record.seen.last_seen;
}

// True when it was not gone before; a record that was shown later than `at` stays.
template <typename Record>
Result<bool> mark_gone(Batch& batch, const std::string& key, std::int64_t at) {
  const auto row = read_record(batch, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return false;
  auto record = from_json<Record>((*row)->json);
  if (!record) return tl::unexpected(record.error());
  if (record->seen.gone_at || shown_at(*record) > at) return false;
  record->seen.gone_at = at;
  write_record(batch, key, RecordRow{(*row)->flags, to_json(*record)});
  return true;
}

// One page against the posts that are held of its thread.
class Check {
 public:
  Check(Batch& batch, const parsers::ParsedPage& page, std::int64_t since)
      : batch_(batch), page_(*page.thread_page), ref_(page.page), since_(since) {
    if (!page.posts.empty()) site_ = page.posts.front().site;
    counts_pages_ = !page.threads.empty() && page.threads.front().pages.has_value();
  }

  Result<int> run() {
    const auto shown = numbers_of(page_.post_ids);
    if (shown.size() != page_.post_ids.size()) return 0;
    shown_.insert(shown.begin(), shown.end());
    const auto inner = span_of(shown, page_.newest_first);
    if (!inner) return 0;
    reach_ = *inner;
    const int lower = page_.newest_first ? page_.number + 1 : page_.number - 1;
    const int upper = page_.newest_first ? page_.number - 1 : page_.number + 1;
    auto below = edge(
        lower, [](const Span& span) { return span.high + 1; }, Number{0});
    if (!below) return tl::unexpected(below.error());
    auto above = edge(
        upper, [](const Span& span) { return span.low - 1; }, kHighest);
    if (!above) return tl::unexpected(above.error());
    if (*below && **below < reach_.low) reach_.low = **below;
    if (*above && **above > reach_.high) reach_.high = **above;
    return mark();
  }

 private:
  // How far the page reaches towards that neighbour: to its posts when it was read in this run too, without
  // end when there is none; absent when that is not known.
  template <typename Towards>
  Result<std::optional<Number>> edge(int number, Towards towards, Number without_end) {
    if (number < 1 || number > page_.pages.value_or(page_.number)) return std::optional(without_end);
    const auto value = batch_.get(Family::kThreads, thread_page_key(site_, page_.thread_id, number));
    if (!value) return tl::unexpected(value.error());
    if (!*value) return std::optional<Number>{};
    const auto row = parse_thread_page(**value);
    if (!row) return damaged_row("threads", "a page of " + parsers::thread_record_id(site_, page_.thread_id));
    const auto span = span_of(numbers_of(row->posts), page_.newest_first);
    if (!row->whole || row->page.fetched_at < since_ || !span) return std::optional<Number>{};
    return std::optional(towards(*span));
  }

  Result<int> mark() {
    const auto missing = missing_in_reach();
    if (!missing) return tl::unexpected(missing.error());
    if (missing->empty()) return 0;
    const auto places = places_elsewhere();
    if (!places) return tl::unexpected(places.error());
    int marked = 0;
    for (const Number number : *missing) {
      if (places->contains(number)) continue;
      const std::string key = post_key(site_, page_.thread_id, std::to_string(number));
      const auto newly = mark_gone<parsers::Post>(batch_, key, ref_.fetched_at);
      if (!newly) return tl::unexpected(newly.error());
      marked += *newly ? 1 : 0;
    }
    return marked;
  }

  // Held posts that the page should show and does not, and that are not known to be gone. Keys stand in the
  // order of the numbers, so that only the reach is read: a long thread is not read through for each page.
  Result<std::vector<Number>> missing_in_reach() {
    std::vector<Number> missing;
    const std::string prefix = thread_posts_prefix(site_, page_.thread_id);
    const std::string from = post_key(site_, page_.thread_id, std::to_string(reach_.low));
    const auto scanned =
        batch_.scan(Family::kRecords, prefix, from, [&](std::string_view key, std::string_view value) {
          const auto parts = parse_record_key(key);
          const auto number = parts ? number_of(parts->id) : std::nullopt;
          if (!number || *number > reach_.high) return !number;
          if (!shown_.contains(*number) && !text_field(value, "gone_at")) missing.push_back(*number);
          return true;
        });
    if (!scanned) return tl::unexpected(scanned.error());
    return missing;
  }

  // Posts that other pages of the thread show, as last read. Pages behind its last one are no longer there
  // where a newer pager ends before them; a page without a pager may be of a template that has none, or link
  // to the next page alone.
  Result<std::set<Number>> places_elsewhere() {
    std::set<Number> places;
    const std::string own = thread_page_key(site_, page_.thread_id, page_.number);
    const bool ends = counts_pages_ && page_.pages.value_or(1) > 1;
    const std::string last = thread_page_key(site_, page_.thread_id, page_.pages.value_or(1));
    bool damaged = false;
    const auto scanned = batch_.scan(Family::kThreads, thread_pages_prefix(site_, page_.thread_id),
                                     [&](std::string_view key, std::string_view value) {
                                       const auto row = parse_thread_page(value);
                                       damaged |= !row;
                                       const bool is_behind = row && ends && key > last &&
                                                              row->page.fetched_at < ref_.fetched_at;
                                       if (row && key != own && !is_behind)
                                         for (const auto number : numbers_of(row->posts))
                                           places.insert(number);
                                       return !damaged;
                                     });
    if (!scanned) return tl::unexpected(scanned.error());
    if (damaged)
      return damaged_row("threads", "a page of " + parsers::thread_record_id(site_, page_.thread_id));
    return places;
  }

  Batch& batch_;
  const parsers::ThreadPage& page_;
  const parsers::PageRef& ref_;
  std::int64_t since_;
  std::string site_;
  bool counts_pages_ = false;
  std::set<Number> shown_;
  Span reach_;
};

Result<int> mark_thread_gone(Batch& batch, const std::string& site, const std::string& thread_id,
                             std::int64_t at) {
  std::vector<std::string> posts;
  const auto scanned = batch.scan(Family::kRecords, thread_posts_prefix(site, thread_id),
                                  [&posts](std::string_view key, std::string_view) {
                                    posts.emplace_back(key);
                                    return true;
                                  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (const auto marked = mark_gone<parsers::Thread>(batch, thread_key(site, thread_id), at); !marked)
    return tl::unexpected(marked.error());
  int marked = 0;
  for (const auto& key : posts) {
    const auto newly = mark_gone<parsers::Post>(batch, key, at);
    if (!newly) return tl::unexpected(newly.error());
    marked += *newly ? 1 : 0;
  }
  return marked;
}

// The thread of a site file's forum whose first page was read at this URL last. A URL that goes on behind the
// thread's id may be that of a single post, or of a page that tells no number.
Result<std::optional<std::string>> thread_by_rules(const Batch& batch, const parsers::Url& url,
                                                   const std::string& page_key,
                                                   const parsers::site::RuleSet* rules) {
  const auto* own = rules != nullptr ? rules->find(url) : nullptr;
  const auto match = own != nullptr ? match_any(own->thread_urls, url.str()) : std::nullopt;
  if (!match || match->id.empty() || goes_on_behind_id(*own, url)) return std::optional<std::string>();
  const auto value = batch.get(Family::kThreads, thread_page_key(url.site(), match->id, 1));
  if (!value) return tl::unexpected(value.error());
  const auto row = *value ? parse_thread_page(**value) : std::nullopt;
  const auto first = row ? parsers::parse_url(row->page.url) : std::nullopt;
  const bool is_first = first && parsers::page_key(*first).key == page_key;
  return is_first ? std::optional(match->id) : std::nullopt;
}

}  // namespace

Result<int> mark_vanished(Batch& batch, const parsers::ParsedPage& page, std::int64_t since) {
  if (!page.thread_page || !page.thread_page->whole || page.posts.empty()) return 0;
  return Check(batch, page, since).run();
}

Result<int> mark_page_gone(Batch& batch, const parsers::Url& url, const parsers::site::RuleSet* rules,
                           std::int64_t at) {
  const auto page = parsers::page_key(url);
  if (page.page != 1) return 0;
  if (page.role == parsers::LinkRole::kThread && page.thread_id)
    return page.follow ? mark_thread_gone(batch, url.site(), *page.thread_id, at) : Result<int>(0);
  const auto thread = thread_by_rules(batch, url, page.key, rules);
  if (!thread) return tl::unexpected(thread.error());
  if (*thread) return mark_thread_gone(batch, url.site(), **thread, at);
  const auto article = find_key(batch, parsers::article_record_id(url.site(), page.key));
  if (!article) return tl::unexpected(article.error());
  const auto marked = *article ? mark_gone<parsers::Article>(batch, **article, at) : Result<bool>(false);
  return marked ? Result<int>(0) : tl::unexpected(marked.error());
}

}  // namespace boardwalk::store
