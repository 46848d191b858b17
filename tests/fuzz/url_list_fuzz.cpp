// The input is a sitemap, an index of them, or a feed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/charset.hpp"
#include "parsers/url_list.hpp"

namespace parsers = boardwalk::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto decoded = parsers::decode({reinterpret_cast<const char*>(data), size}, "");
  static_cast<void>(parsers::is_url_list(decoded.text));
  const auto url = parsers::parse_url("http://news.example/sitemap.xml");
  for (const auto& listed : parsers::read_url_list(*url, decoded.text).urls)
    if (!parsers::parse_url(listed.url)) std::abort();
  return 0;
}
