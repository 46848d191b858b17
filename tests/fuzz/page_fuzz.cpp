// The first line of the input is the page's URL, the second its Content-Type, the rest its bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/page.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"
#include "tests/fuzz/moments.hpp"

namespace parsers = boardwalk::parsers;

namespace {

std::string_view take_line(std::string_view& input) {
  const std::size_t end = input.find('\n');
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  return line;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static parsers::Workspace workspace;
  std::string_view body(reinterpret_cast<const char*>(data), size);
  parsers::PageInput input;
  input.url = take_line(body);
  input.content_type = take_line(body);
  input.body = body;
  input.fetched_at = 1716206400;
  const parsers::ParsedPage first = parsers::parse_page(input, workspace);
  for (const parsers::Link& link : first.links) {
    const auto url = parsers::parse_url(link.url);
    require(url.has_value() && (!link.view || !parsers::page_key(*url).follow));
    require(link.url.find('#') == std::string::npos);
  }
  const parsers::ParsedPage again = parsers::parse_page(input, workspace);
  require(first.outcome == again.outcome && first.kind == again.kind && first.links == again.links);
  require(first.posts == again.posts && first.threads == again.threads && first.boards == again.boards);
  require(first.articles == again.articles);
  input.records_only = true;
  const parsers::ParsedPage alone = parsers::parse_page(input, workspace);
  require(first.outcome == alone.outcome && first.kind == alone.kind && first.detail == alone.detail);
  require(first.posts == alone.posts && first.threads == alone.threads && first.boards == alone.boards);
  require(first.articles == alone.articles);
  boardwalk::fuzz::require_readable_times(first);
  return 0;
}
