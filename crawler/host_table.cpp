#include "crawler/host_table.hpp"

#include <algorithm>

#include "crawler/budget.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::int64_t kUnsteady = 60'000;  // ms by which clocks are set right all the time

}  // namespace

HostTable::HostTable(const store::Database& database, const config::Job& job, const HostSettings& settings,
                     int run, std::size_t most)
    : database_(database), job_(job), settings_(settings), run_(run), most_(most) {}

bool HostTable::set_now(std::int64_t now) {
  if (now >= std::exchange(now_, now)) return false;
  unknown_until_ = std::min(unknown_until_, now);
  return true;
}

bool HostTable::mend_clock(HostRow& row) const {
  const std::int64_t ahead = row.last_hit - now_;
  if (ahead <= 0) return false;
  if (ahead > kUnsteady) row.ahead_until = std::max(row.ahead_until, row.last_hit);
  for (std::int64_t* time : {&row.last_hit, &row.failed_at, &row.aside_until, &row.robots_until})
    *time = std::max<std::int64_t>(*time - ahead, 0);
  if (row.blocked_until != kForever) row.blocked_until = std::max<std::int64_t>(row.blocked_until - ahead, 0);
  return true;
}

void HostTable::mend_clock(Host& host) {
  if (mend_clock(host.open->row)) changed_.insert(host.site);
}

Host& HostTable::of(const std::string& site) {
  auto& host = hosts_[site];
  if (!host) host = std::make_unique<Host>(Host{site, settings_.of(site), nullptr, 0, false, std::nullopt});
  return *host;
}

Host::Open& HostTable::keep(Host& host, HostRow row) {
  host.open = std::make_unique<Host::Open>(Host::Open{std::move(row), {}, open_.insert(open_.end(), &host)});
  mend_clock(host);
  return *host.open;
}

void HostTable::offer_row(Host& host, HostRow row) {
  if (!host.open && open_.size() < most_) keep(host, std::move(row));
}

Result<Host::Open*> HostTable::open(Host& host) {
  if (host.open) {
    open_.splice(open_.end(), open_, host.open->place);
    return host.open.get();
  }
  auto row = read_host(database_, host.site);
  if (!row) return tl::unexpected(row.error());
  return &keep(host, std::move(*row).value_or(HostRow{}));
}

Result<Host::Open*> HostTable::change(const std::string& site) {
  changed_.insert(site);
  return open(of(site));
}

HostRow& HostTable::row(const std::string& site) {
  changed_.insert(site);
  return hosts_.at(site)->open->row;
}

void HostTable::note_leased(std::int64_t now) {
  for (const auto& [site, host] : hosts_) {
    if (host->leases == 0) continue;
    host->open->row.last_hit = std::max(host->open->row.last_hit, now);
    changed_.insert(site);
  }
}

void HostTable::put(store::Batch& batch) {
  for (const auto& site : std::exchange(changed_, {}))
    batch.put(store::Family::kHosts, site, store::pack(hosts_.at(site)->open->row));
}

void HostTable::close_some(const std::set<std::string>& busy) {
  for (std::size_t looked = 0; open_.size() > most_ && looked < most_; ++looked) {
    Host& host = *open_.front();
    open_.splice(open_.end(), open_, open_.begin());
    if (host.leases > 0 || changed_.contains(host.site) || busy.contains(host.site)) continue;
    open_.erase(host.open->place);
    host.open.reset();
    if (!host.planned) hosts_.erase(std::string(host.site));
  }
}

std::int64_t HostTable::least_pause(const std::string& site) {
  return std::max(std::int64_t{settings_.of(site).delay.count()}, row(site).crawl_delay);
}

std::int64_t HostTable::pause_of(const Host& host, const HostRow& row) {
  const auto delay = std::max({std::int64_t{host.fetch.delay.count()}, row.crawl_delay, row.delay});
  // One more than asked for, since clocks are read in whole milliseconds.
  return delay > 0 ? delay + 1 : 0;
}

std::int64_t HostTable::ready_at(const Host& host, const HostRow& row) const {
  return std::max(std::max(row.last_hit, unknown_until_) + pause_of(host, row), row.held_until(run_));
}

std::string_view HostTable::limit_of(const Host& host, std::int64_t now) const {
  const HostRow& row = host.open->row;
  Spent spent{host.leases, 0, 0, 0};
  if (row.run == run_)
    spent = {row.run_pages + host.leases, row.run_bytes, row.run_errors, now - row.run_since};
  return host_limit_reached(spent, job_.limits);
}

}  // namespace boardwalk::crawler
