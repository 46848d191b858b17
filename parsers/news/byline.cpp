#include "parsers/news/byline.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "parsers/news/key_text.hpp"
#include "parsers/news/names.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/news/source.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/news/writers.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr std::size_t kNone = std::u32string_view::npos;

const std::vector<std::u32string_view> kAuthorLabels{U"作者", U"撰文", U"采写", U"执笔", U"撰稿"};
const std::vector<std::u32string_view> kReporterLabels{U"记者"};
const std::vector<std::u32string_view> kEditorLabels{U"责任编辑", U"责编", U"编辑"};

std::optional<std::string> editor_in(const KeyText& line) {
  const std::size_t begin = behind_label(line.view(), kEditorLabels);
  if (begin == kNone) return std::nullopt;
  std::size_t end = value_end(line.view(), begin);
  if (const std::size_t code = line.view().substr(0, end).find_first_of(U"_0123456789", begin); code < end) {
    end = code;  // `张三 SN123`, `张三_NB456`
    while (end > begin && line.view()[end - 1] >= U'a' && line.view()[end - 1] <= U'z') --end;
  }
  const std::string_view value = line.original(begin, end);
  constexpr std::size_t kLongest = 20;  // characters
  if (value.empty() || end - begin > kLongest) return std::nullopt;
  constexpr std::size_t kSpaced = 3;  // characters, `张 三`
  const bool spaced = end - begin == kSpaced && line.view()[begin + 1] == U' ';
  if (auto names = spaced ? names_in(line, begin, end) : std::vector<std::string>(); names.size() == 1)
    return std::move(names.front());
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
  constexpr std::u32string_view kBehindTime = U" 文/";
  const std::size_t behind = key.find(kBehindTime);
  if (behind == kNone || !find_time(line.original(0, behind))) return {};
  return names_in(line, behind + kBehindTime.size(), value_end(key, behind + kBehindTime.size()));
}

