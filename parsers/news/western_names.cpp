#include "parsers/news/western_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {

bool drop_opening(std::string_view& text) {
  static constexpr std::array<std::string_view, 14> kLabels{
      "autor: ",  "autorin: ", "autoren: ",   "author: ",    "authors: ",  "autor ", "author ",
      "auteur: ", "text: ",    "redaktion: ", "redacción: ", "redactor: ", "by: ",   "von: "};
  static constexpr std::array<std::string_view, 8> kPrepositions{"by ", "von ",  "par ",   "por ",
                                                                 "di ", "door ", "przez ", "av "};
  const std::string lower = ascii::lowered(text);
  for (const std::string_view label : kLabels)
    if (lower.starts_with(label)) {
      text = strip(text.substr(label.size()));
      return true;
    }
  constexpr std::size_t kLongestWord = 16;  // bytes
  std::size_t word = 0;
  for (int words = 0; words < 3 && word < lower.size(); ++words) {
    const std::string_view rest = std::string_view(lower).substr(word);
    for (const std::string_view preposition : kPrepositions)
      if (rest.starts_with(preposition)) {
        text = strip(text.substr(word + preposition.size()));
        return true;
      }
    const std::size_t space = rest.find(' ');
    if (space == std::string_view::npos || space > kLongestWord) return false;
    word += space + 1;
  }
  return false;
}

namespace {

// Off the end, what stood before a date.
void drop_weekday(std::string_view& text) {
  static constexpr std::array<std::string_view, 20> kDays{
      " mo",  " di",  " mi",  " do",  " fr", " sa", " so", " mon", " tue", " wed",
      " thu", " fri", " sat", " sun", " on", " am", " at", " le",  " el",  " il"};
  while (!text.empty() && (text.back() == '.' || text.back() == ',' || text.back() == ' '))
    text.remove_suffix(1);
  const std::string lower = ascii::lowered(text);
  for (const std::string_view day : kDays)
    if (lower.ends_with(day)) return text.remove_suffix(day.size());
}

// Without the marks that stand around a name.
std::string_view without_marks(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kMarks{",", "|", "-", "–", "—", "*", "·", "•", "©", " "};
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view mark : kMarks) {
      if (text.starts_with(mark)) text.remove_prefix(mark.size()), more = true;
      if (text.ends_with(mark)) text.remove_suffix(mark.size()), more = true;
    }
  }
  return text;
}

// Up to where the name is over: a time, a bar, a quotation arrow, a colon.
std::string_view without_rest(std::string_view text) {
  if (const auto time = find_time(text)) {
    text = text.substr(0, time->begin);
    drop_weekday(text);
  }
  for (const std::string_view end :
       {" | ",   " » ",   " · ",        " • ",      " – ",     " — ",    " - ",  " at ",
        " am ",  " on ",  " published", " updated", " posted", " last ", " in ", " um ",
        " for ", " For ", "\n",         ";",        ":",       "(",      "["})
    text = text.substr(0, text.find(end));
  text = without_marks(text);
  const bool initial = text.size() > 2 && text[text.size() - 3] == ' ';
  if (text.ends_with('.') && !initial) text.remove_suffix(1);
  return strip(text);
}

// Words that stand where names do: in labels, buttons, forms, behind names.
constexpr auto kLabels = std::to_array<std::string_view>({"admin",
                                                          "administrator",
                                                          "no author",
                                                          "redaktion",
                                                          "editor",
                                                          "author",
                                                          "authors",
                                                          "autor",
                                                          "autoren",
                                                          "staff",
                                                          "follow",
                                                          "share",
                                                          "by",
                                                          "von",
                                                          "posted",
                                                          "posted by",
                                                          "posted on",
                                                          "written",
                                                          "written by",
                                                          "name",
                                                          "user",
                                                          "username",
                                                          "gast",
                                                          "guest",
                                                          "text",
                                                          "interview",
                                                          "foto",
                                                          "fotos",
                                                          "photo",
                                                          "reporter",
                                                          "about the author",
                                                          "phd",
                                                          "ph.d",
                                                          "jr",
                                                          "sr",
                                                          "ii",
                                                          "iii",
                                                          "esq",
                                                          "md",
                                                          "unknown",
                                                          "anonymous",
                                                          "webmaster",
                                                          "superuser",
                                                          "super user",
                                                          "mehr",
                                                          "more",
                                                          "read more",
                                                          "website",
                                                          "contributor",
                                                          "news"});

