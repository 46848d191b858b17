#include "parsers/discuz/thread_head.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/thread_counters.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

OptionalString stripped_or_null(std::string_view text) { return text_or_null(std::string(strip(text))); }

std::optional<int> small_number(std::string_view text) {
  const auto number = first_number(text);
  if (!number || *number < 1 || *number > 1'000'000) return std::nullopt;
  return static_cast<int>(*number);
}

// The numbers that scripts of the page give a variable: `tid = parseInt('12')`, `tid=12`, `var fid = "3"`.
// Those of the site's own stand among them.
struct ScriptNumbers {
  std::string_view first;  // empty when there is none
  std::vector<std::string_view> sorted;

  [[nodiscard]] bool holds(const OptionalString& number) const {
    return number && std::binary_search(sorted.begin(), sorted.end(), std::string_view(*number));
  }
};

ScriptNumbers script_numbers(const std::vector<Node>& scripts, std::string_view name) {
  std::vector<std::string_view> numbers;
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
      if (end > 0 && rest.substr(0, end) != "0") numbers.push_back(rest.substr(0, end));
    }
  }
  const std::string_view first = numbers.empty() ? std::string_view() : numbers.front();
  std::sort(numbers.begin(), numbers.end());
  return {first, std::move(numbers)};
}

OptionalString read_thread_id(const Context& context, const ThreadParts& parts) {
  const auto written = script_numbers(parts.scripts, "tid");
  const auto linked = parts.canonical ? target_of(context, parts.canonical.attr_or("href")) : std::nullopt;
  const OptionalString canonical = linked ? linked->thread_id : std::nullopt;
  const OptionalString asked = page_target(context.url).thread_id;
  if (written.holds(canonical)) return canonical;
  if (written.holds(asked)) return asked;
  if (!written.first.empty()) return OptionalString(written.first);
  if (canonical) return canonical;
  if (asked) return asked;
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
// the thread's own board. Links to several types are a menu of the board.
void find_type_link(const Context& context, const ThreadParts& parts, ThreadHead& head) {
  std::string_view found;  // the number of the type that was found
  for (const Node link : parts.head_links) {
    const std::string_view href = link.attr_or("href");
    if (!contains(href, "typeid=") || contains(href, "typeid=0")) continue;
    if (link.source_offset() < parts.breadcrumb.source_offset()) continue;
    const auto target = target_of(context, href);
    if (!target || !target->board_id || target->board_id != head.board.id) continue;
    std::string_view number = href.substr(href.find("typeid=") + 7);
    number = number.substr(0, number.find_first_not_of("0123456789"));
    if (head.type && number != found) {
      head.type = std::nullopt;
      return;
    }
    if (head.type) continue;
    const std::string text = dom::text_of(link);
    const auto inside = bracketed(text);
    head.type = inside ? inside : stripped_or_null(text);
    found = number;
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
  struct Crumb {
    OptionalString id, name;
  };
  std::vector<Crumb> crumbs;
  for (const Node link : dom::find_tags(parts.breadcrumb, "a")) {
    const auto target = target_of(context, link.attr_or("href"));
    if (!target || target->role != LinkRole::kBoard || !target->board_id || !target->follow) continue;
    crumbs.push_back({target->board_id, stripped_or_null(dom::text_of(link))});
  }
  const auto written = script_numbers(parts.scripts, "fid");
  const auto own = std::find_if(crumbs.rbegin(), crumbs.rend(),
                                [&](const Crumb& crumb) { return written.holds(crumb.id); });
  if (own != crumbs.rend()) {
    head.board = {own->id, own->name};
  } else if (!written.first.empty()) {
    head.board.id = written.first;
  } else if (!crumbs.empty()) {
    head.board = {crumbs.back().id, crumbs.back().name};
  } else {
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

bool is_page_of_thread(const std::optional<PageTarget>& target, const OptionalString& thread_id) {
  return target && target->role == LinkRole::kThread && target->thread_id && target->thread_id == thread_id;
}

struct PageCount {
  int current, all;
};

std::optional<PageCount> count_in(Node pager) {
  const auto current = small_number(dom::text_of(dom::find_tag(pager, "strong")));
  const auto total = pager_total(pager);
  if (!current || !total) return std::nullopt;
  return PageCount{*current, std::max(*total, *current)};
}

// Where a pager's links lead.
struct PagerLinks {
  bool to_thread = false;
  bool to_other_page = false;  // of the thread than the one that was asked for
  bool elsewhere = false;
};

PagerLinks links_in(const Context& context, Node pager, const OptionalString& thread_id) {
  const int asked = page_target(context.url).page;
  PagerLinks links;
  for (const Node link : dom::find_tags(pager, "a")) {
    const std::string_view href = link.attr_or("href");
    const auto target = target_of(context, href);
    const bool own = is_page_of_thread(target, thread_id);
    links.to_thread |= own;
    links.to_other_page |= own && target->page != asked;
    links.elsewhere |= target && !own && !href.starts_with('#');
  }
  return links;
}

// Themes call other boxes pagers too. Those that lead elsewhere count only where none turns the thread's
// pages, as in saved copies; one whose links are scripts is rather the thread's.
void read_pager(const Context& context, const ThreadParts& parts, ThreadHead& head) {
  std::optional<PageCount> own, scripted, other;
  bool turned = false;
  for (const Node pager : parts.pagers) {
    const PagerLinks links = links_in(context, pager, head.thread_id);
    turned |= links.to_other_page;
    std::optional<PageCount>& count = links.to_thread ? own : links.elsewhere ? other : scripted;
    if (!count) count = count_in(pager);
    if (own) break;
  }
  if (!own) own = scripted;
  if (const auto count = own || turned ? own : other) {
    head.page = count->current;
    head.pages = count->all;
  } else if (parts.pagers.empty() && parts.ended) {
    head.pages = 1;
  }
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

std::optional<int> last_page_linked(const Context& context, const std::vector<Node>& pagers,
                                    const std::string& thread_id) {
  std::optional<int> last;
  for (const Node pager : pagers)
    for (const Node link : dom::find_tags(pager, "a"))
      if (const auto target = target_of(context, link.attr_or("href")); is_page_of_thread(target, thread_id))
        last = std::max(last.value_or(1), target->page);
  return last;
}

ThreadHead read_thread_head(const Context& context, const ThreadParts& parts) {
  ThreadHead head;
  head.thread_id = read_thread_id(context, parts);
  if (parts.canonical) head.url = context.absolute(parts.canonical.attr_or("href"));
  read_board_ref(context, parts, head);
  read_title(context, parts, head);
  read_counters(parts, head);
  read_pager(context, parts, head);
  read_signs_beside(parts, head);
  return head;
}

}  // namespace boardwalk::parsers::discuz
