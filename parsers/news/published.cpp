#include "parsers/news/published.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "config/ascii.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/time_text.hpp"

namespace boardwalk::parsers::news {
namespace {

std::optional<Moment> time_in(std::string_view text) {
  const auto found = find_time(text);
  return found ? std::optional(found->moment) : std::nullopt;
}

// Seconds or milliseconds since 1970, which pages in China show in their own zone.
std::optional<Moment> epoch_time(std::string_view digits, bool chinese) {
  if (!ascii::all_digits(digits) || (digits.size() != 10 && digits.size() != 13)) return std::nullopt;
  const int zone = chinese ? kChinaMinutes : 0;
  return moment_at(std::stoll(std::string(digits.substr(0, 10))) + 60LL * zone, Precision::kSecond, zone);
}

std::optional<Moment> meta_time(const Metadata& data, bool chinese) {
  const std::string_view text = data.meta({"article:published_time",
                                           "og:published_time",
                                           "datepublished",
                                           "publishdate",
                                           "pubdate",
                                           "publish_time",
                                           "publish-date",
                                           "og:time",
                                           "og:release_date",
                                           "article:create_at",
                                           "weibo: article:create_at",
                                           "dateupdate",
                                           "firstpublishedtime",
                                           "dc.date.issued",
                                           "dcterms.created",
                                           "dcterms.issued",
                                           "dc.date",
                                           "dcterms.date",
                                           "sailthru.date",
                                           "parsely-pub-date",
                                           "article.published",
                                           "cxenseparse:recs:publishtime",
                                           "publication_date",
                                           "date",
                                           "dc.date.created",
                                           "article:published",
                                           "datecreated"});
  if (auto time = time_in(text)) return time;
  if (auto time = time_in(data.linked.published)) return time;
  return epoch_time(data.linked.published, chinese);
}

std::optional<Moment> modified_time(const Metadata& data) {
  if (auto time = time_in(data.meta(
          {"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"})))
    return time;
  return time_in(data.linked.modified);
}

struct TimeElements {
  std::optional<Moment> published;  // the first that says it is the publication
  std::optional<Moment> first;
};

// <time datetime=…> and microdata.
TimeElements time_elements(dom::Node root) {
  TimeElements times;
  for (dom::Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is_element()) continue;
    const bool published = node.attr_or("itemprop") == "datePublished" || node.attr("pubdate");
    if (!node.is("time") && !published) continue;
    if (node.attr_or("itemprop") == "dateModified" || node.has_class("updated")) continue;
    auto time = time_in(node.attr_or("datetime"));
    if (!time) time = time_in(node.attr_or("content"));
    if (!time) time = time_in(dom::text_of(node));
    if (!time) continue;
    if (published) {
      times.published = time;
      return times;
    }
    if (!times.first) times.first = time;
  }
  return times;
}

// Where the first of the words stands from `begin` on; the size of `key` when none does.
template <std::size_t N>
std::size_t first_of(std::u32string_view key, const std::array<std::u32string_view, N>& words,
                     std::size_t begin) {
  std::size_t first = key.size();
  for (const std::u32string_view word : words) first = std::min(first, key.find(word, begin));
  return first;
}

// The time in a line that may tell of a change, too: what stands before the word of that, or from the word of
// publication on.
std::optional<Moment> publication_in(std::string_view line) {
  static constexpr std::array<std::u32string_view, 10> kChanged{
      U"更新时间", U"最后更新",     U"截至",       U"更新于",      U"updated",
      U"modified", U"aktualisiert", U"mis à jour", U"actualizado", U"aggiornato"};
  static constexpr std::array<std::u32string_view, 3> kPublished{U"发布", U"发表", U"published"};
  const KeyText key(line);
  const std::size_t changed = first_of(key.view(), kChanged, 0);
  if (changed == key.view().size()) return time_in(line);
  if (auto time = time_in(key.original(0, changed))) return time;
  if (auto time = time_in(key.original(first_of(key.view(), kPublished, changed)))) return time;
  return key.view().find(U"published") < changed ? time_in(line) : std::nullopt;
}

// Looks line by line; the first time known to the minute wins over the first day.
class VisibleTime {
 public:
  // `passed_over`: what the lines hold that are not asked, the headline where it tells a day.
  explicit VisibleTime(const PageText& page, std::string_view passed_over = {})
      : page_(page), passed_over_(passed_over) {}

