#include "parsers/news/writers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/news/time_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

// Off the front of `text`, whatever of these stands there.
bool drop_opening(std::string_view& text) {
  static constexpr std::array<std::string_view, 22> kOpenings{"posted by ",
                                                              "written by ",
                                                              "published by ",
                                                              "reported by ",
                                                              "by ",
                                                              "by: ",
                                                              "von ",
                                                              "von: ",
                                                              "autor: ",
                                                              "autor ",
                                                              "autorin: ",
                                                              "author: ",
                                                              "author ",
                                                              "par ",
                                                              "por ",
                                                              "text: ",
                                                              "geschrieben von ",
                                                              "veröffentlicht von ",
                                                              "ein beitrag von ",
                                                              "beitrag von ",
                                                              "di ",
                                                              "door "};
  const std::string lower = lower_case(text);
  for (const std::string_view opening : kOpenings)
    if (lower.starts_with(opening)) {
      text = strip(text.substr(opening.size()));
      return true;
    }
  return false;
}

// Up to where the name is over: a time, a bar, a quotation arrow, a colon.
std::string_view without_rest(std::string_view text) {
  if (const auto time = find_time(text)) text = text.substr(0, time->begin);
  for (const std::string_view end :
       {" | ", " » ", " · ", " • ", " – ", " — ", " - ", " at ", " am ", " on ", " in ", "\n", ";", ":", "("})
    text = text.substr(0, text.find(end));
  while (!text.empty() &&
         (text.back() == ',' || text.back() == '.' || text.back() == ' ' || text.back() == '|'))
    text.remove_suffix(1);
  return strip(text);
}

bool is_name(std::string_view text) {
  constexpr std::size_t kLongest = 48;
  constexpr auto kMostWords = 4;
  if (text.size() < 2 || text.size() > kLongest || text.find("http") != std::string_view::npos) return false;
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return (c >= '0' && c <= '9') || c == '@' || c == '!' || c == '?'; }))
    return false;
  const std::string lower = lower_case(text);
  for (const std::string_view no :
       {"admin", "no author", "redaktion", "editor", "author", "autor", "staff", "follow", "share"})
    if (lower == no) return false;
  return std::count(text.begin(), text.end(), ' ') <= kMostWords;
}

void add_name(std::string_view text, std::vector<std::string>& names) {
  drop_opening(text);
  text = without_rest(text);
  if (is_name(text) && std::find(names.begin(), names.end(), text) == names.end()) names.emplace_back(text);
}

void add_names(std::string_view text, std::vector<std::string>& names) {
  text = strip(text);
  drop_opening(text);
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t next = text.size();
    for (const std::string_view separator : {", ", " and ", " & ", " und ", " et ", " / "})
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
  for (const std::string_view names : {node.attr_or("class"), node.id()}) {
    if (names.empty()) continue;
    const std::string lower = lower_case(names);
    if (lower.find("author") != std::string::npos || lower.find("byline") != std::string::npos ||
        lower.find("autor") != std::string::npos)
      return true;
  }
  return node.is("a") && node.attr_or("href").find("/author/") != std::string_view::npos;
}

// Elements that hold a name and little else; the innermost comes last and is the surest.
std::vector<std::string> named_elements(dom::Node root) {
  constexpr std::size_t kLongest = 90;  // bytes
  int left = 40;                        // elements that are worth a look
  for (dom::Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is_element() || node.is("body") || node.is("article") || node.is("img") || !names_writer(node))
      continue;
    if (left-- == 0) break;
    const std::string words = dom::text_of(node);
    if (words.empty() || words.size() > kLongest) continue;
    const dom::Node inner = dom::find(node, [](dom::Node child) {
      return child.is_element() && names_writer(child) && !dom::text_of(child).empty();
    });
    std::vector<std::string> names;
    add_names(inner ? dom::text_of(inner) : words, names);
    if (!names.empty()) return names;
  }
  return {};
}

// `By Ann Gull` between the headline and the text, or right above it.
std::vector<std::string> spoken_byline(const PageText& page, const Body& body, int head) {
  const int first = body.lines.empty() ? static_cast<int>(page.lines.size()) : body.lines.front();
  constexpr int kFarthest = 20;
  constexpr int kLongest = 24;
  for (int i = std::max({0, head, first - kFarthest}); i < first; ++i) {
    const Line& line = page.lines[static_cast<std::size_t>(i)];
    std::string_view text = line.text;
    std::vector<std::string> names;
    if (i != head && line.weight <= kLongest && drop_opening(text)) add_names(text, names);
    if (!names.empty()) return names;
  }
  return {};
}

}  // namespace

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
