#include "parsers/news/writers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/ascii.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

// Off the front of `text`, whatever of these stands there; with the word that says what was done, if any
// (`Posted by`, `Erstellt von`, `Publié par`).
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

void add_names(std::string_view text, std::vector<std::string>& names) {
  text = strip(text);
  drop_opening(text);
  if (const auto time = find_time(text); time && time->begin > 0) {
    text = text.substr(0, time->begin);
    drop_weekday(text);
  }
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t next = text.size();
    for (const std::string_view separator : {", ", " and ", " & ", " und ", " et ", " y ", " / ", " with "})
      if (const std::size_t at = text.find(separator); at < end) {
        end = at;
        next = at + separator.size();
      }
    add_name(text.substr(0, end), names);
    text.remove_prefix(next);
  }
}

bool names_writer(dom::Node node) {
  if (node.attr_or("rel") == "author" || node.attr_or("itemprop") == "author" ||
      node.attr_or("itemprop") == "creator")
    return true;
  for (const std::string_view names : {node.classes(), node.id()}) {
    if (names.empty()) continue;
    for (const std::string_view part : {"uthor", "UTHOR", "yline", "YLINE", "utor", "UTOR"})
      if (names.find(part) != std::string_view::npos) return true;
  }
  if (!node.is("a")) return false;
  for (const std::string_view path :
       {"/author/", "/authors/", "/autor/", "/autores/", "/autoren/", "/auteur/", "/auteurs/", "/redacteur/"})
    if (node.attr_or("href").find(path) != std::string_view::npos) return true;
  return false;
}

// Readers' comments have authors too, forms have fields for them, and so have the other articles in margins.
bool is_others(dom::Node node) {
  if (node.is("form")) return true;
  if (!is_block(node)) return false;
  const Noise noise = noise_of(node);
  if (noise == Noise::kComments) return true;
  const bool margin = noise == Noise::kStrong || noise == Noise::kSurely;
  return margin &&
         !node.closest([](dom::Node around) { return around.is("article") || around.has_class("hentry"); });
}

// The innermost element in it that is named so and holds words.
std::vector<std::string> names_of(dom::Node node) {
  const dom::Node inner = dom::find(node, [](dom::Node child) {
    return child.is_element() && names_writer(child) && !dom::text_of(child).empty();
  });
  std::vector<std::string> names;
  if (inner) add_names(dom::text_of(inner), names);
  if (names.empty()) add_names(dom::text_of(node), names);
  return names;
}

// Elements that hold a name and little else: the first of them, and those like it beside it.
std::vector<std::string> named_elements(dom::Node root) {
  constexpr std::size_t kLongest = 120;  // bytes
  int left = 40;                         // elements that are worth a look
  std::vector<std::string> names;
  dom::Node first;
  for (dom::Node node = root.first_child(); node;) {
    if (node.is_element() && is_others(node)) {
      node = node.next_skipping(root);
      continue;
    }
    const dom::Node here = node;
    node = node.next_in(root);
    if (!here.is_element() || here.is("body") || here.is("article") || here.is("img") || !names_writer(here))
      continue;
    if (first && (here.parent() != first.parent() || here.classes() != first.classes())) continue;
    if (left-- == 0) break;
    const std::string words = dom::text_of(here);
    if (words.empty() || words.size() > kLongest) continue;
    for (std::string& name : names_of(here))
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    if (!first && !names.empty()) first = here;
  }
  return names;
}

// Each word begins as names do; `de`, `von` and their like may stand between.
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

// `By Ann Gull` between the headline and the text, or right above it; `Posted on 3 May by Ann Gull`.
std::vector<std::string> spoken_in(const Line& line) {
  std::string_view rest = line.text;
  while (!rest.empty()) {
    std::size_t end = rest.size();
    std::size_t next = rest.size();
    for (const std::string_view bar : {" | ", " · ", " • ", " » ", " – ", " - ", ", "})
      if (const std::size_t at = rest.find(bar); at < end) {
        end = at;
        next = at + bar.size();
      }
    std::string_view part = rest.substr(0, end);
    if (const auto time = find_time(part); time && time->begin < part.size() / 2 && time->end < part.size())
      part = strip(part.substr(time->end));
    std::vector<std::string> names;
    if (drop_opening(part)) add_names(part, names);
    std::erase_if(names, [](const std::string& name) { return !looks_like_name(name); });
    if (!names.empty()) return names;
    rest.remove_prefix(next);
  }
  return {};
}

std::vector<std::string> spoken_byline(const PageText& page, const Body& body, int head) {
  const int count = static_cast<int>(page.lines.size());
  const int first = body.first < 0 ? count : body.first;
  constexpr int kFarthest = 20;  // lines
  constexpr int kAbove = 3;      // lines
  constexpr int kLongest = 40;   // weight
  const int begin = head >= 0 && head <= first ? head - kAbove : first - kFarthest;
  for (int i = std::max({0, begin, first - kFarthest}); i < std::min(count, first + 2); ++i) {
    const Line& line = page.line_at(i);
    if (i == head || line.weight > kLongest || line.heading == 1) continue;
    if (auto names = spoken_in(line); !names.empty()) return names;
  }
  constexpr int kBehind = 4;
  const int last = body.lines.empty() ? count : body.lines.back();
  for (int i = last + 1; i < std::min(count, last + 1 + kBehind); ++i)
    if (const Line& line = page.line_at(i); line.weight <= kLongest && line.heading == 0)
      if (auto names = spoken_in(line); !names.empty()) return names;
  return {};
}

}  // namespace

bool is_spoken_byline(std::string_view line) {
  static constexpr std::array<std::string_view, 7> kPrepositions{"By ",   "Von ", "Par ",  "Por ",
                                                                 "Door ", "Di ",  "Text: "};
  constexpr std::size_t kLongest = 60;  // bytes
  if (line.size() > kLongest || line.find_first_of(".!?:") != std::string_view::npos) return false;
  for (const std::string_view preposition : kPrepositions) {
    if (!line.starts_with(preposition)) continue;
    std::vector<std::string> names;
    add_names(line, names);
    return !names.empty() && std::all_of(names.begin(), names.end(), looks_like_name);
  }
  return false;
}

std::vector<std::string> read_writers(const PageText& page, const Body& body, int head,
                                      const Metadata& data) {
  std::vector<std::string> names;
  for (const std::string& name : data.linked.authors) add_names(name, names);
  if (names.empty())
    add_names(data.meta({"author", "article:author", "dc.creator", "dcterms.creator", "sailthru.author",
                         "parsely-author", "byl", "citation_author"}),
              names);
  if (names.empty()) names = named_elements(page.blocks.front().node);
  return names.empty() ? spoken_byline(page, body, head) : names;
}

}  // namespace boardwalk::parsers::news
