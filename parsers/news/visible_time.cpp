#include "parsers/news/visible_time.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "parsers/news/key_text.hpp"
#include "parsers/news/time_text.hpp"

namespace boardwalk::parsers::news {
namespace {

// Where the first of the words stands from `begin` on; the size of `key` when none does.
template <std::size_t N>
std::size_t first_of(std::u32string_view key, const std::array<std::u32string_view, N>& words,
                     std::size_t begin) {
  std::size_t first = key.size();
  for (const std::u32string_view word : words) first = std::min(first, key.find(word, begin));
  return first;
}

constexpr std::array<std::u32string_view, 3> kPublished{U"发布", U"发表", U"published"};

// Labels of the publication's day, and of another that a notice prints beside it.
constexpr std::array<std::u32string_view, 8> kPublicationLabels{
    U"发布日期", U"发布时间", U"发表日期", U"发表时间", U"发布:", U"发表:", U"发布于", U"发表于"};
constexpr std::array<std::u32string_view, 20> kOtherLabels{
    U"成文日期", U"成文时间", U"生成日期", U"生成时间", U"印发日期", U"印发时间", U"签发日期",
    U"签发时间", U"发文日期", U"发文时间", U"会议日期", U"会议时间", U"活动日期", U"活动时间",
    U"截止日期", U"截止时间", U"报名时间", U"施行日期", U"实施日期", U"生效日期"};

template <std::size_t N>
bool holds_one_of(std::u32string_view key, const std::array<std::u32string_view, N>& words) {
  return first_of(key, words, 0) < key.size();
}

// A day that a label names which is none of publication.
bool tells_other_day(std::u32string_view key) {
  return holds_one_of(key, kOtherLabels) && !holds_one_of(key, kPublicationLabels);
}

// The time in a line that may tell of a change, too: what stands before the word of that, or from the word of
// publication on.
std::optional<Moment> publication_in(std::string_view line) {
  static constexpr std::array<std::u32string_view, 17> kChanged{
      U"更新时间", U"最后更新",     U"截至",       U"更新于",      U"更新日期",  U"更新:",
      U"修改时间", U"修改日期",     U"修改:",      U"最后修改",    U"最近更新",  U"updated",
      U"modified", U"aktualisiert", U"mis à jour", U"actualizado", U"aggiornato"};
  const KeyText key(line);
  if (holds_one_of(key.view(), kOtherLabels))
    if (auto time = time_in(key.original(first_of(key.view(), kPublicationLabels, 0)))) return time;
  const std::size_t changed = first_of(key.view(), kChanged, 0);
  if (changed == key.view().size()) return time_in(line);
  if (auto time = time_in(key.original(0, changed))) return time;
  if (auto time = time_in(key.original(first_of(key.view(), kPublished, changed)))) return time;
  return key.view().find(U"published") < changed ? time_in(line) : std::nullopt;
}

// The time of a change, where a page may print that in place of the publication's: `更新日期:2023-05-09`.
std::optional<Moment> change_in(std::string_view line) {
  static constexpr std::array<std::u32string_view, 10> kDated{
      U"更新日期", U"更新:",    U"最近更新 ", U"最近更新1", U"最近更新2",
      U"修改时间", U"修改日期", U"修改:",     U"最后修改",  U"最近更新:"};
  const KeyText key(line);
  const std::size_t at = first_of(key.view(), kDated, 0);
  if (key.view().substr(0, at).ends_with(U"最后")) return std::nullopt;  // `最后更新:`
  return time_in(key.original(at));
}

// `今天是2023年5月9日 星期二` above a headline: the day on which the page is read.
bool tells_today(std::string_view line) {
  static constexpr std::array<std::u32string_view, 8> kOpeners{U"今天是", U"今天:",    U"今日是",   U"今日:",
                                                               U"现在是", U"现在时间", U"当前时间", U"欢迎"};
  const KeyText key(line);
  return begins_with_one_of(key.view(), kOpeners) && first_of(key.view(), kPublished, 0) == key.view().size();
}

// Looks line by line; the first time known to the minute wins over the first day. The day of something else,
// `成文日期:2023-05-09`, counts only where no line behind it tells the publication's, by its label or to the minute.
class VisibleTime {
 public:
  // `passed_over`: what the lines hold that are not asked, the headline where it tells a day.
  explicit VisibleTime(const PageText& page, std::string_view passed_over = {})
      : page_(page), passed_over_(passed_over) {}

