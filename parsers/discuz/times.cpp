#include "parsers/discuz/times.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"

namespace boardwalk::parsers::discuz {
namespace {

constexpr std::int64_t kDay = 86400;

using ascii::is_digit;
using ascii::lower;

// Reads forward through a text; every step leaves the place alone when what it asks for is not there.
class Scanner {
 public:
  explicit Scanner(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool next_is_digit() const { return at_ < text_.size() && is_digit(text_[at_]); }

  bool skip(std::string_view word) {
    if (!ascii::starts_same(text_.substr(at_), word)) return false;
    at_ += word.size();
    return true;
  }

  template <typename... Words>
  bool skip_any(Words... words) {
    return (skip(words) || ...);
  }

  bool spaces() {
    const std::size_t before = at_;
    while (skip_any(" ", "\t", "\r", "\n", "\xC2\xA0")) {
    }
    return at_ > before;
  }

  // A number of `least` to `most` digits that no further digit follows.
  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    const std::size_t digits = end - at_;
    if (digits < least || digits > most) return std::nullopt;
    int value = 0;
    for (; at_ < end; ++at_) value = value * 10 + (text_[at_] - '0');
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

struct Clock {
  int hour = 0;
  int minute = 0;
  int second = 0;
  Precision precision = Precision::kDay;
};

enum class Half { kNone, kMorning, kAfternoon };

Half read_half(Scanner& scanner) {
  if (scanner.skip_any("am", "a.m.", "上午", "凌晨", "早上")) return Half::kMorning;
  if (scanner.skip_any("pm", "p.m.", "下午", "晚上", "中午")) return Half::kAfternoon;
  return Half::kNone;
}

int hour_of_day(int hour, Half half) {
  if (half == Half::kAfternoon && hour < 12) return hour + 12;
  if (half == Half::kMorning && hour == 12) return 0;
  return hour;
}

// `16:28`, `16:28:09`, `05:51 PM`, `下午 05:51`. The scanner stays where it is when there is no time of day.
std::optional<Clock> read_clock(Scanner& scanner) {
  Scanner ahead = scanner;
  ahead.spaces();
  if (ahead.skip_any(",", "，", "t")) ahead.spaces();
  Half half = read_half(ahead);
  ahead.spaces();
  const auto hour = ahead.number(1, 2);
  if (!hour || !ahead.skip(":")) return std::nullopt;
  const auto minute = ahead.number(2, 2);
  if (!minute) return std::nullopt;
  Clock clock{*hour, *minute, 0, Precision::kMinute};
  Scanner seconds = ahead;
  if (seconds.skip(":"))
    if (const auto second = seconds.number(2, 2)) {
      clock.second = *second;
      clock.precision = Precision::kSecond;
      ahead = seconds;
    }
  scanner = ahead;
  if (half == Half::kNone) {
    ahead.spaces();
    half = read_half(ahead);
    if (half != Half::kNone) scanner = ahead;
  }
  clock.hour = hour_of_day(clock.hour, half);
  return clock;
}

bool date_separator(Scanner& scanner, std::string_view chinese) {
  return scanner.skip_any("-", "/", ".", chinese);
}

struct Date {
  int year, month, day;
};

// `scanner` stands behind the date.
std::optional<FoundTime> with_clock(const Date& date, Scanner& scanner, std::size_t begin, int zone) {
  const Clock clock = read_clock(scanner).value_or(Clock{});
  const auto moment = make_moment(date.year, date.month, date.day, clock.hour, clock.minute, clock.second,
                                  clock.precision, zone);
  if (!moment) return std::nullopt;
  return FoundTime{*moment, begin, scanner.at()};
}

std::optional<FoundTime> absolute_at(std::string_view text, std::size_t begin, int zone) {
  Scanner scanner(text, begin);
  const auto year = scanner.number(4, 4);
  if (!year || !date_separator(scanner, "年")) return std::nullopt;
  const auto month = scanner.number(1, 2);
  if (!month || !date_separator(scanner, "月")) return std::nullopt;
  const auto day = scanner.number(1, 2);
  if (!day) return std::nullopt;
  scanner.skip("日");
  return with_clock({*year, *month, *day}, scanner, begin, zone);
}

// What `read` makes of the first place where a number begins and it makes something.
template <typename Read>
auto at_first_number(std::string_view text, Read read) -> decltype(read(std::size_t{})) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    if (auto found = read(at)) return found;
  }
  return std::nullopt;
}

std::optional<FoundTime> find_absolute(std::string_view text, int zone) {
  return at_first_number(text, [=](std::size_t at) { return absolute_at(text, at, zone); });
}

// `24-3-2014`, `3/14/2014`.
struct YearLast {
  int first, second, year;
  std::size_t end;
};

std::optional<YearLast> year_last_at(std::string_view text, std::size_t begin) {
  constexpr std::string_view kSeparators = "-/.";
  const auto parts_numbers = [&](std::size_t at) {
    return at < text.size() && kSeparators.find(text[at]) != std::string_view::npos;
  };
  if (begin > 0 && parts_numbers(begin - 1)) return std::nullopt;
  Scanner scanner(text, begin);
  const auto first = scanner.number(1, 2);
  if (!first || !parts_numbers(scanner.at())) return std::nullopt;
  const std::string_view separator = text.substr(scanner.at(), 1);
  scanner.skip(separator);
  const auto second = scanner.number(1, 2);
  if (!second || !scanner.skip(separator)) return std::nullopt;
  const auto year = scanner.number(4, 4);
  if (!year || *year < 1990 || *year > 2099) return std::nullopt;
  return YearLast{*first, *second, *year, scanner.at()};
}

DateOrder order_of(const YearLast& date) {
  if (date.first > 12 && date.second <= 12) return DateOrder::kDayFirst;
  if (date.second > 12 && date.first <= 12) return DateOrder::kMonthFirst;
  return DateOrder::kUnknown;
}

Date in_order(const YearLast& date, DateOrder order) {
  return order == DateOrder::kMonthFirst ? Date{date.year, date.first, date.second}
                                         : Date{date.year, date.second, date.first};
}

std::optional<FoundTime> find_year_last(std::string_view text, int zone, DateOrder order) {
  return at_first_number(text, [=](std::size_t at) -> std::optional<FoundTime> {
    const auto date = year_last_at(text, at);
    if (!date) return std::nullopt;
    const DateOrder own = order_of(*date) != DateOrder::kUnknown ? order_of(*date) : order;
    if (own == DateOrder::kUnknown && date->first != date->second) return std::nullopt;
    Scanner behind(text, date->end);
    return with_clock(in_order(*date, own), behind, at, zone);
  });
}

std::int64_t step_of(Precision precision) {
  switch (precision) {
    case Precision::kSecond:
      return 1;
    case Precision::kMinute:
      return 60;
    case Precision::kHour:
      return 3600;
    case Precision::kDay:
      return kDay;
  }
  return 1;
}

// `3 分钟前`: the unit behind the number.
std::optional<std::pair<std::int64_t, Precision>> read_unit(Scanner& scanner) {
  scanner.spaces();
  if (scanner.skip_any("秒", "second", "sec")) return std::pair{std::int64_t{1}, Precision::kMinute};
  if (scanner.skip_any("分钟", "分鐘", "分", "minute", "min"))
    return std::pair{std::int64_t{60}, Precision::kMinute};
  if (scanner.skip_any("小时", "小時", "hour")) return std::pair{std::int64_t{3600}, Precision::kHour};
  if (scanner.skip_any("天", "day")) return std::pair{kDay, Precision::kDay};
  return std::nullopt;
}

bool read_ago(Scanner& scanner) {
  scanner.skip_any("(s)", "s");
  scanner.spaces();
  return scanner.skip_any("之前", "以前", "前", "ago");
}

// Days back that a word names, or nullopt.
std::optional<int> day_word(Scanner& scanner) {
  if (scanner.skip_any("今天", "today")) return 0;
  if (scanner.skip_any("昨天", "yesterday")) return 1;
  if (scanner.skip_any("前天", "day before yesterday")) return 2;
  if (scanner.skip("大前天")) return 3;
  return std::nullopt;
}

std::optional<FoundTime> relative_at(std::string_view text, std::size_t begin, std::int64_t now, int zone) {
  Scanner scanner(text, begin);
  const auto found = [&](std::int64_t local, Precision precision) -> std::optional<FoundTime> {
    const auto moment = moment_at(local - local % step_of(precision), precision, zone);
    if (!moment) return std::nullopt;
    return FoundTime{*moment, begin, scanner.at()};
  };
  if (scanner.skip_any("刚刚", "剛剛", "刚才", "剛才", "just now")) return found(now, Precision::kMinute);
  if (scanner.skip_any("半小时", "半小時", "half an hour", "half hour") && read_ago(scanner))
    return found(now - 1800, Precision::kHour);
  if (const auto back = day_word(scanner)) {
    const std::int64_t midnight = now - now % kDay - *back * kDay;
    const Clock clock = read_clock(scanner).value_or(Clock{});
    if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) return std::nullopt;
    return found(midnight + clock.hour * 3600LL + clock.minute * 60LL + clock.second, clock.precision);
  }
  if (!scanner.next_is_digit()) return std::nullopt;
  const auto count = scanner.number(1, 4);
  if (!count) return std::nullopt;
  const auto unit = read_unit(scanner);
  if (!unit || !read_ago(scanner)) return std::nullopt;
  return found(now - *count * unit->first, unit->second);
}

// `1.2.3.4` is no date.
bool goes_on_as_address(std::string_view behind) {
  return behind.starts_with('.') && behind.size() > 1 &&
         (ascii::is_alphanumeric(behind[1]) || behind[1] == '*');
}

bool looks_like_time_at(std::string_view text, std::size_t begin) {
  if (begin > 0 && (text[begin - 1] == '.' || ascii::is_alphanumeric(text[begin - 1]))) return false;
  Scanner date(text, begin);
  const auto first = date.number(1, 4);
  if (!first) return false;
  Scanner clock = date;
  if (*first < 24 && clock.skip(":") && clock.number(2, 2)) return true;
  const bool year = *first >= 1990 && *first <= 2099;
  if (!date_separator(date, "年")) return year && !date.skip(":");
  return date.number(1, 2) && date_separator(date, "月") && date.number(1, 4) &&
         !goes_on_as_address(text.substr(date.at()));
}

bool may_begin_relative(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 7> kBegins = {"刚", "剛", "半", "今", "昨", "大前", "前"};
  if (is_digit(text[at])) return at == 0 || !is_digit(text[at - 1]);
  const char c = lower(text[at]);
  if (c == 't' || c == 'y' || c == 'j' || c == 'h' || c == 'd') return true;
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](std::string_view word) { return text.substr(at).starts_with(word); });
}

}  // namespace

