#include "parsers/news/noise.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
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

}  // namespace boardwalk::parsers::news
