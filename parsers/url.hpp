// URLs as a crawler needs them: parsed and resolved as libcurl's URL parser does it (RFC 3986, with the
// tolerance of browsers for spaces and backslashes), which is asked where a URL needs any cleaning; host in
// lower case, default ports dropped, fragment dropped.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::parsers {

struct Url {
  std::string scheme;  // `http` or `https`; nothing else parses
  std::string host;    // lower case; IDN as punycode; IPv6 in brackets
  int port = 0;        // always set: 80 or 443 when the URL names none
  std::string path;    // begins with '/'
  std::string query;   // without '?'; empty when there is none

  [[nodiscard]] std::string str() const;
  [[nodiscard]] std::string target() const;  // path and query, as a request names them
  // `bbs.example.cn`, or `bbs.example.cn:8080` when the port is not the scheme's own: the site's name in ids.
  [[nodiscard]] std::string site() const;
};

// nullopt for anything that is not an absolute http(s) URL, that holds a user name, or that is longer than 8
// KiB.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

// What `reference` (an href as it stands in the page, white space around it allowed) means on a page at
// `base`. Characters outside ASCII are percent-encoded: in UTF-8 in the path, in `charset` in the query, as
// browsers do. nullopt for other schemes (javascript:, mailto:, …) and for what does not parse.
[[nodiscard]] std::optional<Url> resolve_url(const Url& base, std::string_view reference,
                                             std::string_view charset = "utf-8");

// A URL's text (Url::str()) and where the parts stand in it: asked with that text, wherever it is now.
struct UrlText {
  std::string text;
  std::size_t site_at = 0, path_at = 0, path_end = 0;

  [[nodiscard]] std::string_view site(std::string_view in) const {
    return in.substr(site_at, path_at - site_at);
  }
  [[nodiscard]] std::string_view path(std::string_view in) const {
    return in.substr(path_at, path_end - path_at);
  }
  [[nodiscard]] std::string_view query(std::string_view in) const {
    return in.substr(std::min(path_end + 1, in.size()));
  }
};

// What resolve_url() says, as text, for half the price: what readers ask of a page's hundreds of links.
[[nodiscard]] std::optional<UrlText> resolve_text(const Url& base, std::string_view reference,
                                                  std::string_view charset = "utf-8");

// The decoded value of a query parameter, the first of that name. nullopt when absent.
[[nodiscard]] std::optional<std::string> query_value(std::string_view query, std::string_view name);

// %XX undone; malformed escapes stay as they are.
[[nodiscard]] std::string percent_decode(std::string_view text);

}  // namespace boardwalk::parsers
