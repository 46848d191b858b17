// Which network addresses a crawl may connect to (DESIGN: no link leads inside). Checked on the very address
// that a connection is opened to, after DNS resolution, so that neither a redirect nor a rebinding name leads
// around it. What a URL alone tells of them is for requests through a proxy, which does the resolving.
#pragma once

#include <sys/socket.h>

#include <functional>
#include <string>

namespace boardwalk::crawler {

// True for global unicast addresses. False for private (RFC 1918, 4193), loopback, link-local, shared (RFC
// 6598), multicast, broadcast, unspecified, documentation, benchmarking and reserved ranges, for IPv6 forms
// that embed such an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo), and for every other family.
[[nodiscard]] bool is_public(const sockaddr& address);

// Whether a URL's host is, by its very spelling, an address for which `is_public_address` is false (in any
// form that resolvers take: `0x7f.1`, `2130706433`, `[::ffff:7f00:1]`) or a name of this machine or its own
// network: `localhost`, names of one label, and those below the domains set aside for it (RFC 6761, RFC 6762,
// `internal`).
[[nodiscard]] bool names_inside(std::string host,
                                const std::function<bool(const sockaddr&)>& is_public_address);

// Ports of other services, which browsers never speak HTTP to (WHATWG Fetch, "bad port").
[[nodiscard]] bool is_port_of_others(int port);

}  // namespace boardwalk::crawler
