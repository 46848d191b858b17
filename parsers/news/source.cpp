#include "parsers/news/source.hpp"

#include <algorithm>
#include <array>

#include "parsers/news/body_line.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/names.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr std::size_t kNone = std::u32string_view::npos;

const std::vector<std::u32string_view> kSourceLabels{U"信息来源", U"稿件来源", U"文章来源", U"新闻来源",
                                                     U"来源",     U"稿源",     U"出处"};

// Whether a label of the source may stand behind these words: behind none, words of its own, or what another
// label names (`作者:张三来源:`); not in a longer word (`资金来源`).
bool may_precede_source(std::u32string_view before) {
  for (const std::u32string_view own :
       {U"信息",   U"稿件",   U"文章",   U"新闻",   U"本文",   U"原文",  U"内容", U"转载",
        U"消息",   U"资讯",   U"图文",   U"文稿",   U"供稿",   U"发布",  U"本站", U"星期一",
        U"星期二", U"星期三", U"星期四", U"星期五", U"星期六", U"星期日"})
    if (before.ends_with(own)) return true;
  if (before.empty() || !is_han(before.back())) return true;
  while (!before.empty() && is_han(before.back())) before.remove_suffix(1);
  constexpr std::u32string_view kNamed = U":0123456789";
  return !before.empty() && kNamed.find(before.back()) != kNone;
}

// Behind `来源`; behind `来自:`, which is a label with its colon alone.
std::size_t behind_source(std::u32string_view key, bool timed) {
  std::size_t begin = behind_label(key, kSourceLabels, false, may_precede_source);
  if (begin == kNone && timed) begin = behind_label(key, kSourceLabels, true, may_precede_source);
  if (begin != kNone) return begin;
  constexpr std::u32string_view kFrom = U"来自:";
  const std::size_t at = key.find(kFrom);
  if (at == kNone || (at > 0 && is_han(key[at - 1]))) return kNone;
  return std::min(key.find_first_not_of(U' ', at + kFrom.size()), key.size());
}

// In a line that tells the time too and is no sentence, nothing needs to stand between label and name.
std::optional<std::string> source_in(const KeyText& line, bool timed) {
  const std::u32string_view key = line.view();
  std::size_t begin = behind_source(key, timed);
  if (begin == kNone) return std::nullopt;
  std::size_t end = value_end(key, begin);
  for (std::size_t i = begin + 1; i < end; ++i)
    if (key[i] == U' ' && (is_han(key[i - 1]) || (i + 1 < end && is_han(key[i + 1])))) end = i;
  if (end - begin > 2 && key[begin] == U'《' && key[end - 1] == U'》') ++begin, --end;
  std::string_view value = line.original(begin, end);
  constexpr std::size_t kLongest = 30;  // characters
  if (end - begin > kLongest) return std::nullopt;
  if (const auto time = find_time(value)) {
    const std::string_view behind = value.substr(time->end);
    if (behind.starts_with("电") || behind.starts_with("讯")) return std::nullopt;  // an agency's dateline
    value = strip(value.substr(0, time->begin));
  }
  if (value.empty()) return std::nullopt;
  return std::string(value);
}

// What outlets' names end in.
constexpr std::u32string_view kOutletEnds = U"报网社台线端刊闻局办府";

bool is_one_of(char32_t c, std::u32string_view chars) { return chars.find(c) != kNone; }

