// The input is a news page, whatever its bytes look like to a forum's readers.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/charset.hpp"
#include "parsers/html.hpp"
#include "parsers/news/read.hpp"

namespace parsers = boardwalk::parsers;

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
  return 0;
}
