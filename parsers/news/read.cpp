#include "parsers/news/read.hpp"

#include <algorithm>
#include <utility>

#include "parsers/news/article_or_listing.hpp"
#include "parsers/news/body.hpp"
#include "parsers/news/byline.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/links.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/published.hpp"
#include "parsers/news/title.hpp"
#include "parsers/text.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::news {
namespace {

OptionalString if_any(std::string_view text) { return text.empty() ? std::nullopt : OptionalString(text); }

// Mostly Han characters, hardly any kana.
bool is_chinese(std::string_view text) {
  std::size_t han = 0;
  std::size_t kana = 0;
  std::size_t all = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c <= U' ') continue;
    ++all;
    han += is_han(c);
    kana += c >= 0x3040 && c <= 0x30FF;
  }
  return 4 * han > all && kana * 20 < han;
}

OptionalString language_of(const Metadata& data, bool chinese) {
  if (chinese) return data.language.starts_with("zh") ? data.language : "zh";
  const bool wrong = data.language.starts_with("zh") || data.language.size() > 12;
  return wrong ? std::nullopt : if_any(data.language);
}

std::vector<std::string> split_keywords(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto add = [&] {
    const std::string_view bare = strip(word);
    if (!bare.empty() && std::find(words.begin(), words.end(), bare) == words.end()) words.emplace_back(bare);
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c == U',' || c == U'，' || c == U';' || c == U'；' || c == U'、') {
      add();
    } else if (c != kMalformed) {
      append_code_point(c, word);
    }
  }
  add();
  return words;
}

// The last step of the breadcrumb that is a link.
OptionalString section_of(const Metadata& data, dom::Node root) {
  if (!data.linked.section.empty()) return data.linked.section;
  if (const auto section = data.meta({"article:section", "og:article:section"}); !section.empty())
    return std::string(section);
  const dom::Node crumbs = dom::find(root, [](dom::Node node) {
    if (!node.is_element()) return false;
    for (const std::string_view names : {node.attr_or("class"), node.id()})
      if (names.find("crumb") != std::string_view::npos || names.find("position") != std::string_view::npos)
        return true;
    return false;
  });
  OptionalString last;
  for (const dom::Node step : dom::find_tags(crumbs, "a"))
    if (std::string words = dom::text_of(step); !words.empty()) last = std::move(words);
  return last;
}

// What a shell's JSON-LD holds in place of the page's own text.
std::string told_body(const Metadata& data) {
  TextLines lines;
  lines.append_preformatted(data.linked.body);
  return lines.take();
}

struct Reading {
  PageText text;
  Body body;
  Headline headline;
};

Reading read_text_of(dom::Node root, const Metadata& data, Names names) {
  Reading reading{read_page_text(root, names), {}, {}};
  const int place = find_body(reading.text);
  reading.headline = read_headline(reading.text, data, first_line(reading.text, place));
  reading.body = read_body(reading.text, place, reading.headline);
  return reading;
}

// Where names leave next to nothing they are misleading, and the page is read without them.
Reading read_text_of(dom::Node root, const Metadata& data) {
  constexpr int kLittle = 150;
  Reading reading = read_text_of(root, data, Names::kBelieved);
  if (reading.body.weight >= kLittle) return reading;
  Reading other = read_text_of(root, data, Names::kIgnored);
  return other.body.weight > 3 * reading.body.weight ? std::move(other) : std::move(reading);
}

Article make_article(const Context& context, dom::Node root, const Metadata& data, const Reading& reading,
                     std::string words) {
  const bool chinese = is_chinese(words);
  Article article;
  article.url = context.url.str();
  article.site = context.site;
  if (!data.canonical.empty()) article.canonical_url = context.absolute(data.canonical);
  article.title = if_any(reading.headline.text);
  const Byline byline = read_byline(reading.text, reading.body, reading.headline.line, data, chinese);
  article.authors = byline.authors;
  article.editor = byline.editor;
  article.source = byline.source;
  article.section = section_of(data, root);
  const Published published =
      read_published(context, reading.text, reading.body, reading.headline.line, data, chinese);
  article.published_at = published.at;
  article.modified_at = published.modified_at;
  article.keywords = split_keywords(data.meta({"keywords", "news_keywords"}));
  if (article.keywords.empty()) article.keywords = data.linked.keywords;
  article.language = language_of(data, chinese);
  article.text = std::move(words);
  if (reading.body.block >= 0) {
    const dom::Node place = reading.text.blocks[static_cast<std::size_t>(reading.body.block)].node;
    article.links = text_links(context, place, article.text);
    article.images = text_images(context, place);
  }
  article.page = context.page;
  article.parser = news_parser_version();
  return article;
}

}  // namespace

void read_page(const Context& context, dom::Node root, ParsedPage& page) {
  page.links = page_links(context, root);
  const Metadata data = read_metadata(root);
  const Reading reading = read_text_of(root, data);
  std::string told = told_body(data);
  constexpr int kLeastText = 40;
  const int told_weight = weigh(told).weight;
  const bool shell = told_weight >= kLeastText && told_weight > 2 * reading.body.weight;
  if (!context.is_article && !shell && !is_article(context, data, reading.text, reading.body)) {
    constexpr std::size_t kFewLinks = 10;
    page.kind = page.links.size() >= kFewLinks ? PageKind::kListing : PageKind::kOther;
    return;
  }
  page.kind = PageKind::kArticle;
  page.articles.push_back(
      make_article(context, root, data, reading, shell ? std::move(told) : reading.body.text(reading.text)));
}

}  // namespace boardwalk::parsers::news
