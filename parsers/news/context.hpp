// What every reader of a news page is given besides the tree: whose page it is, when it was fetched, and what
// its hrefs are relative to. Read-only; lives for one parse_page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/page.hpp"
#include "parsers/url.hpp"

namespace boardwalk::parsers::news {

struct Context {
  Url url;              // the page's own, as fetched
  Url base;             // what its hrefs are relative to: <base href>, else `url`
  std::string site;     // url.site()
  std::string charset;  // that the page was decoded from; query strings are encoded in it
  std::int64_t fetched_at = 0;
  std::optional<int> zone;  // minutes east of UTC, when the job says so
  PageRef page;
  bool is_article = false;  // known from elsewhere; nothing on the page is asked

  // An href resolved against `base`; absent when it leads nowhere that can be fetched.
  [[nodiscard]] std::optional<std::string> absolute(std::string_view href) const {
    const auto resolved = resolve_url(base, href, charset);
    return resolved ? std::optional(resolved->str()) : std::nullopt;
  }
};

}  // namespace boardwalk::parsers::news
