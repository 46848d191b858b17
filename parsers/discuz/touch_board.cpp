#include <string>
#include <string_view>

#include "parsers/discuz/board_list.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/discuz/touch.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// The first FID that a link for posting, or to the board itself, names.
OptionalString own_fid(const Context& context, Node root) {
  const PageTarget own = page_target(context.url);
  if (own.role == LinkRole::kBoard && own.board_id) return own.board_id;
  for (Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is("a")) continue;
    const std::string_view href = node.attr_or("href");
    if (href.find("mod=post") == std::string_view::npos) continue;
    if (const auto target = target_of(context, href); target && target->board_id) return target->board_id;
  }
  return std::nullopt;
}

Board read_own_board(const Context& context, Node root) {
  Board board;
  board.site = context.site;
  board.board_id = own_fid(context, root).value_or("");
  board.page = context.page;
  board.parser = discuz_parser_version();
  Node header = dom::find_class(root, "", "header");
  board.name = text_or_null(dom::text_of(dom::find_tag(header, "h2")));
  if (const Node top = dom::find_class(root, "div", "forumdisplay-top")) {
    const std::string words = dom::text_of(top);
    for (const std::string_view label : {"主题:", "主題:"})
      if (const std::size_t at = words.rfind(label); at != std::string::npos)
        board.threads = first_number(std::string_view(words).substr(at + label.size()));
  }
  return board;
}

// X3.5 marks views and replies by icons and puts views first; the versions before have the replies alone.
void read_counts(Node row, Thread& thread) {
  if (const Node number = dom::find_class(row, "span", "num"))
    thread.replies = first_number(dom::text_of(number));
  const Node foot = dom::find_class(row, "div", "threadlist_foot");
  for (Node item : dom::find_tags(foot, "li")) {
    const Node icon = dom::find_tag(item, "i");
    const std::string_view kind = icon.classes();
    if (kind.find("dm-eye") != std::string_view::npos) thread.views = first_number(dom::text_of(item));
    if (kind.find("dm-chat") != std::string_view::npos) thread.replies = first_number(dom::text_of(item));
  }
}

void read_author(const Context& context, Node row, Thread& thread) {
  const Node by = dom::find_class(row, "span", "by");
  const Node user = dom::find_class(row, "div", "muser");
  const Node link = profile_link(user);
  std::string name = dom::text_of(link ? link : (user ? dom::find_tag(user, "h3") : by));
  if (link) thread.author_id = uid_of(link.attr_or("href"));
  if (link || !is_nobody(name)) thread.author = text_or_null(std::move(name));
  const Node time = dom::find_class(user, "span", "mtime");
  if (time) thread.created_at = time_in(time, context.fetched_at, context.zone, context.date_order);
}

std::string title_in(Node row, Node link) {
  if (const Node box = dom::find_class(row, "div", "threadlist_tit"))
    return dom::text_of(dom::find_tag(box, "em"));
  if (const Node words = dom::find_tag(link, "em")) return dom::text_of(words);
  return own_text(link);
}

// The first link with words that leads to the thread, else its first one.
Node thread_link(const Context& context, Node row, std::string& thread_id) {
  Node silent;
  for (Node link : dom::find_tags(row, "a")) {
    const auto target = target_of(context, link.attr_or("href"));
    if (!target || target->role != LinkRole::kThread || !target->thread_id) continue;
    if (!silent) thread_id = *target->thread_id;
    if (!dom::text_of(link).empty() && thread_id == *target->thread_id) return link;
    if (!silent) silent = link;
  }
  return silent;
}

// `#Wanted`, a link that filters the board by the row's type.
OptionalString type_in(Node row) {
  for (Node link : dom::find_tags(row, "a")) {
    if (link.attr_or("href").find("filter=typeid") == std::string_view::npos) continue;
    std::string name = dom::text_of(link);
    if (name.starts_with('#')) name.erase(0, 1);
    return text_or_null(std::move(name));
  }
  return std::nullopt;
}

// Announcements lead elsewhere than to a thread; moved rows have `-` for a count.
void read_row(const Context& context, const BoardRef& board, Node row, ParsedPage& page) {
  Thread thread;
  const Node link = thread_link(context, row, thread.thread_id);
  if (!link) return;
  const Node number = dom::find_class(row, "span", "num");
  if (number && dom::text_of(number) == "-") return;
  read_counts(row, thread);
  const bool stuck = row.has_class("list_top");
  if (!stuck && !number && !thread.replies && !thread.views) return;
  thread.url = context.absolute(link.attr_or("href"));
  thread.site = context.site;
  thread.software = context.software;
  if (!stuck) thread.board = board;
  thread.title = text_or_null(title_in(row, link));
  thread.type = type_in(row);
  read_author(context, row, thread);
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  page.threads.push_back(std::move(thread));
}

// A row of the list itself, not an item of a list inside a row.
bool is_row(Node item, Node list) {
  const Node outer = item.closest([list](Node node) { return node.is("li") || node == list; });
  return outer == list;
}

}  // namespace

void read_touch_board(const Context& given, Node root, Node list, ParsedPage& page) {
  page.kind = PageKind::kBoard;
  Context context = given;
  if (context.date_order == DateOrder::kUnknown)
    context.date_order = order_told_in(list, [](Node node) { return node.has_class("mtime"); });
  Board board = read_own_board(context, root);
  const BoardRef ref{text_or_null(board.board_id), board.name};
  if (!board.board_id.empty()) page.boards.push_back(std::move(board));
  read_board_lists(context, root, page);
  for (Node item : dom::find_tags(list, "li"))
    if (is_row(item, list)) read_row(context, ref, item, page);
  if (ref.id) return;
  page.outcome = Outcome::kUnreadable;
  page.detail = "a mobile board page that does not tell which board it is";
}

}  // namespace boardwalk::parsers::discuz
