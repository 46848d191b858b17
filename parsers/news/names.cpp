#include "parsers/news/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace boardwalk::parsers::news {
namespace {

constexpr std::size_t kNone = std::u32string_view::npos;

// End a value wherever they stand, and where a blank is before them or a colon or a number behind them.
constexpr auto kSureLabels = std::to_array<std::u32string_view>(
    {U"责任编辑", U"字号", U"字体", U"举报", U"我要举报", U"我有话说", U"扫一扫", U"发布时间", U"发布日期",
     U"发表时间", U"更新时间", U"浏览次数", U"阅读次数", U"点击次数", U"点击数", U"点击量", U"阅读量",
     U"【"});
constexpr auto kNextLabels = std::to_array<std::u32string_view>(
    {U"作者", U"记者", U"通讯员", U"编辑", U"责编", U"分享", U"浏览", U"阅读", U"点击",   U"发布", U"时间",
     U"日期", U"来源", U"稿源",   U"评论", U"打印", U"校对", U"审核", U"摄影", U"关键词", U"人气", U"访问",
     U"收藏", U"微信", U"一审",   U"二审", U"三审", U"初审", U"复审", U"终审", U"审签",   U"审稿"});

constexpr auto kRoles = std::to_array<std::u32string_view>(
    {U"记者", U"通讯员", U"特约评论员", U"评论员", U"撰稿人", U"撰稿", U"专栏作者", U"专栏作家", U"特约作者",
     U"作者", U"采写", U"撰文", U"文字", U"执笔", U"编译", U"实习生"});

// Also remarks in parentheses at a text's end, and what follows 记者 in headings of its parts (记者观察).
constexpr auto kNotNames = std::to_array<std::u32string_view>(
    {U"未知",     U"佚名",   U"网络整理", U"网络",     U"整理",     U"综合",     U"匿名",   U"admin",
     U"编辑",     U"责编",   U"记者",     U"通讯员",   U"整合",     U"报道",     U"实习",   U"见习",
     U"特约",     U"首席",   U"本报",     U"本网",     U"摄影",     U"摄",       U"图",     U"文",
     U"文图",     U"图文",   U"供图",     U"供稿",     U"电",       U"讯",       U"等",     U"发自",
     U"现场报道", U"来源",   U"完",       U"上接",     U"下转",     U"全文完",   U"节选",   U"待续",
     U"未完待续", U"续完",   U"有删改",   U"有删节",   U"有删减",   U"略有删改", U"有改动", U"化名",
     U"图文无关", U"资料图", U"资料图片", U"图片",     U"观察",     U"手记",     U"调查",   U"走访",
     U"追访",     U"探访",   U"暗访",     U"直击",     U"体验",     U"见闻",     U"札记",   U"日记",
     U"提问",     U"追问",   U"秩名",     U"小编",     U"管理员",   U"掌声",     U"鼓掌",   U"笑声",
     U"未完",     U"央视",   U"转载",     U"附图",     U"附表",     U"上图",     U"下图",   U"左图",
     U"右图",     U"图略",   U"现场",     U"独家",     U"深度",     U"跟踪",     U"追踪",   U"连续",
     U"系列",     U"专题",   U"特别",     U"热烈掌声", U"全文结束", U"文摄",     U"摄文",   U"图摄"});

bool is_separator(char32_t c) {
  constexpr std::u32string_view kSeparators = U" 、,，&/;；+|";
  return kSeparators.find(c) != kNone;
}

// A newspaper, a station, a site.
bool is_outlet(std::u32string_view word) {
  constexpr std::size_t kShortest = 3;
  if (word.size() < kShortest) return false;
  for (const std::u32string_view end : {U"网", U"報", U"报", U"電視台", U"电视台", U"社", U"新闻", U"财经",
                                        U"电视", U"广播", U"频道", U"客户端", U"在线"})
    if (word.ends_with(end)) return true;
  return false;
}

// What opens or ends a remark in parentheses: `综合报道`, `本报综合`, `某某社电`, `热烈鼓掌`, `来自网络`.
bool is_remark(std::u32string_view word) {
  constexpr auto kOpeners =
      std::to_array<std::u32string_view>({U"来自", U"据", U"原载", U"本报", U"本网", U"综合"});
  constexpr auto kEndings = std::to_array<std::u32string_view>(
      {U"报道", U"报导", U"综合", U"社电", U"专电", U"报讯", U"网讯", U"鼓掌"});
  return begins_with_one_of(word, kOpeners) ||
         std::any_of(kEndings.begin(), kEndings.end(),
                     [word](std::u32string_view ending) { return word.ends_with(ending); });
}

// Of a script whose names have blanks.
bool is_alphabetic(char32_t c) { return (c >= U'a' && c <= U'z') || (c > 0xBF && c < 0x530); }

// 2–4 Han characters, longer with a middle dot; or Latin words.
bool is_name(std::u32string_view word) {
  if (std::find(kNotNames.begin(), kNotNames.end(), word) != kNotNames.end()) return false;
  if (is_outlet(word) || is_remark(word)) return false;
  const auto han = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_han));
  const bool dotted = word.find(U'·') != kNone || word.find(U'•') != kNone;
  if (dotted) return han >= 3 && word.size() <= 20;
  if (han == word.size()) return han >= 2 && han <= 4;
  const auto letters = std::count_if(word.begin(), word.end(),
                                     [](char32_t c) { return (c >= U'a' && c <= U'z') || c > 0xBF; });
  constexpr std::size_t kLongest = 40;  // characters
  constexpr auto kMostBlanks = 4;
  return han == 0 && letters >= 2 && word.size() <= kLongest &&
         std::count(word.begin(), word.end(), U' ') <= kMostBlanks;
}

