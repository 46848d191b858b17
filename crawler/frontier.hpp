// What is to be fetched next: durable, in the archive, one queue per host ordered by due time and priority.
// Pages are leased, not removed: a queue entry disappears only in the batch of the step that settles its
// page, so a lease held when the process dies is simply gone. Politeness stands here too: a host gives out no
// lease before its delay, its block or its robots.txt allow one.
//
// In memory stands a host's row and the head of its queue, for a bounded number of hosts; of the others a
// name and a time. Not thread-safe: one thread owns the frontier, takes, settles and commits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "config/job.hpp"
#include "crawler/host_table.hpp"
#include "crawler/lease.hpp"
#include "crawler/offer.hpp"
#include "crawler/robots_cache.hpp"
#include "crawler/rows.hpp"
#include "crawler/scope.hpp"
#include "crawler/sweeps.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

class Frontier {
 public:
  // `run` numbers the queue's entries, `sweeps` the rounds in which listings are looked at again. All
  // references must outlive it; `settings` are the job's.
  Frontier(const store::Database& database, const config::Job& job, const HostSettings& settings,
           const Scope& scope, int run, Sweeps sweeps, FrontierMemory memory = {});

  // Finds the hosts in scope that have something queued; what other jobs queued and this one's scope does not
  // admit stays where it is. Before the first take(). Requests that no row tells of may have been made until
  // `unknown_until` (epoch ms; 0: none), as by a run that was killed: delays count from then.
  [[nodiscard]] Result<void> load(std::int64_t now, std::int64_t unknown_until);

  // Those of these hosts with pages that wait which were asked by a clock that was ahead, as long as now is
  // before what it told.
  [[nodiscard]] const std::vector<std::string>& asked_ahead() const { return asked_ahead_; }

  // The next page that may be fetched at `now` (epoch ms), fair over hosts; absent when there is none yet.
  [[nodiscard]] Result<std::optional<Lease>> take(std::int64_t now);
  // When take() may next give something, if nothing is released before; absent when nothing waits.
  [[nodiscard]] std::optional<std::int64_t> next_time() const;
  // Whether a run is to wait for that: a host has something queued, its pauses between two requests are of an
  // hour at most, and what else keeps it back is over after a retry's longest wait (retry.hpp).
  [[nodiscard]] bool has_due_soon(std::int64_t now) const;
  void release(const Lease& lease);

  struct Taken {
    bool queued = false;
    bool news = false;  // what a listing says of it was not known before this sweep, queued now or earlier
  };
  // In the step's batch: queued when it is new, or known and due again.
  [[nodiscard]] Result<Taken> offer(store::Batch& batch, const Offer& offer, std::int64_t now);
  // In the step's batch: the page of `lease` is done, or (with `due`, epoch ms or kAtOnce) to be fetched
  // again then. `row` is its new state.
  [[nodiscard]] Result<void> settle(store::Batch& batch, const Lease& lease, UrlRow row,
                                    std::optional<std::int64_t> due);

  // In the batch: a page that is known is fetched as soon as its host allows, whatever it waits for. False
  // when it is not known, waits for nothing else already, or is being fetched.
  [[nodiscard]] Result<bool> requeue(store::Batch& batch, const std::string& key);
  // Whether a page that is known is out of this job's scope.
  [[nodiscard]] Result<bool> is_foreign(const std::string& key) const;
  // The scope has been widened to a site of which nothing was in it: what is queued there counts from now on.
  [[nodiscard]] Result<void> take_in(const std::string& site);
  // In the batch: a page that has become a seed, and was `foreign` until now or was passed over as that before,
  // is fetched as soon as its host allows. False when nothing of it was left in the queue so.
  [[nodiscard]] Result<bool> claim(store::Batch& batch, const std::string& key, bool foreign);

  // Nothing is asked of the host before `until`; never shortens a block that is there.
  [[nodiscard]] Result<void> block(const std::string& site, std::int64_t until, const std::string& why);
  // Lifts it, and sets the host aside no more.
  [[nodiscard]] Result<void> unblock(const std::string& site);
  // Epoch ms before which it is blocked or set aside.
  [[nodiscard]] Result<std::int64_t> held_until(const std::string& site);
  // It was asked then, epoch ms, for the sake of another host.
  [[nodiscard]] Result<void> note_asked(const std::string& site, std::int64_t at);
  // At least this long between two requests; the job and robots.txt may want more.
  [[nodiscard]] Result<void> set_delay(const std::string& site, std::int64_t milliseconds);
  // The host's row, to be changed. REQUIRES: a lease of that host is held.
  [[nodiscard]] HostRow& host(const std::string& site) { return hosts_.row(site); }
  // In the step's batch: the rows of all hosts that changed since the last call. Last before the commit.
  void put_hosts(store::Batch& batch) { hosts_.put(batch); }
  // The run ends: the hosts of leases that are held count as asked until `now`. Before put_hosts().
  void note_leased(std::int64_t now) { hosts_.note_leased(now); }

