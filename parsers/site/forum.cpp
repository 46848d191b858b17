#include "parsers/site/forum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/page_key.hpp"
#include "parsers/site/pieces.hpp"

namespace boardwalk::parsers::site {
namespace {

// What all posts of a page share.
struct Frame {
  std::string thread_id;
  OptionalString title;
  BoardRef board;
  std::optional<int> number;  // nullopt: it may be any page of the thread
  std::optional<int> pages;
};

std::optional<int> small(std::optional<std::int64_t> number) {
  constexpr std::int64_t kMost = 1'000'000;
  return number && *number <= kMost ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

BoardRef board_of(const Rules& rules, const news::Context& context, dom::Node root) {
  BoardRef board;
  for (const dom::Node node : rules.thread.board.nodes(root)) {
    const auto url = context.absolute(node.attr_or("href"));
    const auto match = url ? match_any(rules.board_urls, *url) : std::nullopt;
    board.name = text_or_null(rules.thread.board.text_of(node));
    if (match) board.id = match->id;
    if (board.name || board.id) break;
  }
  return board;
}

// A page that shows no number is the first where the URLs of later ones have a `{page}`, or where its own has
// no number behind the thread's id.
std::optional<int> page_number(const Rules& rules, const news::Context& context, const UrlMatch& url,
                               dom::Node root) {
  auto number = small(number_in(rules.thread.page, root));
  if (!number) number = url.page;
  if (number) return std::max(1, *number);
  const bool told_by_urls = std::any_of(rules.thread_urls.begin(), rules.thread_urls.end(),
                                        [](const UrlPattern& pattern) { return pattern.has_page(); });
  if (told_by_urls || !goes_on_behind_id(rules, context.url)) return 1;
  // What names another page has a digit, a title in words has none.
  const std::string text = context.url.str();
  const bool numbered =
      std::any_of(text.begin() + static_cast<std::ptrdiff_t>(std::min(url.id_end, text.size())), text.end(),
                  ascii::is_digit);
  return numbered ? std::nullopt : std::optional(1);
}

// Whether the page links to the next one of its thread. What some templates show in its place on the last
// page leads back to the page itself.
bool has_next(const Rules& rules, const news::Context& context, const Frame& frame, dom::Node root) {
  const auto link = link_in(context, rules.next_page, root);
  const auto match = link ? match_any(rules.thread_urls, *link) : std::nullopt;
  if (!match || match->id != frame.thread_id || (match->page && *match->page <= *frame.number)) return false;
  const auto next = parse_url(*link);
  return next && page_key(*next).key != page_key(context.url).key;
}

Frame read_frame(const Rules& rules, const news::Context& context, const UrlMatch& url, dom::Node root) {
  Frame frame;
  frame.thread_id = url.id;
  frame.title = text_or_null(rules.thread.title.text_in(root));
  frame.board = board_of(rules, context, root);
  frame.number = page_number(rules, context, url, root);
  frame.pages = small(number_in(rules.thread.pages, root));
  return frame;
}

struct ReadPost {
  Post post;
  bool has_body = false;
};

ReadPost read_post(const Rules& rules, const news::Context& context, const Frame& frame, dom::Node element) {
  const Rules::Thread& fields = rules.thread;
  ReadPost read;
  Post& post = read.post;
  post.site = context.site;
  post.software = text_or_null(rules.software);
  post.board = frame.board;
  post.thread_id = frame.thread_id;
  post.thread_title = frame.title;
  post.post_id = fields.id.text_in(element);
  post.floor = small(number_in(fields.floor, element));
  post.author = text_or_null(fields.author.text_in(element));
  post.author_id = text_or_null(fields.author_id.text_in(element));
  post.posted_at = time_in(rules, context, fields.time, element);
  Words words = words_in(context, fields.body, fields.remove, &fields.quote, element);
  read.has_body = words.found;
  post.text = std::move(words.text);
  post.quotes = std::move(words.quotes);
  post.links = std::move(words.links);
  post.images = std::move(words.images);
  post.page = context.page;
  post.parser = site_parser_version();
  return read;
}

// Some forums show a post twice: an answer on top, as an excerpt, and again in its place, which counts. One that
// has no body there counts where it has one.
void drop_repeated(std::vector<ReadPost>& posts) {
  std::unordered_map<std::string_view, std::size_t> counts;  // by id, which one
  std::vector<bool> drops(posts.size());
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const auto [held, fresh] = counts.try_emplace(posts[i].post.post_id, i);
    if (fresh) continue;
    const bool keeps = posts[held->second].has_body && !posts[i].has_body;
    drops[keeps ? i : std::exchange(held->second, i)] = true;
  }
  if (counts.size() == posts.size()) return;
  std::vector<ReadPost> kept;
  for (std::size_t i = 0; i < posts.size(); ++i)
    if (!drops[i]) kept.push_back(std::move(posts[i]));
  posts = std::move(kept);
}

// A first page begins with the opening post, and its floors follow from the order.
void count_floors(const Frame& frame, std::vector<Post>& posts) {
  if (frame.number == 1)
    for (std::size_t i = 0; i < posts.size(); ++i)
      if (!posts[i].floor) posts[i].floor = static_cast<int>(i) + 1;
  if (frame.number == 1 && !posts.empty()) posts.front().first = true;
}

// Where the rules know links to next pages, a page without one is the last.
ThreadPage account_of(const Rules& rules, const Frame& frame, bool has_next, const std::vector<Post>& posts) {
  ThreadPage account{frame.thread_id, *frame.number, frame.pages, {}, true, false};
  if (has_next)
    account.pages = std::max(frame.pages.value_or(0), *frame.number + 1);
  else if (rules.next_page && !frame.pages)
    account.pages = frame.number;
  for (const Post& post : posts) account.post_ids.push_back(post.post_id);
  return account;
}

Thread thread_of(const Rules& rules, const news::Context& context, const Frame& frame, const Post& first) {
  Thread thread;
  if (frame.number == 1) thread.url = context.url.str();
  thread.site = context.site;
  thread.software = text_or_null(rules.software);
  thread.board = frame.board;
  thread.thread_id = frame.thread_id;
  thread.title = frame.title;
  if (frame.number) thread.pages = frame.pages;
  if (first.first) {
    thread.author = first.author;
    thread.author_id = first.author_id;
    thread.created_at = first.posted_at;
  }
  thread.page = context.page;
  thread.parser = site_parser_version();
  return thread;
}

Thread read_row(const Rules& rules, const news::Context& context, const Board& board, std::string id,
                std::string url, dom::Node row) {
  const Rules::Board& fields = rules.board;
  Thread thread;
  thread.url = std::move(url);
  thread.site = context.site;
  thread.software = text_or_null(rules.software);
  thread.board = {board.board_id, board.name};
  thread.thread_id = std::move(id);
  thread.title = text_or_null((fields.title ? fields.title : fields.link).text_in(row));
  thread.author = text_or_null(fields.author.text_in(row));
  thread.created_at = time_in(rules, context, fields.created, row);
  thread.replies = count_in(fields.replies, row);
  thread.views = count_in(fields.views, row);
  thread.last_reply_at = time_in(rules, context, fields.last_reply, row);
  thread.last_reply_by = text_or_null(fields.last_author.text_in(row));
  thread.page = context.page;
  thread.parser = site_parser_version();
  return thread;
}

// `5 分钟前` is another time at each visit.
bool lasts(std::string_view time) {
  constexpr std::ptrdiff_t kDigits = 8;  // of a date and an hour, or of a day of a year
  return std::count_if(time.begin(), time.end(), ascii::is_digit) >= kDigits;
}

// Not `1.2k`, `99+`, `1万`, which stay while posts come.
bool is_exact(std::string_view count) {
  return !count.empty() &&
         std::all_of(count.begin(), count.end(), [](char c) { return ascii::is_digit(c) || c == ','; });
}

// What the row says of how far its thread has grown.
std::optional<std::string> growth_of(const Rules& rules, const Thread& thread, dom::Node row) {
  const std::string replies = rules.board.replies.text_in(row);
  std::string time = rules.board.last_reply.text_in(row);
  if (!rules.board.replies && !rules.board.last_reply) return std::nullopt;
  if (is_exact(replies) && rules.times.empty() && !lasts(time)) time.clear();
  return fmt::format("{} {} {}", replies, thread.last_reply_by.value_or(""), time);
}

void unreadable(const Rules& rules, std::string_view what, ParsedPage& page) {
  page.outcome = Outcome::kUnreadable;
  page.detail = fmt::format("{}: {}", rules.name, what);
}

}  // namespace

void read_thread(const Rules& rules, const news::Context& context, const UrlMatch& url, dom::Node root,
                 ParsedPage& page) {
  page.kind = PageKind::kThread;
  page.software = rules.software;
  page.links = links_of(rules, context, root);
  const Frame frame = read_frame(rules, context, url, root);
  std::vector<ReadPost> read;
  for (const dom::Node element : outermost(rules.thread.post.nodes(root))) {
    read.push_back(read_post(rules, context, frame, element));
    if (read.back().post.post_id.empty()) return unreadable(rules, "thread.id finds nothing in a post", page);
  }
  drop_repeated(read);
  std::vector<Post> posts;
  std::size_t bodiless = 0;
  for (ReadPost& each : read) {
    bodiless += each.has_body ? 0 : 1;
    posts.push_back(std::move(each.post));
  }
  if (posts.empty()) return unreadable(rules, "thread.post finds nothing on a thread's page", page);
  if (posts.size() > 1 && 2 * bodiless > posts.size())
    return unreadable(rules, "thread.body finds nothing in most posts", page);
  count_floors(frame, posts);
  page.threads.push_back(thread_of(rules, context, frame, posts.front()));
  if (frame.number) {
    page.thread_page = account_of(rules, frame, has_next(rules, context, frame, root), posts);
  } else {
    page.kind = PageKind::kThreadFiltered;
  }
  page.posts = std::move(posts);
}

void read_board(const Rules& rules, const news::Context& context, const UrlMatch& url, dom::Node root,
                ParsedPage& page) {
  page.kind = PageKind::kBoard;
  page.software = rules.software;
  page.links = links_of(rules, context, root);
  Board board;
  board.site = context.site;
  board.board_id = url.id;
  board.name = text_or_null(rules.board.name.text_in(root));
  board.url = context.url.str();
  board.page = context.page;
  board.parser = site_parser_version();
  std::unordered_map<std::string, std::string> grown;  // by the thread's URL
  for (const dom::Node row : outermost(rules.board.row.nodes(root))) {
    auto link = link_in(context, rules.board.link, row);
    const auto match = link ? match_any(rules.thread_urls, *link) : std::nullopt;
    if (!match) continue;
    Thread thread = read_row(rules, context, board, match->id, *link, row);
    if (auto growth = growth_of(rules, thread, row)) grown.emplace(*link, *std::move(growth));
    page.threads.push_back(std::move(thread));
  }
  for (Link& link : page.links)
    if (const auto growth = grown.find(link.url); growth != grown.end()) link.listed = growth->second;
  page.boards.push_back(std::move(board));
}

}  // namespace boardwalk::parsers::site
