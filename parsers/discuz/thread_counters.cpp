#include "parsers/discuz/thread_counters.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

using ascii::is_digit;

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

// The words from `begin` on, in `root`; a blank for each element that is left out, as scripts are.
std::string words_from(Node begin, Node root, const auto& is_left_out) {
  std::string words;
  for (Node node = begin; node;) {
    const bool left_out = is_one_of(node.name(), {"script", "style"}) || is_left_out(node);
    if (node.is_text()) words += node.value();
    if (left_out) words += ' ';
    node = left_out ? node.next_skipping(root) : node.next_in(root);
  }
  return words;
}

// What stands around the title but in neither it nor the first post's words, where `阅读 30` may mean
// anything.
std::string words_around(Node title, const PostParts& first) {
  Node block = title;
  for (int hops = 0; hops < 4 && block.parent() && !first.container.inside(block.parent()); ++hops)
    block = block.parent();
  return words_from(block, block, [&](Node node) { return node == title || node == first.message; });
}

// Names may be `阅读99`.
std::string words_without_people(Node info) {
  return words_from(info.first_child(), info, [](Node node) { return is_profile(node.attr_or("href")); });
}

// Themes of their own: labels and numbers in the block that holds the title, unless that is the first post
// (as in 7.x), and beside the first post's words.
void read_labelled_counters(const ThreadParts& parts, ThreadHead& head) {
  const Node title = parts.subject ? parts.subject : parts.heading;
  if (!title || parts.posts.empty()) return;
  const PostParts& first = parts.posts.front();
  const bool apart = !title.inside(first.container);
  std::string words = apart ? words_around(title, first) : std::string();
  for (const Node info : first.infos) words += ' ' + words_without_people(info);
  head.views = labelled_number(words, kViewLabels);
  head.replies = labelled_number(words, kReplyLabels);
  if (apart && head.views && !head.replies) head.replies = number_behind_views(parts, *head.views);
}

}  // namespace

void read_counters(const ThreadParts& parts, ThreadHead& head) {
  if (!read_counter_boxes(parts.counters, head)) read_labelled_counters(parts, head);
}

}  // namespace boardwalk::parsers::discuz