  // The host keeps failing: it is asked again then, or once by the next run.
  void set_aside(const std::string& site, std::int64_t until, const std::string& why);
  [[nodiscard]] bool is_set_aside(const std::string& site);

  // Milliseconds from the end of one request to this host to the start of the next, by the job and robots.txt
  // alone.
  [[nodiscard]] std::int64_t least_pause(const std::string& site) { return hosts_.least_pause(site); }

  // Hosts that reached a limit of theirs in this run, with its name (budget.hpp).
  [[nodiscard]] const std::map<std::string, std::string>& stopped() const { return stopped_; }
  // Whether a host with something queued waits for its hours at `now`.
  [[nodiscard]] bool waits_for_hours(std::int64_t now) const;
  // Those of these hosts that have pages which may be fetched at any time, and their sweeps. At the run's end.
  [[nodiscard]] Result<SweepsByHost> left(std::int64_t now);

  struct Queued {
    std::string_view site;
    std::string_view page;            // its key
    std::optional<std::int64_t> due;  // epoch ms; absent: at any time
  };
  // Everything queued on hosts in scope, host by host in its order, leased pages included, until `each`
  // returns false.
  [[nodiscard]] Result<void> scan(const std::function<bool(const Queued&)>& each) const;

  // Pages in scope, leased ones included.
  [[nodiscard]] std::int64_t queued() const { return queued_; }
  [[nodiscard]] std::int64_t sweep_of(const std::string& site) const { return sweeps_.of(site); }

 private:
  using Agenda = std::set<std::tuple<std::int64_t, std::uint64_t, Host*>>;

  [[nodiscard]] bool waits_for_hours(const Agenda::value_type& entry, std::int64_t now) const;
  void plan(Host& host, std::int64_t when, std::int64_t held_until, std::int64_t pause);
  void plan_anew(std::int64_t now);
  [[nodiscard]] Result<void> schedule(Host& host, std::int64_t now);
  [[nodiscard]] Result<Host::Open*> look(Host& host, std::int64_t now);
  [[nodiscard]] Result<void> learn_pauses(Host& host, std::int64_t now);
  [[nodiscard]] Result<std::int64_t> ready_at(Host& host, std::int64_t now);
  [[nodiscard]] Result<std::optional<Lease>> take_from(Host& host, std::int64_t now);
  [[nodiscard]] Result<Lease> lease(const std::string& site, const std::string& key) const;
  [[nodiscard]] Result<std::shared_ptr<const Robots>> robots_at(const Host& host, std::int64_t now);
  [[nodiscard]] Result<void> enqueue(store::Batch& batch, const std::string& key, UrlRow& row,
                                     std::optional<std::int64_t> due);
  [[nodiscard]] Result<bool> admits(const std::string& queue_key, const std::string& page);
  [[nodiscard]] Result<bool> offer_known(store::Batch& batch, const Offer& offer, UrlRow row,
                                         std::int64_t now);
  [[nodiscard]] Result<bool> queue_thread(store::Batch& batch, const Offer& offer, UrlRow row, bool fell);
  [[nodiscard]] Result<bool> is_foreign(const std::string& key, const UrlRow& row) const;
  [[nodiscard]] Result<bool> share(store::Batch& batch, const Offer& offer, UrlRow& row);
  [[nodiscard]] Result<bool> make_ready(store::Batch& batch, const std::string& key, UrlRow& row);
  void unqueue(store::Batch& batch, Host::Open& host, UrlRow& row);

  const store::Database& database_;
  const config::Job& job_;
  const Scope& scope_;
  const FrontierMemory memory_;
  HostTable hosts_;
  int run_;
  std::uint64_t sequence_;
  const Sweeps sweeps_;
  std::int64_t queued_ = 0;
  std::uint64_t turn_ = 0;
  Agenda agenda_;  // when a host may next be asked, oldest turn first
  RobotsCache robots_;
  std::unordered_set<std::string> foreign_;  // queue keys of pages that other jobs left here
  std::vector<std::string> asked_ahead_;
  std::set<std::string> stale_;  // sites whose queue changed since the last look
  std::map<std::string, std::string> stopped_;
};

}  // namespace boardwalk::crawler
