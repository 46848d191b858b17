#include "crawler/frontier.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "crawler/hours.hpp"
#include "crawler/media.hpp"
#include "crawler/page_states.hpp"
#include "crawler/retry.hpp"
#include "crawler/robots_answer.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kLongestHead = 64;
constexpr std::int64_t kLongestPause = 3'600'000;  // ms between two requests that a run waits for
constexpr std::size_t kForeign = 1 << 18;          // pages of other jobs that are told from ours only once

void ask(const Robots& robots, Lease& lease) {
  const auto url = parsers::parse_url(lease.row.url);
  if (!url) return;
  auto verdict = robots.check(url->target());
  lease.robots_rule = std::move(verdict.rule);
  if (!verdict.allowed) lease.robots_denied = lease.robots_rule;
}

// Nothing of the page that waits for it: its validators would be another file's.
void make_robots_lease(const HostRow& host, Lease& lease) {
  const auto url = parsers::parse_url(lease.row.url);
  UrlRow row;
  row.site = lease.site;
  row.url = url ? robots_url(url->scheme, lease.site) : lease.row.url;
  if (!host.robots_redirect.empty()) row.url = host.robots_redirect;
  row.hops = host.robots_hops;
  lease.row = std::move(row);
  lease.is_robots = true;
  if (const auto robots = parsers::parse_url(lease.row.url)) lease.key = parsers::page_key(*robots).key;
}

}  // namespace

Frontier::Frontier(const store::Database& database, const config::Job& job, const HostSettings& settings,
                   const Scope& scope, int run, Sweeps sweeps, FrontierMemory memory)
    : database_(database),
      job_(job),
      scope_(scope),
      memory_(memory),
      hosts_(database, job, settings, run, memory.hosts),
      run_(run),
      sequence_(static_cast<std::uint64_t>(run) << 40),
      sweeps_(std::move(sweeps)) {}

Result<void> Frontier::load(std::int64_t now, std::int64_t unknown_until) {
  (void)hosts_.set_now(now);
  hosts_.set_unknown_until(unknown_until);
  queued_ = 0;
  asked_ahead_.clear();
  return for_each_host(database_, [&](const std::string& site, HostRow row) {
    if (row.queued() == 0 || !scope_.has_site(site)) return true;
    queued_ += row.queued();
    Host& host = hosts_.of(site);
    const bool ahead = hosts_.mend_clock(row) || row.ahead_until > now;
    if (ahead && row.waiting > 0) asked_ahead_.push_back(site);
    // Pauses may be another agent's: learn_pauses() tells once the host's turn comes.
    const std::int64_t held_until = row.held_until(run_);
    plan(host, std::max(held_until, std::min(now, hosts_.ready_at(host, row))), held_until,
         HostTable::pause_of(host, row));
    hosts_.offer_row(host, std::move(row));
    return true;
  });
}

Result<bool> Frontier::admits(const std::string& queue_key, const std::string& page) {
  if (scope_.admits_all_of(std::string(site_of_queue_key(queue_key)))) {
    queued_ += static_cast<std::int64_t>(foreign_.erase(queue_key));  // before a seed widened the scope
    return true;
  }
  if (foreign_.contains(queue_key)) return false;
  auto foreign = is_foreign(page);
  if (!foreign) return tl::unexpected(foreign.error());
  if (*foreign && foreign_.size() < kForeign) {
    foreign_.insert(queue_key);
    --queued_;
  }
  return !*foreign;
}

Result<bool> Frontier::is_foreign(const std::string& key) const {
  auto row = read_url(database_, key);
  if (!row) return tl::unexpected(row.error());
  return *row ? is_foreign(key, **row) : false;
}

Result<bool> Frontier::is_foreign(const std::string& key, const UrlRow& row) const {
  const auto url = parsers::parse_url(row.url);
  if (!url || scope_.is_seed(key)) return false;
  if (is_file(row)) return !scope_.admits_file(*url);
  const auto from = linked_from(database_, row);
  if (!from) return tl::unexpected(from.error());
  const parsers::PageKey now = parsers::page_key(*url);
  return std::none_of(from->begin(), from->end(),
                      [&](const auto& page) { return scope_.admits(page, *url, now); });
}

Result<void> Frontier::take_in(const std::string& site) {
  auto host = hosts_.open(hosts_.of(site));
  if (!host) return tl::unexpected(host.error());
  queued_ += (*host)->row.queued();
  stale_.insert(site);
  return {};
}

