#include "store/article_parts.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "parsers/text_digests.hpp"
#include "store/json_codec.hpp"
#include "store/merge.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

using parsers::Article;

using Histories = std::map<int, std::vector<Article>>;  // by page; of each what it has said, oldest first
using Pages = std::map<int, const Article*>;

Result<std::vector<Article>> history_from(std::string_view lines) {
  std::vector<Article> history;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    auto article = article_from_json(lines.substr(0, end));
    if (!article) return tl::unexpected(article.error());
    history.push_back(std::move(*article));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return history;
}

Result<Histories> read_histories(const Batch& batch, const std::string& prefix) {
  Histories histories;
  std::optional<Error> error;
  auto scanned = batch.scan(Family::kThreads, prefix, [&](std::string_view, std::string_view lines) {
    auto history = history_from(lines);
    if (!history)
      error = history.error();
    else if (!history->empty())
      histories.emplace(history->front().part.value_or(1), std::move(*history));
    return !error;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (error) return tl::unexpected(*error);
  return histories;
}

// The newest page that says of itself that it is the last. One before may name no other than the next.
const Article* end_of(const Pages& pages) {
  const Article* end = nullptr;
  for (const auto& [number, part] : pages)
    if (part->pages == number && (end == nullptr || is_newer(part->page, end->page))) end = part;
  return end;
}

// What each page said when the pages that changed by `time` had not yet. A page counts as having always said
// what it was first read to say.
Pages pages_at(const Histories& histories, std::int64_t time) {
  Pages pages;
  for (const auto& [number, history] : histories) {
    auto it = std::find_if(history.begin(), history.end(),
                           [time](const Article& one) { return one.page.fetched_at >= time; });
    pages[number] = it == history.end() ? &history.back() : &*it;
  }
  // Its first page says that there are no others.
  const auto first = pages.find(1);
  if (first != pages.end() && !first->second->part) return Pages{*first};
  // Pages behind the last one were there until they were last read.
  if (const Article* end = end_of(pages))
    std::erase_if(pages, [end, time](const auto& page) {
      const auto& [number, part] = page;
      return number > *end->pages && part->page.fetched_at < time && is_newer(end->page, part->page);
    });
  return pages;
}

template <typename T>
void fill(T& field, const T& other) {
  if (field == T{}) field = other;
}

// The lines of a later page, less those that it repeats from the first one's top.
std::string_view without_repeated(std::string_view text, const std::string& first) {
  const std::string top = first + '\n';
  std::size_t at = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (top.compare(at, line.size(), line) != 0 || top[at + line.size()] != '\n') break;
    at += line.size() + 1;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (at >= top.size()) break;
  }
  return text;
}

void append(Article& article, const Article& part) {
  const std::string_view more = without_repeated(part.text, article.text);
  if (!article.text.empty() && !more.empty()) article.text += '\n';
  article.text += more;
  article.links.insert(article.links.end(), part.links.begin(), part.links.end());
  article.images.insert(article.images.end(), part.images.begin(), part.images.end());
  fill(article.canonical_url, part.canonical_url);
  fill(article.title, part.title);
  fill(article.subtitle, part.subtitle);
  fill(article.authors, part.authors);
  fill(article.editor, part.editor);
  fill(article.source, part.source);
  fill(article.section, part.section);
  fill(article.published_at, part.published_at);
  fill(article.modified_at, part.modified_at);
  fill(article.keywords, part.keywords);
  fill(article.language, part.language);
  article.seen.first_seen = std::min(article.seen.first_seen, part.seen.first_seen);
  article.seen.last_seen = std::max(article.seen.last_seen, part.seen.last_seen);
}

Article joined(const Pages& pages) {
  Article article = *pages.begin()->second;
  article.parts = {article.page};
  const Article* end = end_of(pages);
  int last = pages.rbegin()->first;
  for (const auto& [number, part] : pages) {
    // How many there are, no page knows better than the last one, unless it was read later.
    if (end == nullptr || !is_newer(end->page, part->page)) last = std::max(last, part->pages.value_or(1));
    if (number == pages.begin()->first) continue;
    append(article, *part);
    article.parts.push_back(part->page);
  }
  article.part.reset();
  article.pages = last > 1 ? std::optional(last) : std::nullopt;
  article.missing_pages.clear();
  for (int number = 1; number <= last; ++number)
    if (!pages.contains(number)) article.missing_pages.push_back(number);
  parsers::digest_text(article);
  return article;
}

using Ends = std::set<std::int64_t>;
constexpr auto kBeforeAll = std::numeric_limits<std::int64_t>::min();
constexpr auto kNow = std::numeric_limits<std::int64_t>::max();

// When a page was last read to say what it no longer does: there each version ends but the current one.
Ends ends_of(const Histories& histories) {
  const Pages now = pages_at(histories, kNow);
  Ends ends;
  for (const auto& [number, history] : histories) {
    for (std::size_t i = 0; i + 1 < history.size(); ++i) ends.insert(history[i].page.fetched_at);
    if (!now.contains(number)) ends.insert(history.back().page.fetched_at);
  }
  return ends;
}

Article version_that_ended(const Histories& histories, std::int64_t end) {
  Article version = joined(pages_at(histories, end));
  version.seen.last_seen = std::min(version.seen.last_seen, end);  // its other pages may show the same still
  return version;
}

// The first of the versions that are made.
struct Start {
  std::int64_t end = kBeforeAll;
  int number = 1;
};

std::vector<Article> versions_from(const Start& start, const Histories& histories, const Ends& ends,
                                   std::int64_t first_seen) {
  std::vector<Article> versions;
  const auto add = [&versions](Article version) {
    if (!versions.empty() && versions.back().text_sha256 == version.text_sha256) versions.pop_back();
    versions.push_back(std::move(version));
  };
  for (auto end = ends.lower_bound(start.end); end != ends.end(); ++end)
    add(version_that_ended(histories, *end));
  add(joined(pages_at(histories, kNow)));
  if (start.number == 1) first_seen = versions.front().seen.first_seen;
  int number = start.number;
  for (Article& version : versions) {
    version.seen.version = number++;
    version.seen.first_seen = first_seen;
  }
  return versions;
}

// When the page was last read to say something else than `seen`. What had ended by then, `seen` does not
// change: a page that says the same again was read later in all versions since.
std::int64_t settled_until(const std::vector<Article>& history, const Article& seen) {
  if (history.empty() || is_newer(history.back().page, seen.page)) return kBeforeAll;
  const auto other = std::find_if(history.rbegin(), history.rend(), [&seen](const Article& one) {
    return one.text_sha256 != seen.text_sha256;
  });
  return other == history.rend() ? kBeforeAll : other->page.fetched_at;
}

// The last version that ended by `settled`, as long as the ends up to it are as they were `before`: it and all
// older ones are what they were. The first one of all where the archive does not hold it as it is made here.
Result<Start> find_start(const Batch& batch, const std::string& record_id, const Histories& histories,
                         const Ends& ends, const Ends& before, std::int64_t settled,
                         const parsers::Provenance& held) {
  std::optional<std::int64_t> last;
  for (auto end = ends.begin(), had = before.begin();
       end != ends.end() && had != before.end() && *end == *had && *end <= settled; ++end, ++had)
    last = *end;
  if (!last) return Start{};
  const auto later = std::distance(before.upper_bound(*last), before.end());
  const int number = held.version - 1 - static_cast<int>(later);  // when no two in a row had the same text
  if (number <= 1) return Start{};
  Article version = version_that_ended(histories, *last);
  version.seen.version = number;
  version.seen.first_seen = held.first_seen;
  const auto row = batch.get(Family::kVersions, version_key(record_id, number));
  if (!row) return tl::unexpected(row.error());
  const bool is_held = version.seen.last_seen == *last && *row == to_json(version);
  return is_held ? Start{*last, number} : Start{};
}

}  // namespace

