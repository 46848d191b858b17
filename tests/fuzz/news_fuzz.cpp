// The input is a news page, whatever its bytes look like to a forum's readers.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/charset.hpp"
#include "parsers/html.hpp"
#include "parsers/news/read.hpp"
#include "parsers/utf8.hpp"
#include "tests/fuzz/moments.hpp"

namespace parsers = boardwalk::parsers;

namespace {

void require_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (parsers::next_code_point(text, at) == parsers::kMalformed) std::abort();
}

void require_utf8(const parsers::Article& article) {
  for (const parsers::OptionalString* field :
       {&article.canonical_url, &article.title, &article.subtitle, &article.editor, &article.source,
        &article.section, &article.language})
    require_utf8(field->value_or(""));
  require_utf8(article.text);
  for (const std::string& author : article.authors) require_utf8(author);
  for (const std::string& keyword : article.keywords) require_utf8(keyword);
  for (const parsers::TextLink& link : article.links) require_utf8(link.url + link.text);
  for (const parsers::Image& image : article.images)
    require_utf8(image.url + image.alt.value_or("") + image.caption.value_or(""));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static parsers::Arena arena;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const parsers::Decoded decoded = parsers::decode(body, "text/html; charset=utf-8");
  const auto document = parsers::parse_html(decoded.text, arena);
  if (!document) return 0;
  parsers::news::Context context;
  context.url = *parsers::parse_url("https://news.pier.example/town/2024-05/20/tide-returns.html");
  context.base = context.url;
  context.site = context.url.site();
  context.charset = decoded.use.used;
  context.fetched_at = 1716206400;
  context.page = {context.url.str(), context.fetched_at, ""};
  parsers::ParsedPage page;
  parsers::news::read_page(context, document->root(), page);
  const bool article = page.kind == parsers::PageKind::kArticle;
  if (article != (page.articles.size() == 1)) std::abort();
  for (const parsers::Link& link : page.links)
    if (!parsers::parse_url(link.url)) std::abort();
  for (const parsers::Article& found : page.articles) require_utf8(found);
  boardwalk::fuzz::require_readable_times(page);
  return 0;
}