// Behind the last role word of [begin, end), so that outlets before it go too.
std::size_t behind_roles(std::u32string_view key, std::size_t begin, std::size_t end) {
  const std::u32string_view part = key.substr(begin, end - begin);
  std::size_t behind = 0;
  for (const std::u32string_view role : kRoles)
    if (const std::size_t at = part.find(role); at != kNone) {
      const std::size_t after = at + role.size();
      if (behind == 0 || after < behind) behind = after;
    }
  return begin + behind;
}

}  // namespace

std::size_t behind_label(std::u32string_view key, const std::vector<std::u32string_view>& labels, bool bare,
                         bool (*suits)(std::u32string_view before)) {
  constexpr std::u32string_view kFollow = U":|/】 ";
  for (const std::u32string_view label : labels)
    for (std::size_t at = key.find(label); at != kNone; at = key.find(label, at + 1)) {
      std::size_t behind = at + label.size();
      if (!bare && behind < key.size() && kFollow.find(key[behind]) == kNone) continue;
      if (suits != nullptr && !suits(key.substr(0, at))) continue;
      const auto skip_blanks = [&] {
        while (behind < key.size() && key[behind] == U' ') ++behind;
      };
      skip_blanks();
      if (behind < key.size() && kFollow.find(key[behind]) != kNone) ++behind;
      skip_blanks();
      return behind;
    }
  return kNone;
}

namespace {

// A label, not a part of a name such as `上海发布`, `时间财经`.
bool stands_alone(std::u32string_view key, std::size_t at, std::size_t size, std::size_t begin) {
  constexpr std::u32string_view kFollow = U":0123456789([";
  std::size_t behind = at + size;
  while (behind < key.size() && key[behind] == U' ') ++behind;
  const bool named = behind < key.size() && kFollow.find(key[behind]) != kNone;
  return named || (at > begin && key[at - 1] == U' ');
}

// Where a blank, 2–4 Han characters and a colon stand: ` 单位:`.
std::size_t next_field(std::u32string_view key, std::size_t begin) {
  for (std::size_t colon = key.find(U':', begin); colon != kNone; colon = key.find(U':', colon + 1)) {
    std::size_t label = colon;
    while (label > begin && is_han(key[label - 1])) --label;
    const std::size_t size = colon - label;
    if (label > begin && key[label - 1] == U' ' && size >= 2 && size <= 4) return label;
  }
  return kNone;
}

}  // namespace

std::size_t value_end(std::u32string_view key, std::size_t begin) {
  constexpr std::u32string_view kEnds = U"|)]】》;；。(（[";
  std::size_t end = std::min(key.find_first_of(kEnds, begin), key.size());
  while (end < key.size() && key[end] == U'》' && key.substr(begin, end - begin).find(U'《') != kNone)
    end = std::min(key.find_first_of(kEnds, end + 1), key.size());
  for (const std::u32string_view label : kSureLabels)
    if (const std::size_t at = key.find(label, begin); at != kNone) end = std::min(end, at);
  for (const std::u32string_view label : kNextLabels)
    for (std::size_t at = key.find(label, begin); at < end; at = key.find(label, at + 1))
      if (stands_alone(key, at, label.size(), begin)) end = at;
  return std::min(end, next_field(key.substr(0, end), begin));
}