// How much of `text` is a word that goes with a date: `星期六`, `周六`, `上午`, `10:20`, `农历正月初一`.
std::size_t calendar_word(std::u32string_view text) {
  constexpr auto kHalves = std::to_array<std::u32string_view>(
      {U"上午", U"下午", U"中午", U"早上", U"早晨", U"清晨", U"凌晨", U"傍晚", U"晚上", U"晚间", U"夜间"});
  constexpr auto kLunar =
      std::to_array<std::u32string_view>({U"农历", U"阴历", U"夏历", U"正月", U"冬月", U"腊月"});
  const auto at = [text](std::size_t i) { return i < text.size() ? text[i] : U' '; };
  if (begins_with_one_of(text, kHalves) && !is_han(at(2))) return 2;
  constexpr std::u32string_view kDays = U"一二三四五六日天";
  if ((text.starts_with(U"星期") || text.starts_with(U"礼拜")) && is_one_of(at(2), kDays)) return 3;
  const bool day = text.starts_with(U"周") && is_one_of(at(1), kDays);
  if (day && (!is_han(at(2)) || calendar_word(text.substr(2)) > 0)) return 2;
  const std::size_t end = std::min(text.find_first_of(U" |·,()[]/"), text.size());
  if (begins_with_one_of(text, kLunar) ||
      (is_one_of(at(0), U"甲乙丙丁戊己庚辛壬癸") && is_one_of(at(1), U"子丑寅卯辰巳午未申酉戌亥")))
    return end;
  return std::min(text.find_first_not_of(U"0123456789:"), text.size()) == end ? end : 0;
}

// Behind such words, which may stand in brackets, and the marks around them.
std::size_t behind_calendar(std::u32string_view key) {
  std::u32string_view marks = U" |·";
  for (std::size_t begin = 0;;) {
    begin = std::min(key.find_first_not_of(marks, begin), key.size());
    const std::size_t bracket = key.substr(begin).starts_with(U'(') ? 1 : 0;
    const std::size_t size = calendar_word(key.substr(begin + bracket));
    if (size == 0) return begin;
    if (bracket > 0) marks = U" |·)";
    begin += bracket + size;
  }
}

// What stands beside a time as a word of its own: the kind of an article, where a list puts it, the size of its
// letters, or an account that is nobody's name. Longer words that begin so may be outlets: `视频日报`.
bool is_mark(std::u32string_view word) {
  constexpr auto kMarks = std::to_array<std::u32string_view>(
      {U"置顶",          U"精华",   U"推荐",   U"热点",   U"热度",      U"头条",   U"专题",   U"转载",
       U"投稿",          U"视频",   U"音频",   U"图文",   U"图片",      U"组图",   U"直播",   U"简体",
       U"繁体",          U"大中小", U"小中大", U"访客",   U"游客",      U"匿名",   U"管理员", U"已结束",
       U"进行中",        U"多云",   U"发布者", U"发布人", U"张贴人",    U"上传者", U"录入者", U"admin",
       U"administrator", U"editor", U"guest",  U"system", U"webmaster", U"print"});
  return std::find(kMarks.begin(), kMarks.end(), word) != kMarks.end();
}

// `文/张三`: a label whose delimiter is a slash, of who wrote, translated or took a picture.
bool is_credit(std::u32string_view word) {
  constexpr auto kWork = std::to_array<std::u32string_view>({U"文/", U"图/", U"图文/", U"文图/", U"撰文/",
                                                             U"作者/", U"采写/", U"执笔/", U"撰稿/", U"摄影/",
                                                             U"翻译/", U"编译/", U"编辑/", U"责编/"});
  return begins_with_one_of(word, kWork);
}

// Whether the words belong to the date's label `behind` them, as in `添加时间:2023-05-09`; an outlet's name does
// not: `海湾晚报时间:2023-05-09`.
bool labels_date(std::u32string_view words, std::u32string_view behind) {
  constexpr auto kDates = std::to_array<std::u32string_view>({U"时间", U"日期"});
  constexpr std::size_t kShortest = 3;  // characters of an outlet: `见报时间` is a label
  if (words.empty() || !is_han(words.back()) || !begins_with_one_of(behind, kDates)) return false;
  return words.size() < kShortest || !is_one_of(words.back(), kOutletEnds);
}

