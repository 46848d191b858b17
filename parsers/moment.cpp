#include "parsers/moment.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>

namespace boardwalk::parsers {
namespace {

namespace chrono = std::chrono;

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2199;

struct Civil {
  int year, month, day, hour, minute, second;
};

Civil civil_from(std::int64_t seconds) {
  const auto total = chrono::sys_seconds{chrono::seconds{seconds}};
  const auto days = chrono::floor<chrono::days>(total);
  const chrono::year_month_day date{days};
  const auto rest = static_cast<int>((total - days).count());
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          rest / 3600,
          rest / 60 % 60,
          rest % 60};
}

// Reads `count` digits at `at`; -1 when they are not there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + count, value);
  return error == std::errc{} && end == begin + count && value >= 0 ? value : -1;
}

std::optional<int> offset_from(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = digits(text, 1, 2);
  const int minutes = digits(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

constexpr std::size_t kLongest = std::string_view("2022-08-17T21:46:00+08:00").size();

// With zeros before it, up to so many digits.
template <int kDigits>
void append_padded(std::string& text, int value) {
  std::array<char, kDigits> digits;
  int rest = value;
  for (int i = kDigits; i-- > 0; rest /= 10)
    digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + rest % 10);
  if (value < 0 || rest != 0)
    text += fmt::format("{:0{}}", value, kDigits);
  else
    text.append(digits.data(), digits.size());
}

void append_date(std::string& text, const Civil& c) {
  append_padded<4>(text, c.year);
  text += '-';
  append_padded<2>(text, c.month);
  text += '-';
  append_padded<2>(text, c.day);
}

void append_time(std::string& text, const Civil& c) {
  text += 'T';
  append_padded<2>(text, c.hour);
  text += ':';
  append_padded<2>(text, c.minute);
  text += ':';
  append_padded<2>(text, c.second);
}

}  // namespace

std::string_view to_string(Precision precision) {
  switch (precision) {
    case Precision::kSecond:
      return "second";
    case Precision::kMinute:
      return "minute";
    case Precision::kHour:
      return "hour";
    case Precision::kDay:
      return "day";
  }
  return {};
}

std::optional<Precision> precision_from(std::string_view word) {
  for (const auto precision : {Precision::kSecond, Precision::kMinute, Precision::kHour, Precision::kDay})
    if (word == to_string(precision)) return precision;
  return std::nullopt;
}

std::string Moment::rfc3339() const {
  const Civil c = civil_from(local_seconds);
  std::string text;
  text.reserve(kLongest);
  append_date(text, c);
  if (precision == Precision::kDay || !offset_minutes) return text;
  append_time(text, c);
  const int offset = *offset_minutes < 0 ? -*offset_minutes : *offset_minutes;
  text += *offset_minutes < 0 ? '-' : '+';
  append_padded<2>(text, offset / 60);
  text += ':';
  append_padded<2>(text, offset % 60);
  return text;
}

std::optional<Moment> make_moment(int year, int month, int day, int hour, int minute, int second,
                                  Precision precision, std::optional<int> offset_minutes) {
  const chrono::year_month_day date{chrono::year{year}, chrono::month{static_cast<unsigned>(month)},
                                    chrono::day{static_cast<unsigned>(day)}};
  const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
  if (!within(year, kFirstYear, kLastYear) || !within(month, 1, 12) || !within(day, 1, 31) || !date.ok() ||
      !within(hour, 0, 23) || !within(minute, 0, 59) || !within(second, 0, 59))
    return std::nullopt;
  const auto days = chrono::sys_days{date}.time_since_epoch().count();
  return Moment{days * 86400LL + hour * 3600LL + minute * 60LL + second, offset_minutes, precision};
}

std::optional<Moment> moment_at(std::int64_t local_seconds, Precision precision,
                                std::optional<int> offset_minutes) {
  constexpr chrono::sys_seconds kBegin = chrono::sys_days{chrono::year{kFirstYear} / 1 / 1};
  constexpr chrono::sys_seconds kEnd = chrono::sys_days{chrono::year{kLastYear + 1} / 1 / 1};
  const chrono::sys_seconds clock{chrono::seconds{local_seconds}};
  if (clock < kBegin || clock >= kEnd) return std::nullopt;
  return Moment{local_seconds, offset_minutes, precision};
}

std::optional<Moment> moment_from_rfc3339(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (text.size() == 10) return make_moment(year, month, day, 0, 0, 0, Precision::kDay, std::nullopt);
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto offset = offset_from(text.substr(19));
  if (!offset) return std::nullopt;
  return make_moment(year, month, day, digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2),
                     Precision::kSecond, offset);
}

std::string utc_rfc3339(std::int64_t epoch_seconds) {
  const Civil c = civil_from(epoch_seconds);
  std::string text;
  text.reserve(kLongest);
  append_date(text, c);
  append_time(text, c);
  text += 'Z';
  return text;
}

}  // namespace boardwalk::parsers
