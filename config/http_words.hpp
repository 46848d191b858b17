// What a job file says in the words of HTTP: headers, hosts and proxies, checked before anything is fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::config {

// A proxy's URL as libcurl takes it: `http`, `https`, `socks5` or `socks5h` with host and port, perhaps with
// a user and a password. `socks5` becomes `socks5h`: names are always the proxy's to resolve. Empty stays
// empty: no proxy. nullopt for anything else.
[[nodiscard]] std::optional<std::string> proxy_from(std::string_view text);

// Whether it can be sent as a header's value: not blank, and without line ends and other control characters.
[[nodiscard]] bool is_header_value(std::string_view text);

// What is wrong with a header of one's own; absent for `Name: value` (RFC 9110 §5) with a name that nothing
// else sets.
[[nodiscard]] std::optional<std::string> wrong_with_header(std::string_view line);

// Turns hosts as a person writes them into sites as records do, `*` for any run of characters: in lower case,
// and behind one that has a port which is a scheme's own the same without it, as the sites of that scheme do
// not show it. What is wrong with one that can be no site; the list is then of no use.
[[nodiscard]] std::optional<std::string> turn_into_sites(std::vector<std::string>& hosts);

}  // namespace boardwalk::config