void Frontier::plan(Host& host, std::int64_t when, std::int64_t held_until, std::int64_t pause) {
  if (host.planned) agenda_.erase({host.planned->first, host.planned->second, &host});
  host.planned = {when, turn_++};
  host.held_until = held_until;
  host.pause = pause;
  agenda_.insert({host.planned->first, host.planned->second, &host});
}

// The clock was set back: what was planned by the old one may lie far behind. A host whose row is not known
// is looked at at once.
void Frontier::plan_anew(std::int64_t now) {
  for (const auto& [when, turn, host] : std::exchange(agenda_, {})) {
    host->planned.reset();
    if (host->open) {
      stale_.insert(host->site);
    } else {
      plan(*host, now, now, host->pause);
    }
  }
}

// Puts the host on the agenda for the moment at which it can next be asked for something, if there is one.
Result<void> Frontier::schedule(Host& host, std::int64_t now) {
  if (host.planned) agenda_.erase({host.planned->first, host.planned->second, &host});
  host.planned.reset();
  if (!scope_.has_site(host.site)) return {};  // an operator may change hosts of other jobs
  if (host.robots_leased || host.leases >= host.fetch.per_host) return {};
  auto open = look(host, now);
  if (!open) return tl::unexpected(open.error());
  hosts_.mend_clock(host);  // an answer may have come by a clock that was set back since
  const HostQueue& queue = (*open)->queue;
  if (!queue.has_ready() && !queue.due()) return {};
  if (const auto limit = hosts_.limit_of(host, now); !limit.empty()) {
    const bool wanted = queue.has_ready() || *queue.due() - now <= longest_wait(host.fetch);
    if (wanted) stopped_.emplace(host.site, limit);
    return {};
  }
  const HostRow& row = (*open)->row;
  const auto opened = [&](std::int64_t when) {
    return next_open(host.fetch.hours, hours_zone(job_), std::max(now, when));
  };
  const std::int64_t due = queue.has_ready() ? now : *queue.due();
  const auto ready = ready_at(host, now);
  if (!ready) return tl::unexpected(ready.error());
  plan(host, opened(std::max(due, *ready)), opened(std::max(due, row.held_until(run_))),
       HostTable::pause_of(host, row));
  return {};
}

bool Frontier::waits_for_hours(std::int64_t now) const {
  return std::any_of(agenda_.begin(), agenda_.end(),
                     [&](const auto& entry) { return waits_for_hours(entry, now); });
}

bool Frontier::waits_for_hours(const Agenda::value_type& entry, std::int64_t now) const {
  const std::int64_t opens = next_open(std::get<2>(entry)->fetch.hours, hours_zone(job_), now);
  return opens > now && std::get<0>(entry) <= opens;  // else it is due later than that
}

Result<SweepsByHost> Frontier::left(std::int64_t now) {
  std::vector<std::string> sites;
  for (const auto& [site, limit] : stopped_) sites.push_back(site);
  for (const auto& entry : agenda_)
    if (waits_for_hours(entry, now)) sites.push_back(std::get<2>(entry)->site);
  SweepsByHost sweeps;
  for (const auto& site : sites) {
    hosts_.close_some(stale_);
    const auto open = look(hosts_.of(site), now);
    if (!open) return tl::unexpected(open.error());
    if ((*open)->queue.has_ready()) sweeps.emplace(site, sweep_of(site));
  }
  return sweeps;
}

// The host with its pauses and the head of its queue known.
Result<Host::Open*> Frontier::look(Host& host, std::int64_t now) {
  auto open = hosts_.open(host);
  if (!open) return open;
  if (!std::exchange((*open)->knows_pauses, true))
    if (auto learned = learn_pauses(host, now); !learned) return tl::unexpected(learned.error());
  if (scope_.admits_all_of(host.site)) (*open)->queue.look_anew();
  const std::size_t ahead = std::clamp<std::size_t>(memory_.pages / hosts_.size(), 1, kLongestHead);
  const auto looked = (*open)->queue.look(
      database_, host.site, (*open)->row, ahead,
      [this](const std::string& key, const std::string& page) { return admits(key, page); });
  if (!looked) return tl::unexpected(looked.error());
  return open;
}

Result<std::optional<Lease>> Frontier::take(std::int64_t now) {
  if (hosts_.set_now(now)) plan_anew(now);
  hosts_.close_some(stale_);
  for (const auto& site : std::exchange(stale_, {}))
    if (auto scheduled = schedule(hosts_.of(site), now); !scheduled) return tl::unexpected(scheduled.error());
  while (!agenda_.empty() && std::get<0>(*agenda_.begin()) <= now) {
    Host& host = *std::get<2>(*agenda_.begin());
    auto lease = take_from(host, now);
    if (!lease) return lease;
    if (auto scheduled = schedule(host, now); !scheduled) return tl::unexpected(scheduled.error());
    if (*lease) return lease;
  }
  return std::optional<Lease>{};
}