// `我要评论`, `已有12人阅读`, `分享到微信`, and labels of other fields.
bool is_control(std::u32string_view text) {
  constexpr auto kOpeners = std::to_array<std::u32string_view>(
      {U"我要", U"我来", U"我有",     U"已有", U"共有",     U"网友评论", U"发表评论", U"查看",
       U"评论", U"阅读", U"分享",     U"浏览", U"点击",     U"打印",     U"收藏",     U"点赞",
       U"转发", U"举报", U"关注",     U"复制", U"朗读",     U"人气",     U"访问",     U"字号",
       U"字体", U"微信", U"扫一扫",   U"首页", U"当前位置", U"作者",     U"记者",     U"通讯员",
       U"编辑", U"责编", U"责任编辑", U"返回", U"关闭",     U"语音",     U"无障碍",   U"上传",
       U"下载", U"播放", U"收听",     U"楼主", U"撰文",     U"采写",     U"执笔",     U"撰稿"});
  const std::u32string_view word = text.substr(0, text.find(U' '));
  return begins_with_one_of(text, kOpeners) || is_mark(word) || is_credit(word);
}

// `发布于北京`, `由张三发布`, `未分类`, `新闻动态`, `北京`: where, by whom or as what an article was put up.
bool tells_place_or_kind(std::u32string_view text) {
  constexpr auto kOpeners =
      std::to_array<std::u32string_view>({U"发布于", U"发表于", U"来自", U"ip属地", U"ip:", U"未分类"});
  constexpr auto kKinds = std::to_array<std::u32string_view>({U"动态", U"要闻", U"分类"});
  constexpr auto kPlaces = std::to_array<std::u32string_view>(
      {U"北京", U"天津", U"上海", U"重庆",   U"河北", U"山西", U"辽宁", U"吉林", U"黑龙江",
       U"江苏", U"浙江", U"安徽", U"福建",   U"江西", U"山东", U"河南", U"湖北", U"湖南",
       U"广东", U"海南", U"四川", U"贵州",   U"云南", U"陕西", U"甘肃", U"青海", U"台湾",
       U"广西", U"西藏", U"宁夏", U"内蒙古", U"新疆", U"香港", U"澳门", U"广州", U"深圳"});
  const bool by = text.starts_with(U'由') && (text.ends_with(U"发布") || text.ends_with(U"发表"));
  return by || begins_with_one_of(text, kOpeners) ||
         std::find(kPlaces.begin(), kPlaces.end(), text) != kPlaces.end() ||
         std::any_of(kKinds.begin(), kKinds.end(),
                     [text](std::u32string_view kind) { return text.ends_with(kind); });
}

