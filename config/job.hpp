// A job: what to crawl, how gently, how far, into which archive. Read from TOML job files, from `--set
// section.key=value`, or made of bare URLs; every default stands in config/default.toml, which the loader
// itself reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"
#include "config/quantity.hpp"

namespace boardwalk::config {

using Milliseconds = std::chrono::milliseconds;

// No page and no file is larger: each is one row of the archive.
inline constexpr std::int64_t kMostPageBytes = std::int64_t{1} << 30;

// Which files are fetched with the pages that name them.
enum class Media { kNone, kAttachments, kImages, kAll, kRequisites };

enum class Sync { kAlways, kEvery100ms, kOs };

struct Job {
  std::vector<std::string> seeds;

  struct Scope {
    std::vector<std::string> hosts;  // besides the seeds' own; `example.cn` or `example.cn:8080`
    std::vector<std::string>
        include;  // URL patterns (`*` any run of characters); empty: everything on the hosts
    std::vector<std::string> exclude;  // win over include
    std::vector<std::string> kinds;    // of pages, by their links' roles; empty: all
    std::int64_t depth = 0;            // links away from a seed
    std::int64_t url_length = 0;       // bytes; a longer URL is a trap
    bool sitemaps = true;              // those that robots.txt names are followed
    bool traps = true;                 // what looks like one (trap.hpp) is not fetched
  } scope;

  struct Fetch {
    Milliseconds delay{};          // between two requests to a host, from one's end to the next one's start
    std::int64_t per_host = 0;     // connections
    std::int64_t concurrency = 0;  // connections to all hosts
    Milliseconds max_delay{};      // the longest pause that slow answers and errors lead to
    bool obey_robots = true;
    bool obey_nofollow = true;  // of pages, in meta robots or X-Robots-Tag, and of single links
    bool obey_noindex = false;
    Hours hours;  // in which a host is asked, in site.timezone
    std::string user_agent;
    Milliseconds connect_timeout{};
    Milliseconds timeout{};      // of a whole request
    std::int64_t min_speed = 0;  // bytes a second; slower for `stall_time` ends the request
    Milliseconds stall_time{};
    std::int64_t retries = 0;    // after the first try, for outcomes that may pass
    Milliseconds retry_delay{};  // before the first retry; doubles
    Milliseconds max_retry_delay{};
    std::int64_t redirects = 0;  // hops
    std::vector<std::string>
        allow_addresses;       // hosts that may resolve to private or local addresses, besides the seeds
    Milliseconds dns_cache{};  // for which a name's addresses are used again
    bool verify_tls = true;
    std::string proxy;                 // `http://HOST:PORT`, `socks5h://…`; empty: none
    std::vector<std::string> headers;  // `Name: value`, sent with each request
    bool cookies = true;               // what a host sets is sent back to it
    std::string cookie_file;           // Netscape format; its cookies begin each host's jar
    std::string
        logged_in;  // words that a page shows while its session is logged in; empty: Discuz!'s own sign
    bool stop_when_logged_out = false;
    Media media = Media::kNone;
    std::vector<std::string> media_types;  // patterns of Content-Type; empty: all
    std::int64_t media_bytes = 0;          // a larger file is `too_large`
    std::vector<std::string> media_hosts;  // patterns of further sites that files may come from
  } fetch;

  // A [[host]] table: what is otherwise than in [fetch] for the hosts of these names (host_settings.hpp).
  struct Host {
    std::vector<std::string> names;
    std::function<void(Fetch&)> change;
  };
  std::vector<Host> hosts;

  struct Limits {
    std::int64_t max_pages = 0;   // fetches in one run; 0: no limit
    Milliseconds max_time{};      // of one run; 0: no limit
    std::int64_t max_bytes = 0;   // of bodies in one run; 0: no limit, as in the following
    std::int64_t max_errors = 0;  // fetches that failed, each try
    std::int64_t host_pages = 0;  // the same of one host in one run
    std::int64_t host_bytes = 0;
    std::int64_t host_errors = 0;
    Milliseconds host_time{};
    std::int64_t page_bytes = 0;     // a larger body is `too_large`
    std::int64_t parse_workers = 0;  // 0: by usable_cores(), as default.toml tells
  } limits;

  struct Recrawl {
    Milliseconds listing{};  // a board or index is due again in the next run when older than this
    std::vector<Milliseconds>
        article;  // when a page that no listing tells of is looked at again (recrawl.hpp)
    std::vector<Milliseconds> denied;  // the same of one that said no, was not there or could not be read
    Milliseconds failed{};  // a page that failed after its retries, a host that could not be reached
  } recrawl;

  struct Archive {
    std::string path;
    Sync sync = Sync::kEvery100ms;
    std::int64_t min_free = 0;  // bytes of room on its disk, below which nothing is fetched; 0: not watched
    Milliseconds wait_for_room{};  // how long a run waits for room before it ends
    bool fulltext = true;          // a run that ends brings the full-text index up to date
  } archive;

  struct Schedule {
    Milliseconds every{};  // `crawl --jobs`: from the start of one run of the job to that of the next
  } schedule;

  struct Duplicates {
    std::int64_t min_chars = 0;
  } duplicates;

  struct Site {
    std::optional<int> timezone_minutes;  // for sites whose pages do not tell; absent: "auto"
    std::vector<std::string> files;       // site files, or directories of them
  } site;

  std::set<std::string, std::less<>> named;  // keys that a job file or --set gave: `archive.path`
};

// The text of config/default.toml.
extern const std::string_view kDefaultJob;

// The defaults, with nothing else.
[[nodiscard]] Job default_job();

// The defaults, overlaid with a job file. kUsage, with `FILE:LINE:COLUMN: ` before what is wrong and the
// nearest known key behind it, for syntax errors, unknown keys, wrong types and values out of range; kNotFound
// when there is no such file.
[[nodiscard]] Result<Job> load_job(const std::string& file);
// The same from text; `name` stands for the file in messages.
[[nodiscard]] Result<Job> parse_job(std::string_view toml, const std::string& name);

// One `section.key=value` over a job. The value is TOML, or a bare word taken as a string (`fetch.delay=0s`).
[[nodiscard]] Result<void> set_key(Job& job, const std::string& assignment);

}  // namespace boardwalk::config