bool is_label(std::string_view lower) {
  if (std::find(kLabels.begin(), kLabels.end(), lower) != kLabels.end()) return true;
  static constexpr std::array<std::string_view, 7> kDays{"monday",     "tuesday", "montag",  "dienstag",
                                                         "donnerstag", "freitag", "mittwoch"};
  return std::find(kDays.begin(), kDays.end(), lower) != kDays.end();
}

constexpr auto kOffices = std::to_array<std::string_view>(
    {" staff writer", " staff reporter", " senior reporter", " reporter", " correspondent", " editor",
     " contributor", " writer", " chefredakteur", " redakteur", " redakteurin", " redaktion", " journalist",
     " redactor", " associated press", " staff"});

// `Harbour Correspondent`: an office and where it is held.
bool is_office(std::string_view text) {
  const std::string lower = ascii::lowered(text);
  return std::any_of(kOffices.begin(), kOffices.end(), [&](std::string_view office) {
    return lower.ends_with(office) &&
           std::count(text.begin(), text.end(), ' ') == std::count(office.begin(), office.end(), ' ');
  });
}

bool is_name(std::string_view text) {
  constexpr std::size_t kLongest = 48;  // bytes
  constexpr auto kMostWords = 4;
  if (text.size() < 2 || text.size() > kLongest || text.find("http") != std::string_view::npos) return false;
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return ascii::is_digit(c) || c == '@' || c == '!' || c == '?' || c == '*'; }))
    return false;
  return !is_label(ascii::lowered(text)) && std::count(text.begin(), text.end(), ' ') <= kMostWords;
}

// What a name is followed by that is an office.
std::string_view without_office(std::string_view text) {
  const std::string lower = ascii::lowered(text);
  for (const std::string_view office : kOffices)
    if (lower.ends_with(office) &&
        std::count(text.begin(), text.end(), ' ') > std::count(office.begin(), office.end(), ' '))
      return strip(text.substr(0, text.size() - office.size()));
  return text;
}

// `BNN` behind a name: whom the writer works for.
bool is_acronym(std::string_view text) {
  constexpr std::size_t kLongest = 5;  // letters
  return text.size() <= kLongest && std::all_of(text.begin(), text.end(), ascii::is_upper);
}

void add_name(std::string_view text, std::vector<std::string>& names) {
  drop_opening(text);
  text = without_office(without_rest(text));
  if (!names.empty() && (is_acronym(text) || is_office(text))) return;
  if (is_name(text) && std::find(names.begin(), names.end(), text) == names.end()) names.emplace_back(text);
}

// Where the first of what stands between names begins and ends; the end of `text` where nothing does. Nothing
// behind it is looked at, so that a list is read once, however long it is.
std::pair<std::size_t, std::size_t> separator_in(std::string_view text) {
  constexpr std::string_view kFirst = " ,";
  for (std::size_t at = text.find_first_of(kFirst); at < text.size(); at = text.find_first_of(kFirst, at + 1))
    for (const std::string_view separator : {", ", " and ", " & ", " und ", " et ", " y ", " / ", " with "})
      if (text.substr(at).starts_with(separator)) return {at, at + separator.size()};
  return {text.size(), text.size()};
}

}  // namespace

void add_names(std::string_view text, std::vector<std::string>& names) {
  text = strip(text);
  drop_opening(text);
  if (const auto time = find_time(text); time && time->begin > 0) {
    text = text.substr(0, time->begin);
    drop_weekday(text);
  }
  constexpr std::size_t kMost = 500;  // each name is looked for among those before it
  while (!text.empty() && names.size() < kMost) {
    const auto [end, next] = separator_in(text);
    add_name(text.substr(0, end), names);
    text.remove_prefix(next);
  }
}

bool looks_like_name(std::string_view name) {
  std::size_t begin = 0;
  bool first = true;
  while (begin < name.size()) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    const char c = name[begin];
    constexpr std::size_t kParticle = 3;
    if (!ascii::is_upper(c) && (c & 0x80) == 0 && (first || end - begin > kParticle)) return false;
    first = false;
    begin = end + 1;
  }
  return !first;
}

}  // namespace boardwalk::parsers::news
