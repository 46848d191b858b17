// What a job file says in the words of HTTP: headers and proxies, checked before anything is fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::config {

// A proxy's URL as libcurl takes it: `http`, `https`, `socks5` or `socks5h` with host and port, perhaps with
// a user and a password. `socks5` becomes `socks5h`: names are always the proxy's to resolve. Empty stays
// empty: no proxy. nullopt for anything else.
[[nodiscard]] std::optional<std::string> proxy_from(std::string_view text);

// What is wrong with a header of one's own; absent for `Name: value` (RFC 9110 §5) with a name that nothing
// else sets.
[[nodiscard]] std::optional<std::string> wrong_with_header(std::string_view line);

}  // namespace boardwalk::config
