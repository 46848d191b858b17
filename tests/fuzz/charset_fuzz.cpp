// The first line of the input is the Content-Type, the rest a page's bytes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/charset.hpp"
#include "parsers/utf8.hpp"

namespace parsers = boardwalk::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view body = input.substr(std::min(line + 1, input.size()));
  const parsers::Decoded decoded = parsers::decode(body, input.substr(0, line));
  if (decoded.use.used.empty() || decoded.use.replaced < 0) std::abort();
  for (std::size_t at = 0; at < decoded.text.size();) {
    const char32_t c = parsers::next_code_point(decoded.text, at);
    if (c == parsers::kMalformed || c == 0) std::abort();
  }
  static_cast<void>(parsers::encode(decoded.text, decoded.use.used));
  return 0;
}