DateOrder order_told(std::string_view text) {
  const auto told = at_first_number(text, [text](std::size_t at) -> std::optional<DateOrder> {
    const auto date = year_last_at(text, at);
    const DateOrder order = date ? order_of(*date) : DateOrder::kUnknown;
    return order == DateOrder::kUnknown ? std::nullopt : std::optional(order);
  });
  return told.value_or(DateOrder::kUnknown);
}

DateOrder order_told_by_clock(std::string_view text, std::int64_t fetched_at, int zone_minutes) {
  const auto date = at_first_number(text, [text](std::size_t at) { return year_last_at(text, at); });
  if (!date || order_of(*date) != DateOrder::kUnknown) return order_told(text);
  const std::int64_t now = fetched_at + 60LL * zone_minutes;
  const auto is_fetch_day = [&](DateOrder order) {
    const Date day = in_order(*date, order);
    const auto moment = make_moment(day.year, day.month, day.day, 0, 0, 0, Precision::kDay, zone_minutes);
    return moment && moment->local_seconds == now - now % kDay;
  };
  const bool day_first = is_fetch_day(DateOrder::kDayFirst);
  if (day_first == is_fetch_day(DateOrder::kMonthFirst)) return DateOrder::kUnknown;
  return day_first ? DateOrder::kDayFirst : DateOrder::kMonthFirst;
}

