#include "parsers/discuz/poll.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

using ascii::is_digit;

// Bytes of the number before an option, `12.`; 0 when there is none.
std::size_t numbering(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end > 0 && end < text.size() && text[end] == '.' ? end + 1 : 0;
}

std::string without_numbering(std::string_view text) {
  return std::string(strip(text.substr(numbering(text))));
}

std::optional<bool> allows_several(std::string_view words, Node form) {
  constexpr std::array<std::string_view, 3> kSeveral = {"多选", "多選", "ultiple"};
  constexpr std::array<std::string_view, 3> kOne = {"单选", "單選", "ingle"};
  if (!word_in(words, kSeveral).empty()) return true;
  if (!word_in(words, kOne).empty()) return false;
  for (const Node input : dom::find_tags(form, "input")) {
    if (input.attr_or("type") == "checkbox") return true;
    if (input.attr_or("type") == "radio") return false;
  }
  return std::nullopt;
}

// The numbers before the units of a countdown, `3 天 5 小时 20 分钟`, in seconds; nullopt when there are no
// units. Words behind the longest of countdowns are not looked at.
std::optional<std::int64_t> countdown(std::string_view words) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 10> kUnits = {{{"天", 86400},
                                                                                 {"day", 86400},
                                                                                 {"小时", 3600},
                                                                                 {"小時", 3600},
                                                                                 {"hour", 3600},
                                                                                 {"分", 60},
                                                                                 {"min", 60},
                                                                                 {"秒", 1},
                                                                                 {"sec", 1},
                                                                                 {"Day", 86400}}};
  constexpr std::size_t kLongest = 200;  // bytes
  words = words.substr(0, kLongest);
  std::optional<std::int64_t> seconds;
  while (const auto number = first_number(words)) {
    words.remove_prefix(words.find_first_of("0123456789"));
    words = strip(words.substr(std::min(words.find_first_not_of("0123456789,"), words.size())));
    for (const auto& [unit, length] : kUnits)
      if (words.starts_with(unit) && *number < 100'000) {
        seconds = seconds.value_or(0) + *number * length;
        break;
      }
  }
  return seconds;
}

// The end lies within the minute behind fetch time plus countdown. A poll that was opened with the thread
// ends whole days after it; any other is taken to end at a full minute.
std::optional<Moment> end_after(const Context& context, std::int64_t left,
                                const std::optional<Moment>& created) {
  const std::int64_t low = context.fetched_at + 60LL * context.zone + left;
  if (created && created->precision == Precision::kSecond) {
    const std::int64_t past = (low - created->local_seconds) % 86400;
    const std::int64_t missing = past == 0 ? 0 : 86400 - past;
    if (missing <= 60) return moment_at(low + missing, Precision::kSecond, context.zone);
  }
  return moment_at((low + 59) / 60 * 60, Precision::kMinute, context.zone);
}

std::optional<Moment> end_of(const Context& context, Node form, const std::optional<Moment>& created) {
  for (const std::string_view word : {"ptmr", "polltimer", "pinf", "pollinfo"})
    for (const Node line : dom::find_classes(form, "", word)) {
      const std::string text = dom::text_of(line);
      const auto found = find_time(text, context.fetched_at, context.zone, context.date_order);
      if (found && found->moment.local_seconds > 0 && text.find("前") == std::string::npos)
        return found->moment;
      if (word == "ptmr" || word == "polltimer")
        if (const auto left = countdown(text)) return end_after(context, *left, created);
    }
  return std::nullopt;
}

// The last number before the word for those who voted: `单选投票, 共有 98 人参与投票`; without such a word
// the line's last one.
std::optional<std::int64_t> voters_in(std::string_view words) {
  for (const std::string_view people : {"人", "voter", "people"})
    if (const std::size_t at = words.find(people); at != std::string_view::npos) {
      words = words.substr(0, at);
      break;
    }
  const std::size_t end = words.find_last_of("0123456789");
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t before = words.substr(0, end + 1).find_last_not_of("0123456789,");
  return first_number(words.substr(before == std::string_view::npos ? 0 : before + 1));
}

// Where the page says what kind of poll it is and how many voted.
Node line_of(Node form) {
  for (const std::string_view word : {"pinf", "pollinfo"})
    if (const Node line = dom::find_class(form, "", word)) return line;
  return dom::find_tag(form, "h4");
}

class OptionReader {
 public:
  explicit OptionReader(Node form) : form_(form) {}

  std::vector<PollOption> read() {
    for (Node node = form_.first_child(); node; node = node.next_in(form_))
      if (node.is_element()) visit(node);
    return std::move(options_);
  }

 private:
  void visit(Node node) {
    if (node.is("label") && node.attr_or("for").starts_with("option_")) return option(shown_text(node));
    if (node.is("td") && node.id().starts_with("polloption_")) return picture(node);
    if (pictured_) return;
    if (node.is("td") && bare_option(node)) return option(shown_text(node));
    if (options_.empty() || options_.back().votes) return;
    if (node.is("em")) emphasised(dom::text_of(node), node.previous_sibling());
    if (node.is("strong") && strip(node.next_sibling().value()).starts_with('/'))
      options_.back().votes = first_number(dom::text_of(node));
  }

  void option(std::string_view words) { options_.push_back({without_numbering(words), {}}); }

  static bool bare_option(Node cell) {
    return numbering(strip(cell.first_child().value())) > 0 && !dom::find_tag(cell, "em");
  }

  // `40.00% <em>(40)</em>`, or the other way round: `40 <em>(40.00%)</em>`.
  void emphasised(std::string_view words, Node before) {
    if (!words.starts_with('(')) return;
    const bool share = words.find('%') != std::string_view::npos;
    options_.back().votes = first_number(share ? before.value() : words);
  }

  void picture(Node cell) {
    pictured_ = true;
    const Node words = dom::find_class(cell, "p", "xi2");
    options_.push_back({shown_text(words ? words : dom::find_tag(cell, "p")), {}});
    const Node votes = dom::find_tag(dom::find_class(cell, "", "imgfc"), "span");
    options_.back().votes = first_number(dom::text_of(votes));
  }

  Node form_;
  std::vector<PollOption> options_;
  bool pictured_ = false;
};

}  // namespace

void read_poll(const Context& context, Node form, Thread& thread) {
  thread.special = "poll";
  Poll poll;
  poll.options = OptionReader(form).read();
  const std::string words = dom::text_of(line_of(form));
  poll.multiple = allows_several(words, form);
  poll.ends_at = end_of(context, form, thread.created_at);
  thread.participants = voters_in(words);
  thread.poll = std::move(poll);
}

}  // namespace boardwalk::parsers::discuz
