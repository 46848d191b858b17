#include "parsers/discuz/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/contains.hpp"
#include "parsers/discuz/board_list.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/request.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// The digit behind `head` in an image's name or a class: 2 of `pin_2.gif`, 1 of `tpin tpin1`, none of
// `digest_2024.png`.
std::optional<int> digit_behind(std::string_view text, std::string_view head) {
  for (std::size_t at = text.find(head); at != std::string_view::npos; at = text.find(head, at + 1)) {
    std::string_view digits = text.substr(at + head.size());
    digits = digits.substr(0, digits.find_first_not_of("0123456789"));
    if (digits.size() == 1 && digits[0] >= '1' && digits[0] <= '3') return digits[0] - '0';
  }
  return std::nullopt;
}

std::optional<std::int64_t> number_behind(std::string_view text,
                                          std::initializer_list<std::string_view> labels) {
  for (const std::string_view label : labels)
    if (const std::size_t at = text.find(label); at != std::string_view::npos)
      return first_number(text.substr(at + label.size()));
  return std::nullopt;
}

struct Special {
  std::string_view kind, image, icon, label, traditional;
};
constexpr std::array<Special, 5> kSpecials{{{"poll", "pollsmall", "fico-vote", "投票", "投票"},
                                            {"reward", "rewardsmall", "fico-reward", "悬赏", "懸賞"},
                                            {"trade", "tradesmall", "fico-cart", "商品", "商品"},
                                            {"debate", "debatesmall", "fico-vs", "辩论", "辯論"},
                                            {"activity", "activitysmall", "fico-group", "活动", "活動"}}};

// What the row's icons, their titles and their alternative texts say.
class Marks {
 public:
  // `subject` is the thread's title, which themes repeat on links and pictures.
  void note(Node element, std::string_view subject) {
    const std::string_view source = element.attr_or("src");
    const std::string_view classes = element.classes();
    const std::string_view title = element.attr_or("title");
    const std::string_view alt = element.attr_or("alt");
    const bool link = element.is("a");
    if (!title.empty() && title != subject && !(link && !dom::text_of(element).empty())) words(title, link);
    if (alt != subject) words(alt, false);
    if (source.empty() && classes.empty()) return;
    for (const std::string_view head : {"pin_", "tpin"})
      if (const auto level = digit_behind(head == "pin_" ? source : classes, head); level && !pin_)
        pin_ = level;
    if (const auto level = digit_behind(source, "digest_")) digest_ = level;
    if (element.has_class("tdigest"))
      digest_ = static_cast<int>(first_number(dom::text_of(element)).value_or(1));
    if (contains(source, "folder_lock") || element.has_class("fico-lock") ||
        (element.is("th") && element.has_class("lock")))
      closed_ = true;
    if (source.empty() && !contains(classes, "fico-")) return;
    for (const Special& special : kSpecials)
      if (contains(source, special.image) || element.has_class(special.icon)) special_ = special.kind;
  }

  // `sticky_row`: only there do the words mean the row.
  void apply(bool sticky_row, bool digest_only, Thread& thread) const {
    static constexpr std::array<std::string_view, 3> kLevels{"board", "category", "global"};
    if (sticky_row && pin_) thread.sticky = kLevels[static_cast<std::size_t>(*pin_ - 1)];
    if (closed_) thread.closed = true;  // no lock proves nothing: one with new replies may lack it
    if (digest_ || !digest_only) thread.digest = std::clamp(digest_.value_or(0), 0, 3);
    if (!special_.empty()) thread.special = special_;
  }

 private:
  // `全局置顶主题 - 关闭的主题 - 新窗口打开` on the icon's link; a locked icon hides the pin and the kind of
  // thread.
  void words(std::string_view text, bool link) {
    if (text.empty()) return;
    if (contains_any(text, {"置顶", "置頂"})) sticky(text);
    if (!link) return;
    if (contains_any(text, {"关闭的主题", "關閉的主題"})) closed_ = true;
    for (const std::string_view part : parts_of(text))
      for (const Special& special : kSpecials)
        if (part == special.label || part == special.traditional) special_ = special.kind;
  }

  void sticky(std::string_view text) {
    if (contains_any(text, {"全局置顶", "全局置頂", "总置顶", "總置頂"})) pin_ = 3;
    if (contains_any(text, {"分类置顶", "分類置頂", "分区置顶", "分區置頂"})) pin_ = 2;
    if (contains_any(text, {"本版置顶", "本版置頂"})) pin_ = 1;
  }

  static std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts = split(text, '-');
    for (std::string_view& part : parts) part = strip(part);
    return parts;
  }

  std::optional<int> pin_;
  std::optional<int> digest_;
  bool closed_ = false;
  std::string_view special_;
};

// The parts of a row.
struct Parts {
  Node subject;      // the link with the title
  Node subject_box;  // the element that it stands in with its marks: a cell, or the row
  Node pages;
  std::vector<Node> people;  // cells that hold a <cite>: author, last poster
  std::vector<Node> by;      // cells that X makes for them
  Node numbers;
  Marks marks;
};

