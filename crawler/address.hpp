// Which network addresses a crawl may connect to (DESIGN: no link leads inside). Checked on the very address
// that a connection is opened to, after DNS resolution, so that neither a redirect nor a rebinding name leads
// around it.
#pragma once

#include <sys/socket.h>

namespace boardwalk::crawler {

// True for global unicast addresses. False for private (RFC 1918, 4193), loopback, link-local, shared (RFC
// 6598), multicast, broadcast, unspecified, documentation, benchmarking and reserved ranges, for IPv6 forms
// that embed such an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo), and for every other family.
[[nodiscard]] bool is_public(const sockaddr& address);

}  // namespace boardwalk::crawler
