// Lists of URLs that sites make for crawlers: sitemaps and their indexes (sitemaps.org 0.9), RSS 0.9x to 2.0
// and Atom 1.0 (RFC 4287). Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/page.hpp"
#include "parsers/url.hpp"

namespace boardwalk::parsers {

// Whether this text is such a list, by its first element; in any charset that has ASCII in it. Discuz!'s own
// feeds, which name threads, are not taken for one.
[[nodiscard]] bool is_url_list(std::string_view text);

struct UrlList {
  std::vector<Link> urls;
  std::string fault;  // what is wrong with the XML, and where; what stands before it was read
};

// The URLs of a list, as UTF-8, once each: those of an index are listings, the others articles, unless they
// say themselves what they are. At most 50,000 (sitemaps.org). No fault: a BOM and white space before the
// XML, and entities that it does not declare, as HTML's in titles; nothing is ever fetched for them.
[[nodiscard]] UrlList read_url_list(const Url& url, std::string_view text);

}  // namespace boardwalk::parsers
