#include "parsers/news/noise.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/noise_lines.hpp"
#include "parsers/news/noise_names.hpp"

namespace boardwalk::parsers::news {
namespace {

// What is looked at of a class or an id, which may be as long as a page and is asked of again and again.
std::string_view clipped(std::string_view names) {
  constexpr std::size_t kMost = 1024;  // bytes
  return names.substr(0, kMost);
}

// The words of class and id: split at spaces, then also at '-', '_' and between lower and upper case.
template <typename Function>
bool any_word(std::string_view names, const Function& matches) {
  names = clipped(names);
  std::string word;
  char before = ' ';
  for (std::size_t i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ' ';
    const bool upper = ascii::is_upper(c);
    const bool splits = c == ' ' || c == '-' || c == '_' || c == '\n' || c == '\t' ||
                        (upper && before >= 'a' && before <= 'z');
    if (splits && !word.empty()) {
      if (matches(word)) return true;
      word.clear();
    }
    if (!splits || upper) word += ascii::lower(c);
    before = c;
  }
  return false;
}

// The classes or ids of `names`, in lower case, split at blanks.
template <typename Function>
bool any_token(std::string_view names, const Function& matches) {
  names = clipped(names);
  std::size_t begin = 0;
  while (begin < names.size()) {
    const std::size_t end = std::min(names.find_first_of(" \t\r\n", begin), names.size());
    if (end > begin && matches(names.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

bool is_builders(std::string_view token) {
  return std::any_of(kBuilderPrefixes.begin(), kBuilderPrefixes.end(),
                     [token](std::string_view prefix) { return token.starts_with(prefix); });
}

using Signs = std::unordered_map<std::string_view, Noise>;

// What each word says; the surest where it stands in several tables.
const Signs& word_signs() {
  static const Signs signs = [] {
    Signs all{{"teaser", Noise::kTeaser}, {"teasers", Noise::kTeaser}};
    for (const std::string_view word : kNoiseWords) all[word] = Noise::kNamed;
    for (const std::string_view word : kStrongWords) all[word] = Noise::kStrong;
    for (const std::string_view word : kCommentWords) all[word] = Noise::kComments;
    return all;
  }();
  return signs;
}

Noise noise_of_token(std::string_view token) {
  const std::string lower = ascii::lowered(token);
  if (is_builders(lower)) return Noise::kNone;
  Noise noise = Noise::kNone;
  const Signs& signs = word_signs();
  bool picture = false;
  bool words = false;
  (void)any_word(token, [&](std::string_view word) {
    picture = picture || is_one_of(word, kPictureWords);
    words = words || is_one_of(word, kLegendWords);
    if (const auto found = signs.find(word); found != signs.end()) noise = std::max(noise, found->second);
    return false;
  });
  if (noise < Noise::kNamed && picture && words) return Noise::kNamed;
  if (noise >= Noise::kNamed) return noise;
  const bool named = is_one_of(lower, kNoiseTokens) ||
                     std::any_of(kNoiseParts.begin(), kNoiseParts.end(), [&lower](std::string_view part) {
                       return lower.find(part) != std::string::npos;
                     });
  return named ? Noise::kNamed : noise;
}

bool names_content(std::string_view names) {
  static const std::unordered_set<std::string_view> kTokens(kContentTokens.begin(), kContentTokens.end());
  return any_token(names, [](std::string_view token) {
    std::string bare = ascii::lowered(token);
    std::replace(bare.begin(), bare.end(), '_', '-');
    bare.erase(
        std::unique(bare.begin(), bare.end(), [](char one, char next) { return one == '-' && next == '-'; }),
        bare.end());
    return kTokens.contains(bare);
  });
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x2000) || is_han(c); }
bool holds_letters(std::u32string_view text) { return std::any_of(text.begin(), text.end(), is_letter); }

// Begins with it and not with a longer word: `ending` does not begin with `end`.
bool begins_with(std::u32string_view text, std::u32string_view words) {
  if (!text.starts_with(words)) return false;
  const bool goes_on = text.size() > words.size() && is_letter(text[words.size()]);
  return !goes_on || !is_letter(words.back()) || is_han(words.back());
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

// `责任编辑某某`, `下一篇 谁来修塔？`
bool opens_with_word(std::u32string_view text, bool sentence) {
  return std::any_of(kTailWords.begin(), kTailWords.end(), [text, sentence](std::u32string_view word) {
    if (!begins_with(text, word)) return false;
    const std::u32string_view behind = text.substr(word.size());
    constexpr std::u32string_view kOpening = U" 《“\"";  // as a headline behind it has
    return !sentence || is_delimited(behind) || kOpening.find(behind.front()) != std::u32string_view::npos;
  });
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

}  // namespace

Noise noise_of(dom::Node block) {
  const std::string_view name = block.name();
  for (const char* element : {"nav", "footer", "figcaption", "dialog", "menu"})
    if (name == element) return Noise::kSurely;
  if (name == "aside") return Noise::kStrong;
  if (name == "html" || name == "body" || name == "main" || name == "article" ||
      (name.size() == 2 && name[0] == 'h'))
    return Noise::kNone;
  const std::string_view role = block.attr_or("role");
  for (const char* noisy :
       {"navigation", "banner", "contentinfo", "complementary", "dialog", "search", "menu"})
    if (role == noisy) return Noise::kSurely;
  if (is_named_content(block)) return Noise::kNone;
  Noise noise = Noise::kNone;
  for (const std::string_view names : {block.classes(), block.id()})
    (void)any_token(names, [&noise](std::string_view token) {
      noise = std::max(noise, noise_of_token(token));
      return false;
    });
  return noise;
}

bool is_named_content(dom::Node block) {
  if (block.is("p")) return false;  // `article__text` on every paragraph
  return block.attr_or("itemprop").find("articleBody") != std::string_view::npos ||
         names_content(block.classes()) || names_content(block.id());
}

bool names_picture(std::string_view names) {
  return any_word(names, [](std::string_view word) { return is_one_of(word, kPictureWords); });
}

namespace {

constexpr std::size_t kLongestTail = 120;  // characters

// A line of the tail by words that no sentence of a text begins with.
bool is_surely_tail(std::string_view line, const KeyText& key, std::u32string_view text) {
  if (key.view().starts_with(U"— ") && key.view().find(U"(@") != std::u32string_view::npos) return true;
  if (text.empty()) return true;
  if (text.size() > kLongestTail) return false;
  const bool sentence = is_sentence(line, text);
  return opens_with_one_of(text, kTailOpeners) || opens_with_label(text, sentence) ||
         opens_with_word(text, sentence) || names_editor(text);
}

}  // namespace

bool is_tail_line(std::string_view line) {
  if (line.size() > 4 * kLongestTail) return false;
  const KeyText key(line);
  const std::u32string_view text = undecorated(key.view());
  if (is_surely_tail(line, key, text)) return true;
  return text.size() <= kLongestTail &&
         (opens_with_one_of(text, kTailPhrases) || is_legal(text) || holds_one_of(text, kFooterWords));
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

bool is_caption_text(std::string_view line) {
  constexpr std::size_t kLongest = 110;  // characters
  if (line.size() > 4 * kLongest) return false;
  const KeyText key(line);
  std::u32string_view text = key.view();
  if (text.size() > kLongest) return false;
  const bool marked = text.starts_with(U"▲") || text.starts_with(U"△");
  if (marked || begins_with_one_of(undecorated(text), kCaptionOpeners)) return true;
  while (!text.empty() && (text.back() == U' ' || text.back() == U'.' || text.back() == U'。'))
    text.remove_suffix(1);
  return std::any_of(kCaptionEndings.begin(), kCaptionEndings.end(),
                     [text](std::u32string_view word) { return text.ends_with(word); });
}

}  // namespace boardwalk::parsers::news
