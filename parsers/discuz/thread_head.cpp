#include "parsers/discuz/thread_head.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

using ascii::is_digit;

OptionalString stripped_or_null(std::string_view text) { return text_or_null(std::string(strip(text))); }

std::optional<int> small_number(std::string_view text) {
  const auto number = first_number(text);
  if (!number || *number < 1 || *number > 1'000'000) return std::nullopt;
  return static_cast<int>(*number);
}

// The number that a script of the page gives a variable: `tid = parseInt('12')`, `tid=12`, `var fid = "3"`.
OptionalString script_number(const std::vector<Node>& scripts, std::string_view name) {
  for (const Node script : scripts) {
    const std::string_view code = script.first_child().value();
    for (std::size_t at = code.find(name); at != std::string_view::npos;
         at = code.find(name, at + name.size())) {
      const bool own_word = at == 0 || contains(" ,;\t\n(", code.substr(at - 1, 1));
      std::string_view rest = code.substr(at + name.size());
      while (rest.starts_with(' ')) rest.remove_prefix(1);
      if (!own_word || !rest.starts_with('=') || rest.starts_with("==")) continue;
      rest.remove_prefix(std::min(rest.find_first_not_of("= '\"("), rest.size()));
      if (rest.starts_with("parseInt"))
        rest.remove_prefix(std::min(rest.find_first_not_of("('\" ", 8), rest.size()));
      const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
      if (end > 0 && rest.substr(0, end) != "0") return OptionalString(rest.substr(0, end));
    }
  }
  return std::nullopt;
}

OptionalString read_thread_id(const Context& context, const ThreadParts& parts) {
  if (auto written = script_number(parts.scripts, "tid")) return written;
  if (parts.canonical)
    if (const auto target = target_of(context, parts.canonical.attr_or("href")); target && target->thread_id)
      return target->thread_id;
  if (auto asked = page_target(context.url).thread_id) return asked;
  for (const Node link : dom::find_tags(parts.posts.empty() ? Node{} : parts.posts.front().container, "a"))
    if (contains(link.attr_or("href"), "tid="))
      if (const auto target = target_of(context, link.attr_or("href")); target && target->thread_id)
        return target->thread_id;
  return std::nullopt;
}

// `[出售]` without its brackets; nullopt for words without.
OptionalString bracketed(std::string_view text) {
  text = strip(text);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kBrackets = {
      {{"[", "]"}, {"【", "】"}}};
  for (const auto& [open, close] : kBrackets)
    if (text.starts_with(open) && text.ends_with(close) && text.size() > open.size() + close.size())
      return stripped_or_null(text.substr(open.size(), text.size() - open.size() - close.size()));
  return std::nullopt;
}

// What stands in a heading before the title: the thread's type, as a link or (for search robots) in words
// alone, and its kind of 分类信息.
void read_type_links(Node heading, Node subject, ThreadHead& head) {
  for (Node node = heading.first_child(); node && node != subject; node = node.next_in(heading)) {
    if (subject && node.is_text() && node.parent() == heading && !head.type)
      head.type = bracketed(node.value());
    if (!node.is("a")) continue;
    const std::string_view href = node.attr_or("href");
    const std::string text = dom::text_of(node);
    const auto inside = bracketed(text);
    if (contains(href, "sortid")) {
      head.sort = inside ? inside : stripped_or_null(text);
    } else if (!head.type && (inside || contains(href, "typeid"))) {
      head.type = inside ? inside : stripped_or_null(text);
    }
  }
}

// A type that stands outside any heading: a link beside the breadcrumb, not in a menu above it, that filters
// the thread's own board.
void find_type_link(const Context& context, const ThreadParts& parts, ThreadHead& head) {
  for (const Node link : parts.head_links) {
    const std::string_view href = link.attr_or("href");
    if (!contains(href, "typeid=") || contains(href, "typeid=0")) continue;
    if (link.source_offset() < parts.breadcrumb.source_offset()) continue;
    const auto target = target_of(context, href);
    if (!target || !target->board_id || target->board_id != head.board.id) continue;
    const std::string text = dom::text_of(link);
    const auto inside = bracketed(text);
    head.type = inside ? inside : stripped_or_null(text);
    if (head.type) return;
  }
}

