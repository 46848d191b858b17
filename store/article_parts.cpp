#include "store/article_parts.hpp"

#include <algorithm>
#include <limits>
#include <map>
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
    parsers::digest_text(*article);  // the fold is not in the JSON
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

std::vector<Article> versions_of(const Histories& histories) {
  constexpr auto kNow = std::numeric_limits<std::int64_t>::max();
  const Pages now = pages_at(histories, kNow);
  std::set<std::int64_t> ends;  // when a page was last read to say what it no longer does
  for (const auto& [number, history] : histories) {
    for (std::size_t i = 0; i + 1 < history.size(); ++i) ends.insert(history[i].page.fetched_at);
    if (!now.contains(number)) ends.insert(history.back().page.fetched_at);
  }
  std::vector<Article> versions;
  const auto add = [&versions](Article version) {
    if (!versions.empty() && versions.back().text_sha256 == version.text_sha256) versions.pop_back();
    versions.push_back(std::move(version));
  };
  for (const std::int64_t end : ends) {
    Article version = joined(pages_at(histories, end));
    version.seen.last_seen =
        std::min(version.seen.last_seen, end);  // its other pages may show the same still
    add(std::move(version));
  }
  add(joined(now));
  for (std::size_t i = 0; i < versions.size(); ++i) {
    versions[i].seen.version = static_cast<int>(i) + 1;
    versions[i].seen.first_seen = versions.front().seen.first_seen;
  }
  return versions;
}

}  // namespace

Result<std::vector<Article>> put_part(Batch& batch, const std::string& record_id, const Article& seen,
                                      const std::vector<Article>& plain) {
  const std::string hex = record_id.substr(record_id.rfind('/') + 1);
  auto histories = read_histories(batch, article_parts_prefix(seen.site, hex));
  if (!histories) return tl::unexpected(histories.error());
  if (!plain.empty()) (*histories)[1] = plain;
  const int number = seen.part.value_or(1);
  insert_version((*histories)[number], seen);
  for (const auto& [page, history] : *histories) {
    if (page != number && (page != 1 || plain.empty())) continue;
    std::string lines;
    for (const Article& one : history) lines.append(to_json(one)).append("\n");
    batch.put(Family::kThreads, article_part_key(seen.site, hex, page), lines);
  }
  return versions_of(*histories);
}

}  // namespace boardwalk::store
