#include "parsers/news/writers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/news/western_names.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

// `post-author`, `authorName`, `byline`, `contributor`; not `tutorials`, `storyline`, `port-authority`.
bool names_writer(std::string_view names) {
  if (contains_any(names, {"byline", "Byline", "byLine", "ByLine", "BYLINE", "ontributor", "CONTRIBUTOR",
                           "autor", "Autor", "AUTOR"}))
    return true;
  for (const std::string_view word : {"author", "Author", "AUTHOR"})
    for (std::size_t at = names.find(word); at != std::string_view::npos; at = names.find(word, at + 1)) {
      const std::string_view behind = names.substr(at + word.size());
      if (!behind.starts_with("ity") && !behind.starts_with("iti") && !behind.starts_with("ita") &&
          !behind.starts_with("iz") && !behind.starts_with("is"))
        return true;
    }
  return false;
}

bool names_writer(dom::Node node) {
  if (node.attr_or("rel") == "author" || node.attr_or("itemprop") == "author" ||
      node.attr_or("itemprop") == "creator")
    return true;
  if (names_writer(node.classes()) || names_writer(node.id())) return true;
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

// What by-lines have before their preposition.
constexpr auto kBeforePreposition = std::to_array<std::string_view>({"posted",
                                                                     "published",
                                                                     "written",
                                                                     "reported",
                                                                     "submitted",
                                                                     "created",
                                                                     "contributed",
                                                                     "compiled",
                                                                     "edited",
                                                                     "updated",
                                                                     "added",
                                                                     "uploaded",
                                                                     "authored",
                                                                     "story",
                                                                     "text",
                                                                     "words",
                                                                     "article",
                                                                     "report",
                                                                     "review",
                                                                     "opinion",
                                                                     "analysis",
                                                                     "commentary",
                                                                     "column",
                                                                     "interview",
                                                                     "post",
                                                                     "blog",
                                                                     "guest",
                                                                     "news",
                                                                     "on",
                                                                     "and",
                                                                     "a",
                                                                     "an",
                                                                     "erstellt",
                                                                     "geschrieben",
                                                                     "verfasst",
                                                                     "veröffentlicht",
                                                                     "ein",
                                                                     "eine",
                                                                     "einen",
                                                                     "beitrag",
                                                                     "gastbeitrag",
                                                                     "kommentar",
                                                                     "bericht",
                                                                     "artikel",
                                                                     "analyse",
                                                                     "kolumne",
                                                                     "publié",
                                                                     "rédigé",
                                                                     "écrit",
                                                                     "recueilli",
                                                                     "recueillis",
                                                                     "propos",
                                                                     "le",
                                                                     "escrito",
                                                                     "publicado",
                                                                     "redactado",
                                                                     "el",
                                                                     "pubblicato",
                                                                     "scritto",
                                                                     "articolo",
                                                                     "testo",
                                                                     "cura",
                                                                     "geschreven",
                                                                     "exclusive",
                                                                     "special",
                                                                     "reporting",
                                                                     "editorial",
                                                                     "essay",
                                                                     "feature",
                                                                     "perspective",
                                                                     "book",
                                                                     "letter",
                                                                     "investigation",
                                                                     "last",
                                                                     "filed",
                                                                     "press",
                                                                     "release",
                                                                     "profile",
                                                                     "research",
                                                                     "photos",
                                                                     "pictures",
                                                                     "e",
                                                                     "reportage",
                                                                     "recherche",
                                                                     "porträt",
                                                                     "gastkommentar",
                                                                     "leitartikel",
                                                                     "rezension",
                                                                     "glosse",
                                                                     "chronique",
                                                                     "enquête",
                                                                     "texte",
                                                                     "posté",
                                                                     "mis",
                                                                     "en",
                                                                     "ligne",
                                                                     "opinión",
                                                                     "texto",
                                                                     "reportaje",
                                                                     "intervista",
                                                                     "analisi",
                                                                     "commento",
                                                                     "editoriale",
                                                                     "servizio",
                                                                     "opinione",
                                                                     "recensione",
                                                                     "geplaatst",
                                                                     "gepubliceerd",
                                                                     "opublikowano",
                                                                     "napisane",
                                                                     "publicerad",
                                                                     "skriven",
                                                                     "january",
                                                                     "february",
                                                                     "march",
                                                                     "april",
                                                                     "may",
                                                                     "june",
                                                                     "july",
                                                                     "august",
                                                                     "september",
                                                                     "october",
                                                                     "november",
                                                                     "december",
                                                                     "monday",
                                                                     "tuesday",
                                                                     "wednesday",
                                                                     "thursday",
                                                                     "friday",
                                                                     "saturday",
                                                                     "sunday"});

// Whether what stands before a preposition speaks of writing. Headings near the headline may be decks, and `di`
// stands in names: `Town Hit by Second Storm`, `Gazzetta di Parma`. Other lines are believed.
bool opens_byline(std::string_view part, bool heading) {
  static constexpr std::array<std::string_view, 8> kPrepositions{"by", "von",  "par",   "por",
                                                                 "di", "door", "przez", "av"};
  const std::string lower = ascii::lowered(part);
  std::string_view words = lower;
  bool known = true;
  for (std::string_view word = dom::take_word(words); !word.empty(); word = dom::take_word(words)) {
    if (word.ends_with(':') || word == "author" || word == "autor") return known || !heading;
    if (is_one_of(word, kPrepositions)) return known || (!heading && word != "di");
    const bool spelled = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    known = known && (!spelled || is_one_of(word, kBeforePreposition));
  }
  return false;
}

// `By Ann Gull` between the headline and the text, or right above it; `Posted on 3 May by Ann Gull`.
std::vector<std::string> spoken_in(const Line& line) {
  constexpr std::size_t kLongest = 1024;  // bytes; each part searches the rest for all bars
  std::string_view rest = line.text;
  if (rest.size() > kLongest) return {};
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
    if (opens_byline(part, line.heading > 0) && drop_opening(part)) add_names(part, names);
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
