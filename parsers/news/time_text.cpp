#include "parsers/news/time_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "config/ascii.hpp"

namespace boardwalk::parsers::news {
namespace {

using ascii::is_digit;
using ascii::is_letter;

// Reads forward over a text; every step that fails leaves the place unchanged.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  // At the end, or before a character that no word of Han characters holds.
  [[nodiscard]] bool at_ascii() const { return at_ >= text_.size() || (text_[at_] & 0x80) == 0; }

  bool word(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  template <std::size_t N>
  bool any(const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(), [this](std::string_view w) { return word(w); });
  }
  // Digits only, at least `least` and no more than `most` of them.
  bool number(int& value, std::size_t least, std::size_t most) {
    std::size_t count = 0;
    int read = 0;
    while (count < most && at_ + count < text_.size() && is_digit(text_[at_ + count]))
      read = read * 10 + (text_[at_ + count++] - '0');
    const bool more = at_ + count < text_.size() && is_digit(text_[at_ + count]);
    if (count < least || more) return false;
    at_ += count;
    value = read;
    return true;
  }
  // Exactly `count` digits, whatever follows.
  bool digits(int& value, std::size_t count) {
    int read = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (at_ + i >= text_.size() || !is_digit(text_[at_ + i])) return false;
      read = read * 10 + (text_[at_ + i] - '0');
    }
    at_ += count;
    value = read;
    return true;
  }
  void spaces() {
    while (word(" ") || word("\xC2\xA0") || word("\xE3\x80\x80") || word("\t") || word("\n")) {
    }
  }
  // A month's name in English, German, French, Spanish, Italian, Portuguese, Dutch, a Scandinavian language or
  // another that writes it in Latin letters, or at least its first three letters: `Sept`, not `Seven`.
  bool month(int& value) {
    static constexpr std::array<std::string_view, 12> kMonths{
        "january januar januari janvier janeiro jänner gennaio enero",
        "february februar februari fevereiro février fevrier febrero febbraio feber februarie februára",
        "march mars marzo março marco marts märz maart maret martie marec marca",
        "april aprile abril avril aprilie",
        "may mai maj mayo maio maggio mei",
        "june juni junio junho juin giugno",
        "july juli julio julho juillet luglio",
        "august augusti augustus agosto août aout",
        "september septembre septiembre setiembre setembro settembre septembrie setembre",
        "october oktober octobre octubre outubro ottobre octombrie oktobra",
        "november novembre noviembre novembro",
        "december dezember dezembro décembre decembre diciembre dicembre desember decembrie"};
    constexpr std::size_t kLongest = 12;  // bytes
    std::size_t end = at_;
    while (end < text_.size() && end - at_ < kLongest && (is_letter(text_[end]) || (text_[end] & 0x80) != 0))
      ++end;
    const std::string name = ascii::lowered(text_.substr(at_, end - at_));
    if (name.size() < 3 || name.size() >= kLongest) return false;
    value = 0;
    for (std::size_t i = 0; i < kMonths.size() && value == 0; ++i)
      for (std::size_t from = 0; from < kMonths[i].size();
           from = std::min(kMonths[i].find(' ', from), kMonths[i].size() - 1) + 1)
        if (kMonths[i].substr(from).starts_with(name)) value = static_cast<int>(i) + 1;
    if (value == 0) return false;
    at_ = end;
    word(".");
    return true;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
};

// 2019-09-07, 2019/9/7, 2019.09.07, 2019年9月7日, 2019 年 9 月 7 日
bool year_first(Cursor& cursor, Date& date) {
  if (!cursor.number(date.year, 4, 4)) return false;
  for (const auto& [one, two, three] :
       {std::array<std::string_view, 3>{"年", "月", "日"}, {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}}) {
    Cursor here = cursor;
    here.spaces();
    if (!here.word(one)) continue;
    here.spaces();
    if (!here.number(date.month, 1, 2)) continue;
    here.spaces();
    if (!here.word(two)) continue;
    here.spaces();
    if (!here.number(date.day, 1, 2)) continue;
    Cursor closed = here;
    closed.spaces();
    if (!three.empty() && closed.word(three)) here = closed;
    cursor = here;
    return true;
  }
  return false;
}

// 2019 09/07, 201909/07: a year, a day and a time that stand in elements of their own
bool split_year(Cursor& cursor, Date& date) {
  if (!cursor.digits(date.year, 4)) return false;
  cursor.spaces();
  if (!cursor.digits(date.month, 2)) return false;
  cursor.spaces();
  if (!cursor.word("/") && !cursor.word("-")) return false;
  cursor.spaces();
  return cursor.digits(date.day, 2);
}

// 7 September 2019, 7. September 2019, September 7, 2019, 7 de septiembre de 2019
bool named_month(Cursor& cursor, Date& date) {
  static constexpr std::array<std::string_view, 4> kOrdinals{"st", "nd", "rd", "th"};
  if (cursor.number(date.day, 1, 2)) {
    cursor.any(kOrdinals);
    cursor.word(".");
    cursor.spaces();
    if (cursor.word("de ") || cursor.word("of ")) cursor.spaces();
    if (!cursor.month(date.month)) return false;
  } else {
    if (!cursor.month(date.month)) return false;
    cursor.spaces();
    if (!cursor.number(date.day, 1, 2)) return false;
    cursor.any(kOrdinals);
  }
  cursor.word(",");
  cursor.spaces();
  if (cursor.word("de ")) cursor.spaces();
  return cursor.number(date.year, 4, 4);
}

// 07.09.2019; 13/09/2019 when only one order is possible
bool day_first(Cursor& cursor, Date& date) {
  int one = 0;
  int two = 0;
  if (!cursor.number(one, 1, 2)) return false;
  const bool dots = cursor.word(".");
  if (!dots && !cursor.word("/")) return false;
  if (!cursor.number(two, 1, 2) || !cursor.word(dots ? "." : "/") || !cursor.number(date.year, 4, 4))
    return false;
  const bool month_first = !dots && two > 12;
  if (!dots && !month_first && one <= 12 && one != two) return false;
  date.day = month_first ? two : one;
  date.month = month_first ? one : two;
  return true;
}

struct Time {
  int hour = 0;
  int minute = 0;
  int second = 0;
  Precision precision = Precision::kDay;
  std::optional<int> offset;
};

// `+08:00`, `-0500`, `Z`
std::optional<int> read_offset(Cursor& cursor) {
  Cursor here = cursor;
  here.spaces();
  const bool plus = here.word("+");
  int hours = 0;
  int minutes = 0;
  if (!plus && !here.word("-")) {
    if (!cursor.word("Z")) return std::nullopt;
    return 0;
  }
  int both = 0;
  if (here.number(both, 4, 4)) {
    hours = both / 100;
    minutes = both % 100;
  } else if (!here.number(hours, 2, 2) || !here.word(":") || !here.number(minutes, 2, 2)) {
    return std::nullopt;
  }
  if (hours > 14 || minutes > 59) return std::nullopt;
  cursor = here;
  return (plus ? 1 : -1) * (60 * hours + minutes);
}

// The part of a day that a Chinese page prints beside hours of half the clock.
enum class DayPart { kNone, kMorning, kNoon, kAfternoon, kNight };

DayPart read_day_part(Cursor& cursor) {
  static constexpr std::array<std::string_view, 5> kMorning{"上午", "早上", "早晨", "清晨", "凌晨"};
  static constexpr std::array<std::string_view, 3> kAfternoon{"下午", "午后", "傍晚"};
  static constexpr std::array<std::string_view, 6> kNight{"晚上", "晚间", "晚間", "夜间", "夜間", "晚"};
  if (cursor.any(kMorning)) return DayPart::kMorning;
  if (cursor.word("中午")) return DayPart::kNoon;
  if (cursor.any(kAfternoon)) return DayPart::kAfternoon;
  return cursor.any(kNight) ? DayPart::kNight : DayPart::kNone;
}

// The hour of the whole clock; one past noon is that already, whatever part is told. False where that cannot be
// known: twelve at night may begin or end the day, and three may be of a morning.
bool place_hour(Time& time, DayPart part) {
  constexpr int kNoon = 12;
  constexpr int kLatestNoon = 2;
  constexpr int kEvening = 6;
  if (part == DayPart::kNight && time.hour <= kNoon && time.hour % kNoon < kEvening) return false;
  if (part == DayPart::kMorning && time.hour == kNoon) time.hour = 0;
  const bool later = part == DayPart::kAfternoon || part == DayPart::kNight ||
                     (part == DayPart::kNoon && time.hour <= kLatestNoon);
  if (later && time.hour < kNoon) time.hour += kNoon;
  return true;
}

// Of which the part of the day before it is: `10:20 下午3:00`, `10:20 晚上8点`.
bool begins_clock(Cursor cursor) {
  int hour = 0;
  cursor.spaces();
  return cursor.number(hour, 1, 2) &&
         (cursor.word(":") || cursor.word("：") || cursor.word("点") || cursor.word("時"));
}

// p.m., PM; 下午, where that does not begin a longer word.
bool read_half(Cursor& cursor, Time& time) {
  static constexpr std::array<std::string_view, 4> kAfternoon{"p.m.", "pm", "PM", "P.M."};
  static constexpr std::array<std::string_view, 4> kMorning{"a.m.", "am", "AM", "A.M."};
  if (time.hour > 12 || time.hour == 0) return false;
  Cursor here = cursor;
  here.spaces();
  if (const DayPart part = read_day_part(here); part != DayPart::kNone) {
    if (!here.at_ascii() || begins_clock(here) || !place_hour(time, part)) return false;
  } else if (const bool afternoon = here.any(kAfternoon); afternoon || here.any(kMorning)) {
    time.hour = time.hour % 12 + (afternoon ? 12 : 0);
  } else {
    return false;
  }
  cursor = here;
  return true;
}

// Whether what reads as `offset` at once behind the minute `from` may be the hour until which something lasts:
// `09:00-11:00`, `22:00-05:00`, `10:00-03:00 PM`. It is none where that would be more than half a day and the
// offset is that of a zone of the Americas or the Pacific.
bool may_end_span(const Time& from, int offset, Cursor behind) {
  static constexpr std::array<int, 12> kWestern{-150, -180, -210, -240, -300, -360,
                                                -420, -480, -540, -570, -600, -660};
  constexpr int kDay = 24 * 60;
  if (std::find(kWestern.begin(), kWestern.end(), offset) == kWestern.end()) return true;
  const int lasts = (kDay - offset - (60 * from.hour + from.minute)) % kDay;
  Time until;
  until.hour = -offset / 60;
  return lasts <= kDay / 2 || read_half(behind, until);
}

// A zone at the cursor; nothing where it may be hours from and to. `by_machine`: date and time stand as
// programs print them, `2023-05-06 09:00`; behind any other minute a `-` is taken for `to`.
std::optional<int> offset_behind(Cursor& cursor, const Time& time, bool by_machine) {
  const bool joined = Cursor(cursor).word("-");
  Cursor behind = cursor;
  const auto offset = read_offset(behind);
  if (!offset) return std::nullopt;
  if (joined && time.precision == Precision::kMinute && (!by_machine || may_end_span(time, *offset, behind)))
    return std::nullopt;
  cursor = behind;
  return offset;
}

// `GMT`, `CET`, `GMT+8`; those that mean one zone only.
std::optional<int> named_zone(Cursor& cursor) {
  static constexpr std::array<std::pair<std::string_view, int>, 16> kZones{{{"GMT", 0},
                                                                            {"UTC", 0},
                                                                            {"EST", -5},
                                                                            {"EDT", -4},
                                                                            {"CDT", -5},
                                                                            {"MDT", -6},
                                                                            {"PST", -8},
                                                                            {"PDT", -7},
                                                                            {"CEST", 2},
                                                                            {"CET", 1},
                                                                            {"MESZ", 2},
                                                                            {"MEZ", 1},
                                                                            {"EEST", 3},
                                                                            {"JST", 9},
                                                                            {"KST", 9},
                                                                            {"HKT", 8}}};
  constexpr int kFarthest = 14;
  for (const auto& [name, hours] : kZones) {
    Cursor here = cursor;
    here.spaces();
    if (!here.word(name)) continue;
    cursor = here;
    int more = 0;
    const bool plus = here.word("+");
    if (hours == 0 && (plus || here.word("-")) && here.number(more, 1, 2) && more <= kFarthest) {
      cursor = here;
      return 60 * (plus ? more : -more);
    }
    return 60 * hours;
  }
  return std::nullopt;
}

// 08:05, 8時05 as 8点05, 08h05; 08.05 where a word follows that only follows times.
bool read_clock(Cursor& cursor, Time& time) {
  static constexpr std::array<std::string_view, 7> kColons{":", "：", "时", "点", "點", "h", "H"};
  static constexpr std::array<std::string_view, 9> kBehind{"Uhr", "GMT", "UTC", "BST", "CE",
                                                           "am",  "pm",  "a.m", "p.m"};
  Cursor here = cursor;
  if (!here.number(time.hour, 1, 2)) return false;
  const bool dotted = !here.any(kColons);
  if (dotted && !here.word(".")) return false;
  if (!here.number(time.minute, 2, 2) || time.hour > 23 || time.minute > 59) return false;
  Cursor behind = here;
  behind.spaces();
  if (dotted && !behind.any(kBehind)) return false;
  cursor = here;
  return true;
}

// 星期一, 周一, (週一)
bool read_weekday(Cursor& cursor) {
  static constexpr std::array<std::string_view, 5> kWeeks{"星期", "周", "週", "礼拜", "禮拜"};
  static constexpr std::array<std::string_view, 8> kDays{"一", "二", "三", "四", "五", "六", "日", "天"};
  Cursor here = cursor;
  const bool bracket = here.word("(") || here.word("（");
  if (!here.any(kWeeks) || !here.any(kDays)) return false;
  if (bracket && !here.word(")") && !here.word("）")) return false;
  cursor = here;
  return true;
}

// `hyphened`: behind a date like 2023-05-06.
Time read_time(Cursor& cursor, bool hyphened) {
  static constexpr std::array<std::string_view, 4> kBefore{"T", ",", "-", "|"};
  Time time;
  Cursor here = cursor;
  const bool iso = Cursor(here).word("T");
  here.spaces();
  while (here.any(kBefore) || read_weekday(here)) here.spaces();
  if (here.word("at ") || here.word("um ") || here.word("à ")) here.spaces();
  const DayPart part = read_day_part(here);
  here.spaces();
  const bool plain = hyphened && here.at() == cursor.at() + 1;
  if (!read_clock(here, time) || !place_hour(time, part)) return {};
  time.precision = Precision::kMinute;
  cursor = here;
  if ((here.word(":") || here.word("：") || here.word("分")) && here.number(time.second, 2, 2) &&
      time.second <= 59) {
    time.precision = Precision::kSecond;
    int fraction = 0;
    if (here.word(".")) (void)here.number(fraction, 1, 9);
    cursor = here;
  } else {
    time.second = 0;
  }
  here = cursor;
  here.spaces();
  if (here.word("Uhr")) cursor = here;
  const bool half = part == DayPart::kNone && read_half(cursor, time);
  time.offset = iso ? read_offset(cursor) : offset_behind(cursor, time, plain && !half);
  if (!time.offset) time.offset = named_zone(cursor);
  return time;
}

}  // namespace

std::optional<FoundTime> find_time(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (is_digit(text[i]) || is_letter(text[i])) &&
                        (i == 0 || !(is_digit(text[i - 1]) || is_letter(text[i - 1])) || text[i - 1] == 'T');
    if (!begins) continue;
    for (const auto read : {year_first, named_month, day_first, split_year}) {
      Cursor cursor(text, i);
      Date date;
      if (!read(cursor, date)) continue;
      const bool hyphened = read == year_first && text[i + 4] == '-';
      const Time time = read_time(cursor, hyphened);
      if (read == split_year && time.precision == Precision::kDay) continue;
      const auto moment = make_moment(date.year, date.month, date.day, time.hour, time.minute, time.second,
                                      time.precision, time.offset);
      if (moment && date.year >= 1980) return FoundTime{*moment, i, cursor.at()};
    }
  }
  return std::nullopt;
}

std::optional<Moment> time_in(std::string_view text) {
  const auto found = find_time(text);
  return found ? std::optional(found->moment) : std::nullopt;
}

}  // namespace boardwalk::parsers::news
