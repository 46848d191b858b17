// robots.txt (RFC 9309): groups, longest match, `*` and `$`, percent-encoding, case. Parsing never fails:
// what cannot be read is ignored (§2.2). Immutable once parsed; any thread may ask.
//
// Lines are read with the tolerance of google/robotstxt, which site owners test against: BOM, any line end, a
// missing colon, usual misspellings, `/dir/index.html` for `/dir/`, unknown lines that end no group. Where
// that parser and the RFC differ over escapes, the answer that fetches less wins: a disallow counts for every
// spelling of a URL that §2.2.2 calls equivalent, an allow with escaped letters or for octets outside ASCII
// only for the URL spelt so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::crawler {

class Robots {
 public:
  struct Verdict {
    bool allowed = true;
    std::string rule;  // what decided, as `disallow: /private/`, its value as in the file; `no rule` when
                       // none matches
  };

  // What the group for `agent` (a product token, compared without case; `boardwalk` for ours) says; the `*`
  // group when none names it (§2.2.1). Reads at most 500 KiB; the line cut there is dropped (§2.5).
  [[nodiscard]] static Robots parse(std::string_view text, std::string_view agent);
  // A robots.txt that could not be had: §2.3.1.3 for 4xx (all allowed), §2.3.1.4 for 5xx and no answer
  // (nothing allowed).
  [[nodiscard]] static Robots allow_all(std::string reason);
  [[nodiscard]] static Robots disallow_all(std::string reason);

  // `target` is the URL's path and query, as sent (`/forum.php?fid=2`). /robots.txt itself is always allowed.
  [[nodiscard]] Verdict check(std::string_view target) const;

  [[nodiscard]] std::optional<double> crawl_delay() const { return crawl_delay_; }  // seconds; not in the RFC
  [[nodiscard]] const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  friend class RobotsReader;
  struct Rule {
    bool allow;
    std::string pattern;  // escapes normalised, `*` and a final `$` left as signs
    std::size_t octets;   // what "longest" compares (§2.2.2)
    std::string line;     // as the verdict quotes it
  };
  std::vector<Rule> rules_;
  std::optional<Verdict> fixed_;
  std::optional<double> crawl_delay_;
  std::vector<std::string> sitemaps_;
};

// The product token of a User-Agent for matching: its leading word (§2.2.1: letters, `-` and `_`);
// `Boardwalk/0.1 (+http…)` is `Boardwalk`. For `Mozilla/5.0 (compatible; Boardwalk/0.1; +http…)` it is the
// token behind `compatible; `.
[[nodiscard]] std::string product_token(std::string_view user_agent);

// The path and query of a URL as written, without its fragment, `/` before them if need be; of `//host/path`,
// `host/path` and `host?query` too, as site owners write them.
[[nodiscard]] std::string robots_target(std::string_view url);

}  // namespace boardwalk::crawler
