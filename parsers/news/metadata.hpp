// What a page says of itself where readers do not look: <meta> tags, JSON-LD (schema.org's articles, and
// Baidu's cambrian.jsonld), <link rel=canonical>, <html lang>.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/dom.hpp"

namespace boardwalk::parsers::news {

// Of the JSON-LD object that is an article, or of a script's state (state.hpp); empty strings and lists where
// it says nothing.
struct LinkedData {
  std::string type;  // `NewsArticle`
  std::string headline;
  std::string subtitle;   // alternativeHeadline
  std::string body;       // articleBody, be it HTML or plain text
  std::string published;  // as it stands; of a script also seconds or milliseconds since 1970
  std::string modified;
  std::string page_published;  // of a WebPage or whatever else has a datePublished, where no article has
  std::string section;
  std::string source;  // who wrote it first; JSON-LD has no word for that
  std::vector<std::string> authors;
  std::vector<std::string> keywords;
};

struct Metadata {
  std::vector<std::pair<std::string, std::string>>
      metas;  // name, property or itemprop in lower case → content, stripped
  LinkedData linked;
  std::string title;      // <title>
  std::string canonical;  // href as written
  std::string language;   // BCP 47 in lower case: <html lang>, else meta content-language

  // The content of the first of `names` that the page has, and that is not empty.
  [[nodiscard]] std::string_view meta(std::initializer_list<std::string_view> names) const;
};

[[nodiscard]] Metadata read_metadata(dom::Node root);

}  // namespace boardwalk::parsers::news
