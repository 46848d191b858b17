#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/discuz/links.hpp"
#include "parsers/discuz/message_body.hpp"
#include "parsers/discuz/notices.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/post.hpp"
#include "parsers/discuz/request.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/discuz/touch.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// The words of `element` without those in elements named or classed `em` and `y`: buttons and counters beside
// a time.
std::string bare_text(Node element) {
  std::string words;
  for (Node node = element.first_child(); node;) {
    if (node.is("em") || node.has_class("y")) {
      node = node.next_skipping(element);
      continue;
    }
    if (node.is_text()) words.append(node.value());
    node = node.next_in(element);
  }
  return words;
}

std::string_view number_of(Node node, std::string_view head) {
  const std::string_view id = node.id();
  const bool numbered = id.starts_with(head) && is_number(id.substr(head.size()));
  return numbered ? id.substr(head.size()) : std::string_view();
}

struct Facts {
  Node floor, author, time, counters;
};

// X3.5: `.mtit .y`, `.mtit .z`, `.mtime`; before: the first `li.grey` with `em` and `b`, then `li.grey.rela`.
Facts find_facts(Node post) {
  Facts facts;
  const Node list = dom::find_class(post, "ul", "authi");
  for (Node item : dom::find_tags(list, "li")) {
    if (item.has_class("mtime") || item.has_class("rela")) {
      if (!facts.time) facts.time = item;
      if (item.has_class("mtime")) facts.counters = dom::find_class(item, "span", "y");
    } else if (!facts.author) {
      const bool newer = item.has_class("mtit");
      facts.author = newer ? dom::find_class(item, "span", "z") : item;
      facts.floor = newer ? dom::find_class(item, "span", "y") : dom::find_tag(item, "em");
    }
  }
  return facts;
}

bool holds_time(Node node) {
  const bool item = node.is("li") && (node.has_class("mtime") || node.has_class("rela"));
  return item || !number_of(node, "authorposton").empty();
}

// `unlinked`: the name where it is no link.
void read_author(Node link, std::string unlinked, Post& post) {
  std::string name = link ? dom::text_of(link) : std::move(unlinked);
  if (link) post.author_id = uid_of(link.attr_or("href"));
  post.anonymous = !link && is_nobody(name);
  if (!post.anonymous) post.author = text_or_null(std::move(name));
}

// A notice that stands in place of the words; it looks like a quote, but quotes nothing. `受到警告` before it
// is no part of it.
Node withheld_notice(Node message) {
  for (Node child : dom::children(message)) {
    if (child.is("div") && (child.has_class("quote") || child.has_class("locked")))
      return dom::find_tag(child, "blockquote") ? Node() : child;
    const bool passed = child.is("br") || child.is("span");
    if (child.is_element() && !passed) return {};
    if (child.is_text() && !strip(child.value()).empty()) return {};
  }
  return {};
}

bool is_warning(Node node) { return node.is("span") && node.has_class("quote"); }

// The words alone stand in `.postmessage` where the template adds a poll, a reward and the like to them.
Node own_words(Node message) {
  const Node words = dom::find_class(message, "div", "postmessage");
  return words ? words : message;
}

// Takes what the template prints before the words, a reply's subject or a warning, off their front.
void drop_front(Node front, Post& post) {
  const std::string words = dom::text_of(front);
  if (words.empty() || !post.text.starts_with(words)) return;
  post.text.erase(0, words.size());
  post.text.erase(0, std::min(post.text.find_first_not_of("\n "), post.text.size()));
}

