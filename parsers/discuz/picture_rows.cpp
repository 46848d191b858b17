#include "parsers/discuz/picture_rows.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "parsers/discuz/links.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

bool read_row(const Context& context, const BoardRef& board, Node item, ParsedPage& page) {
  const Node link = dom::find_tag(dom::find_tag(item, "h3"), "a");
  const std::string_view href = link.attr_or("href");
  const auto target = target_of(context, href);
  if (!target || target->role != LinkRole::kThread || !target->thread_id) return false;
  Thread thread;
  thread.url = context.absolute(href);
  thread.site = context.site;
  thread.software = context.software;
  thread.board = board;
  thread.thread_id = *target->thread_id;
  thread.title = text_or_null(dom::text_of(link));
  if (!link.attr_or("style").empty()) thread.highlight = 1;
  const Node foot = dom::find_class(item, "", "auth");
  if (const Node author = profile_link(foot)) {
    thread.author = shown_text(author);
    thread.author_id = uid_of(author.attr_or("href"));
  }
  for (const Node count : dom::find_tags(dom::find_tag(foot, "cite"), "a"))
    if (const auto replies = first_number(dom::text_of(count))) thread.replies = replies;
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  note_link(context, href, LinkRole::kThread, fmt::format("{}", thread.replies.value_or(-1)), page);
  page.threads.push_back(std::move(thread));
  return true;
}

}  // namespace

int read_picture_rows(const Context& context, const BoardRef& board, Node list, ParsedPage& page) {
  int rows = 0;
  for (const Node item : dom::find_tags(list, "li"))
    if (read_row(context, board, item, page)) ++rows;
  return rows;
}

}  // namespace boardwalk::parsers::discuz
