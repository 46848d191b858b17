#include "parsers/news/noise.hpp"

#include <algorithm>
#include <array>

#include "parsers/news/key_text.hpp"
#include "parsers/news/line_words.hpp"
#include "parsers/news/tail_words.hpp"

namespace boardwalk::parsers::news {
namespace {

bool is_letter_or_han(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x2000) || is_han(c);
}
bool holds_letters(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), is_letter_or_han);
}

// Begins with it and not with a longer word: `ending` does not begin with `end`.
bool begins_with(std::u32string_view text, std::u32string_view words) {
  if (!text.starts_with(words)) return false;
  const bool goes_on = text.size() > words.size() && is_letter_or_han(text[words.size()]);
  return !goes_on || !is_letter_or_han(words.back()) || is_han(words.back());
}

template <std::size_t N>
bool opens_with_one_of(std::u32string_view text, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::u32string_view word) { return begins_with(text, word); });
}

// `版权所有`, `版权所有:海湾在线`; not `版权所有者`.
bool is_legal(std::u32string_view text) {
  constexpr std::u32string_view kReserved = U"版权所有";
  constexpr std::u32string_view kOwner = U"者人权";
  for (std::size_t at = text.find(kReserved); at != std::u32string_view::npos;
       at = text.find(kReserved, at + 1)) {
    const std::size_t behind = at + kReserved.size();
    if (behind == text.size() || kOwner.find(text[behind]) == std::u32string_view::npos) return true;
  }
  return false;
}

template <std::size_t N>
bool holds_one_of(std::u32string_view text, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [text](std::u32string_view word) {
    return text.find(word) != std::u32string_view::npos;
  });
}

// What opens a line that may be decorated: `【`, `(`, `▲`, spaces.
std::u32string_view undecorated(std::u32string_view text) {
  constexpr std::u32string_view kDecoration = U" ([{<【《「『“\"▲△●■◆★*·-—>|#➤+";
  const std::size_t first = text.find_first_not_of(kDecoration);
  return first == std::u32string_view::npos ? std::u32string_view() : text.substr(first);
}

bool ends_with_stop(std::u32string_view text) {
  return text.ends_with(U'。') || (text.ends_with(U'.') && !text.ends_with(U".."));
}

// Ends as a sentence does, or has a comma as Chinese sentences have it; labels and headings do neither.
bool is_sentence(std::string_view line, std::u32string_view key) {
  constexpr std::u32string_view kEnds = U"!?;”\"";
  return ends_with_stop(key) || (!key.empty() && kEnds.find(key.back()) != std::u32string_view::npos) ||
         line.find("，") != std::string_view::npos;
}

// What stands behind a label, and hardly behind the first word of a sentence.
bool is_delimited(std::u32string_view behind) {
  constexpr std::u32string_view kDelimiters = U":|/】])";
  return behind.empty() || kDelimiters.find(behind.front()) != std::u32string_view::npos;
}

// `审核:某某`, `校对 某某`, `- THE END -`: Latin words stand alone.
bool opens_with_label(std::u32string_view text, bool sentence) {
  return std::any_of(kTailLabels.begin(), kTailLabels.end(), [text, sentence](std::u32string_view label) {
    if (!begins_with(text, label)) return false;
    const std::u32string_view behind = text.substr(label.size());
    if (is_delimited(behind)) return true;
    if (!is_han(label.back())) return !holds_letters(behind);
    return !sentence && (behind.front() == U' ' || behind.front() == U'、');
  });
}

// `综合自某报`; not `综合自治区`, `整理自己`.
bool tells_origin(std::u32string_view text) {
  return std::any_of(kTakenFrom.begin(), kTakenFrom.end(), [text](std::u32string_view word) {
    if (!text.starts_with(word)) return false;
    constexpr std::u32string_view kBehindSelf = U"治身己然主动";
    const std::u32string_view behind = text.substr(word.size());
    return behind.empty() || kBehindSelf.find(behind.front()) == std::u32string_view::npos;
  });
}

