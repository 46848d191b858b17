// How a fetch ended, in the words of the archive, the reports and the manual. The first group is decided by
// the fetcher, the second by a parser; a page has exactly one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace boardwalk::parsers {

enum class Outcome {
  kOk,
  kUnchanged,   // 304, or the records that the page yields are the ones already held
  kRedirected,  // 3xx; the target is a link of its own
  kDenied,      // the site says: not for you (message page, login, 401, 403)
  kChallenge,   // a page that wants a browser to prove itself
  kNotFound,    // 404, or a message page that says so
  kGone,        // 410
  kUnreadable,  // says it is a kind that we read, but its landmarks are missing
  kTruncated,   // the body ended before its length
  kRedirectLoop,
  kTooLarge,    // the body passes limits.page_bytes
  kTooComplex,  // parsing passes its budget of work or memory
  kNotHtml,
  kRobotsDenied,
  kHttpError,     // any other 4xx or 5xx
  kNetworkError,  // DNS, connection, TLS, protocol
  kTimeout,
  kUnsafeAddress,  // the name leads into a private or local network
};
inline constexpr std::size_t kOutcomes = 18;

// The word of the vocabulary: `ok`, `too_complex`, … Static storage.
[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::optional<Outcome> outcome_from(std::string_view word);

// True for the outcomes that make a finished crawl exit with 1: the page should have been read and was not.
[[nodiscard]] bool is_failure(Outcome outcome);

}  // namespace boardwalk::parsers
