#include "crawler/url_list_page.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "crawler/body_decoder.hpp"
#include "parsers/charset.hpp"
#include "parsers/url.hpp"
#include "parsers/url_list.hpp"

namespace boardwalk::crawler {
namespace {

std::optional<std::string> unzipped(std::string_view body, std::size_t page_bytes) {
  if (!body.starts_with("\x1F\x8B")) return std::nullopt;
  std::string text;
  if (decode_body(body, "gzip", page_bytes, text) != Decoded::kWhole) return std::nullopt;
  return text;
}

}  // namespace

std::optional<parsers::ParsedPage> read_url_list_page(const parsers::PageInput& input,
                                                      std::size_t page_bytes) {
  const auto zipped = unzipped(input.body, page_bytes);
  const std::string_view text = zipped ? std::string_view(*zipped) : input.body;
  const auto url = parsers::parse_url(input.url);
  if (!url || !parsers::is_url_list(text)) return std::nullopt;
  parsers::Decoded decoded = parsers::decode(text, input.content_type);
  parsers::UrlList list = parsers::read_url_list(*url, decoded.text);
  parsers::ParsedPage page;
  page.page = {std::string(input.url), input.fetched_at, parsers::digest_of(input)};
  page.kind = parsers::PageKind::kFeed;
  page.charset = std::move(decoded.use);
  if (list.urls.empty() && !list.fault.empty()) page.outcome = parsers::Outcome::kUnreadable;
  page.detail = std::move(list.fault);
  page.links = std::move(list.urls);
  return page;
}

}  // namespace boardwalk::crawler