void read_words(const Context& context, Node message, Post& post) {
  const Node warning = dom::find(message, is_warning);
  if (warning) post.flags.emplace_back("warned");
  const Node notice = withheld_notice(message);
  if (!notice) {
    const Node words = own_words(message);
    const std::size_t quotes = post.quotes.size();
    if (read_message_body(context, words, {{}, post.author}, post)) post.flags.emplace_back("hidden_part");
    if (warning && post.quotes.size() > quotes) post.quotes.erase(post.quotes.begin());
    Node front = words.first_child();
    if (!front.is_element()) front = front.next_element();
    if (front.is("h2")) drop_front(front, post);
    return;
  }
  const Withheld why = read_withheld(notice, true);
  if (why == Withheld::kBlocked) post.flags.emplace_back("blocked");
  if (why == Withheld::kAuthorBanned) post.flags.emplace_back("author_banned");
  if (why == Withheld::kHidden) post.flags.emplace_back("hidden_part");
}

Post read_boxed_post(const Context& context, Node box, std::string_view pid) {
  const Facts facts = find_facts(box);
  Post post;
  post.site = context.site;
  post.software = context.software;
  post.post_id = pid;
  post.floor = read_floor(dom::text_of(facts.floor));
  post.first = post.floor == 1;
  read_author(profile_link(facts.author), std::string(strip(bare_text(facts.author))), post);
  post.posted_at = time_in(facts.time, context.fetched_at, context.zone, context.date_order);
  if (!dom::find(facts.time, [](Node node) { return !node.attr_or("title").empty(); }))
    post.posted_at = read_time(bare_text(facts.time), context.fetched_at, context.zone, context.date_order);
  read_words(context, dom::find_class(box, "div", "message"), post);
  post.page = context.page;
  post.parser = discuz_parser_version();
  return post;
}

// mobile=1: `div.bm_user#pidN` with floor, author and em#authorpostonN; the words follow in #postmessage_N.
Post read_plain_post(const Context& context, Node box, std::string_view pid) {
  Post post;
  post.site = context.site;
  post.software = context.software;
  post.post_id = pid;
  std::string words;  // `楼主`, `5#`, `板凳 匿名`
  for (Node child = box.first_child(); child && !child.is("a") && !child.is("br");
       child = child.next_sibling())
    words += child.is_text() ? std::string(strip(child.value())) : dom::text_of(child);
  const std::size_t gap = std::min(words.find_first_of(" \t\r\n"), words.size());
  post.floor = read_floor(std::string_view(words).substr(0, gap));
  post.first = post.floor == 1;
  const Node link = profile_link(box);
  read_author(link, std::string(strip(std::string_view(words).substr(gap))), post);
  const Node time = dom::find(box, [](Node node) { return !number_of(node, "authorposton").empty(); });
  post.posted_at = time_in(time, context.fetched_at, context.zone, context.date_order);
  post.page = context.page;
  post.parser = discuz_parser_version();
  return post;
}

// The title, and before it the type in brackets, unless the document's own title has the brackets too.
void read_title(Node root, Thread& thread) {
  const Node box = dom::find_class(root, "div", "view_tit");
  const Node heading = box ? box : dom::find_tag(dom::find_class(root, "div", "postlist"), "h2");
  const Node subject = heading ? heading : dom::find_id(root, "thread_subject");
  std::string title = own_text(subject);
  const Node before =
      subject.previous_sibling().is_text() ? subject.previous_sibling().previous_sibling() : Node();
  const Node marked = heading ? dom::find_tag(box, "em") : before;
  std::string type = marked ? dom::text_of(marked) : std::string();
  const std::string document = dom::text_of(dom::find_tag(root, "title"));
  const std::size_t end = title.find(']');
  if (type.empty() && title.starts_with('[') && end != std::string::npos && !document.starts_with('[')) {
    type = title.substr(0, end + 1);
    title = std::string(strip(std::string_view(title).substr(end + 1)));
  }
  thread.title = text_or_null(std::move(title));
  if (type.size() > 2 && type.front() == '[') thread.type = type.substr(1, type.size() - 2);
}

