#include "parsers/discuz/special.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/discuz/people.hpp"
#include "parsers/discuz/poll.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

constexpr std::array<std::string_view, 4> kCountdowns = {"剩余时间", "剩餘時間", "距结束", "距結束"};

void add_field(Thread& thread, std::string name, std::string value) {
  if (!name.empty() && !value.empty()) thread.special_fields.emplace_back(std::move(name), std::move(value));
}

// `活动类型:` without its colon.
std::string label_of(Node element) {
  std::string label = dom::text_of(element);
  for (const std::string_view colon : {":", "："})
    if (label.ends_with(colon)) label.erase(label.size() - colon.size());
  return std::string(strip(label));
}

// Labels and values of a <dl>, or of rows of a table.
void add_labelled(Node root, std::string_view label_tag, std::string_view value_tag, Thread& thread) {
  std::string label;
  for (Node node = root.first_child(); node; node = node.next_in(root)) {
    if (node.is(label_tag)) label = label_of(node);
    if (!node.is(value_tag) || label.empty()) continue;
    std::string value = shown_text(node);
    if (value != "-" && word_in(label, kCountdowns).empty()) add_field(thread, label, std::move(value));
    label.clear();
  }
}

// The last number of a line: `单选投票, 共有 98 人参与投票`.
std::optional<std::int64_t> last_number(std::string_view words) {
  const std::size_t end = words.find_last_of("0123456789");
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t before = words.substr(0, end + 1).find_last_not_of("0123456789,");
  return first_number(words.substr(before == std::string_view::npos ? 0 : before + 1));
}

void read_reward(Node box, Thread& thread) {
  thread.special = "reward";
  constexpr std::array<std::string_view, 4> kUnsolved = {"未解决", "未解決", "unsolved", "Unsolved"};
  Node state = dom::find_class(box, "", "rsld");
  if (!state) state = dom::find_class(box, "", "rusld");
  const Node price = dom::find_tag(state, "cite");
  const Node solved = dom::find_tag(state, "em");
  if (price)
    add_field(thread, "price", dom::text_of(price) + " " + std::string(strip(price.next_sibling().value())));
  const bool open = dom::find_class(box, "", "rusld") || !word_in(dom::text_of(solved), kUnsolved).empty();
  if (state) add_field(thread, "solved", open ? "false" : "true");
}

void read_best_answer(Node box, Thread& thread) {
  if (const Node author = profile_link(box)) add_field(thread, "best_answer_by", shown_text(author));
  for (const Node a : dom::find_tags(box, "a"))
    for (const std::string_view attribute : {"onclick", "href"}) {
      const std::string_view value = a.attr_or(attribute);
      const std::size_t at = value.find("pid=");
      if (value.find("findpost") == std::string_view::npos || at == std::string_view::npos) continue;
      const std::string_view digits = value.substr(at + 4);
      add_field(thread, "best_answer_post",
                std::string(digits.substr(0, digits.find_first_not_of("0123456789"))));
      return;
    }
}

void read_debate_points(Node box, Thread& thread) {
  thread.special = "debate";
  constexpr std::array<std::string_view, 2> kSides = {"affirmative", "negative"};
  const std::vector<Node> points = dom::find_classes(box, "", "point");
  for (std::size_t i = 0; i < points.size() && i < kSides.size(); ++i) {
    const std::string side(kSides[i]);
    add_field(thread, side, dom::text_of(dom::find_tag(points[i], "p")));
    if (const auto votes = last_number(dom::text_of(dom::find_tag(points[i], "strong"))))
      add_field(thread, side + "_votes", std::to_string(*votes));
  }
}

void read_debaters(Node box, Thread& thread) {
  const std::vector<Node> heads = dom::find_tags(box, "h5");
  constexpr std::array<std::string_view, 2> kNames = {"affirmative_debaters", "negative_debaters"};
  for (std::size_t i = 0; i < heads.size() && i < kNames.size(); ++i)
    if (const auto count = first_number(own_text(heads[i])))
      add_field(thread, std::string(kNames[i]), std::to_string(*count));
}

void read_activity(Node box, Thread& thread) {
  thread.special = "activity";
  add_labelled(box, "dt", "dd", thread);
  const Node count = dom::find_tag(dom::find_class(box, "dl", "nums"), "em");
  thread.participants = first_number(dom::text_of(count));
}

void read_goods(Node box, Thread& thread) {
  thread.special = "trade";
  add_field(thread, "goods", dom::text_of(dom::find_tag(box, "h4")));
  add_field(thread, "goods_post", std::string(id_number(box.id(), "trade")));
  const Node old_price = dom::find_tag(box, "del");
  for (const Node strong : dom::find_tags(box, "strong"))
    if (first_number(dom::text_of(strong))) {
      const std::string unit(strip(strong.next_sibling().value()));
      add_field(thread, "price", dom::text_of(strong) + (unit.empty() ? "" : " " + unit));
      break;
    }
  add_field(thread, "list_price", dom::text_of(old_price));
  add_labelled(box, "dt", "dd", thread);
}

void read_type_options(Node box, Thread& thread) {
  const std::string name = dom::text_of(dom::find_tag(box, "caption"));
  if (!name.empty()) thread.sort = name;
  add_labelled(box, "th", "td", thread);
}

}  // namespace

void read_special(const Context& context, const PostParts& first, Thread& thread) {
  for (const Node box : first.special) {
    if (box.id() == "poll") read_poll(context, box, thread);
    if (box.has_class("rwd")) read_reward(box, thread);
    if (box.has_class("rwdbst")) read_best_answer(box, thread);
    if (box.has_class("ds")) read_debate_points(box, thread);
    if (box.has_class("dr")) read_debaters(box, thread);
    if (box.has_class("act")) read_activity(box, thread);
    if (box.has_class("trdl")) read_goods(box, thread);
  }
  if (first.type_options) read_type_options(first.type_options, thread);
}

}  // namespace boardwalk::parsers::discuz
