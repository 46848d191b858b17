#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "parsers/contains.hpp"
#include "parsers/discuz/context.hpp"
#include "parsers/discuz/floors.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/post.hpp"
#include "parsers/discuz/special.hpp"
#include "parsers/discuz/thread_head.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/page_key.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

struct Missing {
  std::size_t authors = 0;
  std::size_t times = 0;
  std::size_t words = 0;

  [[nodiscard]] bool none() const { return authors + times + words == 0; }
  // A landmark that fails on most posts is one that the template has lost.
  [[nodiscard]] bool most_of(std::size_t posts) const {
    return 2 * std::max({authors, times, words}) > posts;
  }
};

Missing count_missing(const std::vector<ReadPost>& posts) {
  Missing missing;
  for (const ReadPost& post : posts) {
    missing.authors += post.has_author ? 0 : 1;
    missing.times += post.has_time ? 0 : 1;
    missing.words += post.has_words ? 0 : 1;
  }
  return missing;
}

std::string describe(const Missing& missing, std::size_t posts) {
  std::string text;
  const std::array<std::pair<std::size_t, std::string_view>, 3> counts = {
      {{missing.authors, "an author"},
       {missing.times, "a time (authorposton)"},
       {missing.words, "words (postmessage)"}}};
  for (const auto& [count, what] : counts) {
    if (count == 0) continue;
    text += text.empty() ? "" : "; ";
    text += std::to_string(count) + " of " + std::to_string(posts) + " posts without ";
    text += what;
  }
  return text;
}

// Empty unless most of the times that stand there cannot be read.
std::string describe_unread_times(const std::vector<ReadPost>& posts) {
  const auto unread = std::count_if(
      posts.begin(), posts.end(), [](const ReadPost& post) { return post.has_time && !post.post.posted_at; });
  if (2 * static_cast<std::size_t>(unread) <= posts.size()) return {};
  return std::to_string(unread) + " of " + std::to_string(posts.size()) +
         " posts with a time that cannot be read";
}

// The query of views that leave posts out or turn them round on request.
bool asks_for_part(const Url& url) {
  constexpr std::array<std::string_view, 4> kParts = {"authorid", "viewpid", "ordertype", "stand"};
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view name) {
    const auto value = query_value(url.query, name);
    return value && !value->empty() && (*value != "0" || name == "stand");
  });
}

// Beside each time a browser is offered "this author only", by a link with authorid=; in such a view, the
// whole thread. Links that lead elsewhere may stand there too.
bool offers_whole(const Context& context, const ThreadParts& parts, const OptionalString& thread_id) {
  bool whole = false;
  for (const PostParts& post : parts.posts) {
    if (!post.number || !post.posted) continue;
    dom::Node node = post.posted.next_sibling();
    for (int steps = 0; node && steps < 12; ++steps, node = node.next_sibling()) {
      if (!node.is("a") || node.attr_or("rel") != "nofollow") continue;
      const std::string_view href = node.attr_or("href");
      const auto target = target_of(context, href);
      if (!target || target->role != LinkRole::kThread || target->thread_id != thread_id) continue;
      if (contains(href, "authorid=")) return false;
      whole = whole || target->follow;
    }
  }
  return whole;
}

bool is_part(const Context& context, const ThreadParts& parts, const OptionalString& thread_id) {
  return asks_for_part(context.url) || parts.filtered_jump || offers_whole(context, parts, thread_id);
}

Thread make_thread(const Context& context, const ThreadHead& head, bool part) {
  Thread thread;
  thread.url = head.url;
  if (!thread.url && head.page == 1 && !part) thread.url = context.url.str();
  thread.site = context.site;
  thread.software = context.software;
  thread.board = head.board;
  thread.thread_id = head.thread_id.value_or("");
  thread.title = head.title;
  thread.type = head.type;
  thread.sort = head.sort;
  thread.replies = head.replies;
  thread.views = head.views;
  if (!part) thread.pages = head.pages;
  thread.closed = head.closed;
  thread.digest = head.digest;
  thread.read_permission = head.read_permission;
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  return thread;
}

// What a pay thread's notice asks for: `5 金钱`.
std::optional<std::int64_t> price_of(const PostParts& first) {
  for (const dom::Node notice : first.locked)
    if (dom::find(notice, [](dom::Node node) {
          return node.attr_or("href").find("action=pay") != std::string_view::npos;
        }))
      return first_number(dom::text_of(dom::find_tag(notice, "strong")));
  return std::nullopt;
}

