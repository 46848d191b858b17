#include "parsers/news/published.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "config/ascii.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/news/visible_time.hpp"

namespace boardwalk::parsers::news {
namespace {

// Seconds or milliseconds since 1970, which pages show in their own `zone`.
std::optional<Moment> epoch_time(std::string_view digits, int zone) {
  if (!ascii::all_digits(digits) || (digits.size() != 10 && digits.size() != 13)) return std::nullopt;
  return moment_at(std::stoll(std::string(digits.substr(0, 10))) + 60LL * zone, Precision::kSecond, zone);
}

std::optional<Moment> meta_time(const Metadata& data, int zone) {
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
  return epoch_time(data.linked.published, zone);
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
    const bool updated = node.has_class("updated") && !node.has_class("published");
    if (node.attr_or("itemprop") == "dateModified" || updated) continue;
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

constexpr std::int64_t kDay = 86400;  // seconds

bool has_minute(const Moment& moment) { return moment.precision != Precision::kDay; }

bool same_day(const Moment& one, const Moment& other) {
  return one.local_seconds / kDay == other.local_seconds / kDay;
}

// Seconds since 1970 in a script of a page that prints only `昨天`: `ct = "1578622022"`,
// `"publish_time":1578622022`.
std::optional<Moment> script_time(dom::Node root, int zone) {
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
        if (seconds) return epoch_time(digits, zone);
      }
  }
  return std::nullopt;
}

struct UrlDay {
  std::optional<Moment> day;
  bool is_directory = false;  // and no part of a number or of a name: `/20150607-lighthouse`
};

// /2020-02/19/, /2020/02/19/, /20200102/, 2019_09_07_; no day after that on which the page was fetched.
UrlDay url_day(std::string_view path, std::int64_t fetched_at) {
  std::string digits;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool digit = ascii::is_digit(path[i]);
    if (digit && digits.empty()) begin = i;
    if (digit) digits += path[i];
    const bool joins = digits.size() == 4 || digits.size() == 6;
    if (!digit && !(joins && (path[i] == '/' || path[i] == '-' || path[i] == '_'))) digits.clear();
    const bool ends = i + 1 == path.size() || !ascii::is_digit(path[i + 1]);
    if (digits.size() != 8 || !ends) continue;
    const int value = std::stoi(digits);
    const int year = value / 10000;
    if (auto date = make_moment(year, value / 100 % 100, value % 100, 0, 0, 0, Precision::kDay, std::nullopt);
        date && year >= 1995 && (fetched_at <= 0 || date->local_seconds <= fetched_at + kDay))
      return {date, begin > 0 && path[begin - 1] == '/' && path.substr(i + 1).starts_with('/')};
  }
  return {};
}

void settle_zone(std::optional<Moment>& moment, const Context& context, bool chinese) {
  if (!moment || !has_minute(*moment) || moment->offset_minutes) return;
  if (context.zone || chinese) {
    moment->offset_minutes = context.zone.value_or(kChinaMinutes);
    return;
  }
  moment->local_seconds -= moment->local_seconds % kDay;
  moment->precision = Precision::kDay;
}

// A day alone, as an element of the page tells it with its time.
void refine(std::optional<Moment>& moment, const std::optional<Moment>& element) {
  if (!moment || !element || moment->precision != Precision::kDay || !has_minute(*element) ||
      !element->offset_minutes)
    return;
  if (same_day(*moment, *element)) moment = element;
}

// In the zone of the page, so that what is printed there can be compared with what metadata says in UTC.
void to_zone(std::optional<Moment>& moment, int zone) {
  if (!moment || !moment->offset_minutes || *moment->offset_minutes == zone) return;
  moment = moment_at(moment->epoch() + 60LL * zone, moment->precision, zone);
}

// Pages abroad tell their own offset and print the same wall clock. UTC is mostly none of theirs.
std::optional<Moment> chinese_time(const std::optional<Moment>& visible, std::optional<Moment> told,
                                   int zone) {
  if (!visible) return told;
  const std::int64_t unit = visible->precision == Precision::kDay ? kDay : 60;
  const auto agrees = [&] { return visible->local_seconds / unit == told->local_seconds / unit; };
  if (told && has_minute(*told) && told->offset_minutes.value_or(0) != 0 && agrees()) {
    if (visible->precision != Precision::kSecond) return told;
    Moment zoned = *visible;
    if (!zoned.offset_minutes) zoned.offset_minutes = told->offset_minutes;
    return zoned;
  }
  to_zone(told, zone);
  if (!told || !has_minute(*told)) return visible;
  return agrees() && visible->precision != Precision::kSecond ? told : visible;
}

// What metadata tells, and the page prints. Metadata in UTC takes the zone in which the page prints the same
// instant; a day that differs by one from the printed one was told in another zone.
std::optional<Moment> western_time(std::optional<Moment> told, const std::optional<Moment>& visible) {
  if (!told || !visible) return told ? told : visible;
  constexpr std::int64_t kHalfHour = 1800;
  constexpr std::int64_t kFarthest = 12 * 3600;
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

// The first <time> may be another article's: where a directory of the URL is a day, it tells the time of that
// day or of one beside it, for the zone.
std::optional<Moment> element_or_url(const std::optional<Moment>& element, const UrlDay& url) {
  if (!element || !url.day) return element ? element : url.day;
  const bool near = std::abs(element->local_seconds / kDay - url.day->local_seconds / kDay) <= 1;
  return near || !url.is_directory ? element : url.day;
}

}  // namespace

Published read_published(const Context& context, const PageText& page, const Body& body,
                         const Headline& headline, const Metadata& data, bool chinese) {
  Published published;
  const dom::Node root = page.blocks.front().node;
  const int zone = context.zone.value_or(chinese ? kChinaMinutes : 0);
  const auto told = meta_time(data, zone);
  auto shown = told;  // as a Chinese page prints it
  if (chinese) to_zone(shown, zone);
  const auto [visible, changed] = visible_time(page, body, headline, shown);
  const TimeElements elements = time_elements(root);
  if (chinese) {
    published.at = chinese_time(visible, told ? told : elements.published, zone);
    if (!published.at) published.at = script_time(root, zone);
  } else {
    for (const auto& time : {told ? told : elements.published, visible})
      if (!published.at) published.at = western_time(time, visible);
  }
  for (const auto& element : {elements.published, elements.first}) refine(published.at, element);
  const UrlDay url = url_day(context.url.path, context.fetched_at);
  const auto placed = element_or_url(elements.first, url);
  const bool later = changed && url.is_directory && !same_day(*changed, *url.day);
  for (const auto& time : {!changed || later ? placed : std::nullopt, time_in(data.linked.page_published),
                           changed, headline_time(page, headline)})
    if (!published.at) published.at = time;
  published.modified_at = modified_time(data);
  settle_zone(published.at, context, chinese);
  settle_zone(published.modified_at, context, chinese);
  return published;
}

}  // namespace boardwalk::parsers::news
