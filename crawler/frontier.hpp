// What is to be fetched next: durable, in the archive, one queue per host ordered by due time and priority.
// Pages are leased, not removed: a queue entry disappears only in the batch of the step that settles its
// page, so a lease held when the process dies is simply gone. Politeness stands here too: a host gives out no
// lease before its delay, its block or its robots.txt allow one.
//
// Not thread-safe: one thread owns the frontier, takes, settles and commits.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "config/job.hpp"
#include "crawler/recrawl.hpp"
#include "crawler/robots.hpp"
#include "crawler/rows.hpp"
#include "crawler/scope.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// A page (or a host's robots.txt) to be fetched now. Every lease is given back by release().
struct Lease {
  std::string site;
  std::string key;  // page key
  UrlRow row;       // as it stands in the archive; for robots.txt only `url` and `site`
  bool is_robots = false;
  std::optional<std::string> robots_denied;  // the rule that forbids the page: settle it, do not fetch it
};

class Frontier {
 public:
  // `run` numbers the queue's entries, `sweep` the rounds in which listings are looked at again.
  Frontier(const store::Database& database, const config::Job& job, const Scope& scope, int run,
           std::int64_t sweep);
  ~Frontier();

  // Finds the hosts in scope that have something queued; what other jobs queued and this one's scope does not
  // admit stays where it is. Before the first take().
  [[nodiscard]] Result<void> load();

  // The next page that may be fetched at `now` (epoch ms), fair over hosts; absent when there is none yet.
  [[nodiscard]] Result<std::optional<Lease>> take(std::int64_t now);
  // When take() may next give something, if nothing is released before; absent when nothing waits.
  [[nodiscard]] std::optional<std::int64_t> next_time() const;
  void release(const Lease& lease);

  // In the step's batch. A page found: queued when it is new, or known and due again.
  struct Offer {
    parsers::PageKey key;
    std::string url;
    std::string site;
    Offered what;
    int depth = 0;
    int hops = 0;
    std::string via;
  };
  struct Taken {
    bool queued = false;
    bool news = false;  // what a listing says of it was not known before this sweep, queued now or earlier
  };
  [[nodiscard]] Result<Taken> offer(store::Batch& batch, const Offer& offer, std::int64_t now);
  // In the step's batch: the page of `lease` is done, or (with `due`) to be fetched again then. `row` is its
  // new state.
  void settle(store::Batch& batch, const Lease& lease, UrlRow row, std::optional<std::int64_t> due);
  // In the step's batch: changes the host's row. REQUIRES: a lease of that host is held.
  [[nodiscard]] HostRow& host(const std::string& site);
  void put_host(store::Batch& batch, const std::string& site) const;
  // What robots.txt says from now on, from host(site).robots_*.
  void apply_robots(const std::string& site);

  // Milliseconds from the end of one request to this host to the start of the next, by the job and
  // robots.txt.
  [[nodiscard]] std::int64_t pause_of(const HostRow& row) const;

  [[nodiscard]] std::int64_t queued() const { return queued_; }  // in scope, leased ones included
  [[nodiscard]] std::int64_t sweep() const { return sweep_; }

 private:
  struct Slot;
  Result<Slot*> slot_of(const std::string& site);
  Result<void> look_ahead(Slot& slot);
  Result<void> schedule(Slot& slot);
  Result<std::optional<Lease>> take_from(Slot& slot, std::int64_t now);
  Result<Lease> lease(Slot& slot, const std::string& key);
  void enqueue(store::Batch& batch, const std::string& key, UrlRow& row, std::optional<std::int64_t> due);
  Result<bool> is_foreign(const std::string& key) const;
  Result<bool> offer_known(store::Batch& batch, const Offer& offer, UrlRow row, std::int64_t now);
  Result<bool> queue_last_page(store::Batch& batch, const Offer& offer);

  const store::Database& database_;
  const config::Job& job_;
  const Scope& scope_;
  std::uint64_t sequence_;
  std::int64_t sweep_;
  std::int64_t queued_ = 0;
  std::uint64_t turn_ = 0;
  std::unordered_map<std::string, std::unique_ptr<Slot>> slots_;
  std::set<std::tuple<std::int64_t, std::uint64_t, Slot*>>
      agenda_;                                // when a host may next be asked, oldest turn first
  std::unordered_set<std::string> leased_;    // page keys
  std::unordered_set<std::string> retrying_;  // page keys that wait for another try
  std::unordered_set<std::string> foreign_;   // queue keys of pages that other jobs left here
  std::set<std::string> stale_;               // sites whose queue changed since the last look
};

}  // namespace boardwalk::crawler