// The words at `begin` as an outlet's name. `glued`: to a day, as a sentence's words are.
std::optional<std::string> outlet_at(const KeyText& key, std::size_t begin, bool glued) {
  if (key.view().substr(begin).starts_with(U"原创 ")) begin += 3;
  const std::size_t end = std::min(value_end(key.view(), begin), key.view().find(U' ', begin));
  if (is_credit(key.view().substr(begin))) return std::nullopt;
  if (const std::size_t slash = key.view().substr(0, end).find(U'/', begin); slash != kNone)
    begin = slash + 1;
  const std::u32string_view value = key.view().substr(begin, end - begin);
  const auto han = std::count_if(value.begin(), value.end(), is_han);
  constexpr std::size_t kLongest = 16;  // characters
  const bool alone =
      end == key.view().size() && value.size() > 2 &&
      std::all_of(value.begin(), value.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
  if ((han < 2 && !alone) || value.size() > kLongest || value.find_first_of(U":,") != kNone)
    return std::nullopt;
  const std::size_t digits = std::min(value.find_first_not_of(U"0123456789"), value.size());
  const bool counts = digits > 0 && is_one_of(value[digits], U"时点日月年分秒人次条个万亿元位名度");
  const bool letter = is_han(value[0]) || (value[0] >= U'a' && value[0] <= U'z') || digits > 0;
  if (counts || !letter || labels_date(value, key.view().substr(end)) || is_control(value) ||
      tells_place_or_kind(value) || is_one_of(value.back(), U"于自至"))
    return std::nullopt;
  if (glued && is_han(value.back()) && !is_one_of(value.back(), kOutletEnds)) return std::nullopt;
  return std::string(key.original(begin, end));
}

// What stands beside the time where no label does: `2020年01月25日 18:57 某某日报`.
std::optional<std::string> source_beside_time(const Line& line) {
  const auto time = find_time(line.text);
  if (!time || ends_sentence(line.text)) return std::nullopt;
  const std::string_view text = line.text;
  const auto is_glued = [&time](std::string_view words) {
    return time->moment.precision == Precision::kDay && strip(words).size() == words.size();
  };
  const std::string_view rest = text.substr(time->end);
  const KeyText behind(strip(rest));
  const std::size_t begin = behind_calendar(behind.view());
  if (begin < behind.view().size() && !is_control(behind.view().substr(begin)))
    return outlet_at(behind, begin, begin == 0 && is_glued(rest));
  const std::string_view head = text.substr(0, time->begin);
  const KeyText before(strip(head));
  if (before.view().ends_with(U"时间") || before.view().ends_with(U"日期")) return std::nullopt;
  const bool glued = !before.view().empty() && is_han(before.view().back()) && is_glued(head);
  return outlet_at(before, behind_calendar(before.view()), glued);
}

bool is_account(dom::Node node) {
  for (const char* word :
       {"author-name", "account-name", "source-name", "media-name", "author_name", "profile_nickname"})
    if (node.has_class(word)) return true;
  return false;
}

// The account of a self-media page: an element named so.
std::optional<std::string> account_of(const PageText& page) {
  const dom::Node found = dom::find(page.blocks.front().node,
                                    [](dom::Node node) { return node.is_element() && is_account(node); });
  std::string name = found ? dom::text_of(found) : std::string();
  constexpr std::size_t kLongest = 60;  // bytes
  if (name.empty() || name.size() > kLongest) return std::nullopt;
  return name;
}

// `网络` is no outlet.
bool is_outlet(const std::string& source) {
  static constexpr std::string_view kNowhere[] = {
      "网络", "互联网", "網絡", "网络整理", "综合", "综合网络", "网络转载", "原创", "未知", "不详", "佚名"};
  return std::find(std::begin(kNowhere), std::end(kNowhere), source) == std::end(kNowhere);
}

// A line of readers' comments, or of links to other articles.
bool is_of_others(const PageText& page, const Line& line) {
  if (line.link_weight == line.weight && KeyText(line.text).view().find(U"来源") != 0) return true;
  for (int i = line.block; i >= 0; i = page.block_at(i).parent) {
    const Block& block = page.block_at(i);
    if (block.noise && block.sign >= Noise::kStrong) return true;
  }
  return false;
}

// From the lines before the text, then beside the time, then by its label from the lines behind the text.
std::optional<std::string> visible_source(const PageText& page, const Body& body,
                                          const std::vector<int>& told, std::string_view headed,
                                          const std::vector<std::string>& authors) {
  const int first = body.lines.empty() ? static_cast<int>(page.lines.size()) : body.lines.front();
  const auto labelled = [&](bool before) -> std::optional<std::string> {
    for (const int index : told) {
      const Line& line = page.line_at(index);
      if ((index <= first) != before) continue;
      if (!before && is_of_others(page, line)) continue;
      const bool timed = find_time(line.text).has_value() && !ends_sentence(line.text);
      if (auto source = source_in(KeyText(line.text), timed); source && is_outlet(*source)) return source;
    }
    return std::nullopt;
  };
  if (auto source = labelled(true)) return source;
  if (auto source = source_in(KeyText(headed), false); source && is_outlet(*source)) return source;
  for (const int index : told)
    if (const Line& line = page.line_at(index); index <= first) {
      if (KeyText(line.text).view().find(U"来源") != kNone) continue;  // its label was of something else
      auto source = source_beside_time(line);
      if (source && std::find(authors.begin(), authors.end(), *source) != authors.end()) continue;
      if (source && is_outlet(*source)) return source;
    }
  return labelled(false);
}

}  // namespace

std::optional<std::string> read_source(const PageText& page, const Body& body, const std::vector<int>& told,
                                       std::string_view headed, const std::vector<std::string>& authors,
                                       const Metadata& data) {
  if (auto source = visible_source(page, body, told, headed, authors)) return source;
  if (std::string meta(data.meta({"source", "contentsource", "article:source"}));
      !meta.empty() && is_outlet(meta))
    return meta;
  return account_of(page);
}

}  // namespace boardwalk::parsers::news
