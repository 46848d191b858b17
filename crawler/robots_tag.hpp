// What a page says of itself to robots in its X-Robots-Tag headers. Not standardised; read as search engines
// document it. A pure function.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boardwalk::crawler {

struct RobotsTag {
  bool nofollow = false;
  bool noindex = false;
};

// Of all such headers: directives without a name before them, and those behind `agent:` (a product token,
// without regard to case). `none` means both.
[[nodiscard]] RobotsTag robots_tag(const std::vector<std::pair<std::string, std::string>>& headers,
                                   std::string_view agent);

}  // namespace boardwalk::crawler