  // Lines [begin, end), or back from the last of them. True once a time of day is found. `longest` is the
  // weight of the longest line that is looked at.
  bool look(int begin, int end, int longest, bool back = false) {
    const int count = static_cast<int>(page_.lines.size());
    begin = std::max(begin, 0);
    end = std::min(end, count);
    for (int i = begin; i < end && !has_time(); ++i)
      read(page_.line_at(back ? end - 1 - (i - begin) : i), longest);
    return has_time();
  }
  [[nodiscard]] bool has_day() const { return day_.has_value(); }
  [[nodiscard]] std::optional<Moment> found() const { return time_ ? time_ : day_; }

 private:
  [[nodiscard]] bool has_time() const { return time_.has_value(); }

  void read(const Line& line, int longest) {
    if (line.weight > longest) return;
    if (!passed_over_.empty() && line.text.find(passed_over_) != std::string::npos) return;
    constexpr int kMostLinked = 24;
    if (line.link_weight * 2 > line.weight && line.weight > kMostLinked) return;
    const auto time = publication_in(line.text);
    if (!time) return;
    if (time->precision != Precision::kDay) {
      time_ = time;
    } else if (!day_) {
      day_ = time;
    }
  }

  const PageText& page_;
  std::string_view passed_over_;
  std::optional<Moment> time_;
  std::optional<Moment> day_;
};

// The time of the line nearest to the headline: below it first, then above, then at the text's end.
// Long lines of the text speak of other days too: only asked when nothing else tells.
std::optional<Moment> visible_time(const PageText& page, const Body& body, const Headline& headline,
                                   bool ask_text) {
  constexpr int kInfoLine = 80;
  constexpr int kDateLine = 14;
  const int count = static_cast<int>(page.lines.size());
  const int first = body.first < 0 ? count : body.first;
  const int last = body.lines.empty() ? count : body.lines.back();
  const bool headed = headline.line >= 0 && headline.line < first;
  const int above = headed ? headline.line : std::max(0, first - 10);
  const int below = headed ? std::min(above + headline.lines, first) : above;
  VisibleTime time(page, time_in(headline.text) ? std::string_view(headline.text) : std::string_view());
  if (time.look(below, first, kInfoLine) || time.has_day()) return time.found();
  if (time.look(first, first + 2, kDateLine)) return time.found();
  if (time.has_day() || time.look(above - 6, above, kInfoLine, true) || time.has_day()) return time.found();
  if (ask_text && (time.look(first, first + 2, kInfoLine) || time.has_day())) return time.found();
  if (!time.look(std::max(first, last - 2), last + 1, kDateLine)) time.look(last + 1, last + 6, kInfoLine);
  return time.found();
}

// Of the headline's own lines.
std::optional<Moment> headline_time(const PageText& page, const Headline& headline) {
  constexpr int kLongest = 80;  // weight
  VisibleTime time(page);
  if (headline.line >= 0) time.look(headline.line, headline.line + headline.lines, kLongest);
  return time.found();
}

// Seconds since 1970 in a script of a page that prints only `昨天`: `ct = "1578622022"`,
// `"publish_time":1578622022`.
std::optional<Moment> script_time(dom::Node root) {
  static constexpr std::array<std::string_view, 5> kNames{"ct", "publish_time", "publishTime", "pubTime",
                                                          "createTime"};
  constexpr std::size_t kDigits = 10;
  for (dom::Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is("script")) continue;
    const std::string_view code = node.first_child().value();
    for (const std::string_view name : kNames)
      for (std::size_t at = code.find(name); at != std::string_view::npos; at = code.find(name, at + 1)) {
        std::size_t value = at + name.size();
        if (at > 0 && (ascii::is_alphanumeric(code[at - 1]) || code[at - 1] == '_')) continue;
        const std::size_t from = value;
        while (value < code.size() && value < from + 6 &&
               std::string_view("\"': =").find(code[value]) != std::string_view::npos)
          ++value;
        const std::string_view digits = code.substr(value, kDigits);
        const bool seconds =
            value > from && digits.size() == kDigits && digits.front() == '1' && ascii::all_digits(digits);
        if (seconds) return epoch_time(digits, true);
      }
  }
  return std::nullopt;
}

