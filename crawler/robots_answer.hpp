// What an answer to a request for robots.txt means (RFC 9309 §2.3.1). Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/fetcher.hpp"
#include "crawler/robots.hpp"

namespace boardwalk::crawler {

inline constexpr int kRobotsRedirects = 5;  // §2.3.1.2: that many are followed, to other hosts too
inline constexpr int kByOtherScheme = 100;  // where the hops begin of what is asked for by the other scheme

// How much of a body is read: what §2.5 wants, and whatever the last piece that came may hold beyond it.
inline constexpr std::size_t kRobotsEnough = std::size_t{640} * 1024;

struct RobotsAnswer {
  enum class Kind {
    kRules,        // the body holds them
    kUnavailable,  // §2.3.1.3: 4xx (429 aside), or redirected in circles: all is allowed
    kUnreachable,  // §2.3.1.4: 5xx, 429, no answer: nothing is, and it is asked for again
    kRedirect,     // to `target`, or asked for in vain and now there
  };
  Kind kind = Kind::kUnreachable;
  std::string target;
  std::string reason;  // of the two that are no rules: what a verdict says
};

// `hops` redirects led to this answer. A site that does not answer at all by one scheme, when no tries are
// left, is asked by the other: a single page that is linked by the wrong one is not to close it.
[[nodiscard]] RobotsAnswer robots_answer(const FetchResult& answer, int hops, bool has_tries_left);

// What holds once an answer is there. REQUIRES: it is no redirect.
[[nodiscard]] Robots robots_of(const RobotsAnswer& answer, std::string_view body, std::string_view agent);

// Milliseconds between two requests that it asks for, a day at most.
[[nodiscard]] std::int64_t pause_asked_by(const Robots& robots);

// The site of the URL that a robots.txt of `site` was redirected to, when it is another one.
[[nodiscard]] std::optional<std::string> site_elsewhere(const std::string& url, const std::string& site);

// Where the robots.txt of a site (`SCHEME://SITE`) stands.
[[nodiscard]] std::string robots_url(std::string_view scheme, std::string_view site);

}  // namespace boardwalk::crawler