DateOrder order_told_in(dom::Node root, const std::function<bool(dom::Node)>& holds_time) {
  for (dom::Node node = root; node;) {
    const bool holds = node.is_element() && holds_time(node);
    for (dom::Node inner = holds ? node : dom::Node{}; inner; inner = inner.next_in(node)) {
      const DateOrder order = order_told(inner.is_text() ? inner.value() : inner.attr_or("title"));
      if (order != DateOrder::kUnknown) return order;
    }
    node = holds ? node.next_skipping(root) : node.next_in(root);
  }
  return DateOrder::kUnknown;
}

bool looks_like_time(std::string_view text) {
  // `2 周前` names no day, and `一小时前` no number.
  if (contains_any(text, {"秒前", "分钟前", "分鐘前", "小时前", "小時前", "天前", "周前", "週前", "星期前",
                          "月前", "年前", " ago"}))
    return true;
  const auto found = at_first_number(text, [text](std::size_t at) {
    return looks_like_time_at(text, at) ? std::optional(true) : std::nullopt;
  });
  return found.has_value();
}

bool begins_year_last(std::string_view text) { return year_last_at(text, 0).has_value(); }

std::optional<FoundTime> find_time(std::string_view text, std::int64_t fetched_at, int zone_minutes,
                                   DateOrder order) {
  if (const auto absolute = find_absolute(text, zone_minutes)) return absolute;
  const std::int64_t now = fetched_at + 60LL * zone_minutes;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (may_begin_relative(text, at))
      if (const auto found = relative_at(text, at, now, zone_minutes)) return found;
  return find_year_last(text, zone_minutes, order);
}

std::optional<Moment> read_time(std::string_view text, std::int64_t fetched_at, int zone_minutes,
                                DateOrder order) {
  const auto found = find_time(text, fetched_at, zone_minutes, order);
  return found ? std::optional(found->moment) : std::nullopt;
}

std::optional<Moment> time_in(dom::Node element, std::int64_t fetched_at, int zone_minutes, DateOrder order) {
  for (dom::Node node = element; node; node = node.next_in(element))
    if (const auto title = node.attr("title")) {
      auto absolute = find_absolute(*title, zone_minutes);
      if (!absolute) absolute = find_year_last(*title, zone_minutes, order);
      if (absolute) return absolute->moment;
    }
  return read_time(dom::text_of(element), fetched_at, zone_minutes, order);
}

}  // namespace boardwalk::parsers::discuz
