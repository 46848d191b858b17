// Cookies as they are kept between requests: lines of a Netscape cookie file, as libcurl writes and reads
// them. What a host may set and when it is sent back is libcurl's to decide (RFC 6265, with the list of
// public suffixes); here they are only told apart, kept and read from a file. Pure functions but for
// read_cookies().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"

namespace boardwalk::crawler {

// How an answer changed a jar, so that answers that cross each other lose nothing of one another's.
struct CookieChanges {
  std::vector<std::string> set;   // lines
  std::vector<std::string> gone;  // lines as they were
  [[nodiscard]] bool empty() const { return set.empty() && gone.empty(); }
};

[[nodiscard]] CookieChanges cookie_changes(const std::vector<std::string>& before,
                                           const std::vector<std::string>& after);

// A cookie is replaced by one of the same name, domain and path.
void apply_to_jar(const CookieChanges& changes, std::vector<std::string>& jar);

// Whether a line's cookie has an expiry, and it has passed; `now` in epoch seconds.
[[nodiscard]] bool is_expired(std::string_view line, std::int64_t now);

// The lines whose cookies are sent to `host`, or to names below a domain that it belongs to.
[[nodiscard]] std::vector<std::string> cookies_for(const std::vector<std::string>& lines,
                                                   std::string_view host);

// The lines of a cookie file that hold cookies. kUsage, with file and line, for a line that is none;
// kNotFound when it cannot be read.
[[nodiscard]] Result<std::vector<std::string>> read_cookies(const std::string& file);

}  // namespace boardwalk::crawler