// `扫码加小编微信,进群交流`; not `扫码加群就能领渔票?民警提醒,这是骗局。`
bool asks_to_scan(std::u32string_view text) {
  constexpr std::u32string_view kStops = U"。?!";
  if (!begins_with_one_of(text, kCodeOpeners) || !holds_one_of(text, kCodeWords)) return false;
  const std::size_t stop = text.find_first_of(kStops);
  if (stop == std::u32string_view::npos) return true;
  const bool asks = text.starts_with(U"扫码加") || text.find(U"二维码") != std::u32string_view::npos;
  return asks && stop + 1 == text.size();
}

// `责任编辑某某`, `下一篇 谁来修塔？`
bool opens_with_word(std::u32string_view text, bool sentence) {
  return std::any_of(kTailWords.begin(), kTailWords.end(), [text, sentence](std::u32string_view word) {
    if (!begins_with(text, word)) return false;
    const std::u32string_view behind = text.substr(word.size());
    constexpr std::u32string_view kOpening = U" 《“\"";  // as a headline behind it has
    const bool opening =
        is_han(word.back()) && !behind.empty() && kOpening.find(behind.front()) != std::u32string_view::npos;
    const bool called =
        word == U"新闻热线" && !behind.empty() && behind.front() >= U'0' && behind.front() <= U'9';
    return !sentence || is_delimited(behind) || opening || called;
  });
}

// A name as most people have one: of a common family name, two or three characters.
bool is_common_name(std::u32string_view word) {
  constexpr std::u32string_view kFamilies =
      U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢"
      U"姚沈"
      U"钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴莫孔向汤温芦俞"
      U"樊施殷鲁翟岳倪梅颜季伍柯丘傅欧葛詹耿关兰焦柳祝左鲍靳辛柴管齐路庞邢";
  constexpr std::u32string_view kOutcomes = U"刑判诉罪罚驳期过果缓败赔重改奖演分案";
  return (word.size() == 2 || word.size() == 3) && std::all_of(word.begin(), word.end(), is_han) &&
         kFamilies.find(word.front()) != std::u32string_view::npos &&
         word.find_first_of(kOutcomes) == std::u32string_view::npos;
}

// `一审:张三`, `初审:李四 复审:王五`; not `一审:死刑`, `初审:网络投票,由读者选出。`
bool names_reviewers(std::u32string_view text) {
  constexpr std::size_t kLabel = 2;  // characters of each
  constexpr std::u32string_view kDelimiters = U":|/";
  constexpr std::u32string_view kBetween = U" 、";
  if (text.empty()) return false;
  while (!text.empty()) {
    if (!begins_with_one_of(text, kReviews)) return false;
    text.remove_prefix(kLabel);
    if (text.empty() || kDelimiters.find(text.front()) == std::u32string_view::npos) return false;
    text.remove_prefix(std::min(text.find_first_not_of(U" :|/"), text.size()));
    std::size_t end = std::min(text.find_first_of(kBetween), text.size());
    for (const std::u32string_view review : kReviews) end = std::min(end, text.find(review));
    if (!is_common_name(text.substr(0, end))) return false;
    text.remove_prefix(std::min(text.find_first_not_of(kBetween, end), text.size()));
  }
  return true;
}

// `Comments:`, `Comments (be the first)`; not `Comments from fishermen`.
bool is_related_word(std::u32string_view text) {
  return std::any_of(kRelatedWords.begin(), kRelatedWords.end(), [text](std::u32string_view word) {
    if (!begins_with(text, word)) return false;
    const std::u32string_view behind = text.substr(word.size());
    return !holds_letters(behind) || behind.substr(behind.find_first_not_of(U' ')).find_first_of(U"([") == 0;
  });
}

// `相关阅读`, `延伸阅读:老灯塔,又亮了`, `Read next`; a headline behind a delimiter may have commas.
bool opens_with_heading(std::u32string_view text, bool sentence) {
  return std::any_of(
      kRelatedHeadings.begin(), kRelatedHeadings.end(), [text, sentence](std::u32string_view heading) {
        if (!begins_with(text, heading)) return false;
        const std::u32string_view behind = text.substr(heading.size());
        return !sentence || !holds_letters(behind) || (is_delimited(behind) && !ends_with_stop(text));
      });
}

