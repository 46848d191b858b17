#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/discuz/board_list.hpp"
#include "parsers/discuz/context.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/picture_rows.hpp"
#include "parsers/discuz/request.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// Where a board page says which board it is.
struct Head {
  Node title;        // h1
  Node breadcrumb;   // #pt, #nav
  Node statistics;   // 7.x: `[ 124 主题 / 2345 回复 ]`
  std::string form;  // FID of the list's own form, table or search field
};

Head find_head(Node root) {
  Head head;
  for (Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is_element()) continue;
    if (!head.title && node.is("h1")) head.title = node;
    if (!head.breadcrumb && (node.id() == "pt" || node.id() == "nav")) head.breadcrumb = node;
    if (!head.statistics && node.has_class("forumstats")) head.statistics = node;
    if (!head.form.empty()) continue;
    const std::string_view summary = node.is("table") ? node.attr_or("summary") : std::string_view();
    if (summary.starts_with("forum_")) head.form = leading_number(summary.substr(6));
    if (node.is("input") && node.attr_or("name") == "srhfid")
      head.form = leading_number(node.attr_or("value"));
  }
  return head;
}

struct Crumb {
  std::string id;
  std::string name;
  std::string url;
};

// The boards and categories that links in `box` name, outermost first.
std::vector<Crumb> crumbs_in(const Context& context, Node box) {
  std::vector<Crumb> crumbs;
  for (Node link : dom::find_tags(box, "a")) {
    const auto url = resolve_url(context.base, link.attr_or("href"), context.charset);
    if (!url || url->site() != context.site) continue;
    const Request request = read_request(*url);
    const bool board = request.value("mod") == "forumdisplay";
    std::string id = leading_number(request.value(board ? "fid" : "gid"));
    std::string name = dom::text_of(link);
    if (!id.empty() && !name.empty()) crumbs.push_back({std::move(id), std::move(name), url->str()});
  }
  return crumbs;
}

// `今日: 3 | 主题: 46` beside the title.
std::optional<std::int64_t> threads_in(Node title) {
  const std::string words = dom::text_of(title);
  for (const std::string_view label : {"主题", "主題", "Threads"})
    if (const std::size_t at = words.rfind(label); at != std::string::npos)
      return first_number(std::string_view(words).substr(at + label.size()));
  return std::nullopt;
}

// The board that the page is of; an empty id when nothing on the page tells.
Board read_own_board(const Context& context, const Head& head) {
  Board board;
  board.site = context.site;
  board.page = context.page;
  board.parser = discuz_parser_version();
  board.board_id = head.form;
  std::vector<Crumb> path = crumbs_in(context, head.breadcrumb);
  const std::vector<Crumb> own = crumbs_in(context, head.title);
  if (board.board_id.empty() && !own.empty()) board.board_id = own.front().id;
  if (board.board_id.empty() && !path.empty()) board.board_id = path.back().id;
  const auto named = [&](const Crumb& crumb) { return crumb.id == board.board_id; };
  const auto in_path = std::find_if(path.begin(), path.end(), named);
  if (in_path != path.begin()) board.parent_id = std::prev(in_path)->id;
  const auto in_title = std::find_if(own.begin(), own.end(), named);
  if (in_title != own.end()) {
    board.name = in_title->name;
    board.url = in_title->url;
  } else if (in_path != path.end()) {
    board.name = in_path->name;
    board.url = in_path->url;
  } else if (head.title) {
    board.name = text_or_null(dom::text_of(head.title));
  }
  if (head.title) board.threads = threads_in(head.title);
  if (!board.threads) board.threads = first_number(dom::text_of(head.statistics));
  return board;
}

// Threads that the list's own rows link though no row has the id that Discuz! gives it: a changed template.
// Announcements link elsewhere, moved rows have the id.
std::size_t unmarked_rows(const Context& context, Node root) {
  const Node list = dom::find(root, [](Node node) {
    return node.id() == "threadlisttableid" ||
           (node.is("table") && node.attr_or("summary").starts_with("forum_"));
  });
  std::set<std::string> threads;
  for (Node link : dom::find_tags(list ? list : dom::find_id(root, "threadlist"), "a"))
    if (const auto target = target_of(context, link.attr_or("href"));
        target && target->role == LinkRole::kThread)
      threads.insert(target->thread_id.value_or(""));
  return threads.size();
}

void note_links_of_rows(Node root, Listing& listing) {
  for (Node node = root.first_child(); node && !(listing.links_authors && listing.links_last_posters);) {
    const bool row = node.is_element() && row_id(node);
    if (row) note_profile_links(node, listing);
    node = row ? node.next_skipping(root) : node.next_in(root);
  }
}

DateOrder order_told_by_rows(Node root) {
  for (Node node = root.first_child(); node;) {
    const bool row = node.is_element() && row_id(node);
    const DateOrder order =
        row ? order_told_in(node, [](Node inner) { return inner.is("em"); }) : DateOrder::kUnknown;
    if (order != DateOrder::kUnknown) return order;
    node = row ? node.next_skipping(root) : node.next_in(root);
  }
  return DateOrder::kUnknown;
}

}  // namespace

void read_board(const Context& given, Node root, ParsedPage& page) {
  page.kind = PageKind::kBoard;
  Context context = given;
  if (context.date_order == DateOrder::kUnknown) context.date_order = order_told_by_rows(root);
  Board board = read_own_board(context, find_head(root));
  if (board.board_id.empty()) {
    const PageTarget target = page_target(context.url);
    if (target.role == LinkRole::kBoard && target.board_id) board.board_id = *target.board_id;
  }
  Listing listing{{text_or_null(board.board_id), board.name},
                  read_request(context.url).value("filter") == "digest",
                  false,
                  false};
  if (!board.board_id.empty()) page.boards.push_back(std::move(board));
  note_links_of_rows(root, listing);
  read_board_lists(context, root, page);
  int rows = 0;
  int unreadable = 0;
  for (Node node = root.first_child(); node;) {
    if (!node.is_element() || !row_id(node)) {
      if (node.id() == "waterfall") rows += read_picture_rows(context, listing.board, node, page);
      node = node.next_in(root);
      continue;
    }
    ++rows;
    if (read_row(context, listing, node, page) == RowResult::kUnreadable) ++unreadable;
    node = node.next_skipping(root);
  }
  if (!listing.board.id) page.detail = "a board page that does not tell which board it is";
  if (const std::size_t unmarked = rows == 0 ? unmarked_rows(context, root) : 0; unmarked > 0)
    page.detail = fmt::format("a board page with {} threads but no rows (no normalthread_N)", unmarked);
  if (unreadable > 0)
    page.detail = fmt::format("{} rows of a board page without a link to their thread", unreadable);
  if (!page.detail.empty()) page.outcome = Outcome::kUnreadable;
}

}  // namespace boardwalk::parsers::discuz