void add_opening(const Context& context, const Post& opening, const PostParts& parts, Thread& thread) {
  thread.author = opening.author;
  thread.author_id = opening.author_id;
  thread.created_at = opening.posted_at;
  thread.price = price_of(parts);
  read_special(context, parts, thread);
}

void complete_post(const Context& context, const Thread& thread, Post& post) {
  post.site = context.site;
  post.software = context.software;
  post.board = thread.board;
  post.thread_id = thread.thread_id;
  post.thread_title = thread.title;
  post.page = context.page;
  post.parser = discuz_parser_version();
}

// How many pages the thread has at least, where its pager cannot be read but links to a later one.
std::optional<int> pages_promised(const Context& context, const ThreadParts& parts, const ThreadHead& head) {
  if (head.pages) return head.pages;
  const auto last = last_page_linked(context, parts.pagers, *head.thread_id);
  return last > head.page ? last : std::nullopt;
}

// Where the thread's pager cannot be read, the URL's page number holds unless the floors speak against it.
// Without one they have to speak for it: Discuz! answers with page 1 when a thread has no such page.
void trust_url_page(const Context& context, const ThreadParts& parts, const std::vector<ReadPost>& posts,
                    ThreadHead& head) {
  const int asked = page_target(context.url).page;
  const bool unread = !head.pages && last_page_linked(context, parts.pagers, *head.thread_id);
  if ((!parts.pagers.empty() && !unread) || asked < 2) return;
  const bool first =
      std::any_of(posts.begin(), posts.end(), [](const ReadPost& post) { return post.post.floor == 1; });
  const bool numbered =
      std::any_of(posts.begin(), posts.end(), [](const ReadPost& post) { return post.numbered; });
  if (first || (!numbered && !unread)) return;
  head.page = asked;
  head.pages = std::nullopt;
}

// Whether the page shows the thread's opening post, as its first.
bool shows_opening(const ThreadHead& head, const std::vector<ReadPost>& posts, bool part) {
  if (posts.front().post.floor) return *posts.front().post.floor == 1 && head.page == 1 && !part;
  return head.page == 1 && !part;
}

// Which order dates have that are ambiguous, by those of the page that are not.
DateOrder order_told_by(const std::vector<PostParts>& posts) {
  for (const PostParts& post : posts) {
    const DateOrder order = order_told_in(post.posted, [](dom::Node) { return true; });
    if (order != DateOrder::kUnknown) return order;
  }
  return DateOrder::kUnknown;
}

void fail(std::string detail, ParsedPage& page) {
  page.outcome = Outcome::kUnreadable;
  page.detail = std::move(detail);
}

}  // namespace

void read_thread(const Context& given, dom::Node root, ParsedPage& page) {
  const ThreadParts parts = find_parts(root);
  Context context = given;
  if (context.date_order == DateOrder::kUnknown) context.date_order = order_told_by(parts.posts);
  ThreadHead head = read_thread_head(context, parts);
  const bool part = is_part(context, parts, head.thread_id);
  page.kind = part ? PageKind::kThreadFiltered : PageKind::kThread;
  if (parts.posts.empty()) return fail("a thread page without posts (no post_N, no pidN)", page);
  std::vector<ReadPost> posts;
  posts.reserve(parts.posts.size());
  for (const PostParts& post : parts.posts) posts.push_back(read_post(context, post));
  const Missing missing = count_missing(posts);
  if (missing.most_of(posts.size())) return fail(describe(missing, posts.size()), page);
  if (!head.thread_id) return fail("a thread page that does not tell its number (tid)", page);
  trust_url_page(context, parts, posts, head);

  page.detail = describe_unread_times(posts);
  Thread thread = make_thread(context, head, part);
  if (part) {
    for (ReadPost& post : posts) post.post.floor = std::nullopt;
  } else {
    const FloorOrder order = settle_floors({head.page, head.pages}, posts);
    const bool whole = missing.none() && parts.ended;
    page.thread_page = ThreadPage{thread.thread_id, head.page, pages_promised(context, parts, head),
                                  order.post_ids,   whole,     order.newest_first};
    if (!whole)
      page.detail = missing.none() ? "the page ends inside its posts" : describe(missing, posts.size());
  }
  if (shows_opening(head, posts, part)) {
    posts.front().post.first = true;
    add_opening(context, posts.front().post, parts.posts.front(), thread);
  }
  page.posts.reserve(posts.size());
  for (ReadPost& post : posts) {
    complete_post(context, thread, post.post);
    page.posts.push_back(std::move(post.post));
  }
  page.threads.push_back(std::move(thread));
}

}  // namespace boardwalk::parsers::discuz