bool is_page_box(Node node) { return node.has_class("tps") || node.has_class("threadpages"); }

bool is_subject(Node node) {
  if (node.has_class("xst")) return true;
  const Node parent = node.parent();
  return parent.is("span") && parent.id().starts_with("thread_");
}

void visit(Node node, Parts& parts) {
  if (node.is("a") && !parts.subject && is_subject(node)) parts.subject = node;
  if (node.is("cite")) {
    const Node cell = node.parent();
    if (parts.people.empty() || parts.people.back() != cell) parts.people.push_back(cell);
  }
  if (node.classes().empty()) return;
  if (!parts.pages && is_page_box(node)) parts.pages = node;
  if (node.is("td") && node.has_class("by")) parts.by.push_back(node);
  if (!parts.numbers && node.is("td") && (node.has_class("num") || node.has_class("nums")))
    parts.numbers = node;
}

// A theme without the usual classes: the first link with words that leads to a thread.
Node find_subject(const Context& context, Node row) {
  for (Node node : dom::find_tags(row, "a")) {
    const auto target = target_of(context, node.attr_or("href"));
    if (target && target->role == LinkRole::kThread && !dom::text_of(node).empty()) return node;
  }
  return {};
}

Parts find_parts(const Context& context, Node row) {
  Parts parts;
  for (Node node = row.first_child(); node; node = node.next_in(row))
    if (node.is_element()) visit(node, parts);
  if (parts.people.size() < 2 && parts.by.size() == 2) parts.people = parts.by;  // a nobody without <cite>
  if (!parts.subject) parts.subject = find_subject(context, row);
  parts.subject_box = parts.subject.closest(
      [row](Node node) { return node == row || node.is("th") || node.is("td") || node.is("li"); });
  const std::string title = dom::text_of(parts.subject);
  for (Node node = row.first_child(); node; node = node.next_in(row))
    if (node.is_element()) parts.marks.note(node, title);
  return parts;
}

struct Person {
  OptionalString name;
  OptionalString id;
};

Person person_in(Node cell) {
  Person person;
  const Node cite = dom::find_tag(cell, "cite");
  std::string name;
  if (!cite) {
    const Node link = profile_link(cell);
    name = link ? shown_text(link) : own_text(cell);
    if (link) person.id = uid_of(link.attr_or("href"));
  }
  for (Node link : dom::find_tags(cite, "a")) {
    name = dom::text_of(link);
    if (name.empty()) continue;
    person.id = uid_of(link.attr_or("href"));
    person.name = std::move(name);
    return person;
  }
  if (cite) name = dom::text_of(cite);
  if (name.starts_with("by ")) name.erase(0, 3);  // 6.x prints it before the last poster
  if (!name.empty() && !is_nobody(name)) person.name = std::move(name);
  return person;
}

// The words of a time that stay the same from visit to visit: a title, or an absolute time; empty for `3
// 分钟前`.
std::string lasting_time(Node element) {
  const Node titled = dom::find(element, [](Node node) { return node.attr_or("title").size() >= 8; });
  std::string words = titled ? std::string(titled.attr_or("title")) : dom::text_of(element);
  const bool year_first = is_number(std::string_view(words).substr(0, 4));
  const bool absolute = year_first || begins_year_last(words);
  return absolute && words.size() >= 8 ? words : std::string();
}

// Text between the row's start and the subject: 移动, which is no link's word, and the brackets of the thread's
// type.
void read_before_subject(const Context& context, const Parts& parts, Thread& thread, bool& moved) {
  const auto in_link = [&parts](Node node) {
    return node.closest([](Node box) { return box.is("a"); }).inside(parts.subject_box);
  };
  for (Node node = parts.subject_box.first_child(); node && node != parts.subject;
       node = node.next_in(parts.subject_box)) {
    if (node.is_text() && contains_any(node.value(), {"移动:", "移動:", "移动：", "移動："}) &&
        !in_link(node))
      moved = true;
    if (!node.is("a")) continue;
    const auto url = resolve_url(context.base, node.attr_or("href"), context.charset);
    if (!url) continue;
    const Request request = read_request(*url);
    std::string name = dom::text_of(node);
    if (name.size() > 2 && name.front() == '[' && name.back() == ']') name = name.substr(1, name.size() - 2);
    if (request.has("sortid")) thread.sort = text_or_null(name);
    if (request.has("typeid")) thread.type = text_or_null(std::move(name));
  }
}

// Words behind the subject, on its line: `- [阅读权限 20]`, `- [售价 5 金钱]`, `[悬赏 10 金钱]`, `[已解决]`. Themes
// print the thread's own words below.
void read_behind_subject(const Parts& parts, Thread& thread) {
  std::string words;
  for (Node node = parts.subject.next_skipping(parts.subject_box); node && !is_block(node);) {
    if (is_page_box(node)) {
      node = node.next_skipping(parts.subject_box);
      continue;
    }
    if (node.is_text()) words.append(node.value());
    node = node.next_in(parts.subject_box);
  }
  if (const auto right = number_behind(
          words, {"[阅读权限", "[閱讀權限", "[Read permission", "[Read Permission", "[Read access"}))
    thread.read_permission = static_cast<int>(std::min<std::int64_t>(*right, 255));
  thread.price = number_behind(words, {"[售价", "[售價", "[Price"});
  if (contains_any(words, {"[悬赏", "[懸賞", "[已解决", "[已解決"}) && !thread.special)
    thread.special = "reward";
}

