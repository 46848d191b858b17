#include "parsers/news/byline.hpp"

#include <algorithm>
#include <array>

#include "parsers/news/body_line.hpp"
#include "parsers/news/names.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/news/writers.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr std::size_t kNone = std::u32string_view::npos;

const Line& line_at(const PageText& page, int index) { return page.lines[static_cast<std::size_t>(index)]; }

const std::vector<std::u32string_view> kSourceLabels{U"信息来源", U"稿件来源", U"文章来源", U"新闻来源",
                                                     U"来源",     U"稿源",     U"出处"};
const std::vector<std::u32string_view> kAuthorLabels{U"作者", U"撰文", U"采写", U"执笔", U"撰稿"};
const std::vector<std::u32string_view> kReporterLabels{U"记者"};
const std::vector<std::u32string_view> kEditorLabels{U"责任编辑", U"责编", U"编辑"};

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
  const std::string_view value = line.original(begin, end);
  constexpr std::size_t kLongest = 30;
  if (value.empty() || end - begin > kLongest || find_time(value)) return std::nullopt;
  return std::string(value);
}

std::optional<std::string> editor_in(const KeyText& line) {
  const std::size_t begin = behind_label(line.view(), kEditorLabels);
  if (begin == kNone) return std::nullopt;
  std::size_t end = value_end(line.view(), begin);
  if (const std::size_t code = line.view().substr(0, end).find_first_of(U"_0123456789", begin); code < end) {
    end = code;  // `张三 SN123`, `张三_NB456`
    while (end > begin && line.view()[end - 1] >= U'a' && line.view()[end - 1] <= U'z') --end;
  }
  const std::string_view value = line.original(begin, end);
  constexpr std::size_t kLongest = 20;
  if (value.empty() || end - begin > kLongest) return std::nullopt;
  return std::string(value);
}

std::vector<std::string> authors_in_label(const KeyText& line,
                                          const std::vector<std::u32string_view>& labels) {
  const std::u32string_view key = line.view();
  const std::size_t begin = behind_label(key, labels);
  if (begin != kNone) return names_in(line, begin, value_end(key, begin));
  for (const std::u32string_view slash : {U"文/", U"文|", U"文:"})
    if (key.starts_with(slash) || key.starts_with(U"【" + std::u32string(slash)) ||
        key.starts_with(U"(" + std::u32string(slash)))
      return names_in(line, key.find(slash) + slash.size(), value_end(key, key.find(slash) + slash.size()));
  return {};
}

// （记者 张三）, (刘一 陈二 记者 张三) at the beginning of the text: names of both roles count.
std::vector<std::string> authors_in_parenthesis(const KeyText& line, std::size_t window) {
  const std::u32string_view key = line.view();
  constexpr std::u32string_view kOpen = U"([【";
  for (std::size_t open = key.find_first_of(kOpen); open != kNone && open < window;
       open = key.find_first_of(kOpen, open + 1)) {
    const std::size_t close = key.find_first_of(U")]】", open);
    constexpr std::size_t kLongest = 60;
    if (close == kNone || close - open > kLongest) continue;
    const std::u32string_view inner = key.substr(open + 1, close - open - 1);
    const bool writers = inner.find(U"记者") != kNone || inner.find(U"通讯员") != kNone ||
                         inner.find(U"评论员") != kNone || inner.starts_with(U"作者") ||
                         inner.starts_with(U"文/") || inner.starts_with(U"文图");
    if (!writers || inner.find(U'摄') != kNone) continue;
    auto names = names_in(line, open + 1, close);
    if (!names.empty()) return names;
  }
  return {};
}

// （张三） as the text's last words: behind a sentence, or alone.
std::vector<std::string> authors_at_end(const KeyText& line) {
  std::u32string_view key = line.view();
  if (!key.ends_with(U')')) return {};
  const std::size_t open = key.rfind(U'(');
  constexpr std::size_t kLongest = 20;
  if (open == kNone || key.size() - open > kLongest) return {};
  constexpr std::u32string_view kBefore = U"。.!?…”\"’』」;)";
  const std::size_t before = open == 0 ? kNone : key.find_last_not_of(U' ', open - 1);
  if (before != kNone && kBefore.find(key[before]) == kNone) return {};
  return names_in(line, open + 1, key.size() - 1);
}

