// The hosts of a frontier: their rows and the heads of their queues in memory, for a bounded number of them,
// and when each may be asked. Rows change here first and reach the archive in the step's batch. Not
// thread-safe; owned by the frontier.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "config/job.hpp"
#include "crawler/host_queue.hpp"
#include "crawler/host_settings.hpp"
#include "crawler/rows.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// What of a frontier may stand in memory, however long the queue is.
struct FrontierMemory {
  std::size_t hosts = 65'536;   // of which more than a name is known
  std::size_t pages = 400'000;  // in the heads of all their queues together
};

// A host with something queued or under way.
struct Host {
  // What is known of it while it is open.
  struct Open {
    HostRow row;
    HostQueue queue;
    std::list<Host*>::iterator place;  // HostTable's own
    bool knows_pauses = false;         // the row's are this run's
  };
  std::string site;
  const config::Job::Fetch& fetch;  // how it is fetched
  std::unique_ptr<Open> open;
  int leases = 0;
  bool robots_leased = false;
  std::optional<std::pair<std::int64_t, std::uint64_t>> planned;  // its place on the frontier's agenda
  // When it was planned: ms between two requests, and epoch ms before which something else keeps it back.
  std::int64_t pause = 0;
  std::int64_t held_until = 0;
  // Epoch ms; when another host's robots.txt, which was redirected here, is to be asked for: before its own
  // pages.
  std::int64_t awaited_at = 0;
};

class HostTable {
 public:
  // At most `most` hosts stay open; REQUIRES: all references outlive the table.
  HostTable(const store::Database& database, const config::Job& job, const HostSettings& settings, int run,
            std::size_t most);

  // Requests that no row tells of may have been made until then (epoch ms).
  void set_unknown_until(std::int64_t time) { unknown_until_ = time; }

  // The clock, as it is told last; until then no row is ahead of it. True when it was set back, so that when
  // hosts may be asked is to be told anew.
  [[nodiscard]] bool set_now(std::int64_t now);
  // A request that a row puts behind the clock was noted while that was ahead: it counts as one of now, and
  // the row's other times come as much sooner. Where it was more than a minute, the row keeps how far that
  // clock was. True when the row was changed.
  bool mend_clock(HostRow& row) const;
  // The same for one that is open.
  void mend_clock(Host& host);

  // Valid until it is forgotten: close_some() forgets hosts that are neither planned nor leased.
  [[nodiscard]] Host& of(const std::string& site);
  [[nodiscard]] std::size_t size() const { return hosts_.size(); }

  // Its row and queue, read if need be. Good until the next close_some().
  [[nodiscard]] Result<Host::Open*> open(Host& host);
  // The same for a host whose row is about to change.
  [[nodiscard]] Result<Host::Open*> change(const std::string& site);
  // The same for one that is open, as one with a lease is.
  [[nodiscard]] HostRow& row(const std::string& site);
  // Takes a row that has just been read, if there is room.
  void offer_row(Host& host, HostRow row);

  // Hosts of leases that are held count as asked until `now`.
  void note_leased(std::int64_t now);
  // In the step's batch: every row that changed since the last call.
  void put(store::Batch& batch);
  // Back to the bound: those that were not asked for long are closed, unless they are needed. `busy` names
  // sites that must stay.
  void close_some(const std::set<std::string>& busy);

  // Milliseconds between two requests, whoever asks for them.
  [[nodiscard]] static std::int64_t pause_of(const Host& host, const HostRow& row);
  // Epoch ms before which nothing is asked of the host: its delay, its block, or as it is set aside.
  [[nodiscard]] std::int64_t ready_at(const Host& host, const HostRow& row) const;
  // Milliseconds between two requests that job and robots.txt alone ask for.
  [[nodiscard]] std::int64_t least_pause(const std::string& site);
  // The limit of the host that is reached (budget.hpp), empty when none is. REQUIRES: it is open.
  [[nodiscard]] std::string_view limit_of(const Host& host, std::int64_t now) const;

 private:
  Host::Open& keep(Host& host, HostRow row);

  const store::Database& database_;
  const config::Job& job_;
  const HostSettings& settings_;
  const int run_;
  const std::size_t most_;
  std::int64_t unknown_until_ = 0;
  std::int64_t now_ = std::numeric_limits<std::int64_t>::max();
  std::unordered_map<std::string, std::unique_ptr<Host>> hosts_;
  std::list<Host*> open_;          // the one asked last stands last
  std::set<std::string> changed_;  // sites whose row is not yet in a batch
};

}  // namespace boardwalk::crawler
