#include "parsers/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/digest.hpp"
#include "parsers/discuz/context.hpp"
#include "parsers/html.hpp"
#include "parsers/news/read.hpp"
#include "parsers/site/read.hpp"
#include "parsers/sniff.hpp"
#include "parsers/text.hpp"
#include "parsers/text_digests.hpp"

namespace boardwalk::parsers {
namespace {

// Directives stand between commas, or blanks; one with a value (`max-image-preview:none`) is one word.
void read_robots(dom::Node meta, ParsedPage& page) {
  if (ascii::lowered(strip(meta.attr_or("name"))) != "robots") return;
  std::string content = ascii::lowered(meta.attr_or("content"));
  std::replace(content.begin(), content.end(), ',', ' ');
  std::string_view words = content;
  for (std::string_view word = dom::take_word(words); !word.empty(); word = dom::take_word(words)) {
    page.nofollow |= word == "nofollow" || word == "none";
    page.noindex |= word == "noindex" || word == "none";
  }
}

bool is_feed(dom::Node link) {
  if (!dom::says(link, "rel", "alternate")) return false;
  const std::string type = ascii::lowered(strip(link.attr_or("type")));
  return type.starts_with("application/rss+xml") || type.starts_with("application/atom+xml");
}

// What holds for the whole page, wherever it stands: <meta name=robots>, feeds, and what hrefs are relative
// to.
Url read_declarations(const Url& url, const Document& document, ParsedPage& page) {
  std::optional<std::string_view> base_href;
  std::vector<std::string_view> feeds;
  for (const dom::Node node : document.metadata()) {
    if (node.is("meta")) read_robots(node, page);
    if (node.is("base") && !base_href) base_href = node.attr("href");
    if (node.is("link") && is_feed(node)) feeds.push_back(node.attr_or("href"));
  }
  Url base = base_href ? resolve_url(url, *base_href).value_or(url) : url;
  for (const std::string_view feed : feeds)
    if (const auto target = resolve_url(base, feed, page.charset.used)) page.feeds.push_back(target->str());
  return base;
}

void read_records(const PageInput& input, const Url& url, std::string_view text, const Document& document,
                  ParsedPage& page) {
  const Url base = read_declarations(url, document, page);
  const dom::Node root = document.root();
  discuz::Context forum;
  forum.url = url;
  forum.base = base;
  forum.site = url.site();
  forum.charset = page.charset.used;
  forum.fetched_at = input.fetched_at;
  const std::optional<int> zone = input.rules && input.rules->zone ? input.rules->zone : input.zone;
  forum.zone = zone.value_or(kChinaMinutes);
  forum.page = page.page;
  forum.records_only = input.records_only;
  forum.source = text;
  const news::Context press{url, base, url.site(), page.charset.used, input.fetched_at, zone, page.page};
  const bool pinned = input.rules && site::read_page(*input.rules, press, root, page);
  if (!pinned && !discuz::read_page(forum, root, page)) news::read_page(press, root, page);
  if (input.rules && !pinned) site::correct(*input.rules, press, root, page);
  for (Post& post : page.posts) digest_text(post);
  for (Article& article : page.articles) {
    article.charset = page.charset;
    digest_text(article);
  }
}

ParsedPage ended(ParsedPage page, Outcome outcome, std::string detail) {
  page.outcome = outcome;
  page.detail = std::move(detail);
  return page;
}

}  // namespace

std::string_view to_string(PageKind kind) {
  switch (kind) {
    case PageKind::kIndex:
      return "index";
    case PageKind::kBoard:
      return "board";
    case PageKind::kThread:
      return "thread";
    case PageKind::kThreadFiltered:
      return "thread_filtered";
    case PageKind::kMessage:
      return "message";
    case PageKind::kProfile:
      return "profile";
    case PageKind::kArchiver:
      return "archiver";
    case PageKind::kFeed:
      return "feed";
    case PageKind::kArticle:
      return "article";
    case PageKind::kListing:
      return "listing";
    case PageKind::kOther:
      return "other";
  }
  return {};
}

std::string_view to_string(LinkRole role) {
  switch (role) {
    case LinkRole::kIndex:
      return "index";
    case LinkRole::kBoard:
      return "board";
    case LinkRole::kThread:
      return "thread";
    case LinkRole::kNextPage:
      return "next_page";
    case LinkRole::kPage:
      return "page";
    case LinkRole::kArticle:
      return "article";
    case LinkRole::kListing:
      return "listing";
    case LinkRole::kAttachment:
      return "attachment";
    case LinkRole::kProfile:
      return "profile";
    case LinkRole::kExternal:
      return "external";
    case LinkRole::kOther:
      return "other";
    case LinkRole::kLastPage:
      return "last_page";
    case LinkRole::kSubBoard:
      return "sub_board";
  }
  return {};
}

Workspace::Workspace() : arena_(std::make_unique<Arena>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

std::string digest_of(const PageInput& input) {
  return input.sha256.empty() ? sha256_hex(input.body) : std::string(input.sha256);
}

ParsedPage parse_page(const PageInput& input, Workspace& workspace) {
  ParsedPage page;
  page.page = {std::string(input.url), input.fetched_at, digest_of(input)};
  const auto url = parse_url(input.url);
  if (!url)
    return ended(std::move(page), Outcome::kUnreadable, "the page's URL is not an absolute http(s) URL");
  if (const auto other = sniff_other_than_html(input.body, input.content_type); !other.empty())
    return ended(std::move(page), Outcome::kNotHtml, std::string(other));
  Decoded decoded =
      decode_as(input.body, input.content_type, input.rules ? input.rules->charset : std::string());
  page.charset = std::move(decoded.use);
  const auto document = parse_html(decoded.text, workspace.arena(), decoded.clean);
  if (!document)
    return ended(std::move(page), Outcome::kTooComplex,
                 fmt::format("parsing takes more than a page of {} bytes may", input.body.size()));
  read_records(input, *url, decoded.text, *document, page);
  return page;
}

std::string_view discuz_parser_version() { return "discuz/8"; }
std::string_view news_parser_version() { return "news/7"; }
std::string_view site_parser_version() { return "site/5"; }

}  // namespace boardwalk::parsers