// Crawl-delay is that of the agent that asks now, whichever one brought robots.txt or asked last.
Result<void> Frontier::learn_pauses(Host& host, std::int64_t now) {
  const auto robots = robots_at(host, now);
  if (!robots) return tl::unexpected(robots.error());
  if (*robots) host.open->row.set_crawl_delay(pause_asked_by(**robots));
  return {};
}

// A robots.txt that is redirected is asked of another host, whose pauses and blocks hold for that; where that
// would be too long, its own host is asked anew where it stands. REQUIRES: the host is open.
Result<std::int64_t> Frontier::ready_at(Host& host, std::int64_t now) {
  constexpr std::int64_t kGivesWay = 50;  // ms
  HostRow& row = host.open->row;
  std::int64_t ready = hosts_.ready_at(host, row);
  if (host.awaited_at >= ready) ready = host.awaited_at + kGivesWay;
  const auto site = host.fetch.obey_robots ? site_elsewhere(row.robots_redirect, host.site) : std::nullopt;
  if (!site) return ready;
  Host& other = hosts_.of(*site);
  const auto open = hosts_.open(other);
  if (!open) return tl::unexpected(open.error());
  if ((*open)->row.held_until(run_) - now > longest_wait(host.fetch)) {
    row.robots_redirect.clear();
    row.robots_hops = 0;
    return ready;
  }
  const std::int64_t others = hosts_.ready_at(other, (*open)->row);
  if (ready <= others) other.awaited_at = others;  // else its own pages might come first each time
  return std::max(ready, others);
}

Result<std::int64_t> Frontier::held_until(const std::string& site) {
  const auto open = hosts_.open(hosts_.of(site));
  if (!open) return tl::unexpected(open.error());
  return (*open)->row.held_until(run_);
}

Result<void> Frontier::note_asked(const std::string& site, std::int64_t at) {
  auto host = hosts_.change(site);
  if (!host) return tl::unexpected(host.error());
  (*host)->row.last_hit = std::max((*host)->row.last_hit, at);
  return {};
}

// REQUIRES: the host stands on the agenda for `now` or before.
Result<std::optional<Lease>> Frontier::take_from(Host& host, std::int64_t now) {
  auto looked = look(host, now);
  if (!looked) return tl::unexpected(looked.error());
  Host::Open& open = **looked;
  const bool due = open.queue.due() && *open.queue.due() <= now;
  const bool closed = next_open(host.fetch.hours, hours_zone(job_), now) > now;
  if (closed || (!due && !open.queue.has_ready())) return std::optional<Lease>{};
  const auto ready = ready_at(host, now);
  if (!ready) return tl::unexpected(ready.error());
  if (*ready > now || !hosts_.limit_of(host, now).empty()) return std::optional<Lease>{};
  // A page that is asked for again may be what its host fails at: while it does, others come before it.
  const bool spares_due = open.row.failures > 0 && open.queue.has_ready();
  const std::int64_t due_until = spares_due ? 0 : now;
  auto given = lease(host.site, open.queue.head(due_until));
  if (!given) return tl::unexpected(given.error());
  auto robots = robots_at(host, now);
  if (!robots) return tl::unexpected(robots.error());
  if (host.fetch.obey_robots && !*robots) {
    make_robots_lease(open.row, *given);
    host.robots_leased = true;
    if (const auto other = site_elsewhere(open.row.robots_redirect, host.site))
      if (auto noted = note_asked(*other, now); !noted) return tl::unexpected(noted.error());
  } else {
    open.queue.take(due_until);
    if (*robots) ask(**robots, *given);
  }
  ++host.leases;
  if (!given->robots_denied) open.row.last_hit = std::max(open.row.last_hit, now);
  return std::optional(std::move(*given));
}

// nullptr: it has to be fetched first, or is not asked at all.
Result<std::shared_ptr<const Robots>> Frontier::robots_at(const Host& host, std::int64_t now) {
  const HostRow& row = host.open->row;
  if (!host.fetch.obey_robots || row.robots_until <= now) return std::shared_ptr<const Robots>();
  return robots_.of(database_, row, product_token(host.fetch.user_agent));
}

