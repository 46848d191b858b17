#include "store/export/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "store/export/page_words.hpp"
#include "store/json_codec.hpp"

namespace boardwalk::store {
namespace {

ListedReading entry_of(const ThreadReading& reading, const SiteLinks& links) {
  const parsers::Thread& thread = reading.thread;
  ListedReading entry;
  entry.href = links.thread(thread.site, thread.thread_id);
  entry.title = title_of(thread);
  entry.by = thread.author.value_or("");
  entry.when = thread.created_at ? printed(*thread.created_at) : "";
  entry.posts = static_cast<std::int64_t>(reading.posts.size());
  for (const auto* moment : {&thread.created_at, &thread.last_reply_at})
    if (*moment) entry.order = std::max(entry.order, (*moment)->epoch());
  for (const auto& post : reading.posts)
    if (post.posted_at) entry.order = std::max(entry.order, post.posted_at->epoch());
  return entry;
}

ListedReading entry_of(const parsers::Article& article, const SiteLinks& links) {
  ListedReading entry;
  entry.href = links.article(record_id(article));
  entry.title = title_of(article);
  entry.by = article.source.value_or("");
  entry.when = article.published_at ? printed(*article.published_at) : "";
  entry.order = article.published_at ? article.published_at->epoch() : 0;
  return entry;
}

}  // namespace

bool Site::add(const ThreadReading& reading) {
  const parsers::Thread& thread = reading.thread;
  const std::string board_id = thread.board.id.value_or("");
  List& list = boards_[thread.site][board_id];
  if (list.title.empty()) list.title = board_title(thread.site, board_id, thread.board.name);
  list.entries.push_back(entry_of(reading, links_));
  return out_.write(list.entries.back().href, pages_.thread(reading));
}

bool Site::add(const ArticleReading& reading) {
  List& list = articles_[reading.article.site];
  list.title = "Articles";
  list.entries.push_back(entry_of(reading.article, links_));
  return out_.write(list.entries.back().href, pages_.article(reading));
}

// `Parent › Board`, as far as the archive knows the names.
std::string Site::board_title(const std::string& site, const std::string& board_id,
                              const parsers::OptionalString& name) const {
  if (board_id.empty()) return "Threads";
  std::string title;
  std::set<std::string> passed;
  for (std::string id = board_id; passed.insert(id).second;) {
    const auto json = record_json(database_, parsers::board_record_id(site, id));
    const auto board = json ? board_from_json(*json) : tl::unexpected(json.error());
    if (!board) break;
    const std::string word = board->name.value_or(id);
    title = title.empty() ? word : fmt::format("{} › {}", word, title);
    if (!board->parent_id) break;
    id = *board->parent_id;
  }
  return title.empty() ? name.value_or("Board " + board_id) : title;
}

template <typename Href>
bool Site::write_list(const std::string& site, List& list, IndexSite& index, Href&& href) {
  std::stable_sort(list.entries.begin(), list.entries.end(),
                   [](const auto& a, const auto& b) { return a.order > b.order; });
  ListPage page{site, list.title, {}, {}, 1};
  const std::size_t pages = (list.entries.size() + kEntriesOfPage - 1) / kEntriesOfPage;
  for (std::size_t i = 1; i <= pages; ++i) page.pages.push_back(href(i));
  for (; page.page <= pages; ++page.page) {
    const auto first = list.entries.begin() + static_cast<std::ptrdiff_t>((page.page - 1) * kEntriesOfPage);
    const auto count = std::min<std::ptrdiff_t>(kEntriesOfPage, list.entries.end() - first);
    page.entries.assign(std::make_move_iterator(first), std::make_move_iterator(first + count));
    if (!out_.write(page.pages[page.page - 1], pages_.list(page))) return false;
  }
  index.lists.push_back({page.pages.front(), list.title, list.entries.size()});
  return true;
}

bool Site::finish() {
  std::map<std::string, IndexSite> sites;
  for (auto& [site, lists] : boards_)
    for (auto& [id, list] : lists)
      if (!write_list(site, list, sites[site],
                      [&, &site = site, &id = id](std::size_t page) { return links_.board(site, id, page); }))
        return false;
  for (auto& [site, list] : articles_)
    if (!write_list(site, list, sites[site],
                    [&, &site = site](std::size_t page) { return links_.articles(site, page); }))
      return false;
  std::vector<IndexSite> index;
  for (auto& [name, entry] : sites) {
    entry.site = name;
    std::stable_sort(entry.lists.begin(), entry.lists.end(),
                     [](const auto& a, const auto& b) { return a.title < b.title; });
    index.push_back(std::move(entry));
  }
  return out_.write(links_.index(), pages_.index(index));
}

}  // namespace boardwalk::store