template <std::size_t N>
bool begins_with_one_of(std::u32string_view text, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::u32string_view word) { return text.starts_with(word); });
}

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

// `我要评论`, `已有12人阅读`, `分享到微信`, and labels of other fields.
bool is_control(std::u32string_view text) {
  constexpr auto kOpeners = std::to_array<std::u32string_view>(
      {U"我要", U"我来",     U"我有", U"已有", U"共有",   U"网友评论", U"发表评论", U"查看",    U"评论",
       U"阅读", U"分享",     U"浏览", U"点击", U"打印",   U"收藏",     U"点赞",     U"转发",    U"举报",
       U"关注", U"复制",     U"朗读", U"人气", U"访问",   U"字号",     U"字体",     U"微信",    U"扫一扫",
       U"首页", U"当前位置", U"作者", U"记者", U"通讯员", U"编辑",     U"责编",     U"责任编辑"});
  return begins_with_one_of(text, kOpeners);
}

// The words at `begin` as an outlet's name. `glued`: to a day, as a sentence's words are.
std::optional<std::string> outlet_at(const KeyText& key, std::size_t begin, bool glued) {
  if (key.view().substr(begin).starts_with(U"原创 ")) begin += 3;
  const std::size_t end = std::min(value_end(key.view(), begin), key.view().find(U' ', begin));
  if (const std::size_t slash = key.view().substr(0, end).find(U'/', begin); slash != kNone)
    begin = slash + 1;
  const std::u32string_view value = key.view().substr(begin, end - begin);
  const auto han = std::count_if(value.begin(), value.end(), is_han);
  constexpr std::size_t kLongest = 16;
  const bool alone =
      end == key.view().size() && value.size() > 2 &&
      std::all_of(value.begin(), value.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
  if ((han < 2 && !alone) || value.size() > kLongest || value.find_first_of(U":,") != kNone)
    return std::nullopt;
  const std::size_t digits = std::min(value.find_first_not_of(U"0123456789"), value.size());
  const bool counts = digits > 0 && is_one_of(value[digits], U"时点日月年分秒人次条个万亿元位名度");
  const bool letter = is_han(value[0]) || (value[0] >= U'a' && value[0] <= U'z') || digits > 0;
  if (counts || !letter || is_control(value) || is_one_of(value.back(), U"于自至")) return std::nullopt;
  if (glued && is_han(value.back()) && !is_one_of(value.back(), U"报网社台线端刊闻局办府"))
    return std::nullopt;
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
  if (name.empty() || name.size() > 60) return std::nullopt;
  return name;
}

// Lines where a label tells of the article: from a little above the headline to the first lines of the text,
// then its last lines and a few behind them.
std::vector<int> told_lines(const PageText& page, const Body& body, int head) {
  const int count = static_cast<int>(page.lines.size());
  const int first_of_body = body.lines.empty() ? count : body.lines.front();
  const int last_of_body = body.lines.empty() ? 0 : body.lines.back();
  std::vector<int> told;
  const int begin = std::max(0, head >= 0 && head < first_of_body ? head - 2 : first_of_body - 12);
  for (int i = begin; i <= std::min(first_of_body + 2, count - 1); ++i) told.push_back(i);
  for (int i = std::max(last_of_body - 2, first_of_body + 3); i < std::min(last_of_body + 10, count); ++i)
    told.push_back(i);
  return told;
}

// `网络` is no outlet.
bool is_outlet(const std::string& source) {
  static constexpr std::string_view kNowhere[] = {
      "网络", "互联网", "網絡", "网络整理", "综合", "综合网络", "网络转载", "原创", "未知", "不详", "佚名"};
  return std::find(std::begin(kNowhere), std::end(kNowhere), source) == std::end(kNowhere);
}

constexpr int kLongestInfo = 80;
constexpr int kLongestCredit = 30;

// `某报 记者张三/海湾报道`
std::vector<std::string> authors_behind_reporter(const KeyText& line) {
  const std::size_t reporter = line.view().find(U"记者");
  return reporter == kNone ? std::vector<std::string>() : names_in(line, reporter, line.view().size());
}

// A line of readers' comments, or of links to other articles.
bool is_of_others(const PageText& page, const Line& line) {
  if (line.link_weight == line.weight && KeyText(line.text).view().find(U"来源") != 0) return true;
  for (int i = line.block; i >= 0; i = page.blocks[static_cast<std::size_t>(i)].parent) {
    const Block& block = page.blocks[static_cast<std::size_t>(i)];
    if (block.noise && block.sign >= Noise::kStrong) return true;
  }
  return false;
}

// From the lines before the text, then beside the time, then by its label from the lines behind the text.
std::optional<std::string> visible_source(const PageText& page, const Body& body,
                                          const std::vector<int>& told) {
  const int first = body.lines.empty() ? static_cast<int>(page.lines.size()) : body.lines.front();
  const auto labelled = [&](bool before) -> std::optional<std::string> {
    for (const int index : told) {
      const Line& line = line_at(page, index);
      if (line.weight > kLongestInfo || (index <= first) != before) continue;
      if (!before && is_of_others(page, line)) continue;
      const bool timed = find_time(line.text).has_value() && !ends_sentence(line.text);
      if (auto source = source_in(KeyText(line.text), timed); source && is_outlet(*source)) return source;
    }
    return std::nullopt;
  };
  if (auto source = labelled(true)) return source;
  for (const int index : told)
    if (const Line& line = line_at(page, index); line.weight <= kLongestInfo && index <= first) {
      if (KeyText(line.text).view().find(U"来源") != kNone) continue;  // its label was of something else
      if (auto source = source_beside_time(line); source && is_outlet(*source)) return source;
    }
  return labelled(false);
}

// By-lines in parentheses in the first and the last lines of the text.
std::vector<std::string> authors_in_text(const PageText& page, const Body& body) {
  constexpr std::size_t kOpening = 60;
  constexpr std::size_t kLines = 3;
  const std::size_t count = body.lines.size();
  for (std::size_t i = 0; i < std::min(count, kLines); ++i)
    if (auto names = authors_in_parenthesis(KeyText(line_at(page, body.lines[i]).text), kOpening);
        !names.empty())
      return names;
  for (std::size_t back = 1; back <= std::min(count, kLines); ++back) {
    const KeyText last(line_at(page, body.lines[count - back]).text);
    auto names = authors_in_parenthesis(last, kNone);
    if (names.empty()) names = authors_at_end(last);
    if (!names.empty()) return names;
  }
  return {};
}

// Metadata mostly names the site or the editor: it is believed where the name stands alone near the headline.
std::vector<std::string> author_in_meta(const PageText& page, const std::vector<int>& told,
                                        const Metadata& data) {
  const std::string_view author = data.meta({"author"});
  const KeyText key(author);
  std::vector<std::string> names = names_in(key, 0, key.view().size());
  if (names.size() != 1 || names.front() != author) return {};
  const bool stands = std::any_of(told.begin(), told.end(), [&](int index) {
    const std::string& text = line_at(page, index).text;
    const std::size_t at = text.find(author);
    const bool alone = at == 0 || (at != std::string::npos && text[at - 1] == ' ');
    return alone && (at + author.size() == text.size() || text[at + author.size()] == ' ');
  });
  return stands ? names : std::vector<std::string>();
}

// An element that says that it names the author.
std::vector<std::string> author_element(const PageText& page) {
  const dom::Node found = dom::find(page.blocks.front().node, [](dom::Node node) {
    return node.attr_or("rel") == "author" || node.attr_or("itemprop") == "author";
  });
  const std::string words = found ? dom::text_of(found) : std::string();
  const KeyText key(words);
  std::vector<std::string> names = names_in(key, 0, key.view().size());
  return names.size() == 1 && names.front() == words ? names : std::vector<std::string>();
}

void read_chinese(const PageText& page, const Body& body, int head, const Metadata& data, Byline& byline) {
  const std::vector<int> told = told_lines(page, body, head);
  for (const int index : told) {
    const Line& line = line_at(page, index);
    if (line.weight > kLongestInfo) continue;
    const KeyText key(line.text);
    if (!byline.editor) byline.editor = editor_in(key);
    if (byline.authors.empty()) byline.authors = authors_in_label(key, kAuthorLabels);
  }
  if (byline.authors.empty()) byline.authors = authors_in_text(page, body);
  for (const int index : told)
    if (const Line& line = line_at(page, index);
        byline.authors.empty() && line.weight <= kLongestInfo && !is_caption_text(line.text))
      byline.authors = authors_in_label(KeyText(line.text), kReporterLabels);
  for (const int index : told)
    if (const Line& line = line_at(page, index); byline.authors.empty() && line.weight <= kLongestCredit &&
                                                 line.marks <= 2 && !is_caption_text(line.text))
      byline.authors = authors_behind_reporter(KeyText(line.text));
  for (const int index : told)
    if (byline.authors.empty() && is_byline_only(line_at(page, index).text)) {
      const KeyText key(line_at(page, index).text);
      byline.authors = authors_in_parenthesis(key, kNone);
      if (byline.authors.empty() && key.view().starts_with(U"(")) byline.authors = authors_at_end(key);
    }
  if (byline.authors.empty()) byline.authors = author_in_meta(page, told, data);
  if (byline.authors.empty()) byline.authors = author_element(page);
  byline.source = visible_source(page, body, told);
  if (!byline.source)
    if (const std::string meta(data.meta({"source", "contentsource", "article:source"}));
        !meta.empty() && is_outlet(meta))
      byline.source = meta;
  if (!byline.source) byline.source = account_of(page);
}

}  // namespace

