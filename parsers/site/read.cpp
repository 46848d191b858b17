#include "parsers/site/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "parsers/news/read.hpp"
#include "parsers/site/forum.hpp"
#include "parsers/site/pieces.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::site {
namespace {

// Such a page shows posts of a thread, at whatever URL.
bool shows_posts(const Rules& rules, dom::Node root) {
  const std::vector<dom::Node> posts = rules.thread.post.nodes(root);
  return std::any_of(posts.begin(), posts.end(),
                     [&rules](dom::Node post) { return !rules.thread.id.text_in(post).empty(); });
}

bool pins_anything(const Rules::Article& article) {
  for (const Field* field : {&article.title, &article.subtitle, &article.author, &article.source,
                             &article.editor, &article.published, &article.modified, &article.section})
    if (*field) return true;
  return bool(article.body);
}

// Names that one element holds: `林晓、周远`.
void add_names(std::string_view words, std::vector<std::string>& names) {
  static constexpr std::string_view kBetween[] = {"、", "，", ",", ";", "；", "/"};
  while (!words.empty()) {
    std::size_t end = words.size();
    std::size_t width = 0;
    for (const std::string_view mark : kBetween)
      if (const std::size_t at = words.find(mark); at < end) end = at, width = mark.size();
    const std::string name(strip(words.substr(0, end)));
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    words.remove_prefix(end + width);
  }
}

void pin(const Field& field, dom::Node root, OptionalString& to) {
  if (field) to = text_or_null(field.text_in(root));
}

void pin_fields(const Rules& rules, const news::Context& context, dom::Node root, Article& article) {
  const Rules::Article& fields = rules.article;
  pin(fields.title, root, article.title);
  pin(fields.subtitle, root, article.subtitle);
  pin(fields.source, root, article.source);
  pin(fields.editor, root, article.editor);
  pin(fields.section, root, article.section);
  if (fields.author) {
    article.authors.clear();
    for (const dom::Node node : fields.author.nodes(root))
      add_names(fields.author.text_of(node), article.authors);
  }
  if (fields.published) article.published_at = time_in(rules, context, fields.published, root);
  if (fields.modified) article.modified_at = time_in(rules, context, fields.modified, root);
  article.parser = site_parser_version();
}

void read_article(const Rules& rules, const news::Context& context, dom::Node root, Words words,
                  ParsedPage& page) {
  news::read_page(context, root, page);
  page.software = rules.software;
  page.links = links_of(rules, context, root);
  for (Article& article : page.articles) {
    pin_fields(rules, context, root, article);
    if (!rules.article.body) continue;
    article.text = std::move(words.text);
    article.links = std::move(words.links);
    article.images = std::move(words.images);
  }
}

// Whether the page is an article by its URL, by the place of its body, or perhaps.
bool read_as_article(const Rules& rules, const news::Context& context, const std::string& url, dom::Node root,
                     ParsedPage& page) {
  const bool named = match_any(rules.article_urls, url).has_value();
  if (!named && (!rules.article_urls.empty() || !pins_anything(rules.article))) return false;
  Words words = words_in(context, rules.article.body, rules.article.remove, nullptr, root);
  if (!named && !words.found && shows_posts(rules, root)) return false;
  if (rules.article.body && !words.found) {
    if (!named) return false;
    page.kind = PageKind::kArticle;
    page.outcome = Outcome::kUnreadable;
    page.detail = fmt::format("{}: article.body finds nothing on an article's page", rules.name);
    page.links = links_of(rules, context, root);
    return true;
  }
  news::Context told = context;
  told.is_article = named || words.found;
  read_article(rules, told, root, std::move(words), page);
  return true;
}

}  // namespace

bool read_page(const Rules& rules, const news::Context& context, dom::Node root, ParsedPage& page) {
  const std::string url = context.url.str();
  if (const auto thread = match_any(rules.thread_urls, url)) {
    read_thread(rules, context, *thread, root, page);
    return true;
  }
  if (const auto board = match_any(rules.board_urls, url)) {
    read_board(rules, context, *board, root, page);
    return true;
  }
  if (match_any(rules.list_urls, url)) {
    page.kind = PageKind::kListing;
    page.software = rules.software;
    page.links = links_of(rules, context, root);
    return true;
  }
  return read_as_article(rules, context, url, root, page);
}

void correct(const Rules& rules, const news::Context& context, dom::Node root, ParsedPage& page) {
  if (page.kind == PageKind::kArticle || page.kind == PageKind::kListing || page.kind == PageKind::kOther)
    page.links = links_of(rules, context, root);
  if (page.kind != PageKind::kArticle) return;
  if (rules.article_urls.empty() && !shows_posts(rules, root)) return;
  page.articles.clear();
  page.kind = PageKind::kOther;
}

}  // namespace boardwalk::parsers::site
