// The crawler's own rows in the archive: one per page key, one per host, and the queue between them. They
// change only in the batch of a crawl step, so that a kill at any instant leaves each page either waiting or
// done.
//
//   kUrls   page key                                     → UrlRow
//   kQueue  SITE NUL 'r' priority(1) sequence(8)         → page key    as soon as its host allows
//           SITE NUL 'w' due(8, epoch ms) sequence(8)    → page key    not before `due`
//   kHosts  SITE                                         → HostRow
//
// Numbers in keys are big-endian. A page key that waits has exactly one row in kQueue, named by
// UrlRow::queued_as.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "config/error.hpp"
#include "parsers/outcome.hpp"
#include "parsers/page_key.hpp"
#include "store/database.hpp"
#include "store/packed.hpp"

namespace boardwalk::crawler {

inline constexpr std::int64_t kForever = 253'402'300'799'000;  // epoch ms: the year 9999
inline constexpr std::int64_t kAtOnce = 0;                     // as a due time: as soon as the host allows

struct UrlRow {
  std::string url;                  // the spelling that is fetched
  std::vector<std::string> others;  // further spellings that the site linked, tried when this one answers 404
  std::string site;
  int role = 0;           // parsers::LinkRole
  int depth = 0;          // links away from a seed
  int hops = 0;           // redirects that led here in a row
  std::string via;        // page key of the page that first linked it; empty for a seed
  std::string queued_as;  // its key in kQueue; empty when nothing is to be done
  int attempts = 0;       // tries in a row that failed
  int last_outcome = -1;  // parsers::Outcome of the last fetch; -1: never fetched
  int last_status = 0;
  std::int64_t last_fetch = 0;  // epoch ms
  std::int64_t sweep = 0;       // the sweep in which it was last fetched
  std::string listed;           // what listings said beside its link when it was last queued
  std::string etag;
  std::string last_modified;
  std::string content_sha256;  // of the records that it last yielded
  int rechecks = 0;            // recrawl.hpp: its step
  std::int64_t replies = -1;   // that a listing's row last counted; -1: none did
  std::int64_t modified = 0;   // epoch seconds; when it changed last, as a list said
  // Page keys of boards by which further jobs met it, the newest last.
  std::vector<std::string> also_via;

  [[nodiscard]] parsers::LinkRole link_role() const { return static_cast<parsers::LinkRole>(role); }
  [[nodiscard]] bool fetched() const { return last_outcome >= 0; }
  [[nodiscard]] std::optional<parsers::Outcome> outcome() const {
    return fetched() ? std::optional(static_cast<parsers::Outcome>(last_outcome)) : std::nullopt;
  }
};

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, UrlRow>
void fields(Archive& archive, Row& row) {
  archive(row.url);
  archive(row.others);
  archive(row.site);
  archive(row.role);
  archive(row.depth);
  archive(row.hops);
  archive(row.via);
  archive(row.queued_as);
  archive(row.attempts);
  archive(row.last_outcome);
  archive(row.last_status);
  archive(row.last_fetch);
  archive(row.sweep);
  archive(row.listed);
  archive(row.etag);
  archive(row.last_modified);
  archive(row.content_sha256);
  if constexpr (std::same_as<Archive, store::Unpacker>)
    if (archive.at_end()) return;  // rows written before there were these end here
  archive(row.rechecks);
  archive(row.replies);
  archive(row.modified);
  if constexpr (std::same_as<Archive, store::Unpacker>)
    if (archive.at_end()) return;  // or here
  archive(row.also_via);
}

struct HostRow {
  static constexpr int kVersion = -2;  // rows that begin with no negative number are of version 1
  int version = kVersion;
  std::int64_t ready = 0;          // its pages in kQueue that may be fetched at any time
  std::int64_t waiting = 0;        // and those that wait for a time of their own
  std::int64_t last_hit = 0;       // epoch ms; when the last request to it ended, or began
  std::int64_t delay = 0;          // ms; what its answers so far call for (pace.hpp), whatever the job says
  std::int64_t blocked_until = 0;  // epoch ms; nothing is asked of it before
  std::string blocked_because;     // for a person; empty when it is not blocked
  int failures = 0;                // answers in a row that count against the host
  std::int64_t failed_at = 0;      // epoch ms; when the last of these ended
  std::int64_t aside_until = 0;    // epoch ms; set aside for them, in the run `set_aside_run`: a later one
                                   // asks once at once
  int set_aside_run = 0;
  int set_aside = 0;              // times in a row that it was
  std::int64_t robots_until = 0;  // epoch ms; 0: robots.txt was never fetched
  int robots_status = 0;          // HTTP status that its answer counts as; 0: could not be reached
  std::string robots_sha256;      // its bytes, in the archive; empty: none came
  std::string robots_reason;      // what a verdict says when there are no rules
  std::string robots_redirect;    // where robots.txt was redirected to, while that is being followed
  int robots_hops = 0;
  std::int64_t crawl_delay = 0;        // ms, from robots.txt
  std::vector<std::int64_t> outcomes;  // fetches by parsers::Outcome
  std::int64_t bytes = 0;
  int run = 0;                 // that the following count for
  std::int64_t run_since = 0;  // epoch ms; when the first of its fetches began
  std::int64_t run_pages = 0;
  std::int64_t run_bytes = 0;
  std::int64_t run_errors = 0;
  std::int64_t ahead_until = 0;  // epoch ms; the latest time of a request by a clock that was ahead