// 6.x: `[<a>type</a>] words`, brackets that are none of the link's words.
bool stands_in_brackets(Node link) {
  return strip(link.previous_sibling().value()) == "[" && strip(link.next_sibling().value()).starts_with(']');
}

// A heading's words without the links before them that give the type.
std::string heading_text(Node heading) {
  TextLines lines;
  bool begun = false;
  for (const Node child : dom::children(heading)) {
    const std::string text = dom::text_of(child);
    if (!begun && child.is("a") && bracketed(text)) continue;
    begun = begun || !text.empty();
    if (child.is_text())
      lines.append(child.value());
    else
      lines.append(text);
  }
  if (shown_text(heading).empty()) return {};
  std::string words = lines.take();
  if (stands_in_brackets(dom::find_tag(heading, "a"))) words.erase(0, words.find(']') + 1);
  return std::string(strip(words));
}

// `Title - 第2页 - Board - Forum - Powered by Discuz!` without what stands behind the title.
OptionalString title_of_document(Node element, const BoardRef& board) {
  const std::string whole = dom::text_of(element);
  std::string_view title = whole;
  const std::size_t end = board.name ? title.find(" - " + *board.name) : std::string_view::npos;
  title = title.substr(0, end != std::string_view::npos ? end : title.find(" - "));
  const std::size_t number = title.rfind(" - 第");
  if (number != std::string_view::npos && (title.ends_with("页") || title.ends_with("頁")))
    title = title.substr(0, number);
  return stripped_or_null(title);
}

void read_title(const Context& context, const ThreadParts& parts, ThreadHead& head) {
  if (parts.subject) {
    head.title = stripped_or_null(dom::text_of(parts.subject));
    Node heading = parts.subject.parent();
    if (!heading.is("h1"))
      if (const Node outer = parts.subject.closest([](Node node) { return node.is("h1"); })) heading = outer;
    read_type_links(heading, parts.subject, head);
  } else if (parts.heading) {
    read_type_links(parts.heading, {}, head);
    head.title = stripped_or_null(heading_text(parts.heading));
  }
  if (!head.type) find_type_link(context, parts, head);
  if (!head.title && parts.document_title) head.title = title_of_document(parts.document_title, head.board);
}

// `fid=` in the first post's links to reply, which mirrors leave as they were.
OptionalString board_of_reply(const ThreadParts& parts) {
  if (parts.posts.empty()) return std::nullopt;
  for (const Node link : dom::find_tags(parts.posts.front().container, "a")) {
    const std::string_view href = link.attr_or("href");
    const std::size_t at = href.find("fid=");
    if (at == std::string_view::npos || !contains(href, "action=reply")) continue;
    const std::string_view rest = href.substr(at + 4);
    const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (end > 0) return OptionalString(rest.substr(0, end));
  }
  return std::nullopt;
}

// Where a mirror's links no longer tell boards from threads: the path's last link but the thread's own.
OptionalString name_in_path(const ThreadParts& parts) {
  std::vector<Node> links;
  for (const Node link : dom::find_tags(parts.breadcrumb, "a"))
    if (!dom::text_of(link).empty()) links.push_back(link);
  const std::string title = parts.subject ? dom::text_of(parts.subject) : std::string();
  if (links.empty() || title.empty()) return std::nullopt;
  std::string last = dom::text_of(links.back());
  while (last.ends_with('.') || last.ends_with(' ')) last.pop_back();
  if (title.starts_with(last)) links.pop_back();
  return links.size() < 2 ? std::nullopt : stripped_or_null(dom::text_of(links.back()));
}

