#include "parsers/discuz/times.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "config/ascii.hpp"

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

std::optional<FoundTime> absolute_at(std::string_view text, std::size_t begin, int zone) {
  Scanner scanner(text, begin);
  const auto year = scanner.number(4, 4);
  if (!year || !date_separator(scanner, "年")) return std::nullopt;
  const auto month = scanner.number(1, 2);
  if (!month || !date_separator(scanner, "月")) return std::nullopt;
  const auto day = scanner.number(1, 2);
  if (!day) return std::nullopt;
  scanner.skip("日");
  const Clock clock = read_clock(scanner).value_or(Clock{});
  const auto moment =
      make_moment(*year, *month, *day, clock.hour, clock.minute, clock.second, clock.precision, zone);
  if (!moment) return std::nullopt;
  return FoundTime{*moment, begin, scanner.at()};
}

std::optional<FoundTime> find_absolute(std::string_view text, int zone) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    if (const auto found = absolute_at(text, at, zone)) return found;
  }
  return std::nullopt;
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

bool may_begin_relative(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 6> kBegins = {"刚", "剛", "半", "今", "昨", "前"};
  if (is_digit(text[at])) return at == 0 || !is_digit(text[at - 1]);
  const char c = lower(text[at]);
  if (c == 't' || c == 'y' || c == 'j' || c == 'h' || c == 'd') return true;
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](std::string_view word) { return text.substr(at).starts_with(word); });
}

}  // namespace

std::optional<FoundTime> find_time(std::string_view text, std::int64_t fetched_at, int zone_minutes) {
  if (const auto absolute = find_absolute(text, zone_minutes)) return absolute;
  const std::int64_t now = fetched_at + 60LL * zone_minutes;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (may_begin_relative(text, at))
      if (const auto found = relative_at(text, at, now, zone_minutes)) return found;
  return std::nullopt;
}

std::optional<Moment> read_time(std::string_view text, std::int64_t fetched_at, int zone_minutes) {
  const auto found = find_time(text, fetched_at, zone_minutes);
  return found ? std::optional(found->moment) : std::nullopt;
}

std::optional<Moment> time_in(dom::Node element, std::int64_t fetched_at, int zone_minutes) {
  for (dom::Node node = element; node; node = node.next_in(element))
    if (const auto title = node.attr("title"))
      if (const auto absolute = find_absolute(*title, zone_minutes)) return absolute->moment;
  return read_time(dom::text_of(element), fetched_at, zone_minutes);
}

}  // namespace boardwalk::parsers::discuz
