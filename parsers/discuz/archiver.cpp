#include "parsers/discuz/archiver.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "parsers/discuz/board_list.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/notices.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

bool is_author_line(Node node) { return node.is("p") && node.has_class("author"); }

void begin_post(const Context& context, Node line, std::vector<Post>& posts) {
  Post post;
  post.site = context.site;
  const Node name = dom::find_tag(line, "strong");
  std::string author = dom::text_of(name);
  post.anonymous = is_nobody(author);
  if (!post.anonymous) post.author = text_or_null(std::move(author));
  std::string words;
  for (Node child : dom::children(line))
    if (child.is_text()) words.append(child.value());
  const Node relative = dom::find_tag(line, "span");  // 6 天前, the real time in its title
  post.posted_at = relative ? time_in(relative, context.fetched_at, context.zone)
                            : read_time(words, context.fetched_at, context.zone);
  post.first = posts.empty();
  posts.push_back(std::move(post));
}

// The edit notice is the first line of a post's words here.
void end_post(const Context& context, TextLines& lines, std::vector<Post>& posts) {
  std::string words = lines.take();
  if (posts.empty()) return;
  Post& post = posts.back();
  const std::size_t end = std::min(words.find('\n'), words.size());
  const std::string first(strip(std::string_view(words).substr(0, end)));
  if (begins_edit_notice(first)) {
    if (const auto notice = read_edit_notice(context, first, {{}, post.author})) {
      post.edited_by = notice->author;
      post.edited_at = notice->at;
      words.erase(0, std::min(end + 1, words.size()));
    }
  }
  post.text = std::move(words);
}

// The last link of the way that `#nav` shows: the board of a thread's page, none on the front page.
Node last_link(Node nav) {
  const auto links = dom::find_tags(nav, "a");
  return links.empty() ? Node() : links.back();
}

std::string last_words(Node nav) {
  std::string words;
  for (Node child : dom::children(nav))
    if (child.is_text()) words = child.value();
  const std::size_t arrow = words.rfind("›");
  if (arrow != std::string::npos) words.erase(0, arrow + std::string_view("›").size());
  return std::string(strip(words));
}

void read_board_list(const Context& context, Node content, ParsedPage& page) {
  for (Node link : dom::find_tags(content, "a")) {
    const auto key = key_of(context, link.attr_or("href"));
    if (!key || key->role != LinkRole::kBoard || !key->board_id || link.parent().has_class("page")) continue;
    Board board;
    board.site = context.site;
    board.board_id = *key->board_id;
    board.name = text_or_null(dom::text_of(link));
    board.page = context.page;
    board.parser = discuz_parser_version();
    page.boards.push_back(std::move(board));
  }
}

// `<li><a href="?tid-7.html">title</a> (5篇回复)`. A moved row has `-` for its number.
void read_thread_list(const Context& context, Node content, ParsedPage& page) {
  for (Node link : dom::find_tags(content, "a")) {
    const auto key = key_of(context, link.attr_or("href"));
    if (!key || key->role != LinkRole::kThread || !key->thread_id || !link.parent().is("li")) continue;
    const Node behind = link.next_sibling();
    const auto replies = behind.is_text() ? first_number(behind.value()) : std::nullopt;
    if (!replies || behind.value().find("(-") != std::string_view::npos) continue;
    Thread thread;
    thread.site = context.site;
    thread.software = context.software;
    thread.thread_id = *key->thread_id;
    thread.title = text_or_null(dom::text_of(link));
    thread.replies = replies;
    thread.page = context.page;
    thread.parser = discuz_parser_version();
    page.threads.push_back(std::move(thread));
  }
}

void read_thread_facts(const Context& context, Node root, const std::string& tid, int number,
                       ParsedPage& page) {
  const std::vector<Post> posts = read_archived_posts(context, root);
  Thread thread;
  thread.site = context.site;
  thread.software = context.software;
  thread.thread_id = tid;
  const Node nav = dom::find_id(root, "nav");
  const Node above = last_link(nav);
  if (const auto key = key_of(context, above.attr_or("href")); key && key->board_id)
    thread.board = {key->board_id, text_or_null(dom::text_of(above))};
  thread.title = text_or_null(last_words(nav));
  if (number == 1 && !posts.empty()) {
    thread.author = posts.front().author;
    thread.created_at = posts.front().posted_at;
  }
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  page.threads.push_back(std::move(thread));
  if (!posts.empty()) return;
  page.outcome = Outcome::kUnreadable;
  page.detail = "an archived thread without posts (no p.author)";
}

}  // namespace

std::vector<Post> read_archived_posts(const Context& context, Node root) {
  const Node content = dom::find_id(root, "content");
  std::vector<Post> posts;
  TextLines lines;
  read_text(content, lines, [&](Node node) {
    if (!is_author_line(node))
      return node.is("h3") || node.has_class("page") ? Visit::kSkip : Visit::kDescend;
    end_post(context, lines, posts);
    begin_post(context, node, posts);
    return Visit::kSkip;
  });
  end_post(context, lines, posts);
  return posts;
}

void read_archiver(const Context& context, Node root, ParsedPage& page) {
  page.kind = PageKind::kArchiver;
  const Node content = dom::find_id(root, "content");
  const PageKey own = page_key(context.url);
  if (own.role == LinkRole::kThread && own.thread_id)
    return read_thread_facts(context, root, *own.thread_id, own.page, page);
  read_board_list(context, content, page);
  read_thread_list(context, content, page);
}

}  // namespace boardwalk::parsers::discuz