// The last link to a board in the breadcrumb, else the first of the page to the board that it says it belongs
// to.
void read_board_ref(const Context& context, const ThreadParts& parts, ThreadHead& head) {
  head.board.id = script_number(parts.scripts, "fid");
  Node crumb;
  for (const Node link : dom::find_tags(parts.breadcrumb, "a")) {
    const auto target = target_of(context, link.attr_or("href"));
    if (!target || target->role != LinkRole::kBoard || !target->board_id || !target->follow) continue;
    crumb = link;
    if (!head.board.id || head.board.id == target->board_id)
      head.board.name = stripped_or_null(dom::text_of(link));
  }
  if (crumb && !head.board.id) head.board.id = target_of(context, crumb.attr_or("href"))->board_id;
  if (!crumb && !head.board.id) {
    head.board = {board_of_reply(parts), name_in_path(parts)};
  }
  if (head.board.name) return;
  for (const Node link : parts.head_links) {
    if (!head.board.id && !contains(link.attr_or("href"), "f")) continue;
    const std::string text = dom::text_of(link);
    if (text.empty() || !head.board.id || !contains(link.attr_or("href"), *head.board.id)) continue;
    const auto target = target_of(context, link.attr_or("href"));
    if (!target || target->role != LinkRole::kBoard || !target->follow || target->board_id != head.board.id)
      continue;
    head.board.name = text;
    return;
  }
}

// Digits alone, perhaps grouped: what a counter holds.
std::optional<std::int64_t> counter(Node element) {
  const std::string text = dom::text_of(element);
  const bool plain =
      !text.empty() && is_digit(text.front()) &&
      std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == ',' || c == ' '; });
  if (plain || contains(text, "万") || contains(text, "萬")) return first_number(text);
  return std::nullopt;
}

constexpr std::array<std::string_view, 10> kViewLabels = {"查看", "阅读", "閱讀", "浏览",  "瀏覽",
                                                          "点击", "點擊", "人气", "Views", "كۆرۈش"};
constexpr std::array<std::string_view, 9> kReplyLabels = {"回复", "回覆", "回復",    "回帖",  "回應",
                                                          "评论", "評論", "Replies", "ئىنكاس"};

// The number that stands behind one of the labels, with nothing but a colon or space between.
std::optional<std::int64_t> labelled_number(std::string_view text, const auto& labels) {
  for (const std::string_view label : labels)
    for (std::size_t at = text.find(label); at != std::string_view::npos;
         at = text.find(label, at + label.size())) {
      std::string_view rest = strip(text.substr(at + label.size()));
      for (const std::string_view colon : {":", "："})
        if (rest.starts_with(colon)) rest = strip(rest.substr(colon.size()));
      if (!rest.empty() && is_digit(rest.front())) return first_number(rest);
    }
  return std::nullopt;
}

// X: two numbers in one box, views first; with their labels beside them where these are known. Sites have such
// boxes for numbers of their own: it is the first with both labels or, in an unknown language, the last.
bool read_counter_boxes(const std::vector<Node>& boxes, ThreadHead& head) {
  bool found = false;
  for (const Node box : boxes) {
    std::vector<std::int64_t> numbers;
    for (const Node element : dom::find_classes(box, "", "xi1"))
      if (const auto number = counter(element)) numbers.push_back(*number);
    if (numbers.size() < 2) continue;
    const std::string words = dom::text_of(box);
    const auto views = labelled_number(words, kViewLabels);
    const auto replies = labelled_number(words, kReplyLabels);
    head.views = views ? views : numbers[0];
    head.replies = replies ? replies : numbers[1];
    found = true;
    if (views && replies) break;
  }
  return found;
}

// Two numbers side by side, without labels, the first of which is known to be the views: the other is the
// replies.
std::optional<std::int64_t> number_behind_views(const ThreadParts& parts, std::int64_t views) {
  const Node first = parts.posts.front().container;
  Node node = parts.subject ? parts.subject : parts.heading;
  Node seen;
  for (int steps = 0; node && node != first && steps < 200; ++steps) {
    const auto number = node.first_child().is_text() ? counter(node) : std::nullopt;
    if (number && seen && seen.parent() == node.parent()) return number;
    if (number) seen = *number == views ? node : Node{};
    Node next = node.first_child();
    for (Node up = node; !next && up; up = up.parent()) next = up.next_sibling();
    node = next;
  }
  return std::nullopt;
}

// What stands around the title but in neither it nor the first post's words, where `阅读 30` may mean
// anything.
std::string words_around(Node title, const PostParts& first) {
  Node block = title;
  for (int hops = 0; hops < 4 && block.parent() && !first.container.inside(block.parent()); ++hops)
    block = block.parent();
  std::string words;
  for (Node node = block; node;) {
    const bool left_out =
        is_one_of(node.name(), {"script", "style"}) || node == title || node == first.message;
    if (node.is_text()) words += node.value();
    if (left_out) words += ' ';
    node = left_out ? node.next_skipping(block) : node.next_in(block);
  }
  return words;
}