Byline read_byline(const PageText& page, const Body& body, int head, const Metadata& data, bool chinese) {
  Byline byline;
  if (chinese) {
    read_chinese(page, body, head, data, byline);
  } else {
    byline.authors = read_writers(page, body, head, data);
  }
  return byline;
}

bool is_byline_only(std::string_view line) {
  constexpr std::size_t kLongest = 50;  // characters
  if (line.size() > 8 * kLongest) return false;
  const KeyText key(line);
  std::u32string_view text = key.view();
  if (text.empty() || text.size() > kLongest || text.ends_with(U'。')) return false;
  for (const std::u32string_view label : {U" 来源", U" 编辑", U" 责编", U" 校对"})
    text = text.substr(0, text.find(label));
  if (text.empty()) return false;
  const bool bracketed =
      (text.front() == U'(' && text.back() == U')') || (text.front() == U'【' && text.back() == U'】');
  const std::size_t begin = bracketed ? 1 : 0;
  const std::size_t end = bracketed ? text.size() - 1 : text.size();
  const std::u32string_view inner = text.substr(begin, end - begin);
  const bool says_so = inner.find(U"记者") != kNone || inner.find(U"通讯员") != kNone ||
                       inner.starts_with(U"作者") || inner.starts_with(U"采写") ||
                       inner.starts_with(U"撰文") || inner.starts_with(U"文/") || inner.starts_with(U"文|") ||
                       inner.starts_with(U"执笔") || inner.starts_with(U"撰稿") ||
                       inner.starts_with(U"文字") || (bracketed && inner.find(U"文/") != kNone);
  if (inner.starts_with(U"by ") && inner.size() < 40) return true;
  if (is_spoken_byline(line)) return true;
  return (says_so || bracketed) && !names_in(key, begin, end).empty();
}

bool is_info_text(std::string_view line) {
  const KeyText key(line);
  static const std::vector<std::u32string_view> kLabels{
      U"来源", U"作者", U"编辑", U"发布", U"时间",      U"日期",    U"浏览",   U"阅读", U"点击",
      U"字号", U"字体", U"发表", U"评论", U"published", U"updated", U"posted", U"by "};
  for (const std::u32string_view label : kLabels)
    if (key.view().find(label) != kNone) return true;
  const auto time = find_time(line);
  return time && 2 * (time->end - time->begin) >= line.size();
}

}  // namespace boardwalk::parsers::news
