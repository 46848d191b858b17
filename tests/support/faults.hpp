// What can go wrong on a site, on request: a share of all answers made bad, and addresses below /fault/ that
// are always bad in one way.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/http_server.hpp"

namespace boardwalk::sample {

// Shares are 0 … 1 of the requests outside /fault/; which ones is drawn from `seed` and the running number of
// the request, so a repeated request gets another draw. One request gets at most one of the shares.
struct Faults {
  double error_rate = 0;          // 429 and 503 in turn, with Retry-After
  double cut_rate = 0;            // full Content-Length, part of the body, then the connection closes
  double slow_rate = 0;           // the body dripped, 16 × drip_ms
  double redirect_loop_rate = 0;  // 302 to itself
  int delay_ms = 0;               // before every answer
  int drip_ms = 100;
  int retry_after = 1;            // seconds
  bool retry_after_date = false;  // Retry-After as an HTTP date
  bool wrong_charset = false;     // Content-Type names the charset that the page is not in; its meta is right
  bool spare_robots = true;       // robots.txt stays well
  std::uint64_t seed = 1;
};

// `response` as the faults leave it, with the name of what was done to it ("" for nothing): error, cut, slow,
// redirect_loop.
[[nodiscard]] std::string spoil(const Faults& faults, const Request& request, Response& response);

// The answer below /fault/; `base` is the server's URL with a final slash. /fault/ itself lists them all.
[[nodiscard]] Response fault_page(const Request& request, const std::string& base);

}  // namespace boardwalk::sample
