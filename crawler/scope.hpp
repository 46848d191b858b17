// What a run may fetch, from its job: seeds, hosts and patterns. A seed that is a host's front page means
// that host and port; one that is a board, the board's pages and the threads that they list; one that is a
// thread, its pages; any other URL, a forum's index too, what lies in its directory. Not thread-safe: asked
// and widened by the thread that runs the crawl.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "config/error.hpp"
#include "config/job.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"

namespace boardwalk::crawler {

class Scope {
 public:
  // kUsage names the seed or pattern that does not check, or says that there is no seed.
  [[nodiscard]] static Result<Scope> make(const config::Job& job);

  // A further seed, while the run goes on. kUsage, and nothing changed, when it is no URL that can be
  // crawled.
  [[nodiscard]] Result<void> add_seed(const std::string& seed);

  struct Seed {
    parsers::Url url;
    parsers::PageKey key;
  };
  [[nodiscard]] const std::vector<Seed>& seeds() const { return seeds_; }

  // A link on the page `from`.
  struct Candidate {
    const parsers::PageKey& from;
    const parsers::Url& url;
    const parsers::PageKey& key;  // of url
    parsers::LinkRole role;
    int depth;  // links away from a seed
  };
  // What keeps it out, empty when nothing does; `now` is epoch ms. The same at any time for the same job:
  //   `view`     a view that holds nothing of its own (print, search, login, one author only)
  //   `host`     not of the seeds, nor of scope.hosts
  //   `exclude`  a pattern of scope.exclude matches
  //   `include`  none of scope.include does
  //   `place`    on a seed's host, but neither of its board or thread nor in its directory
  //   `kind`     not among scope.kinds
  //   `depth`    farther than scope.depth
  //   or the trap (trap.hpp) that it looks like
  [[nodiscard]] std::string_view refusal(const Candidate& link, std::int64_t now) const;
  // The trap that a URL looks like, where the job keeps out of them; else empty.
  [[nodiscard]] std::string_view trap(const parsers::Url& url, std::int64_t now) const;
  // Whether host, patterns and place admit a link on the page `from` to `url`, whose key is `key`.
  [[nodiscard]] bool admits(const parsers::PageKey& from, const parsers::Url& url,
                            const parsers::PageKey& key) const {
    return out_of_place(from, url, key).empty();
  }
  // Whether a file that a page in scope names may be fetched: of a site in scope or of fetch.media_hosts,
  // when any host's media are wanted; scope.include, which is about pages, says nothing of it.
  [[nodiscard]] bool admits_file(const parsers::Url& url) const;
  // Whether anything of this site is in scope.
  [[nodiscard]] bool has_site(const std::string& site) const {
    return sites_.contains(site) || is_media_host(site);
  }
  // Whether every page of this site is.
  [[nodiscard]] bool admits_all_of(const std::string& site) const;
  // Whether the sitemaps of robots.txt files are to be followed.
  [[nodiscard]] bool wants_sitemaps() const { return sitemaps_; }
  [[nodiscard]] bool is_seed(const std::string& key) const;
  // Whether a seed or fetch.allow_addresses names this host (without port), so that it may stand at a private
  // address.
  [[nodiscard]] bool may_be_private(const std::string& host) const { return named_hosts_.contains(host); }

 private:
  [[nodiscard]] bool is_media_host(const std::string& site) const;
  [[nodiscard]] bool is_excluded(const std::string& url) const;
  [[nodiscard]] std::string_view out_of_place(const parsers::PageKey& from, const parsers::Url& url,
                                              const parsers::PageKey& key) const;
  [[nodiscard]] bool is_in_place(const parsers::PageKey& from, const parsers::Url& url,
                                 const parsers::PageKey& key) const;

  std::vector<Seed> seeds_;
  std::unordered_set<std::string> sites_;        // with any page in scope
  std::unordered_set<std::string> whole_sites_;  // with every page in scope
  std::unordered_set<std::string> boards_;       // `SITE FID`
  std::unordered_set<std::string> threads_;      // `SITE TID`
  std::vector<std::string> directories_;         // `SITE/path/`
  std::unordered_set<std::string> named_hosts_;
  std::vector<std::string> include_;
  std::vector<std::string> exclude_;
  bool wants_files_ = false;
  std::vector<std::string> media_hosts_;         // patterns
  std::unordered_set<parsers::LinkRole> kinds_;  // empty: all
  std::int64_t depth_ = 0;
  std::int64_t url_length_ = 0;
  bool traps_ = true;
  bool sitemaps_ = true;
};

// `*` matches any run of characters, everything else itself. Linear for practical patterns: no backtracking
// beyond the last star.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view text);

}  // namespace boardwalk::crawler
