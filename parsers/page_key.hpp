// What page a URL means, whatever its spelling: `thread-1-2-1.html`, `forum.php?mod=viewthread&tid=1&page=2`
// and the same with `&extra=page%3D1` are one page and have one key. The key only identifies; what is fetched
// is a spelling that the site itself linked. Discuz spellings are known by a rule table (discuz/urls.cpp);
// any other URL is its own key after RFC 3986 normalisation, with the parameters dropped that only track
// (utm_*, spm, …) or hold a session (PHPSESSID; `sid` and `s` of PHP scripts, when 32 hex digits).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/page.hpp"
#include "parsers/url.hpp"

namespace boardwalk::parsers {

// Of a PageTarget, what it is and whether it is worth following.
struct PageRole {
  LinkRole role = LinkRole::kOther;
  bool follow = true;
};

// What a URL's spelling says of the page that it leads to.
struct PageTarget {
  LinkRole role = LinkRole::kOther;      // kOther when the spelling says nothing
  std::optional<std::string> board_id;   // Discuz fid
  std::optional<std::string> thread_id;  // Discuz tid
  int page = 1;
  bool follow = true;  // false: a view that holds nothing of its own (search, login, print, one author only,
                       // reverse order, findpost, …)
};

struct PageKey : PageTarget {
  std::string key;  // `SITE thread 1 2`; begins with the site and a space; the archive's name for the page
};

[[nodiscard]] PageKey page_key(const Url& url);

// The URL without the parameters that only say where the reader came from or which session is his, spelled as
// in its key.
[[nodiscard]] Url without_tracking(const Url& url);

// The same without the key's text, for half the price.
[[nodiscard]] PageTarget page_target(const Url& url);

// Role and `follow` alone, of a URL with this path and query, for less still: what is asked of a page's
// hundreds of links.
[[nodiscard]] PageRole page_role(std::string_view path, std::string_view query);

// `HOST/article/HEX`: the first 16 hex digits of the SHA-256 of the key of the article's page.
[[nodiscard]] std::string article_record_id(const std::string& site, std::string_view page_key);

// The archive-wide id of the record that a URL means: of a thread or board where its spelling says so, else
// of an article.
[[nodiscard]] std::string record_id_of(const Url& url);

}  // namespace boardwalk::parsers