// /2020-02/19/, /2020/02/19/, /20200102/, 2019_09_07_
std::optional<Moment> url_date(std::string_view path) {
  std::string digits;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool digit = ascii::is_digit(path[i]);
    if (digit) digits += path[i];
    const bool joins = digits.size() == 4 || digits.size() == 6;
    if (!digit && !(joins && (path[i] == '/' || path[i] == '-' || path[i] == '_'))) digits.clear();
    const bool ends = i + 1 == path.size() || !ascii::is_digit(path[i + 1]);
    if (digits.size() != 8 || !ends) continue;
    const int value = std::stoi(digits);
    const int year = value / 10000;
    if (auto date = make_moment(year, value / 100 % 100, value % 100, 0, 0, 0, Precision::kDay, std::nullopt);
        date && year >= 1995)
      return date;
  }
  return std::nullopt;
}

bool has_minute(const Moment& moment) { return moment.precision != Precision::kDay; }

void settle_zone(std::optional<Moment>& moment, const Context& context, bool chinese) {
  if (!moment || !has_minute(*moment) || moment->offset_minutes) return;
  if (context.zone || chinese) {
    moment->offset_minutes = context.zone.value_or(kChinaMinutes);
    return;
  }
  moment->local_seconds -= moment->local_seconds % 86400;
  moment->precision = Precision::kDay;
}

// A day alone, as an element of the page tells it with its time.
void refine(std::optional<Moment>& moment, const std::optional<Moment>& element) {
  constexpr std::int64_t kDay = 86400;
  if (!moment || !element || moment->precision != Precision::kDay || !has_minute(*element) ||
      !element->offset_minutes)
    return;
  if (moment->local_seconds / kDay == element->local_seconds / kDay) moment = element;
}

// In the zone of Chinese pages, so that what is printed there can be compared with what metadata says in UTC.
void to_china(std::optional<Moment>& moment) {
  if (!moment || !moment->offset_minutes || *moment->offset_minutes == kChinaMinutes) return;
  moment = moment_at(moment->epoch() + 60LL * kChinaMinutes, moment->precision, kChinaMinutes);
}

std::optional<Moment> chinese_time(const std::optional<Moment>& visible, std::optional<Moment> told) {
  if (!visible) return told;
  to_china(told);
  if (!told || !has_minute(*told)) return visible;
  const std::int64_t unit = visible->precision == Precision::kDay ? 86400 : 60;
  const bool agrees = visible->local_seconds / unit == told->local_seconds / unit;
  return agrees && visible->precision != Precision::kSecond ? told : visible;
}

// What metadata tells, and the page prints. Metadata in UTC takes the zone in which the page prints the same
// instant; a day that differs by one from the printed one was told in another zone.
std::optional<Moment> western_time(std::optional<Moment> told, const std::optional<Moment>& visible) {
  if (!told || !visible) return told ? told : visible;
  constexpr std::int64_t kHalfHour = 1800;
  constexpr std::int64_t kFarthest = 12 * 3600;
  constexpr std::int64_t kDay = 86400;
  if (told->offset_minutes) {
    const std::int64_t minute = told->epoch() - told->epoch() % 60;
    const std::int64_t ahead = visible->local_seconds - visible->local_seconds % 60 - minute;
    const bool same = has_minute(*told) && has_minute(*visible) && !visible->offset_minutes &&
                      *told->offset_minutes == 0 && ahead % kHalfHour == 0 && std::abs(ahead) <= kFarthest;
    if (!same) return told;
    told->local_seconds += ahead;
    told->offset_minutes = static_cast<int>(ahead / 60);
    return told;
  }
  return std::abs(told->local_seconds / kDay - visible->local_seconds / kDay) == 1 ? visible : told;
}

}  // namespace

Published read_published(const Context& context, const PageText& page, const Body& body,
                         const Headline& headline, const Metadata& data, bool chinese) {
  Published published;
  const auto told = meta_time(data, chinese);
  const auto visible = visible_time(page, body, headline, !told);
  const TimeElements elements = time_elements(page.blocks.front().node);
  if (chinese) {
    published.at = chinese_time(visible, told ? told : elements.published);
    if (!published.at) published.at = script_time(page.blocks.front().node);
  } else {
    for (const auto& time : {told ? told : elements.published, visible})
      if (!published.at) published.at = western_time(time, visible);
  }
  for (const auto& element : {elements.published, elements.first}) refine(published.at, element);
  for (const auto& time : {elements.first, url_date(context.url.path), time_in(data.linked.page_published),
                           headline_time(page, headline)})
    if (!published.at) published.at = time;
  published.modified_at = modified_time(data);
  settle_zone(published.at, context, chinese);
  settle_zone(published.modified_at, context, chinese);
  return published;
}

}  // namespace boardwalk::parsers::news