// Themes of their own: labels and numbers in the block that holds the title, unless that is the first post
// (as in 7.x), and beside the first post's words.
void read_labelled_counters(const ThreadParts& parts, ThreadHead& head) {
  const Node title = parts.subject ? parts.subject : parts.heading;
  if (!title || parts.posts.empty()) return;
  const PostParts& first = parts.posts.front();
  const bool apart = !title.inside(first.container);
  std::string words = apart ? words_around(title, first) : std::string();
  for (const Node info : first.infos) words += ' ' + dom::text_of(info);
  head.views = labelled_number(words, kViewLabels);
  head.replies = labelled_number(words, kReplyLabels);
  if (apart && head.views && !head.replies) head.replies = number_behind_views(parts, *head.views);
}

std::optional<int> pager_total(Node pager) {
  for (const Node label : dom::find_tags(pager, "label"))
    for (Node node = label; node; node = node.next_in(label))
      if (const auto number = small_number(node.attr_or("title")); number && node.is("span")) return number;
  int largest = 0;
  for (Node node = pager.first_child(); node; node = node.next_in(pager)) {
    if (!node.is("a") && !node.is("strong")) continue;
    std::string text = dom::text_of(node);
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '.' || c == ' '; }),
               text.end());
    const bool plain = !text.empty() && text.size() < 8 && ascii::all_digits(text);
    if (plain) largest = std::max(largest, small_number(text).value_or(0));
  }
  return largest > 0 ? std::optional(largest) : std::nullopt;
}

void read_pager(const ThreadParts& parts, ThreadHead& head) {
  for (const Node pager : parts.pagers) {
    const auto current = small_number(dom::text_of(dom::find_tag(pager, "strong")));
    const auto total = pager_total(pager);
    if (!current || !total) continue;
    head.page = *current;
    head.pages = std::max(*total, *current);
    return;
  }
  if (parts.pagers.empty()) head.pages = 1;
}

// 精华 has three levels. Other numbers are a year or a name of the theme's own.
std::optional<int> digest_level(std::string_view text) {
  const auto number = small_number(text);
  return number && *number <= 3 ? number : std::nullopt;
}

// Icons and words beside the title, up to the first post. The title's own words are no such sign.
void read_signs_beside(const ThreadParts& parts, ThreadHead& head) {
  const Node title = parts.subject ? parts.subject : parts.heading;
  Node node = title;
  const Node first = parts.posts.empty() ? Node{} : parts.posts.front().container;
  for (int steps = 0; node && node != first && steps < 60; ++steps) {
    const std::string_view classes = node.classes();
    const std::string_view source = node.is("img") ? node.attr_or("src") : std::string_view{};
    if (contains(classes, "fico-lock") || contains(source, "locked") || contains(source, "folder_lock"))
      head.closed = true;
    if (contains(source, "digest_"))
      if (const auto level = digest_level(source.substr(source.find("digest_")))) head.digest = level;
    if (contains(classes, "tdigest")) head.digest = digest_level(node.attr_or("title")).value_or(1);
    if (node.is_text() && !node.inside(title))
      for (const std::string_view label : {"阅读权限", "閱讀權限"})
        if (contains(node.value(), label)) head.read_permission = small_number(dom::text_of(node.parent()));
    Node next = node.first_child();
    for (Node up = node; !next && up; up = up.parent()) next = up.next_sibling();
    node = next;
  }
}

}  // namespace

ThreadHead read_thread_head(const Context& context, const ThreadParts& parts) {
  ThreadHead head;
  head.thread_id = read_thread_id(context, parts);
  if (parts.canonical) head.url = context.absolute(parts.canonical.attr_or("href"));
  read_board_ref(context, parts, head);
  read_title(context, parts, head);
  if (!read_counter_boxes(parts.counters, head)) read_labelled_counters(parts, head);
  read_pager(parts, head);
  read_signs_beside(parts, head);
  return head;
}

}  // namespace boardwalk::parsers::discuz
