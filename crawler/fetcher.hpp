// Fetching over HTTP/1.1 and HTTP/2: one network thread runs a libcurl multi handle. Redirects are not
// followed: each hop is a fetch of its own, with its own scope, robots and address check. What ends a fetch
// early is an outcome, never a cut page.
//
// Thread-safe: submit() from any thread; results arrive on the network thread, one call each, in the order in
// which they end. on_result must not block for long: while it runs nothing else is received.
//
// Through a proxy the names are the proxy's to resolve, so that the address of a host is not seen here: then
// what an URL itself tells of it is checked (promise 5: numbers in any spelling, `localhost`), and the proxy
// is trusted with the rest.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/job.hpp"
#include "crawler/cookies.hpp"
#include "parsers/outcome.hpp"

struct sockaddr;

namespace boardwalk::crawler {

struct FetchRequest {
  std::uint64_t id = 0;  // the caller's own
  std::string url;
  std::string etag;  // conditional request when set, verbatim
  std::string last_modified;
  bool allow_private = false;  // the job names this host: its addresses and ports are not refused
  std::size_t enough = 0;      // bytes of a body that is whole with them, its rest not read; 0: all of it
  const config::Job::Fetch* settings =
      nullptr;                       // of this host, must outlive the request; absent: the fetcher's
  std::int64_t most_bytes = 0;       // of the body, in place of the fetcher's page_bytes; 0: these
  std::vector<std::string> cookies;  // of this host: lines of a cookie file (cookies.hpp)
};

struct FetchResult {
  std::uint64_t id = 0;
  std::string url;
  // kOk: a 2xx whose body arrived whole. kUnchanged: 304. kRedirected: 3xx with a Location. kDenied: 401,
  // 403, 407, 451. kNotFound: 404. kGone: 410. kHttpError: every other status. kTruncated, kTooLarge,
  // kTimeout, kNetworkError, kUnsafeAddress by what happened.
  parsers::Outcome outcome = parsers::Outcome::kNetworkError;
  // For a person, when outcome is not kOk: `503 Service Unavailable`, `Could not resolve host: …`.
  std::string detail;
  int status = 0;                                            // 0 when no response line came
  std::vector<std::pair<std::string, std::string>> headers;  // of the last response, names as sent
  // Also of 3xx, 4xx and 5xx, when whole and within the cap; else empty. As it was sent: see undo_coding().
  std::string body;
  std::int64_t most_bytes = 0;  // that the body may decode to
  std::size_t enough = 0;       // as asked for
  std::string coding;           // Content-Encoding of `body`; empty when there is none to undo
  std::string location;         // of kRedirected: the header as sent
  // Seconds from now, from either form of the header; of 429 and 503 only, never negative, at most a week.
  std::optional<std::int64_t> retry_after;
  std::optional<CookieChanges> cookies;  // of the jar, when the answer made any
  std::int64_t started_at = 0;           // UTC epoch milliseconds
  std::int64_t ended_at = 0;

  // The value of the first header of that name, whatever its case; empty when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
  // The values of all of them in a row, with commas between (RFC 9110 §5.3).
  [[nodiscard]] std::string header_list(std::string_view name) const;
};

// Undoes the Content-Encoding of the body; a body that is cut, too large or damaged becomes the outcome that
// it would have been without one. For any thread but the network's, as it may take long.
void undo_coding(FetchResult& result);

// Where tests stand in for the network: names that lead where they like, addresses that count as public.
struct NetworkSeam {
  std::function<std::vector<std::string>(const std::string& host)> resolve;  // empty: the system's resolver
  std::function<bool(const sockaddr&)> is_public;                            // empty: address.hpp's
};

class Fetcher {
 public:
  Fetcher(const config::Job::Fetch& options, std::int64_t page_bytes,
          std::function<void(FetchResult)> on_result, NetworkSeam seam = {});
  ~Fetcher();  // ends running transfers without results, joins the thread
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // At most fetch.concurrency requests run at once; further ones wait here, in order.
  void submit(FetchRequest request);

 private:
  struct Network;
  std::unique_ptr<Network> network_;
};

}  // namespace boardwalk::crawler
