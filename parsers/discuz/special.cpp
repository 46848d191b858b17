#include "parsers/discuz/special.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/contains.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/poll.hpp"
#include "parsers/records.hpp"
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
  if (const Node author = profile_link(box))
    add_field(thread, std::string(kBestAnswerBy), shown_text(author));
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

// --- 6.x and 7.x

struct Labelled {
  std::string label, value;
};

// `活动地点: 河边`; nullopt for a line that begins with no label.
std::optional<Labelled> labelled(std::string_view line) {
  constexpr std::size_t kLongestLabel = 24;  // eight characters
  for (const std::string_view colon : {"：", ":"}) {
    const std::size_t at = line.find(colon);
    if (at == std::string_view::npos || at == 0 || at > kLongestLabel) continue;
    const std::string_view label = strip(line.substr(0, at));
    if (label.find_first_of("0123456789") != std::string_view::npos) return std::nullopt;
    return Labelled{std::string(label), std::string(strip(line.substr(at + colon.size())))};
  }
  return std::nullopt;
}

// The lines around a post's words in its cell, without the thread's title.
std::vector<std::string> lines_around(Node message, Node cell) {
  constexpr std::array<std::string_view, 5> kOther = {"postinfo", "posterinfo", "signatures",
                                                      "postattachlist", "postactions"};
  TextLines text;
  read_text(cell, text, [&](Node node) {
    const bool other = std::any_of(kOther.begin(), kOther.end(),
                                   [node](std::string_view word) { return node.has_class(word); });
    const bool title = is_one_of(node.name(), {"h1", "h2"}) || node.id() == "threadtitle";
    return node == message || other || title ? Visit::kSkip : Visit::kDescend;
  });
  std::vector<std::string> lines;
  const std::string all = text.take();
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    lines.push_back(all.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// Labels and values that stand one below the other, run by run. A value may have the line behind its label.
std::vector<std::vector<Labelled>> runs_of(const std::vector<std::string>& lines) {
  std::vector<std::vector<Labelled>> runs(1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto field = labelled(lines[i]);
    if (!field) {
      if (!runs.back().empty()) runs.emplace_back();
      continue;
    }
    if (field->value.empty() && i + 1 < lines.size() && !labelled(lines[i + 1])) field->value = lines[++i];
    runs.back().push_back(*std::move(field));
  }
  return runs;
}

template <typename Words>
bool is_label(const Labelled& field, const Words& labels) {
  return std::find(labels.begin(), labels.end(), field.label) != labels.end();
}

template <typename Words>
bool has_label(const std::vector<Labelled>& run, const Words& labels) {
  return std::any_of(run.begin(), run.end(), [&](const Labelled& field) { return is_label(field, labels); });
}

void add_run(const std::vector<Labelled>& run, Thread& thread) {
  for (const auto& [label, value] : run)
    if (value != "-" && word_in(label, kCountdowns).empty()) add_field(thread, label, value);
}

void read_old_activity(const std::vector<Labelled>& run, Thread& thread) {
  constexpr std::array<std::string_view, 4> kTaking = {"已报名人数", "已報名人數", "已参加人数",
                                                       "已參加人數"};
  thread.special = "activity";
  add_run(run, thread);
  for (const Labelled& field : run)
    if (is_label(field, kTaking)) thread.participants = first_number(field.value);
}

void read_old_goods(Node cell, const std::vector<Labelled>& run, Thread& thread) {
  thread.special = "trade";
  for (const Node link : dom::find_tags(cell, "a")) {
    const std::string_view href = link.attr_or("href");
    const std::string name = dom::text_of(link);
    const std::size_t at = href.find("pid=");
    const bool goods = href.find("tradeinfo") != std::string_view::npos || href.find("trade.php") == 0;
    if (!goods || name.empty() || at == std::string_view::npos) continue;
    const std::string_view digits = href.substr(at + 4);
    add_field(thread, "goods", name);
    add_field(thread, "goods_post", std::string(digits.substr(0, digits.find_first_not_of("0123456789"))));
    break;
  }
  add_run(run, thread);
}

// `金钱 20` and `20 金钱 (已解决)` are both `20 金钱`.
std::string amount_first(std::string_view words) {
  words = strip(words.substr(0, words.find('(')));
  const std::size_t begin = words.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::string(words);
  const std::size_t end = std::min(words.find_first_not_of("0123456789", begin), words.size());
  const std::string_view behind = strip(words.substr(end));
  const std::string_view unit = behind.empty() ? strip(words.substr(0, begin)) : behind;
  std::string amount(words.substr(begin, end - begin));
  return unit.empty() ? amount : amount.append(" ").append(unit);
}

void read_old_reward(Node cell, Node message, const std::vector<std::string>& lines, const std::string& price,
                     Thread& thread) {
  constexpr std::array<std::string_view, 2> kOpen = {"未解决", "未解決"};
  constexpr std::array<std::string_view, 2> kSolved = {"已解决", "已解決"};
  thread.special = "reward";
  add_field(thread, "price", amount_first(price));
  for (const std::string& line : lines) {
    const bool open = !word_in(line, kOpen).empty();
    if (!open && word_in(line, kSolved).empty()) continue;
    add_field(thread, "solved", open ? "false" : "true");
    break;
  }
  const Node heading = dom::find(cell, [message](Node node) {
    return node.is_text() && strip(node.value()).starts_with("最佳答案") && !node.inside(message);
  });
  constexpr int kMostSteps = 4;  // up from the heading to the box that names the author
  Node box = heading.parent();
  for (int step = 0; step < kMostSteps && box.inside(cell) && !profile_link(box); ++step) box = box.parent();
  if (box.inside(cell)) read_best_answer(box, thread);
}

// `正方观点 (23)`, its words behind a colon or on the line below.
void read_old_debate(const std::vector<std::string>& lines, Thread& thread) {
  struct Side {
    std::string_view name, head, traditional;
  };
  constexpr std::array<Side, 2> kSides = {
      {{"affirmative", "正方观点", "正方觀點"}, {"negative", "反方观点", "反方觀點"}}};
  for (const auto& [name, head, traditional] : kSides)
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string_view line = lines[i];
      if (!line.starts_with(head) && !line.starts_with(traditional)) continue;
      const auto field = labelled(line);
      const std::string below = i + 1 < lines.size() ? lines[i + 1] : std::string();
      add_field(thread, std::string(name), field && !field->value.empty() ? field->value : below);
      const std::size_t open = line.find('(');
      if (const auto votes = open < 20 ? first_number(line.substr(open)) : std::nullopt)
        add_field(thread, std::string(name) + "_votes", std::to_string(*votes));
      break;
    }
  thread.special = "debate";
}

void read_old_special(Node message, Thread& thread) {
  constexpr std::array<std::string_view, 4> kActivity = {"活动类型", "活動類型", "活动类别", "活動類別"};
  constexpr std::array<std::string_view, 6> kGoods = {"商品类型", "商品類型", "商品数量",
                                                      "商品數量", "累计售出", "累計售出"};
  constexpr std::array<std::string_view, 4> kReward = {"悬赏价格", "懸賞價格", "悬赏积分", "懸賞積分"};
  const Node cell = message.closest([](Node node) { return node.is("td") && node.has_class("postcontent"); });
  if (!cell) return;
  const std::vector<std::string> lines = lines_around(message, cell);
  if (dom::find_classes(cell, "", "point").size() == 2) return read_debate_points(cell, thread);
  const auto begins = [&](std::string_view a, std::string_view b) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.starts_with(a) || line.starts_with(b); });
  };
  if (begins("正方观点", "正方觀點") && begins("反方观点", "反方觀點")) return read_old_debate(lines, thread);
  for (const std::vector<Labelled>& run : runs_of(lines)) {
    if (has_label(run, kActivity)) return read_old_activity(run, thread);
    if (has_label(run, kGoods)) return read_old_goods(cell, run, thread);
    for (const Labelled& field : run)
      if (is_label(field, kReward)) return read_old_reward(cell, message, lines, field.value, thread);
  }
}

bool is_old(Node message) {
  return message.has_class("t_msgfont") || message.has_class("t_bigfont") || message.has_class("t_smallfont");
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
  if (first.special.empty() && is_old(first.message)) read_old_special(first.message, thread);
  if (first.type_options) read_type_options(first.type_options, thread);
}

}  // namespace boardwalk::parsers::discuz