namespace {

// A name before what an agency puts right behind it: `张三台北4日电` (the place is two characters unless it
// is among the longer ones).
std::u32string_view without_dateline(std::u32string_view word) {
  constexpr std::u32string_view kEnd = U"日电";
  if (!word.ends_with(kEnd)) return word;
  word.remove_suffix(kEnd.size());
  while (!word.empty() && word.back() >= U'0' && word.back() <= U'9') word.remove_suffix(1);
  for (const std::u32string_view place : {U"华盛顿", U"旧金山", U"洛杉矶", U"布鲁塞尔", U"日内瓦"})
    if (word.ends_with(place) && word.size() > place.size() + 1)
      return word.substr(0, word.size() - place.size());
  constexpr std::size_t kPlace = 2;
  return word.size() >= 2 * kPlace ? word.substr(0, word.size() - kPlace) : word;
}

bool is_report(std::u32string_view word) {
  return word.ends_with(U"报导") || word.ends_with(U"报道") || word.ends_with(U"连线");
}

// The name in `张三文` before `/图`, and in `张三报道` where a role is `told` before it; not in `张三北京报道`.
std::u32string_view without_work(std::u32string_view word, std::u32string_view behind, bool told) {
  constexpr std::size_t kLongest = 3;  // characters
  for (const std::u32string_view work : {U"摄影报道", U"摄影报导", U"报道", U"报导"})
    if (told && word.ends_with(work)) {
      const std::u32string_view name = word.substr(0, word.size() - work.size());
      return name.size() <= kLongest ? name : word;
    }
  if (word.size() > 2 && word.ends_with(U'文') && behind.starts_with(U"/图")) word.remove_suffix(1);
  return word;
}

constexpr std::u32string_view kAnd = U"and ";

// A blank between the words of a Latin name, or between a family name of one character and a given name of
// one, which some pages set so wide; not in `文 摄`, `张三 文 摄`.
bool joins(std::u32string_view key, std::size_t begin, std::size_t blank, std::size_t end) {
  if (blank == begin || blank + 1 >= end || key[blank] != U' ') return false;
  if (is_alphabetic(key[blank + 1]))
    return (is_alphabetic(key[blank - 1]) || key[blank - 1] == U'.') &&
           !key.substr(blank + 1).starts_with(kAnd);
  constexpr std::u32string_view kWork = U"图摄影编";
  if (kWork.find(key[begin]) != kNone || (key[begin] == U'文' && kWork.find(key[blank + 1]) != kNone))
    return false;
  const bool one = blank + 2 >= end || is_separator(key[blank + 2]);
  return blank == begin + 1 && is_han(key[begin]) && is_han(key[blank + 1]) && one;
}

// The name that key characters [begin, begin + word.size()) print, empty when it is none; `张 三` is `张三`.
std::string name_at(const KeyText& line, std::size_t begin, std::u32string_view word) {
  constexpr std::size_t kSpaced = 3;  // characters
  if (word.size() != kSpaced || word[1] != U' ' || !is_han(word[0]))
    return is_name(word) ? std::string(line.original(begin, begin + word.size())) : std::string();
  if (!is_name(std::u32string{word[0], word[2]})) return {};
  return std::string(line.original(begin, begin + 1)) + std::string(line.original(begin + 2, begin + 3));
}

}  // namespace

std::vector<std::string> names_in(const KeyText& line, std::size_t begin, std::size_t end) {
  const std::u32string_view key = line.view();
  std::vector<std::string> names;
  bool told = false;  // by a role that writers are named behind
  end = std::min(end, key.size());
  while (begin < end) {
    if (key.substr(begin).starts_with(kAnd)) begin += kAnd.size();
    std::size_t stop = begin;
    while (stop < end && (!is_separator(key[stop]) || joins(key, begin, stop, end))) ++stop;
    const std::size_t from = behind_roles(key, begin, stop);
    told = told || from > begin;
    std::size_t first = from;
    while (first < stop && (key[first] == U':' || key[first] == U'】')) ++first;
    std::u32string_view word = without_dateline(key.substr(first, stop - first));
    if (!names.empty() && is_report(word)) break;
    word = without_work(word, key.substr(stop, end - stop), told);
    if (std::string name = name_at(line, first, word); !name.empty()) {
      names.push_back(std::move(name));
    } else if (std::any_of(word.begin(), word.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; })) {
      break;
    } else if (word.size() > 4 && from == begin) {
      return {};
    }
    begin = stop + 1;
  }
  return names;
}

}  // namespace boardwalk::parsers::news