// （记者 张三）, (刘一 陈二 记者 张三) at the beginning of the text: names of both roles count.
std::vector<std::string> authors_in_parenthesis(const KeyText& line, std::size_t window) {
  const std::u32string_view key = line.view();
  constexpr std::u32string_view kOpen = U"([【";
  constexpr std::size_t kLongest = 60;  // characters
  for (std::size_t open = key.find_first_of(kOpen); open != kNone && open < window;
       open = key.find_first_of(kOpen, open + 1)) {
    // No further than a by-line reaches: a text may open thousands of brackets and close none.
    const std::size_t close = key.substr(0, open + kLongest + 1).find_first_of(U")]】", open);
    if (close == kNone) continue;
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
  constexpr std::size_t kLongest = 20;  // characters
  if (open == kNone || key.size() - open > kLongest) return {};
  constexpr std::u32string_view kBefore = U"。.!?…”\"’』」;)";
  const std::size_t before = open == 0 ? kNone : key.find_last_not_of(U' ', open - 1);
  if (before != kNone && kBefore.find(key[before]) == kNone) return {};
  return names_in(line, open + 1, key.size() - 1);
}

// Lines where a label tells of the article: from a little above the headline to the first lines of the text,
// then its last lines and a few behind them.
std::vector<int> told_lines(const PageText& page, const Body& body, const Headline& headline) {
  const int head = headline.line;
  const int count = static_cast<int>(page.lines.size());
  const int first_of_body = body.lines.empty() ? count : body.lines.front();
  const int last_of_body = body.lines.empty() ? 0 : body.lines.back();
  std::vector<int> told;
  const int begin = std::max(0, head >= 0 && head < first_of_body ? head - 2 : first_of_body - 12);
  for (int i = begin; i <= std::min(first_of_body + 2, count - 1); ++i) told.push_back(i);
  for (int i = std::max(last_of_body - 2, first_of_body + 3); i < std::min(last_of_body + 10, count); ++i)
    told.push_back(i);
  if (head >= 0) std::erase_if(told, [&](int line) { return line >= head && line < head + headline.lines; });
  return told;
}

// Weights of lines.
constexpr int kLongestInfo = 80;
constexpr int kLongestCredit = 30;

// What stands before a reporter who is no writer of the article: `向记者`, `会见记者`; not `采访记者`.
bool is_spoken_of(std::u32string_view before) {
  constexpr std::u32string_view kSpokenOf = U"向对受等请让给跟被问答的见访待名位众";
  constexpr auto kOffices = std::to_array<std::u32string_view>({U"采访", U"专访", U"随访"});
  if (before.empty() || kSpokenOf.find(before.back()) == kNone) return false;
  return std::none_of(kOffices.begin(), kOffices.end(),
                      [before](std::u32string_view office) { return before.ends_with(office); });
}

// `某报 记者张三/海湾报道`
std::vector<std::string> authors_behind_reporter(const KeyText& line) {
  const std::u32string_view key = line.view();
  constexpr std::u32string_view kReporter = U"记者";
  for (std::size_t at = key.find(kReporter); at != kNone; at = key.find(kReporter, at + 1)) {
    if (is_spoken_of(key.substr(0, at))) continue;
    if (auto names = names_in(line, at, key.size()); !names.empty()) return names;
  }
  return {};
}

// What stands behind the headline in its own line: `我的老灯塔 作者:张三 来源:某报`, `我的老灯塔(作者:张三)`.
std::string_view labels_behind(std::string_view headline) {
  constexpr auto kLabels = std::to_array<std::u32string_view>(
      {U"作者:", U"撰文:", U"执笔:", U"撰稿:", U"来源:", U"稿源:", U"责任编辑:", U"责编:", U"编辑:"});
  const KeyText key(headline);
  std::size_t begin = kNone;
  for (const std::u32string_view label : kLabels)
    for (const char32_t before : {U' ', U'('})
      begin = std::min(begin, key.view().find(before + std::u32string(label)));
  return begin == kNone ? std::string_view() : key.original(begin + 1);
}

// By-lines in parentheses in the first and the last lines of the text.
std::vector<std::string> authors_in_text(const PageText& page, const Body& body) {
  constexpr std::size_t kOpening = 60;  // characters
  constexpr std::size_t kLines = 3;
  const std::size_t count = body.lines.size();
  for (std::size_t i = 0; i < std::min(count, kLines); ++i)
    if (auto names = authors_in_parenthesis(KeyText(page.line_at(body.lines[i]).text), kOpening);
        !names.empty())
      return names;
  for (std::size_t back = 1; back <= std::min(count, kLines); ++back) {
    const KeyText last(page.line_at(body.lines[count - back]).text);
    auto names = authors_in_parenthesis(last, kNone);
    if (names.empty()) names = authors_at_end(last);
    if (!names.empty()) return names;
  }
  return {};
}

// Whether a line holds the name with nothing but blanks around it.
bool stands_alone(const PageText& page, const std::vector<int>& lines, std::string_view name) {
  return std::any_of(lines.begin(), lines.end(), [&](int index) {
    const std::string& text = page.line_at(index).text;
    const std::size_t at = text.find(name);
    const bool alone = at == 0 || (at != std::string::npos && text[at - 1] == ' ');
    return alone && (at + name.size() == text.size() || text[at + name.size()] == ' ');
  });
}

// Metadata mostly names the site or the editor: it is believed where the name stands alone near the headline.
std::vector<std::string> author_in_meta(const PageText& page, const std::vector<int>& told,
                                        const Metadata& data) {
  const std::string_view author = data.meta({"author"});
  const KeyText key(author);
  std::vector<std::string> names = names_in(key, 0, key.view().size());
  if (names.size() != 1 || names.front() != author) return {};
  return stands_alone(page, told, author) ? names : std::vector<std::string>();
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

// An office of a school or an authority, which has no name of a person's.
bool is_office(std::string_view name) {
  constexpr std::size_t kShortest = 3;  // characters
  constexpr std::u32string_view kEnds = U"部局院校处科办室会厅委团站台所系组队";
  const KeyText key(name);
  return key.view().size() >= kShortest && kEnds.find(key.view().back()) != kNone;
}

// An element of the class `author` whose name stands above the text, in a line of its own or beside the time;
// those behind it are of readers' comments.
std::vector<std::string> author_class(const PageText& page, const Body& body, std::vector<int> told) {
  constexpr int kMost = 20;  // elements: they may stand in one another
  if (body.first >= 0) std::erase_if(told, [&body](int line) { return line >= body.first; });
  const dom::Node root = page.blocks.front().node;
  int seen = 0;
  for (dom::Node node = root.first_child(); node && seen < kMost; node = node.next_in(root)) {
    if (!node.is_element() || !node.has_class("author")) continue;
    ++seen;
    const std::string words = dom::text_of(node);
    const KeyText key(words);
    std::vector<std::string> names = names_in(key, 0, key.view().size());
    if (names.size() == 1 && names.front() == words && !is_office(words) && stands_alone(page, told, words))
      return names;
  }
  return {};
}

void read_chinese(const PageText& page, const Body& body, const Headline& headline, const Metadata& data,
                  Byline& byline) {
  const std::vector<int> told = told_lines(page, body, headline);
  std::vector<int> labelled;  // of these, the lines that are short enough to hold labels
  std::copy_if(told.begin(), told.end(), std::back_inserter(labelled),
               [&page](int index) { return page.line_at(index).weight <= kLongestInfo; });
  for (const int index : labelled) {
    const KeyText key(page.line_at(index).text);
    if (!byline.editor) byline.editor = editor_in(key);
    if (byline.authors.empty()) byline.authors = authors_in_label(key, kAuthorLabels);
  }
  const std::string_view headed =
      headline.line < 0 ? std::string_view() : labels_behind(page.line_at(headline.line).text);
  const KeyText head(headed);
  if (!byline.editor) byline.editor = editor_in(head);
  if (byline.authors.empty()) byline.authors = authors_in_label(head, kAuthorLabels);
  if (byline.authors.empty()) byline.authors = authors_in_text(page, body);
  for (const int index : labelled)
    if (const Line& line = page.line_at(index); byline.authors.empty() && !is_caption_text(line.text))
      byline.authors = authors_in_label(KeyText(line.text), kReporterLabels);
  for (const int index : labelled)
    if (const Line& line = page.line_at(index); byline.authors.empty() && line.weight <= kLongestCredit &&
                                                line.heading == 0 && line.marks <= 2 &&
                                                !is_caption_text(line.text))
      byline.authors = authors_behind_reporter(KeyText(line.text));
  for (const int index : told)
    if (byline.authors.empty() && is_byline_only(page.line_at(index).text)) {
      const KeyText key(page.line_at(index).text);
      byline.authors = authors_in_parenthesis(key, kNone);
      if (byline.authors.empty() && key.view().starts_with(U"(")) byline.authors = authors_at_end(key);
    }
  if (byline.authors.empty()) byline.authors = author_in_meta(page, told, data);
  if (byline.authors.empty()) byline.authors = author_element(page);
  if (byline.authors.empty()) byline.authors = author_class(page, body, labelled);
  byline.source = read_source(page, body, labelled, headed, byline.authors, data);
}

}  // namespace

Byline read_byline(const PageText& page, const Body& body, const Headline& headline, const Metadata& data,
                   bool chinese) {
  Byline byline;
  if (chinese) {
    read_chinese(page, body, headline, data, byline);
  } else {
    byline.authors = read_writers(page, body, headline.line, data);
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
