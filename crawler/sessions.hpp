// What each host's server knows the crawl by: its cookies. They are kept in the archive, written with the
// crawl step that brought them, and go back to the host that set them alone. A host that the job gives a
// cookie file begins with the file's cookies for it, and anew when the file changes.
//
//   kMeta   `cookies/` site   → (digest of the file's cookies for the host, the jar's lines)
//
// Not thread-safe; used by the thread that commits.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/error.hpp"
#include "crawler/cookies.hpp"
#include "crawler/host_settings.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// The cookies in each file that the job names, by the file's name. kNotFound names the file that cannot be
// read, kUsage the line that is no cookie.
using CookieFiles = std::map<std::string, std::vector<std::string>>;
[[nodiscard]] Result<CookieFiles> read_cookie_files(const HostSettings& settings);

class Sessions {
 public:
  // The references must outlive it.
  Sessions(const store::Database& database, const HostSettings& settings, CookieFiles files)
      : database_(database), settings_(settings), files_(std::move(files)) {}

  // The lines to send with a request to this site, whose name without port is `host`.
  [[nodiscard]] Result<std::vector<std::string>> cookies_of(const std::string& site, const std::string& host);

  // An answer's changes; they are in the archive with the next put() of the site.
  [[nodiscard]] Result<void> note(const std::string& site, const std::string& host,
                                  const CookieChanges& changes);
  void put(store::Batch& batch, const std::string& site);
  // Out of the archive.
  static void erase(store::Batch& batch, const std::string& site);

 private:
  struct Jar {
    std::string source;
    std::vector<std::string> lines;
    bool changed = false;
  };

  [[nodiscard]] Result<Jar*> jar_of(const std::string& site, const std::string& host);
  void forget_some();

  const store::Database& database_;
  const HostSettings& settings_;
  CookieFiles files_;
  std::map<std::string, Jar> jars_;
};

// What a page in this charset (CharsetUse::used) says of its session: whether it holds `mark` (UTF-8), or,
// when that is empty, whether Discuz!'s own variable names a member (`discuz_uid = '0'` is a guest). Absent
// when the page does not tell.
[[nodiscard]] std::optional<bool> logged_in(std::string_view body, std::string_view charset,
                                            std::string_view mark);

}  // namespace boardwalk::crawler
