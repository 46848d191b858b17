#include "parsers/news/published.hpp"

#include <algorithm>
#include <array>

#include "parsers/news/key_text.hpp"
#include "parsers/news/time_text.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr int kChinaMinutes = 480;

std::optional<Moment> time_in(std::string_view text) {
  const auto found = find_time(text);
  return found ? std::optional(found->moment) : std::nullopt;
}

std::optional<Moment> meta_time(const Metadata& data) {
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
  return time_in(data.linked.published);
}

std::optional<Moment> modified_time(const Metadata& data) {
  if (auto time = time_in(data.meta(
          {"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"})))
    return time;
  return time_in(data.linked.modified);
}

// <time datetime=…>, the first that says it is the publication, else the first of all.
std::optional<Moment> time_element(dom::Node root) {
  std::optional<Moment> first;
  for (dom::Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is_element()) continue;
    const bool published = node.attr_or("itemprop") == "datePublished" || node.attr("pubdate");
    if (!node.is("time") && !published) continue;
    auto time = time_in(node.attr_or("datetime"));
    if (!time) time = time_in(node.attr_or("content"));
    if (!time) time = time_in(dom::text_of(node));
    if (!time) continue;
    if (published) return time;
    if (!first) first = time;
  }
  return first;
}

bool says_other_time(std::string_view line) {
  const KeyText key(line);
  for (const std::u32string_view word :
       {U"更新时间", U"最后更新", U"截至", U"更新于", U"updated", U"modified"})
    if (key.view().find(word) != std::u32string_view::npos) return true;
  return false;
}

// The time of the line nearest to the headline: below it first, then above, then at the text's end.
std::optional<Moment> visible_time(const PageText& page, const Body& body, int head) {
  const int count = static_cast<int>(page.lines.size());
  const int first = body.lines.empty() ? count : body.lines.front();
  const int anchor = head >= 0 && head < first ? head : std::max(0, first - 10);
  std::optional<Moment> day;
  const auto look = [&](int index) -> std::optional<Moment> {
    const Line& line = page.lines[static_cast<std::size_t>(index)];
    constexpr int kLongest = 80;
    if (line.weight > kLongest || line.link_weight * 2 > line.weight || says_other_time(line.text))
      return std::nullopt;
    const auto time = time_in(line.text);
    if (time && time->precision == Precision::kDay) {
      if (!day) day = time;
      return std::nullopt;
    }
    return time;
  };
  for (int i = anchor; i < std::min(first + 2, count); ++i)
    if (auto time = look(i)) return time;
  if (day) return day;
  for (int i = anchor - 1; i >= std::max(0, anchor - 6); --i)
    if (auto time = look(i)) return time;
  if (day) return day;
  const int last = body.lines.empty() ? count : body.lines.back();
  for (int i = std::max(first, last - 2); i < std::min(count, last + 6); ++i)
    if (auto time = look(i)) return time;
  return day;
}

// /2020-02/19/, /2020/02/19/, /20200102/, 2019_09_07_
std::optional<Moment> url_date(std::string_view path) {
  std::string digits;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool digit = path[i] >= '0' && path[i] <= '9';
    if (digit) digits += path[i];
    const bool joins = digits.size() == 4 || digits.size() == 6;
    if (!digit && !(joins && (path[i] == '/' || path[i] == '-' || path[i] == '_'))) digits.clear();
    const bool ends = i + 1 == path.size() || !(path[i + 1] >= '0' && path[i + 1] <= '9');
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

// In the zone of Chinese pages, so that what is printed there can be compared with what metadata says in UTC.
void to_china(std::optional<Moment>& moment) {
  if (!moment || !moment->offset_minutes || *moment->offset_minutes == kChinaMinutes) return;
  moment->local_seconds = moment->epoch() + 60LL * kChinaMinutes;
  moment->offset_minutes = kChinaMinutes;
}

std::optional<Moment> chinese_time(const std::optional<Moment>& visible, std::optional<Moment> told) {
  if (!visible) return told;
  to_china(told);
  if (!told || !has_minute(*told)) return visible;
  const std::int64_t unit = visible->precision == Precision::kDay ? 86400 : 60;
  const bool agrees = visible->local_seconds / unit == told->local_seconds / unit;
  return agrees && visible->precision != Precision::kSecond ? told : visible;
}

}  // namespace

Published read_published(const Context& context, const PageText& page, const Body& body, int head,
                         const Metadata& data, bool chinese) {
  Published published;
  auto told = meta_time(data);
  const auto visible = visible_time(page, body, head);
  if (!told && !(chinese && visible)) told = time_element(page.blocks.front().node);
  if (chinese) {
    published.at = chinese_time(visible, told);
  } else {
    published.at = told ? told : visible;
  }
  if (!published.at) published.at = url_date(context.url.path);
  published.modified_at = modified_time(data);
  settle_zone(published.at, context, chinese);
  settle_zone(published.modified_at, context, chinese);
  return published;
}

}  // namespace boardwalk::parsers::news