// `【纠错】【责任编辑:某某】`
bool names_editor(std::u32string_view text) {
  constexpr std::size_t kLongest = 40;  // characters
  return text.size() <= kLongest && !text.ends_with(U'。') &&
         text.find(U"责任编辑:") != std::u32string_view::npos;
}

// `5 Comments`: how many there are.
std::u32string_view without_count(std::u32string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of(U"0123456789"), text.size());
  if (digits == 0 || digits == text.size()) return text;
  text.remove_prefix(digits);
  while (!text.empty() && text.front() == U' ') text.remove_prefix(1);
  return text;
}

constexpr std::size_t kLongestTail = 120;  // characters

// A line of the tail by words that no sentence of a text begins with.
bool is_surely_tail(std::string_view line, const KeyText& key, std::u32string_view text) {
  if (key.view().starts_with(U"— ") && key.view().find(U"(@") != std::u32string_view::npos) return true;
  if (text.empty()) return true;
  if (text.size() > kLongestTail) return false;
  const bool sentence = is_sentence(line, text);
  return opens_with_one_of(text, kTailOpeners) || opens_with_label(text, sentence) ||
         opens_with_word(text, sentence) || names_editor(text) || tells_origin(text) || names_reviewers(text);
}

}  // namespace

bool is_tail_line(std::string_view line) {
  if (line.size() > 4 * kLongestTail) return false;
  const KeyText key(line);
  const std::u32string_view text = undecorated(key.view());
  if (is_surely_tail(line, key, text)) return true;
  return text.size() <= kLongestTail && (opens_with_one_of(text, kTailPhrases) || asks_to_scan(text) ||
                                         is_legal(text) || holds_one_of(text, kFooterWords));
}

bool may_be_text(std::string_view line) {
  if (line.size() > 4 * kLongestTail) return true;
  const KeyText key(line);
  const std::u32string_view text = undecorated(key.view());
  return ends_with_stop(text) && !is_surely_tail(line, key, text);
}

bool is_invitation(std::string_view line) {
  constexpr std::size_t kLongest = 200;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  const auto count = std::count_if(kChannels.begin(), kChannels.end(), [&key](std::u32string_view channel) {
    return key.view().find(channel) != std::u32string_view::npos;
  });
  return count >= 2 || holds_one_of(key.view(), kInvitations);
}

bool is_consent(std::string_view line) {
  if (line.find("ookie") == std::string_view::npos && line.find("OOKIE") == std::string_view::npos)
    return false;
  const KeyText key(line);
  return holds_one_of(key.view(), kConsent);
}

bool is_button(std::string_view line) {
  constexpr std::size_t kLongest = 40;  // bytes
  if (line.size() > kLongest) return false;
  const KeyText key(line);
  return std::find(kButtons.begin(), kButtons.end(), key.view()) != kButtons.end();
}

bool opens_invitation(std::string_view line) {
  constexpr std::size_t kLongest = 60;  // bytes
  if (line.size() > kLongest || line.ends_with('.') || line.ends_with("。")) return false;
  const KeyText key(line);
  return holds_one_of(key.view(), kInvitations) || holds_one_of(key.view(), kBoxOpeners);
}

bool tells_update(std::string_view line) {
  constexpr std::size_t kLongest = 60;  // bytes
  if (line.size() > kLongest || line.find_first_of("0123456789") == std::string_view::npos) return false;
  return begins_with_one_of(KeyText(line).view(), kUpdates);
}

bool tells_reading_time(std::string_view line) {
  const KeyText key(line);
  const std::u32string_view text = key.view();
  return text.find_first_of(U"0123456789") != std::u32string_view::npos &&
         std::any_of(kReadingTimes.begin(), kReadingTimes.end(),
                     [text](std::u32string_view words) { return text.ends_with(words); });
}

