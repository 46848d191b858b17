// The first line of the input is the target asked for, the rest a robots.txt.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crawler/robots.hpp"

using boardwalk::crawler::Robots;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view text = input.substr(std::min(line + 1, input.size()));
  const Robots robots = Robots::parse(text, "boardwalk");
  const Robots::Verdict verdict = robots.check(input.substr(0, line));
  if (verdict.rule.empty()) std::abort();
  if (!robots.check("/robots.txt").allowed) std::abort();
  if (robots.crawl_delay() && !(*robots.crawl_delay() >= 0)) std::abort();
  static_cast<void>(boardwalk::crawler::product_token(text));
  return 0;
}