Result<Lease> Frontier::lease(const std::string& site, const std::string& key) const {
  auto row = read_url(database_, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row)
    return fail(ErrorKind::kDamaged,
                "the archive's queue names a page that has no row (" + key + "); restore it from a backup");
  return Lease{site, key, std::move(**row), false, std::nullopt, {}};
}

std::optional<std::int64_t> Frontier::next_time() const {
  if (agenda_.empty()) return std::nullopt;
  return std::get<0>(*agenda_.begin());
}

bool Frontier::has_due_soon(std::int64_t now) const {
  return std::any_of(agenda_.begin(), agenda_.end(), [now](const auto& entry) {
    const Host& host = *std::get<2>(entry);
    const std::int64_t wait = longest_wait(host.fetch);
    const std::int64_t pause = host.pause <= kLongestPause ? host.pause : 0;
    return host.held_until - now <= wait && std::get<0>(entry) - now <= std::max(wait, pause);
  });
}

void Frontier::release(const Lease& lease) {
  Host& host = hosts_.of(lease.site);
  --host.leases;
  if (lease.is_robots) host.robots_leased = false;
  stale_.insert(lease.site);
}

Result<void> Frontier::enqueue(store::Batch& batch, const std::string& key, UrlRow& row,
                               std::optional<std::int64_t> due) {
  auto host = hosts_.change(row.site);
  if (!host) return tl::unexpected(host.error());
  const int priority = priority_of(row.link_role());
  row.queued_as = due ? waiting_key(row.site, *due, sequence_) : ready_key(row.site, priority, sequence_);
  ++sequence_;
  batch.put(store::Family::kQueue, row.queued_as, key);
  if (due) {
    ++(*host)->row.waiting;
    (*host)->queue.added_waiting(row.queued_as);
  } else {
    ++(*host)->row.ready;
    (*host)->queue.added_ready(priority);
  }
  if (scope_.has_site(row.site)) ++queued_;
  stale_.insert(row.site);
  return {};
}

Result<void> Frontier::settle(store::Batch& batch, const Lease& lease, UrlRow row,
                              std::optional<std::int64_t> due) {
  assert(!lease.is_robots);
  auto host = hosts_.change(lease.site);
  if (!host) return tl::unexpected(host.error());
  batch.erase(store::Family::kQueue, row.queued_as);
  --(due_of_queue_key(row.queued_as) ? (*host)->row.waiting : (*host)->row.ready);
  (*host)->queue.settled(lease.key);
  row.queued_as.clear();
  --queued_;
  if (due)
    if (auto queued = enqueue(batch, lease.key, row, due == kAtOnce ? std::nullopt : due); !queued)
      return queued;
  batch.put(store::Family::kUrls, lease.key, store::pack(row));
  return {};
}

Result<void> Frontier::block(const std::string& site, std::int64_t until, const std::string& why) {
  auto host = hosts_.change(site);
  if (!host) return tl::unexpected(host.error());
  stale_.insert(site);
  if (until <= (*host)->row.blocked_until) return {};
  (*host)->row.blocked_until = until;
  (*host)->row.blocked_because = why;
  return {};
}

Result<void> Frontier::unblock(const std::string& site) {
  auto host = hosts_.change(site);
  if (!host) return tl::unexpected(host.error());
  stale_.insert(site);
  hosts_.of(site).awaited_at = 0;
  HostRow& row = (*host)->row;
  row.blocked_until = row.aside_until = 0;
  row.set_aside = row.failures = 0;
  row.blocked_because.clear();
  return {};
}

Result<void> Frontier::set_delay(const std::string& site, std::int64_t milliseconds) {
  auto host = hosts_.change(site);
  if (!host) return tl::unexpected(host.error());
  stale_.insert(site);
  (*host)->row.delay = milliseconds;
  return {};
}

void Frontier::set_aside(const std::string& site, std::int64_t until, const std::string& why) {
  HostRow& row = host(site);
  row.aside_until = until;
  row.set_aside_run = run_;
  ++row.set_aside;
  row.blocked_because = "set aside after " + std::to_string(row.failures) + " failures in a row: " + why;
}

bool Frontier::is_set_aside(const std::string& site) {
  const HostRow& row = host(site);
  return row.set_aside > 0 && row.set_aside_run == run_;
}

Result<void> Frontier::scan(const std::function<bool(const Queued&)>& each) const {
  return database_.scan(store::Family::kQueue, "", "", [&](std::string_view key, std::string_view page) {
    const std::string_view site = site_of_queue_key(key);
    return !scope_.has_site(std::string(site)) || each({site, page, due_of_queue_key(key)});
  });
}

}  // namespace boardwalk::crawler
