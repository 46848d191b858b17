#include "parsers/site/time_format.hpp"

#include <fmt/format.h>

#include <array>

#include "config/ascii.hpp"

namespace boardwalk::parsers::site {
namespace {

constexpr std::string_view kTokens = "YymdebBHIpMSz%";

using ascii::is_digit;

// Bytes of the one white space character at the beginning, 0 when there is none.
std::size_t space_length(std::string_view text) {
  if (text.empty()) return 0;
  if (ascii::is_space(text[0])) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  return text.starts_with("\xE3\x80\x80") ? 3 : 0;
}

struct Fields {
  std::optional<int> year;
  int month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::optional<bool> afternoon;
  std::optional<int> offset;
};

// Reads the text by the format's tokens; each returns false where the text does not fit.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool literal(std::string_view piece) {
    if (!rest_.starts_with(piece)) return false;
    rest_.remove_prefix(piece.size());
    return true;
  }

  bool spaces() {
    const std::size_t before = rest_.size();
    while (const std::size_t length = space_length(rest_)) rest_.remove_prefix(length);
    return rest_.size() < before;
  }

  bool token(char token, Fields& fields) {
    switch (token) {
      case 'Y':
        return number(4, 4, fields.year.emplace());
      case 'y':
        if (!number(2, 2, fields.year.emplace())) return false;
        *fields.year += *fields.year < 70 ? 2000 : 1900;
        return true;
      case 'm':
        return number(1, 2, fields.month);
      case 'd':
      case 'e':
        return number(1, 2, fields.day);
      case 'b':
      case 'B':
        return month(fields.month);
      case 'H':
      case 'I':
        return number(1, 2, fields.hour);
      case 'p':
        return half(fields);
      case 'M':
        return number(2, 2, fields.minute);
      case 'S':
        return number(2, 2, fields.second);
      case 'z':
        return offset(fields.offset.emplace());
      default:
        return literal("%");
    }
  }

 private:
  bool number(std::size_t least, std::size_t most, int& value) {
    std::size_t length = 0;
    value = 0;
    while (length < most && length < rest_.size() && is_digit(rest_[length]))
      value = value * 10 + (rest_[length++] - '0');
    if (length < least) return false;
    rest_.remove_prefix(length);
    return true;
  }

  bool word(std::string_view lower_case) {
    if (!ascii::starts_same(rest_, lower_case)) return false;
    rest_.remove_prefix(lower_case.size());
    return true;
  }

  bool month(int& value) {
    static constexpr std::array<std::string_view, 12> kMonths{
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    for (std::size_t i = 0; i < kMonths.size(); ++i)
      if (word(kMonths[i]) || word(kMonths[i].substr(0, 3))) {
        value = static_cast<int>(i) + 1;
        return true;
      }
    return false;
  }

  bool half(Fields& fields) {
    if (word("am") || word("a.m.") || literal("上午") || literal("凌晨") || literal("早上")) {
      fields.afternoon = false;
    } else if (word("pm") || word("p.m.") || literal("下午") || literal("晚上") || literal("中午")) {
      fields.afternoon = true;
    }
    return fields.afternoon.has_value();
  }

  bool offset(int& minutes) {
    minutes = 0;
    if (literal("Z")) return true;
    const bool plus = literal("+");
    int hours = 0;
    if ((!plus && !literal("-")) || !number(2, 2, hours)) return false;
    literal(":");
    if (!number(2, 2, minutes) || hours > 14 || minutes > 59) return false;
    minutes = (plus ? 1 : -1) * (60 * hours + minutes);
    return true;
  }

  std::string_view rest_;
};

int hour_of_day(const Fields& fields) {
  if (!fields.afternoon) return fields.hour;
  if (*fields.afternoon) return fields.hour < 12 ? fields.hour + 12 : fields.hour;
  return fields.hour == 12 ? 0 : fields.hour;
}

// Years that a date without one may mean, the newest first; a leap day needs up to eight.
std::optional<Moment> last_such_day(const Fields& fields, Precision precision, std::optional<int> offset,
                                    std::int64_t now) {
  constexpr int kSecondsPerYear = 31'556'952;
  const int newest = 1970 + static_cast<int>(now / kSecondsPerYear) + 1;
  for (int year = newest; year >= newest - 9; --year) {
    const auto moment = make_moment(year, fields.month, fields.day, hour_of_day(fields), fields.minute,
                                    fields.second, precision, offset);
    if (moment && moment->epoch() <= now) return moment;
  }
  return std::nullopt;
}

}  // namespace

tl::expected<TimeFormat, TextError> TimeFormat::parse(std::string_view text) {
  TimeFormat format;
  std::string tokens;
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 2)) {
    const char token = at + 1 < text.size() ? text[at + 1] : '\0';
    if (token == '\0' || kTokens.find(token) == std::string_view::npos)
      return tl::unexpected(
          TextError{at, fmt::format("unknown {}; known are %Y %y %m %d %e %b %B %H %I %p %M %S %z %%",
                                    token == '\0'         ? "% at the end"
                                    : (token & 0x80) != 0 ? "letter behind %"
                                                          : fmt::format("%{}", token))});
    tokens += token;
  }
  if (tokens.find_first_of("mbB") == std::string::npos || tokens.find_first_of("de") == std::string::npos)
    return tl::unexpected(TextError{0, "a time format holds at least a month (%m, %b) and a day (%d)"});
  if (tokens.find_first_of("HI") != std::string::npos) format.precision_ = Precision::kHour;
  if (tokens.find('M') != std::string::npos) format.precision_ = Precision::kMinute;
  if (tokens.find('S') != std::string::npos) format.precision_ = Precision::kSecond;
  format.format_ = text;
  return format;
}

std::optional<Moment> TimeFormat::match(std::string_view text, std::optional<int> zone,
                                        std::int64_t now) const {
  Reader reader(text);
  Fields fields;
  for (std::size_t at = 0; at < format_.size();) {
    const std::string_view rest = std::string_view(format_).substr(at);
    if (const std::size_t space = space_length(rest)) {
      if (!reader.spaces()) return std::nullopt;
      at += space;
      while (const std::size_t more = space_length(std::string_view(format_).substr(at))) at += more;
    } else if (rest[0] == '%') {
      if (!reader.token(rest[1], fields)) return std::nullopt;
      at += 2;
    } else {
      if (!reader.literal(rest.substr(0, 1))) return std::nullopt;
      ++at;
    }
  }
  const std::optional<int> offset = fields.offset ? fields.offset : zone;
  if (!fields.year) return last_such_day(fields, precision_, offset, now);
  return make_moment(*fields.year, fields.month, fields.day, hour_of_day(fields), fields.minute,
                     fields.second, precision_, offset);
}

std::optional<Moment> TimeFormat::find(std::string_view text, std::optional<int> zone,
                                       std::int64_t now) const {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool inside_number = at > 0 && is_digit(text[at]) && is_digit(text[at - 1]);
    if (inside_number) continue;
    if (const auto moment = match(text.substr(at), zone, now)) return moment;
  }
  return std::nullopt;
}

}  // namespace boardwalk::parsers::site
