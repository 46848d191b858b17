#include "store/export/html_post.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "store/export/html_text.hpp"
#include "store/export/page_words.hpp"
#include "store/json_codec.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kMostCopies = 10;  // named beside an original

std::string e(std::string_view text) { return html_escaped(text); }

std::string text_block(std::string_view text) {
  return text.empty() ? std::string{} : fmt::format("<div class=\"text\" dir=\"auto\">{}</div>\n", e(text));
}

}  // namespace

std::string html_time(const parsers::Moment& moment) {
  return fmt::format("<time datetime=\"{}\">{}</time>", e(moment.rfc3339()), e(printed(moment)));
}

std::string HtmlParts::link(const std::string& url, std::string_view text) const {
  const std::string words = e(text.empty() ? std::string_view(url) : text);
  if (const auto here = links_.to_url(url))
    return fmt::format("<a href=\"{}{}\" title=\"{}\">{}</a>", up_, e(*here), e(url), words);
  if (!is_web_address(url)) return words;
  return fmt::format("<a class=\"out\" rel=\"noopener noreferrer nofollow\" href=\"{}\">{}</a>", e(url),
                     words);
}

std::string HtmlParts::record(const std::string& record_id) const {
  const auto here = links_.to_record(record_id);
  if (!here) return fmt::format("<code>{}</code>", e(record_id));
  return fmt::format("<a href=\"{}{}\">{}</a>", up_, e(*here), e(record_id));
}

std::string HtmlParts::list(std::string_view name, const std::vector<std::string>& items) const {
  if (items.empty()) return {};
  std::string html = fmt::format("<ul class=\"{}\">\n", name);
  for (const auto& item : items) html += fmt::format("<li dir=\"auto\">{}</li>\n", item);
  return html + "</ul>\n";
}

std::string HtmlParts::likeness(const parsers::OptionalString& duplicate_of,
                                const parsers::OptionalString& near_duplicate_of,
                                const parsers::OptionalString& fold_sha256, const std::string& id) const {
  std::string html;
  if (duplicate_of) html += fmt::format("<p class=\"same\">The same text as {}</p>\n", record(*duplicate_of));
  if (near_duplicate_of)
    html += fmt::format("<p class=\"same\">Nearly the same text as {}</p>\n", record(*near_duplicate_of));
  if (duplicate_of) return html;
  const auto copies = links_.copies_of(fold_sha256, id);
  if (copies.empty()) return html;
  html += "<p class=\"same\">Also as ";
  for (std::size_t i = 0; i < std::min(copies.size(), kMostCopies); ++i)
    html += (i > 0 ? ", " : "") + record(copies[i]);
  if (copies.size() > kMostCopies) html += fmt::format(" and {} more", copies.size() - kMostCopies);
  return html + "</p>\n";
}

std::string HtmlParts::head(const parsers::Post& post) const {
  const std::string anchor = SiteLinks::anchor(post.post_id);
  std::string html =
      fmt::format("<header><a class=\"floor\" href=\"#{}\">{}</a> <b class=\"author\"><bdi>{}</bdi></b>",
                  e(anchor), post.floor ? fmt::format("#{}", *post.floor) : "#", e(author_of(post)));
  if (post.posted_at) html += " " + html_time(*post.posted_at);
  for (const auto& mark : marks_of(post)) html += fmt::format(" <bdi class=\"mark\">{}</bdi>", e(mark));
  return html + "</header>\n";
}

std::string HtmlParts::words(const parsers::Post& post) const {
  std::string html;
  for (const auto& quote : post.quotes) {
    html += "<blockquote dir=\"auto\">";
    if (quote.author || quote.posted_at)
      html += fmt::format("<cite><bdi>{}</bdi>{}{}</cite>", e(quote.author.value_or("")),
                          quote.author && quote.posted_at ? " · " : "",
                          quote.posted_at ? html_time(*quote.posted_at) : "");
    html += fmt::format("<div class=\"text\">{}</div></blockquote>\n", e(quote.text));
  }
  return html + text_block(post.text);
}

