#include "parsers/news/read.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "parsers/html.hpp"
#include "parsers/news/article_or_listing.hpp"
#include "parsers/news/article_pages.hpp"
#include "parsers/news/body.hpp"
#include "parsers/news/byline.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/links.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/published.hpp"
#include "parsers/news/refusal.hpp"
#include "parsers/news/section.hpp"
#include "parsers/news/state.hpp"
#include "parsers/news/subtitle.hpp"
#include "parsers/news/title.hpp"
#include "parsers/news/told_text.hpp"
#include "parsers/text.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::news {
namespace {

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
  return data.language.starts_with("zh") ? std::nullopt : text_or_null(data.language);
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

struct Reading {
  PageText text;
  Body body;
  Headline headline;
  Subtitle subtitle;
};

Reading read_text_of(dom::Node root, const Metadata& data, Names names) {
  Reading reading{read_page_text(root, names), {}, {}, {}};
  const int place = find_body(reading.text);
  reading.headline = read_headline(reading.text, data, first_line(reading.text, place));
  reading.body = read_body(reading.text, place, reading.headline);
  reading.subtitle = read_subtitle(reading.text, reading.headline, data);
  // Elsewhere it is the text's first sentence.
  if (is_chinese(reading.subtitle.text.value_or("")))
    drop_line(reading.text, reading.subtitle.line, reading.body);
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

// The text that a page tells beside what it shows, read like a page of its own that holds nothing else.
class ToldText {
 public:
  ToldText(const std::string& body, const Headline& headline) : html_(as_markup(body)) {
    const auto document = parse_html(html_, arena_);
    if (!document) return;
    reading_.text = read_page_text(document->root());
    reading_.body = read_body(reading_.text, 0, {headline.text});
  }
  [[nodiscard]] const Reading& reading() const { return reading_; }

 private:
  std::string html_;
  Arena arena_;
  Reading reading_;
};

// What `article` has not yet been told by a line near the text or in it.
void add_byline(const Reading& reading, const Metadata& data, bool chinese, Article& article) {
  Byline byline = read_byline(reading.text, reading.body, reading.headline, data, chinese);
  if (article.authors.empty()) article.authors = std::move(byline.authors);
  if (!article.editor) article.editor = std::move(byline.editor);
  if (!article.source) article.source = std::move(byline.source);
}

void add_links(const Context& context, const Reading& reading, Article& article) {
  if (reading.body.block < 0) return;
  const dom::Node place = reading.text.block_at(reading.body.block).node;
  article.links = text_links(context, place, article.text);
  article.images = text_images(context, place);
}

// `told`, when it is not null, holds the text in place of what the page shows.
Article make_article(const Context& context, const Metadata& data, const Reading& shown,
                     const Reading* told) {
  const Reading& reading = told ? *told : shown;
  Article article;
  article.text = reading.body.text(reading.text);
  const bool chinese = is_chinese(article.text);
  article.url = context.url.str();
  article.site = context.site;
  if (!data.canonical.empty()) article.canonical_url = context.absolute(data.canonical);
  article.title = text_or_null(shown.headline.text);
  add_byline(shown, data, chinese, article);
  if (told) add_byline(*told, data, chinese, article);
  if (told && article.authors.empty()) article.authors = data.linked.authors;
  if (!article.source) article.source = text_or_null(data.linked.source);
  article.section = read_section(context, shown.text, shown.headline, data);
  article.subtitle = shown.subtitle.text;
  const Published published = read_published(context, shown.text, shown.body, shown.headline, data, chinese);
  article.published_at = published.at;
  article.modified_at = published.modified_at;
  article.keywords = split_keywords(data.meta({"keywords", "news_keywords"}));
  if (article.keywords.empty()) article.keywords = data.linked.keywords;
  article.language = language_of(data, chinese);
  add_links(context, reading, article);
  article.page = context.page;
  article.parser = news_parser_version();
  return article;
}

// A page that shows next to nothing may keep its article in a script.
void add_state(const Context& context, dom::Node root, const Reading& shown, Metadata& data) {
  constexpr int kLittle = 150;
  if (shown.body.weight >= kLittle || !data.linked.body.empty() || is_front(context.url)) return;
  LinkedData state = read_state(root, data.title + " " + std::string(data.meta({"og:title"})));
  data.linked.body = std::move(state.body);
  const auto fill = [](auto& field, auto& told) {
    if (field.empty()) field = std::move(told);
  };
  fill(data.linked.headline, state.headline);
  fill(data.linked.authors, state.authors);
  fill(data.linked.published, state.published);
  fill(data.linked.source, state.source);
}

// The page is one of several of its article, whose URL is the first one's.
void add_pages(const ArticlePages& pages, ParsedPage& page) {
  Article& article = page.articles.back();
  article.url = pages.first;
  article.part = pages.number;
  article.pages = pages.pages;
  for (Link& link : page.links)
    if (link.role != LinkRole::kNextPage &&
        std::find(pages.urls.begin(), pages.urls.end(), link.url) != pages.urls.end())
      link.role = LinkRole::kPage;
}

}  // namespace

void read_page(const Context& context, dom::Node root, ParsedPage& page) {
  page.links = page_links(context, root);
  Metadata data = read_metadata(root);
  Reading shown = read_text_of(root, data);
  add_state(context, root, shown, data);
  std::optional<ToldText> told;
  if (weigh(data.linked.body).weight > 2 * shown.body.weight) {
    constexpr int kLeastText = 40;
    if (shown.headline.line < 0)
      shown.headline = read_headline(shown.text, data, first_line(shown.text, shown.body.block));
    told.emplace(data.linked.body, shown.headline);
    const int weight = told->reading().body.weight;
    if (weight < kLeastText || weight <= 2 * shown.body.weight) told.reset();
  }
  if (!context.is_article && !told && !is_article(context, data, shown.text, shown.body, shown.headline)) {
    constexpr std::size_t kFewLinks = 10;
    page.kind = page.links.size() >= kFewLinks ? PageKind::kListing : PageKind::kOther;
    return;
  }
  Article article = make_article(context, data, shown, told ? &told->reading() : nullptr);
  constexpr int kFewWords = 100;
  const bool may_refuse =
      !context.is_article && !told && !article.published_at && shown.body.weight < kFewWords;
  if (const auto refusal = may_refuse ? refusal_of(data.title, root) : std::nullopt) {
    page.kind = PageKind::kMessage;
    page.outcome = *refusal;
    page.detail = data.title;
    return;
  }
  page.kind = PageKind::kArticle;
  page.articles.push_back(std::move(article));
  if (const auto pages = read_pages(context, root)) add_pages(*pages, page);
}

}  // namespace boardwalk::parsers::news