  [[nodiscard]] std::int64_t queued() const { return ready + waiting; }
  // As robots.txt says it to the agent that asks now: what another one's made of `delay` goes with that.
  void set_crawl_delay(std::int64_t pause) {
    if (pause < crawl_delay && delay <= crawl_delay) delay = std::min(delay, pause);
    crawl_delay = pause;
  }
  // Epoch ms before which the run of that number asks nothing of it, its pauses aside.
  [[nodiscard]] std::int64_t held_until(int by_run) const {
    return set_aside_run == by_run ? std::max(blocked_until, aside_until) : blocked_until;
  }
};

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, HostRow>
void fields(Archive& archive, Row& row) {
  archive(row.version);
  archive(row.ready);
  archive(row.waiting);
  archive(row.last_hit);
  archive(row.delay);
  archive(row.blocked_until);
  archive(row.blocked_because);
  archive(row.failures);
  archive(row.failed_at);
  archive(row.aside_until);
  archive(row.set_aside);
  archive(row.set_aside_run);
  archive(row.robots_until);
  archive(row.robots_status);
  archive(row.robots_sha256);
  archive(row.robots_reason);
  archive(row.robots_redirect);
  archive(row.robots_hops);
  archive(row.crawl_delay);
  archive(row.outcomes);
  archive(row.bytes);
  archive(row.run);
  archive(row.run_since);
  archive(row.run_pages);
  archive(row.run_bytes);
  archive(row.run_errors);
  if constexpr (std::same_as<Archive, store::Unpacker>)
    if (archive.at_end()) return;  // rows written before there was this end here
  archive(row.ahead_until);
}

[[nodiscard]] std::string ready_key(const std::string& site, int priority, std::uint64_t sequence);
[[nodiscard]] std::string waiting_key(const std::string& site, std::int64_t due, std::uint64_t sequence);
[[nodiscard]] std::string ready_prefix(const std::string& site);
[[nodiscard]] std::string waiting_prefix(const std::string& site);
[[nodiscard]] int priority_of_queue_key(std::string_view key);  // REQUIRES: of a ready entry
[[nodiscard]] std::uint64_t sequence_of_queue_key(std::string_view key);
[[nodiscard]] std::string_view site_of_queue_key(std::string_view key);
[[nodiscard]] std::optional<std::int64_t> due_of_queue_key(
    std::string_view key);  // nullopt for ready entries

// Rows by key, through a batch or the database alone; absent when there is none, kDamaged when the bytes are
// no row.
[[nodiscard]] Result<std::optional<UrlRow>> read_url(const store::Batch& batch, const std::string& key);
[[nodiscard]] Result<std::optional<UrlRow>> read_url(const store::Database& database, const std::string& key);
[[nodiscard]] Result<std::optional<HostRow>> read_host(const store::Database& database,
                                                       const std::string& site);
// Every host's row, by name, until `each` returns false. kDamaged names the host.
[[nodiscard]] Result<void> for_each_host(
    const store::Database& database, const std::function<bool(const std::string& site, HostRow row)>& each);

// What is asked first of a host: listings, then threads, then the rest, then files. Smaller comes first.
[[nodiscard]] int priority_of(parsers::LinkRole role);
inline constexpr int kPriorities = 6;

}  // namespace boardwalk::crawler
