#include "store/merge.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "parsers/page_key.hpp"
#include "parsers/url.hpp"

namespace boardwalk::store {
namespace {

using parsers::Article;
using parsers::Board;
using parsers::Post;
using parsers::Provenance;
using parsers::Thread;

constexpr std::int64_t kDay = 86'400;  // seconds

template <typename T>
void fill(std::optional<T>& field, const std::optional<T>& other) {
  if (!field) field = other;
}

void fill(parsers::BoardRef& board, const parsers::BoardRef& other) {
  if (!board.name && (!board.id || board.id == other.id)) board.name = other.name;
  fill(board.id, other.id);
}

Provenance span(const Provenance& held, const Provenance& seen) {
  Provenance both = held;
  both.first_seen = std::min(held.first_seen, seen.first_seen);
  both.last_seen = std::max(held.last_seen, seen.last_seen);
  if (both.gone_at && *both.gone_at <= seen.last_seen) both.gone_at.reset();
  return both;
}

// Both in the order of age: a page seen again counts as the newer one.
template <typename Record>
struct Aged {
  Aged(const Record& held, const Record& seen)
      : newer(is_newer(held.page, seen.page) ? held : seen), older(&newer == &held ? seen : held) {}
  const Record& newer;
  const Record& older;
};

// How near to a board the page is that tells of it: its own first one before its others, and these before
// pages that list it.
int closeness(const Board& board) {
  const auto url = parsers::parse_url(board.page.url);
  if (!url) return 0;
  const auto key = parsers::page_key(*url);
  if (key.role != parsers::LinkRole::kBoard || key.board_id != board.board_id) return 0;
  return key.page == 1 ? 2 : 1;
}

void fill_marks(Thread& thread, const Thread& other) {
  fill(thread.sticky, other.sticky);
  fill(thread.digest, other.digest);
  fill(thread.closed, other.closed);
  fill(thread.highlight, other.highlight);
  fill(thread.read_permission, other.read_permission);
  fill(thread.price, other.price);
}

void fill_other_fields(Thread& thread, const Thread& other) {
  fill(thread.url, other.url);
  fill(thread.software, other.software);
  fill(thread.board, other.board);
  fill(thread.title, other.title);
  fill(thread.type, other.type);
  fill(thread.author, other.author);
  fill(thread.author_id, other.author_id);
  fill(thread.created_at, other.created_at);
  fill(thread.last_reply_at, other.last_reply_at);
  fill(thread.last_reply_by, other.last_reply_by);
  fill(thread.pages, other.pages);
  fill(thread.special, other.special);
  fill(thread.poll, other.poll);
  if (thread.special_fields.empty()) thread.special_fields = other.special_fields;
  fill(thread.sort, other.sort);
  fill(thread.participants, other.participants);
}

template <typename Record>
void number_versions(std::vector<Record>& history) {
  std::int64_t first_seen = history.front().seen.first_seen;
  for (const auto& record : history) first_seen = std::min(first_seen, record.seen.first_seen);
  int version = 0;
  for (auto& record : history) {
    record.seen.first_seen = first_seen;
    record.seen.version = ++version;
  }
}

}  // namespace

bool is_newer(const parsers::PageRef& page, const parsers::PageRef& than) {
  return std::tie(page.fetched_at, page.url, page.sha256) > std::tie(than.fetched_at, than.url, than.sha256);
}

Board merged(const Board& held, const Board& seen) {
  const Aged aged(held, seen);
  const bool is_old = aged.newer.page.fetched_at - aged.older.page.fetched_at > kDay;
  const bool older_knows = !is_old && closeness(aged.older) > closeness(aged.newer);
  const Board& other = older_knows ? aged.newer : aged.older;
  Board board = older_knows ? aged.older : aged.newer;
  fill(board.parent_id, other.parent_id);
  fill(board.name, other.name);
  fill(board.description, other.description);
  fill(board.threads, other.threads);
  fill(board.posts, other.posts);
  fill(board.url, other.url);
  return board;
}

Post merged(const Post& held, const Post& seen) {
  const Aged aged(held, seen);
  Post post = aged.newer;
  const Post& older = aged.older;
  fill(post.software, older.software);
  fill(post.board, older.board);
  fill(post.thread_id, older.thread_id);
  fill(post.thread_title, older.thread_title);
  // Where a post stood in another thread says nothing of its place in this one.
  if (post.thread_id == older.thread_id) {
    post.first |= older.first && post.floor.value_or(1) == 1;
    fill(post.floor, older.floor);
  }
  if (!post.anonymous) {
    fill(post.author, older.author);
    fill(post.author_id, older.author_id);
  }
  fill(post.posted_at, older.posted_at);
  fill(post.edited_at, older.edited_at);
  fill(post.edited_by, older.edited_by);
  post.seen = span(held.seen, seen.seen);
  return post;
}

Article merged(const Article& held, const Article& seen) {
  const Aged aged(held, seen);
  Article article = aged.newer;
  const Article& older = aged.older;
  fill(article.canonical_url, older.canonical_url);
  fill(article.title, older.title);
  fill(article.subtitle, older.subtitle);
  if (article.authors.empty()) article.authors = older.authors;
  fill(article.editor, older.editor);
  fill(article.source, older.source);
  fill(article.section, older.section);
  fill(article.published_at, older.published_at);
  fill(article.modified_at, older.modified_at);
  if (article.keywords.empty()) article.keywords = older.keywords;
  fill(article.language, older.language);
  article.seen = span(held.seen, seen.seen);
  return article;
}

namespace {

template <typename Record>
void insert(std::vector<Record>& history, const Record& seen) {
  const auto next = std::find_if(history.begin(), history.end(),
                                 [&](const Record& held) { return is_newer(held.page, seen.page); });
  if (next != history.begin() && std::prev(next)->text_sha256 == seen.text_sha256)
    *std::prev(next) = merged(*std::prev(next), seen);
  else if (next != history.end() && next->text_sha256 == seen.text_sha256)
    *next = merged(*next, seen);
  else
    history.insert(next, seen);
  number_versions(history);
}

}  // namespace

void insert_version(std::vector<Post>& history, const Post& seen) { insert(history, seen); }
void insert_version(std::vector<Article>& history, const Article& seen) { insert(history, seen); }

Thread merged(const Thread& held, const Thread& seen) {
  const Aged aged(held, seen);
  Thread thread = aged.newer;
  fill_other_fields(thread, aged.older);
  thread.seen = span(held.seen, seen.seen);
  return thread;
}

Thread thread_record(const Thread& row, const Thread& own) {
  Thread thread = own;
  thread.sticky = row.sticky;
  thread.digest = row.digest;
  thread.closed = row.closed;
  thread.highlight = row.highlight;
  thread.last_reply_at = row.last_reply_at;
  thread.last_reply_by = row.last_reply_by;
  if (is_newer(row.page, own.page)) {
    thread.read_permission = row.read_permission;
    thread.price = row.price;
  }
  fill_marks(thread, own);
  fill_marks(thread, row);
  fill_other_fields(thread, own);
  fill_other_fields(thread, row);
  thread.seen = span(own.seen, row.seen);
  return thread;
}

}  // namespace boardwalk::store