// Who stands in the cell of a row, unless it is a word for nobody.
Person member_in(Node cell, bool members_are_linked) {
  const Node cite = dom::find_tag(cell, "cite");
  const bool nobody = members_are_linked && cite && !dom::find_tag(cite, "a");
  return nobody ? Person{} : person_in(cell);
}

void read_people(const Context& context, const Listing& listing, const Parts& parts, Thread& thread) {
  if (parts.people.empty()) return;
  const auto time_of = [&](Node cell) {
    const Node when = dom::find_tag(cell, "em");
    return when ? time_in(when, context.fetched_at, context.zone, context.date_order) : std::nullopt;
  };
  Person author = member_in(parts.people.front(), listing.links_authors);
  thread.author = std::move(author.name);
  thread.author_id = std::move(author.id);
  thread.created_at = time_of(parts.people.front());
  if (parts.people.size() < 2) return;
  thread.last_reply_by = member_in(parts.people.back(), listing.links_last_posters).name;
  thread.last_reply_at = time_of(parts.people.back());
}

Node replies_in(const Parts& parts) {
  return dom::find(parts.numbers, [](Node node) { return node.is("a") || node.is("strong"); });
}

// In any language, the trace of a thread has dashes for its counters.
bool counts_nothing(const Parts& parts) {
  return dom::text_of(replies_in(parts)) == "-" && dom::text_of(dom::find_tag(parts.numbers, "em")) == "-";
}

void read_numbers(const Parts& parts, Thread& thread) {
  const Node replies = replies_in(parts);
  const Node views = dom::find_tag(parts.numbers, "em");
  if (replies) thread.replies = count_in(replies);
  if (views) thread.views = count_in(views);
}

void read_pages(Node box, Thread& thread) {
  for (Node link : dom::find_tags(box, "a"))
    if (const auto number = count_in(link); number && *number < 100'000)
      thread.pages = std::max(thread.pages.value_or(1), static_cast<int>(*number));
}

std::string growth(const Parts& parts, const Thread& thread) {
  std::string by, time;
  if (parts.people.size() > 1) {
    by = person_in(parts.people.back()).name.value_or("");
    time = lasting_time(dom::find_tag(parts.people.back(), "em"));
  }
  return fmt::format("{}|{}|{}", thread.replies.value_or(-1), by, time);
}

}  // namespace

bool is_nobody(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNobodies{
      "匿名", "匿名用户", "匿名者", "匿名會員", "游客", "遊客", "訪客", "Anonymous", "Guest"};
  return std::find(kNobodies.begin(), kNobodies.end(), name) != kNobodies.end();
}

std::optional<RowId> row_id(Node element) {
  const std::string_view id = element.id();
  for (const std::string_view head : {"normalthread_", "stickthread_"})
    if (id.starts_with(head) && is_number(id.substr(head.size())))
      return RowId{std::string(id.substr(head.size())), head == "stickthread_"};
  return std::nullopt;
}

void note_profile_links(Node row, Listing& listing) {
  const std::vector<Node> cites = dom::find_tags(row, "cite");
  if (cites.size() < 2) return;
  listing.links_authors |= bool(profile_link(cites.front()));
  listing.links_last_posters |= bool(profile_link(cites.back()));
}

RowResult read_row(const Context& context, const Listing& listing, Node row, ParsedPage& page) {
  const auto id = row_id(row);
  const Parts parts = find_parts(context, row);
  if (!id || !parts.subject) return RowResult::kUnreadable;
  const std::string_view href = parts.subject.attr_or("href");
  Thread thread;
  bool moved = false;
  read_before_subject(context, parts, thread, moved);
  const auto target = target_of(context, href);
  const bool elsewhere = target && target->thread_id && *target->thread_id != id->thread_id;
  if (moved || elsewhere || counts_nothing(parts)) {
    note_link(context, href, LinkRole::kThread, std::nullopt, page);
    return RowResult::kMoved;
  }
  thread.url = context.absolute(href);
  thread.site = context.site;
  thread.software = context.software;
  thread.thread_id = id->thread_id;
  thread.title = text_or_null(dom::text_of(parts.subject));
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  parts.marks.apply(id->sticky, listing.digest_only, thread);
  if (!id->sticky || thread.sticky == "board") thread.board = listing.board;
  if (!parts.subject.attr_or("style").empty()) thread.highlight = 1;
  read_behind_subject(parts, thread);
  read_people(context, listing, parts, thread);
  if (parts.numbers) read_numbers(parts, thread);
  if (parts.pages) read_pages(parts.pages, thread);
  if (thread.url) page.links.push_back({*thread.url, LinkRole::kThread, growth(parts, thread)});
  page.threads.push_back(std::move(thread));
  return RowResult::kThread;
}

}  // namespace boardwalk::parsers::discuz
