#include "crawler/trap.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <vector>

#include "config/ascii.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kMostSegments = 24;
constexpr std::size_t kMostParameters = 24;
constexpr int kMostOfAName = 4;
constexpr int kMostOfASegment = 4;
constexpr std::size_t kLongestPeriod = 4;
constexpr int kFirstYear = 1900;
constexpr int kFarYears = 100;  // beyond those that are followed; a number farther off is hardly a year

std::vector<std::string_view> pieces(std::string_view text, char separator) {
  std::vector<std::string_view> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) list.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

// Whether a run of `period` segments comes three times in a row anywhere.
bool repeats(const std::vector<std::string_view>& segments, std::size_t period) {
  std::size_t equal = 0;  // segments in a row that are as those one period before
  for (std::size_t i = period; i < segments.size(); ++i) {
    equal = segments[i] == segments[i - period] ? equal + 1 : 0;
    if (equal == 2 * period) return true;
  }
  return false;
}

bool any_more_often(std::vector<std::string_view> names, int times) {
  std::sort(names.begin(), names.end());
  const auto at = static_cast<std::size_t>(times);
  for (std::size_t i = at; i < names.size(); ++i)
    if (names[i] == names[i - at]) return true;
  return false;
}

bool repeated_path(std::vector<std::string_view> segments) {
  std::erase_if(segments, ascii::all_digits);
  for (std::size_t period = 1; period <= kLongestPeriod; ++period)
    if (repeats(segments, period)) return true;
  return any_more_often(segments, kMostOfASegment);
}

bool long_query(std::string_view query) {
  std::vector<std::string_view> names = pieces(query, '&');
  if (names.size() > kMostParameters) return true;
  for (auto& name : names) name = name.substr(0, name.find('='));
  return any_more_often(names, kMostOfAName) || query.find("%2525") != std::string_view::npos;
}

std::optional<int> number(std::string_view text, std::size_t digits_at_most) {
  int value = 0;
  if (text.empty() || text.size() > digits_at_most) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

bool is_month(std::string_view text) {
  const auto month = number(text, 2);
  return month && *month >= 1 && *month <= 12;
}

bool is_day(std::string_view text) {
  const auto day = number(text, 2);
  return day && *day >= 1 && *day <= 31;
}

std::optional<int> year(std::string_view text) {
  const auto value = number(text, 4);
  return value && text.size() == 4 && *value >= 1000 ? value : std::nullopt;
}

bool is_name(std::string_view name, std::initializer_list<std::string_view> known) {
  return std::any_of(known.begin(), known.end(),
                     [name](std::string_view word) { return ascii::same(word, name); });
}

// The year of `2031-05`, `2031-05-07`, `203105` or `20310507`.
std::optional<int> year_of_date(std::string_view text) {
  if (text.size() != 6 && text.size() != 7 && text.size() != 8 && text.size() != 10) return std::nullopt;
  const bool dashed = text.size() == 7 || text.size() == 10;
  if (dashed && text[4] != '-' && text[4] != '/') return std::nullopt;
  if (text.size() == 10 && (text[7] != text[4] || !is_day(text.substr(8)))) return std::nullopt;
  if (!is_month(text.substr(dashed ? 5 : 4, 2))) return std::nullopt;
  return year(text.substr(0, 4));
}

// Archives are none: that is where WordPress has its posts by number (`/archives/2050/2`).
bool names_dates(const std::vector<std::string_view>& segments) {
  return std::any_of(segments.begin(), segments.end(), [](std::string_view segment) {
    return is_name(segment, {"calendar", "events", "date", "month", "year"});
  });
}

// `/2031/05/`, `/2031-05/`, `/2031-10-07/`, `/calendar/2031/10/`: the year of a path's date. Two numbers may
// be a thread's and its page's (`/topic/2050/12`): a date is `told`, or has a zero before its month.
std::optional<int> year_of_path(const std::vector<std::string_view>& segments, bool told) {
  const auto is_sure = [told](std::string_view month) { return told || month.starts_with('0'); };
  for (std::size_t i = 0; i + 1 < segments.size(); ++i)
    if (const auto found = year(segments[i]); found && is_month(segments[i + 1]) && is_sure(segments[i + 1]))
      return found;
  for (const auto segment : segments)
    if (segment.size() > 5 && segment[4] == '-' && (segment.size() == 10 || is_sure(segment.substr(5))))
      if (const auto found = year_of_date(segment)) return found;
  return std::nullopt;
}

// `year=2031&month=5`, `date=2031-05`, `ym=203105`.
std::optional<int> year_of_query(std::string_view query) {
  std::optional<int> told;
  bool month = false;
  for (const auto parameter : pieces(query, '&')) {
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string_view name = parameter.substr(0, equals);
    const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
    if (is_name(name, {"year", "y", "yyyy"})) told = year(value);
    if (is_name(name, {"month", "mon", "m", "mm"})) month |= is_month(value);
    if (is_name(name, {"date", "day", "ym", "ymd", "yearmonth", "calendar", "cal"}))
      if (const auto found = year_of_date(value)) return found;
  }
  return month ? told : std::nullopt;
}

// Years by which it lies before or behind all that calendars are followed to.
int years_off(int year, std::int64_t now) {
  const std::chrono::sys_days today{std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(now)))};
  const int this_year = static_cast<int>(std::chrono::year_month_day(today).year());
  return std::max({0, kFirstYear - year, year - (this_year + 1)});
}

}  // namespace

std::string_view trap_of(const parsers::Url& url, std::int64_t now, std::int64_t max_length) {
  if (static_cast<std::int64_t>(url.str().size()) > max_length) return "long_url";
  const auto segments = pieces(url.path, '/');
  if (segments.size() > kMostSegments) return "deep_path";
  if (repeated_path(segments)) return "repeated_path";
  if (long_query(url.query)) return "long_query";
  const auto year = year_of_query(url.query);
  if (year && years_off(*year, now) > 0) return "calendar";
  const bool told = names_dates(segments);
  const int off = years_off(year_of_path(segments, told).value_or(kFirstYear), now);
  return off > 0 && (told || off <= kFarYears) ? "calendar" : "";
}

}  // namespace boardwalk::crawler
