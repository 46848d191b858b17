#include "parsers/discuz/archiver.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "parsers/discuz/archived_posts.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// The last link of the way that `#nav` shows: the board of a thread's page, none on the front page.
Node last_link(Node nav) {
  const auto links = dom::find_tags(nav, "a");
  return links.empty() ? Node() : links.back();
}

// The words behind the last arrow; 6.x and 7.x draw it as `»`.
std::string last_words(Node nav) {
  std::string words;
  for (Node child : dom::children(nav))
    if (child.is_text()) words = child.value();
  for (const std::string_view arrow : {"›", "»"})
    if (const std::size_t at = words.rfind(arrow); at != std::string::npos) words.erase(0, at + arrow.size());
  return std::string(strip(words));
}

void read_board_list(const Context& context, Node content, ParsedPage& page) {
  for (Node link : dom::find_tags(content, "a")) {
    const auto target = target_of(context, link.attr_or("href"));
    if (!target || target->role != LinkRole::kBoard || !target->board_id || link.parent().has_class("page"))
      continue;
    Board board;
    board.site = context.site;
    board.board_id = *target->board_id;
    board.name = text_or_null(dom::text_of(link));
    board.page = context.page;
    board.parser = discuz_parser_version();
    page.boards.push_back(std::move(board));
  }
}

// `<li><a href="?tid-7.html">title</a> (5篇回复)`. A moved row has `-` for its number.
void read_thread_list(const Context& context, Node content, ParsedPage& page) {
  for (Node link : dom::find_tags(content, "a")) {
    const auto target = target_of(context, link.attr_or("href"));
    if (!target || target->role != LinkRole::kThread || !target->thread_id || !link.parent().is("li"))
      continue;
    const Node behind = link.next_sibling();
    const auto replies = behind.is_text() ? first_number(behind.value()) : std::nullopt;
    if (!replies || behind.value().find("(-") != std::string_view::npos) continue;
    Thread thread;
    thread.site = context.site;
    thread.software = context.software;
    thread.thread_id = *target->thread_id;
    thread.title = text_or_null(dom::text_of(link));
    thread.replies = replies;
    thread.page = context.page;
    thread.parser = discuz_parser_version();
    page.threads.push_back(std::move(thread));
  }
}

void read_archived_thread(const Context& context, Node root, const std::string& tid, int number,
                          ParsedPage& page) {
  page.posts = read_archived_posts(context, dom::find_id(root, "content"), number);
  Thread thread;
  thread.site = context.site;
  thread.software = context.software;
  thread.thread_id = tid;
  const Node nav = dom::find_id(root, "nav");
  const Node above = last_link(nav);
  if (const auto target = target_of(context, above.attr_or("href")); target && target->board_id)
    thread.board = {target->board_id, text_or_null(dom::text_of(above))};
  thread.title = text_or_null(last_words(nav));
  if (number == 1 && !page.posts.empty()) {
    thread.author = page.posts.front().author;
    thread.created_at = page.posts.front().posted_at;
  }
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  for (Post& post : page.posts) {
    post.board = thread.board;
    post.thread_id = tid;
    post.thread_title = thread.title;
    post.page = context.page;
    post.parser = discuz_parser_version();
  }
  page.threads.push_back(std::move(thread));
  if (!page.posts.empty()) return;
  page.outcome = Outcome::kUnreadable;
  page.detail = "an archived thread without posts (no p.author)";
}

}  // namespace

void read_archiver(const Context& context, Node root, ParsedPage& page) {
  page.kind = PageKind::kArchiver;
  const Node content = dom::find_id(root, "content");
  const PageTarget own = page_target(context.url);
  if (own.role == LinkRole::kThread && own.thread_id)
    return read_archived_thread(context, root, *own.thread_id, own.page, page);
  read_board_list(context, content, page);
  read_thread_list(context, content, page);
}

}  // namespace boardwalk::parsers::discuz
