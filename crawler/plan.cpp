#include "crawler/plan.hpp"

#include <fmt/format.h>

#include <utility>

#include "config/job_scope.hpp"
#include "crawler/frontier.hpp"
#include "crawler/host_settings.hpp"
#include "crawler/report.hpp"
#include "crawler/requeue.hpp"
#include "crawler/rows.hpp"
#include "crawler/scope.hpp"
#include "crawler/seeds.hpp"
#include "crawler/sweeps.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;
using parsers::Outcome;

std::string reason_of(const UrlRow& row) {
  if (!row.fetched()) return row.via.empty() ? "a seed, never fetched" : "found, never fetched";
  const std::string last(to_string(*row.outcome()));
  if (row.attempts > 0) return fmt::format("tried {} times, the last ended in {}", row.attempts, last);
  const bool was_read = row.outcome() == Outcome::kOk || row.outcome() == Outcome::kUnchanged;
  const LinkRole role = row.link_role();
  if (was_read && (role == LinkRole::kIndex || role == LinkRole::kBoard || role == LinkRole::kListing))
    return "a listing, looked at by every run";
  return fmt::format("to be looked at again, the last time ended in {}", last);
}

std::string held_back(const std::optional<HostRow>& host, int run, std::int64_t now) {
  if (!host) return {};
  const std::int64_t until = host->held_until(run);
  if (until <= now) return {};
  return fmt::format("{} until {}", host->blocked_because, parsers::utc_rfc3339(until / 1000));
}

}  // namespace

Result<void> plan(const store::Database& database, const config::Job& job, std::int64_t now, bool full,
                  const std::function<bool(const PlannedPage&)>& each, const std::string& job_name) {
  auto scope = Scope::make(job);
  if (!scope) return tl::unexpected(scope.error());
  const auto before = runs(database);
  if (!before) return tl::unexpected(before.error());
  const int run = next_run(*before);
  const RunReport* last = last_run_of(*before, job_name, config::scope_assignments(job));
  const HostSettings settings(job);
  auto sweeps = full ? Result<Sweeps>(new_sweep(*before)) : next_sweeps(database, *before, last);
  if (!sweeps) return tl::unexpected(sweeps.error());
  Frontier frontier(database, job, settings, *scope, run, std::move(*sweeps));
  store::Batch batch(database);  // never committed
  const auto seeds_before = last != nullptr ? seeds_of(*last) : std::vector<std::string>{};
  if (auto offered = offer_entrances(database, settings, frontier, batch, *scope, seeds_before, now);
      !offered)
    return offered;
  if (const auto behind = requeue_behind(full, last))
    if (auto queued = requeue_known(database, frontier, batch, {}, *behind); !queued)
      return tl::unexpected(queued.error());
  std::string site;
  std::string back;
  Result<void> fine;
  const auto look = [&](std::string_view queue_key, const std::string& page) -> Result<bool> {
    const auto foreign = frontier.is_foreign(page);
    if (!foreign) return tl::unexpected(foreign.error());
    if (*foreign) return true;
    if (site_of_queue_key(queue_key) != site) {
      site = site_of_queue_key(queue_key);
      const auto host = read_host(database, site);
      if (!host) return tl::unexpected(host.error());
      back = held_back(*host, run, now);
    }
    const auto row = read_url(batch, page);
    if (!row) return tl::unexpected(row.error());
    return !*row || each({(*row)->url, reason_of(**row), due_of_queue_key(queue_key), back});
  };
  const auto scanned =
      batch.scan(store::Family::kQueue, "", [&](std::string_view key, std::string_view page) {
        const auto go_on = look(key, std::string(page));
        if (!go_on) fine = tl::unexpected(go_on.error());
        return go_on && *go_on;
      });
  return scanned ? fine : scanned;
}

}  // namespace boardwalk::crawler