Result<std::vector<Article>> put_part(Batch& batch, const std::string& record_id, const Article& seen,
                                      const parsers::Provenance& held, const std::vector<Article>& plain) {
  const std::string hex = record_id.substr(record_id.rfind('/') + 1);
  auto histories = read_histories(batch, article_parts_prefix(seen.site, hex));
  if (!histories) return tl::unexpected(histories.error());
  if (!plain.empty()) (*histories)[1] = plain;
  const Ends before = ends_of(*histories);
  const int number = seen.part.value_or(1);
  std::vector<Article>& said = (*histories)[number];
  const std::int64_t settled = plain.empty() ? settled_until(said, seen) : kBeforeAll;
  insert_version(said, seen);
  for (const auto& [page, history] : *histories) {
    if (page != number && (page != 1 || plain.empty())) continue;
    std::string lines;
    for (const Article& one : history) lines.append(to_json(one)).append("\n");
    batch.put(Family::kThreads, article_part_key(seen.site, hex, page), lines);
  }
  const Ends ends = ends_of(*histories);
  const auto start = find_start(batch, record_id, *histories, ends, before, settled, held);
  if (!start) return tl::unexpected(start.error());
  return versions_from(*start, *histories, ends, held.first_seen);
}

}  // namespace boardwalk::store