bool is_related_heading(std::string_view line) {
  constexpr std::size_t kLongest = 40;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  const std::u32string_view whole = undecorated(key.view());
  const std::u32string_view text = without_count(whole);
  if (text.size() > kLongest) return false;
  const bool counted = text.size() < whole.size();
  return is_related_word(text) || opens_with_heading(text, is_sentence(line, text)) ||
         (counted && opens_with_one_of(text, kCountedHeadings) && !ends_with_stop(text));
}

bool is_closing_heading(std::string_view line) {
  constexpr std::size_t kLongest = 40;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  std::u32string_view text = undecorated(key.view());
  while (!text.empty() && (text.back() == U':' || text.back() == U' ')) text.remove_suffix(1);
  return std::find(kClosingHeadings.begin(), kClosingHeadings.end(), text) != kClosingHeadings.end();
}

namespace {

// `Photo: Ann Gull`, `Photo by Ann Gull, Bay Press.`; not `Photos posted on Monday show smoke, witnesses said.`
bool opens_with_picture(std::u32string_view text) {
  return std::any_of(kPictureOpeners.begin(), kPictureOpeners.end(), [text](std::u32string_view word) {
    if (!text.starts_with(word)) return false;
    const bool sentence = ends_with_stop(text) && text.find(U',') != std::u32string_view::npos;
    std::u32string_view behind = text.substr(word.size());
    if (behind.starts_with(U's')) behind.remove_prefix(1);
    return !sentence || is_delimited(behind) || begins_with_one_of(behind, kPictureCredits);
  });
}

// `王小明、李小红`: of names alone, by their length.
bool lists_names(std::u32string_view words) {
  constexpr std::size_t kLongest = 4;  // characters
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find(U'、', begin), words.size());
    if (end - begin > kLongest) return false;
    begin = end + 1;
  }
  return true;
}

// What stands before the ending of a line that has a full stop names someone, or what a picture is taken from:
// `张三 摄。`, `某报记者张三摄。`, `某台视频截图。`; not `影片已经开始拍摄。`, `他爱上了摄影。`,
// `民警公布了截图。`
bool names_photographer(std::u32string_view before, std::u32string_view ending) {
  if (ending == U"供图") return true;
  constexpr std::u32string_view kEnds = U"。!?;)]】 ";
  if (before.empty() || kEnds.find(before.back()) != std::u32string_view::npos) return true;
  if (before.ends_with(U'拍')) return false;
  const std::size_t begin = before.find_last_of(kEnds) + 1;  // 0 where none is
  const std::u32string_view clause = before.substr(begin);
  const std::size_t comma = clause.rfind(U',');
  const std::u32string_view last = clause.substr(comma + 1);  // all of it where none is
  if (last.find(U"记者") != std::u32string_view::npos) return true;
  if (comma != std::u32string_view::npos) return false;
  constexpr std::u32string_view kOfVerbs = U"了过着将已把被";
  if (ending == U"截图" && clause.find_first_of(kOfVerbs) == std::u32string_view::npos) return true;
  return lists_names(clause);
}

bool ends_as_caption(std::u32string_view text) {
  const bool stopped = ends_with_stop(text);
  while (!text.empty() && (text.back() == U' ' || text.back() == U'.' || text.back() == U'。'))
    text.remove_suffix(1);
  return std::any_of(kCaptionEndings.begin(), kCaptionEndings.end(), [&](std::u32string_view word) {
    return text.ends_with(word) && (!stopped || word.ends_with(U')') ||
                                    names_photographer(text.substr(0, text.size() - word.size()), word));
  });
}

}  // namespace

bool is_caption_text(std::string_view line) {
  constexpr std::size_t kLongest = 110;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  const std::u32string_view text = key.view();
  if (text.size() > kLongest) return false;
  const bool marked = text.starts_with(U"▲") || text.starts_with(U"△");
  const std::u32string_view bare = undecorated(text);
  return marked || begins_with_one_of(bare, kCaptionOpeners) || opens_with_picture(bare) ||
         ends_as_caption(text);
}

}  // namespace boardwalk::parsers::news