  // Lines [begin, end), or above a headline, back from the last of them. True once a time of day is found.
  // `longest` is the weight of the longest line that is looked at.
  bool look(int begin, int end, int longest, bool above = false) {
    const int count = static_cast<int>(page_.lines.size());
    begin = std::max(begin, 0);
    end = std::min(end, count);
    for (int i = begin; i < end && !has_time(); ++i)
      read(page_.line_at(above ? end - 1 - (i - begin) : i), longest, above);
    return has_time();
  }
  [[nodiscard]] bool has_any() const { return time_ || day_; }
  [[nodiscard]] std::optional<Moment> found() const { return time_ ? time_ : day_; }
  [[nodiscard]] std::optional<Moment> changed() const { return changed_; }

 private:
  [[nodiscard]] bool has_time() const { return time_ && !of_other_; }

  // Whether a line's time is to be asked beside what has been found.
  bool may_take(std::u32string_view key, const Moment& time) {
    const bool other = tells_other_day(key);
    if (!has_any()) {
      of_other_ = other;
      return true;
    }
    const bool may_be_published = holds_one_of(key, kPublished) || time.precision != Precision::kDay;
    if (other || (of_other_ && !may_be_published)) return false;
    if (of_other_) time_ = day_ = std::nullopt;
    of_other_ = false;
    return true;
  }

  void read(const Line& line, int longest, bool above) {
    if (line.weight > longest) return;
    if (!passed_over_.empty() && line.text.find(passed_over_) != std::string::npos) return;
    constexpr int kMostLinked = 24;
    if (line.link_weight * 2 > line.weight && line.weight > kMostLinked) return;
    if (above && tells_today(line.text)) return;
    const auto time = publication_in(line.text);
    if (!time && !changed_) changed_ = change_in(line.text);
    if (!time || !may_take(KeyText(line.text).view(), *time)) return;
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
  bool of_other_ = false;  // what `time_` and `day_` tell
  std::optional<Moment> changed_;
};

bool is_later_day(const Moment& one, const Moment& other) {
  constexpr std::int64_t kSeconds = 86400;
  return one.local_seconds / kSeconds > other.local_seconds / kSeconds;
}

}  // namespace

Visible visible_time(const PageText& page, const Body& body, const Headline& headline,
                     const std::optional<Moment>& told) {
  constexpr int kInfoLine = 80;
  constexpr int kDateLine = 14;
  const int count = static_cast<int>(page.lines.size());
  const int first = body.first < 0 ? count : body.first;
  const int last = body.lines.empty() ? count : body.lines.back();
  const bool headed = headline.line >= 0 && headline.line < first;
  const int above = headed ? headline.line : std::max(0, first - 10);
  const int below = headed ? std::min(above + headline.lines, first) : above;
  const std::string_view dated =
      time_in(headline.text) ? std::string_view(headline.text) : std::string_view();
  VisibleTime time(page, dated);
  VisibleTime head(page, dated);
  const auto result = [&](std::optional<Moment> found) {
    return Visible{found, time.changed() ? time.changed() : head.changed()};
  };
  if (time.look(below, first, kInfoLine) || time.has_any()) return result(time.found());
  if (time.look(first, first + 2, kDateLine) || time.has_any()) return result(time.found());
  if (time.changed()) return result(std::nullopt);  // it stands where the publication's would
  head.look(above - 6, above, kInfoLine, true);
  if (head.found() &&
      (!told || head.found()->precision != Precision::kDay || !is_later_day(*head.found(), *told)))
    return result(head.found());
  if (head.changed()) return result(std::nullopt);
  if (!told && (time.look(first, first + 2, kInfoLine) || time.has_any())) return result(time.found());
  if (!time.look(std::max(first, last - 2), last + 1, kDateLine)) time.look(last + 1, last + 6, kInfoLine);
  return result(time.found());
}

std::optional<Moment> headline_time(const PageText& page, const Headline& headline) {
  constexpr int kLongest = 80;  // weight
  VisibleTime time(page);
  if (headline.line >= 0) time.look(headline.line, headline.line + headline.lines, kLongest);
  return time.found();
}

}  // namespace boardwalk::parsers::news