BoardRef read_board_ref(const Context& context, Node root) {
  const Node header = dom::find_class(root, "", "header");
  for (Node link : dom::find_tags(header, "a")) {
    const auto target = target_of(context, link.attr_or("href"));
    if (!target || target->role != LinkRole::kBoard || !target->board_id) continue;
    const Node name = dom::find_class(header, "span", "name");
    return {target->board_id, text_or_null(dom::text_of(name ? name : link))};
  }
  return {};
}

OptionalString own_tid(const Context& context, Node root) {
  const PageTarget own = page_target(context.url);
  if (own.role == LinkRole::kThread && own.thread_id) return own.thread_id;
  const Node form = dom::find_id(root, "fastpostform");
  const auto target = target_of(context, form.attr_or("action"));
  return target ? target->thread_id : std::nullopt;
}

void read_counters(Node post, Thread& thread) {
  const auto counters = dom::find_tags(find_facts(post).counters, "em");
  if (counters.size() != 2) return;
  thread.views = first_number(dom::text_of(counters[0]));
  thread.replies = first_number(dom::text_of(counters[1]));
}

void read_posts(const Context& context, Node root, Thread& thread, ParsedPage& page) {
  for (Node node = root.first_child(); node;) {
    const std::string_view pid = node.is("div") ? number_of(node, "pid") : std::string_view();
    const bool boxed = !pid.empty() && node.has_class("plc");
    if (boxed) {
      page.posts.push_back(read_boxed_post(context, node, pid));
      if (page.posts.back().first) read_counters(node, thread);
    } else if (!pid.empty() && node.has_class("bm_user")) {
      page.posts.push_back(read_plain_post(context, node, pid));
    } else if (!page.posts.empty() && number_of(node, "postmessage_") == page.posts.back().post_id) {
      read_words(context, node, page.posts.back());
    }
    node = boxed ? node.next_skipping(root) : node.next_in(root);
  }
}

// A landmark that fails on most posts is one that the template has lost; then nothing of the page is
// believed.
void note_lost(Node root, ParsedPage& page) {
  const auto lost = [&page](std::size_t missing) { return 2 * missing > page.posts.size(); };
  const auto without = [&page](const auto& missing) {
    return static_cast<std::size_t>(std::count_if(page.posts.begin(), page.posts.end(), missing));
  };
  const std::size_t bodies =
      dom::find_classes(root, "div", "message").size() + dom::find_classes(root, "div", "postmessage").size();
  if (lost(without([](const Post& post) { return !post.author && !post.anonymous; })))
    page.detail = "an author";
  if (lost(without([](const Post& post) { return !post.posted_at; }))) page.detail = "a time";
  if (lost(page.posts.size() - std::min(bodies, page.posts.size()))) page.detail = "words (div.message)";
  if (page.detail.empty()) return;
  page.detail = "mobile posts without " + page.detail;
  page.outcome = Outcome::kUnreadable;
  page.posts.clear();
  page.threads.clear();
}

}  // namespace

void read_touch_thread(const Context& given, Node root, ParsedPage& page) {
  page.kind = PageKind::kThread;
  Context context = given;
  if (context.date_order == DateOrder::kUnknown) context.date_order = order_told_in(root, holds_time);
  const auto tid = own_tid(context, root);
  if (!tid) {
    page.outcome = Outcome::kUnreadable;
    page.detail = "a mobile thread page that does not tell which thread it is";
    return;
  }
  Thread thread;
  thread.site = context.site;
  thread.software = context.software;
  thread.thread_id = *tid;
  thread.board = read_board_ref(context, root);
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  read_title(root, thread);
  read_posts(context, root, thread, page);
  for (Post& post : page.posts) {
    post.thread_id = *tid;
    post.thread_title = thread.title;
    post.board = thread.board;
    if (!post.first) continue;
    thread.author = post.author;
    thread.author_id = post.author_id;
    thread.created_at = post.posted_at;
  }
  page.threads.push_back(std::move(thread));
  note_lost(root, page);
}

}  // namespace boardwalk::parsers::discuz