std::string HtmlParts::attached(const parsers::Post& post) const {
  std::vector<std::string> items;
  for (const auto& image : post.images)
    items.push_back("image " + link(image.url, image.caption.value_or(image.alt.value_or(""))));
  for (const auto& file : post.attachments) {
    const std::string name = file.name.value_or(file.url.value_or("without a name"));
    items.push_back(fmt::format("attachment {}{}{}", file.url ? link(*file.url, name) : e(name),
                                file.size ? " (" + e(*file.size) + ")" : "",
                                file.needs_login ? ", members only" : ""));
  }
  for (const auto& media : post.media) items.push_back("media " + link(media.url, media.text));
  for (const auto& out : post.links) items.push_back("link " + link(out.url, out.text));
  std::string html = list("attached", items);
  items.clear();
  for (const auto& rating : post.ratings) items.push_back(e(words_of(rating)));
  html += list("ratings", items);
  items.clear();
  for (const auto& comment : post.comments)
    items.push_back(fmt::format("<b><bdi>{}</bdi></b> {} <bdi class=\"words\">{}</bdi>",
                                e(comment.author.value_or("-")),
                                comment.posted_at ? html_time(*comment.posted_at) : "", e(comment.text)));
  return html + list("comments", items);
}

std::string HtmlParts::post(const parsers::Post& post, const std::vector<parsers::Post>& versions) const {
  std::string html = fmt::format("<article class=\"post\" id=\"{}\">\n", e(SiteLinks::anchor(post.post_id)));
  html += head(post) + words(post) + attached(post);
  html += likeness(post.duplicate_of, post.near_duplicate_of, post.fold_sha256, record_id(post));
  for (auto version = versions.rbegin(); version != versions.rend(); ++version)
    html += fmt::format("<details><summary>version {}, seen until {}</summary>\n{}</details>\n",
                        version->seen.version, parsers::utc_rfc3339(version->seen.last_seen).substr(0, 10),
                        words(*version));
  return html + "</article>\n";
}

std::string HtmlParts::article(const ArticleReading& reading) const {
  const parsers::Article& article = reading.article;
  std::string html = fmt::format("<article lang=\"{}\">\n", e(article.language.value_or("")));
  if (article.subtitle)
    html += fmt::format("<p class=\"subtitle\" dir=\"auto\">{}</p>\n", e(*article.subtitle));
  html += text_block(article.text);
  std::vector<std::string> items;
  for (const auto& image : article.images)
    items.push_back("image " + link(image.url, image.caption.value_or(image.alt.value_or(""))));
  for (const auto& out : article.links) items.push_back("link " + link(out.url, out.text));
  html += list("attached", items);
  html += likeness(article.duplicate_of, article.near_duplicate_of, article.fold_sha256, record_id(article));
  for (auto version = reading.versions.rbegin(); version != reading.versions.rend(); ++version)
    html += fmt::format("<details><summary>version {}, seen until {}</summary>\n{}</details>\n",
                        version->seen.version, parsers::utc_rfc3339(version->seen.last_seen).substr(0, 10),
                        text_block(version->text));
  return html + "</article>\n";
}

std::string HtmlParts::poll(const parsers::Poll& poll) const {
  std::vector<std::string> items;
  for (const auto& option : poll.options)
    items.push_back(e(option.text) +
                    (option.votes ? fmt::format(" <span class=\"mark\">{}</span>", *option.votes) : ""));
  return list("poll", items);
}

std::string HtmlParts::fields(const std::vector<std::pair<std::string, std::string>>& fields) const {
  if (fields.empty()) return {};
  std::string html = "<dl class=\"fields\">\n";
  for (const auto& [label, value] : fields)
    html += fmt::format("<dt>{}</dt><dd class=\"text\">{}</dd>\n", e(label), e(value));
  return html + "</dl>\n";
}

}  // namespace boardwalk::store
