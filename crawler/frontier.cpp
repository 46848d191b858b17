#include "crawler/frontier.hpp"

#include <algorithm>
#include <cassert>

#include "crawler/media.hpp"
#include "store/records.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kLookAhead = 64;    // queue entries of a host read at a time
constexpr std::size_t kSpellings = 3;     // further ones kept per page
constexpr double kLongestDelay = 86'400;  // seconds of a Crawl-delay that count

// Keeps another spelling of a page. True when the row changed.
bool add_spelling(UrlRow& row, const std::string& url) {
  if (url == row.url || row.others.size() >= kSpellings) return false;
  if (std::find(row.others.begin(), row.others.end(), url) != row.others.end()) return false;
  row.others.push_back(url);
  return true;
}

}  // namespace

struct Frontier::Slot {
  struct Entry {
    std::string queue_key;
    std::string page_key;
  };

  std::string site;
  HostRow row;
  int leases = 0;
  std::deque<Entry> ready;          // the next entries of the queue, leased ones left out
  bool ready_to_end = false;        // `ready` holds all there are
  std::optional<std::int64_t> due;  // of the first waiting entry that is not leased
  std::string due_page;
  std::optional<Robots> robots;
  bool robots_leased = false;
  std::optional<std::tuple<std::int64_t, std::uint64_t, Slot*>> on_agenda;
};

Frontier::Frontier(const store::Database& database, const config::Job& job, const Scope& scope, int run,
                   std::int64_t sweep)
    : database_(database),
      job_(job),
      scope_(scope),
      sequence_(static_cast<std::uint64_t>(run) << 40),
      sweep_(sweep) {}

Frontier::~Frontier() = default;

Result<void> Frontier::load() {
  std::vector<std::string> sites;
  queued_ = 0;
  Result<void> read;
  const auto look = [&](const std::string& queue_key, const std::string& page) -> Result<void> {
    auto foreign = scope_.admits_all_of(sites.back()) ? Result<bool>(false) : is_foreign(page);
    if (!foreign) return tl::unexpected(foreign.error());
    if (*foreign) {
      foreign_.insert(queue_key);
      return {};
    }
    ++queued_;
    if (!due_of_queue_key(queue_key)) return {};
    auto row = read_url(database_, page);
    if (!row) return tl::unexpected(row.error());
    if (*row && (*row)->attempts > 0) retrying_.insert(page);
    return {};
  };
  const auto counted =
      database_.scan(store::Family::kQueue, "", "", [&](std::string_view key, std::string_view page) {
        const std::string_view site = site_of_queue_key(key);
        if (sites.empty() || sites.back() != site) sites.emplace_back(site);
        if (scope_.has_site(sites.back())) read = look(std::string(key), std::string(page));
        return read.has_value();
      });
  if (!counted) return counted;
  if (!read) return read;
  for (const auto& site : sites) {
    if (!scope_.has_site(site)) continue;
    if (auto slot = slot_of(site); !slot) return tl::unexpected(slot.error());
    stale_.insert(site);
  }
  return {};
}

// Whether a queued page is out of this job's scope: the way that led to it is asked again.
Result<bool> Frontier::is_foreign(const std::string& key) const {
  auto row = read_url(database_, key);
  if (!row) return tl::unexpected(row.error());
  const auto url = *row ? parsers::parse_url((*row)->url) : std::nullopt;
  if (!url || scope_.is_seed(key)) return false;
  if (is_file(**row)) return !scope_.admits_file(*url);
  parsers::PageKey from;
  if (!(*row)->via.empty()) {
    auto before = read_url(database_, (*row)->via);
    if (!before) return tl::unexpected(before.error());
    if (const auto linked = *before ? parsers::parse_url((*before)->url) : std::nullopt)
      from = parsers::page_key(*linked);
  }
  return !scope_.admits(from, *url, parsers::page_key(*url));
}

Result<Frontier::Slot*> Frontier::slot_of(const std::string& site) {
  auto& slot = slots_[site];
  if (!slot) {
    auto fresh = std::make_unique<Slot>();
    fresh->site = site;
    auto row = read_host(database_, site);
    if (!row) return tl::unexpected(row.error());
    if (*row) fresh->row = std::move(**row);
    slot = std::move(fresh);
    if (slot->row.robots_until > 0) apply_robots(site);
  }
  return slot.get();
}

Result<void> Frontier::look_ahead(Slot& slot) {
  if (slot.ready.empty() && !slot.ready_to_end) {
    slot.ready_to_end = true;
    const auto read = database_.scan(store::Family::kQueue, ready_prefix(slot.site), ready_prefix(slot.site),
                                     [&](std::string_view key, std::string_view page) {
                                       if (leased_.contains(std::string(page))) return true;
                                       if (foreign_.contains(std::string(key))) return true;
                                       slot.ready_to_end = slot.ready.size() < kLookAhead;
                                       if (slot.ready_to_end)
                                         slot.ready.push_back({std::string(key), std::string(page)});
                                       return slot.ready_to_end;
                                     });
    if (!read) return read;
  }
  slot.due.reset();
  return database_.scan(store::Family::kQueue, waiting_prefix(slot.site), waiting_prefix(slot.site),
                        [&](std::string_view key, std::string_view page) {
                          if (leased_.contains(std::string(page))) return true;
                          if (foreign_.contains(std::string(key))) return true;
                          slot.due = due_of_queue_key(key);
                          slot.due_page = page;
                          return false;
                        });
}

// Puts the host on the agenda for the moment at which it can next be asked for something, if there is one.
Result<void> Frontier::schedule(Slot& slot) {
  if (slot.on_agenda) agenda_.erase(*slot.on_agenda);
  slot.on_agenda.reset();
  if (slot.robots_leased || slot.leases >= job_.fetch.per_host) return {};
  if (auto looked = look_ahead(slot); !looked) return looked;
  if (slot.ready.empty() && !slot.due) return {};
  const std::int64_t when =
      slot.ready.empty() ? std::max(slot.row.not_before, *slot.due) : slot.row.not_before;
  slot.on_agenda = std::tuple(when, turn_++, &slot);
  agenda_.insert(*slot.on_agenda);
  return {};
}

Result<std::optional<Lease>> Frontier::take(std::int64_t now) {
  for (const auto& site : std::exchange(stale_, {})) {
    auto slot = slot_of(site);
    if (!slot) return tl::unexpected(slot.error());
    if (auto scheduled = schedule(**slot); !scheduled) return tl::unexpected(scheduled.error());
  }
  while (!agenda_.empty() && std::get<0>(*agenda_.begin()) <= now) {
    Slot& slot = *std::get<2>(*agenda_.begin());
    auto lease = take_from(slot, now);
    if (!lease) return lease;
    if (auto scheduled = schedule(slot); !scheduled) return tl::unexpected(scheduled.error());
    if (*lease) return lease;
  }
  return std::optional<Lease>{};
}

// REQUIRES: the slot stands on the agenda for `now` or before.
Result<std::optional<Lease>> Frontier::take_from(Slot& slot, std::int64_t now) {
  const bool due = slot.due && *slot.due <= now;
  if (!due && slot.ready.empty()) return std::optional<Lease>{};
  const std::string page = due ? slot.due_page : slot.ready.front().page_key;
  auto given = lease(slot, page);
  if (!given) return tl::unexpected(given.error());
  if (job_.fetch.obey_robots && (!slot.robots || slot.row.robots_until <= now)) {
    const auto url = parsers::parse_url(given->row.url);
    UrlRow robots_row;  // nothing of the page's own: its validators would be another file's
    robots_row.site = slot.site;
    robots_row.url = url ? url->scheme + "://" + slot.site + "/robots.txt" : given->row.url;
    if (!slot.row.robots_redirect.empty()) robots_row.url = slot.row.robots_redirect;
    robots_row.hops = slot.row.robots_hops;
    given->row = std::move(robots_row);
    given->is_robots = true;
    if (const auto robots = parsers::parse_url(given->row.url)) given->key = parsers::page_key(*robots).key;
    slot.robots_leased = true;
  } else {
    if (!due) slot.ready.pop_front();
    leased_.insert(page);
    if (const auto url = parsers::parse_url(given->row.url); url && slot.robots && job_.fetch.obey_robots) {
      const auto verdict = slot.robots->check(url->query.empty() ? url->path : url->path + '?' + url->query);
      if (!verdict.allowed) given->robots_denied = verdict.rule;
    }
    retrying_.erase(page);
  }
  ++slot.leases;
  if (!given->robots_denied) {
    slot.row.not_before = std::max(slot.row.not_before, now + pause_of(slot.row));
  }
  return std::optional(std::move(*given));
}

Result<Lease> Frontier::lease(Slot& slot, const std::string& key) {
  auto row = read_url(database_, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row)
    return fail(ErrorKind::kDamaged,
                "the archive's queue names a page that has no row (" + key + "); restore it from a backup");
  return Lease{slot.site, key, std::move(**row), false, std::nullopt};
}

std::optional<std::int64_t> Frontier::next_time() const {
  for (const auto& [when, turn, slot] : agenda_)
    if (!slot->ready.empty() || !retrying_.empty()) return when;
  return std::nullopt;
}

void Frontier::release(const Lease& lease) {
  Slot& slot = *slots_.at(lease.site);
  --slot.leases;
  if (lease.is_robots)
    slot.robots_leased = false;
  else
    leased_.erase(lease.key);
  stale_.insert(lease.site);
}

void Frontier::enqueue(store::Batch& batch, const std::string& key, UrlRow& row,
                       std::optional<std::int64_t> due) {
  const auto role = static_cast<parsers::LinkRole>(row.role);
  row.queued_as =
      due ? waiting_key(row.site, *due, sequence_++) : ready_key(row.site, priority_of(role), sequence_++);
  batch.put(store::Family::kQueue, row.queued_as, key);
  ++queued_;
  stale_.insert(row.site);
  const auto found = slots_.find(row.site);
  if (due || found == slots_.end()) return;
  Slot& slot = *found->second;
  if (!slot.ready.empty() && row.queued_as < slot.ready.back().queue_key) slot.ready.clear();
  slot.ready_to_end = false;
}

Result<Frontier::Taken> Frontier::offer(store::Batch& batch, const Offer& offer, std::int64_t now) {
  auto held = read_url(batch, offer.key.key);
  if (!held) return tl::unexpected(held.error());
  if (*held) {
    const UrlRow& row = **held;
    const bool news =
        offer.what.listed && (!row.fetched() || row.sweep >= sweep_ || row.listed != *offer.what.listed);
    auto queued = offer_known(batch, offer, std::move(**held), now);
    if (!queued) return tl::unexpected(queued.error());
    return Taken{*queued, news};
  }
  UrlRow row;
  row.url = offer.url;
  row.site = offer.site;
  row.role = static_cast<int>(offer.what.role);
  row.depth = offer.depth;
  row.hops = offer.hops;
  row.via = offer.via;
  row.listed = offer.what.listed.value_or("");
  enqueue(batch, offer.key.key, row, std::nullopt);
  batch.put(store::Family::kUrls, offer.key.key, store::pack(row));
  return Taken{true, offer.what.listed.has_value()};
}

Result<bool> Frontier::offer_known(store::Batch& batch, const Offer& offer, UrlRow row, std::int64_t now) {
  const std::string& key = offer.key.key;
  // While the spellings of a missing page are tried one by one, none of them is put back.
  const bool missing = row.sweep >= sweep_ && row.outcome() == parsers::Outcome::kNotFound;
  bool changed = !missing && add_spelling(row, offer.url);
  const bool waits = !row.queued_as.empty();
  bool queue = false;
  if (!waits && row.fetched()) {
    queue = due_again(row, offer.what, sweep_, now, job_.recrawl);
    const bool first_heard = offer.what.listed && row.listed.empty() && row.sweep == sweep_;
    if (offer.what.listed && (queue || first_heard)) {
      row.listed = *offer.what.listed;
      changed = true;
    }
  } else if (offer.what.listed && row.listed != *offer.what.listed) {
    row.listed = *offer.what.listed;
    changed = true;
  }
  if (queue && offer.what.role == parsers::LinkRole::kThread && offer.key.page == 1) {
    auto last = queue_last_page(batch, offer);
    if (!last) return last;
    if (*last) {
      row.sweep = sweep_;
      batch.put(store::Family::kUrls, key, store::pack(row));
      return true;
    }
  }
  if (queue) enqueue(batch, key, row, std::nullopt);
  if (queue || changed) batch.put(store::Family::kUrls, key, store::pack(row));
  return queue;
}

// A grown thread is read on from the last page that is known of it. False when that page cannot be queued.
Result<bool> Frontier::queue_last_page(store::Batch& batch, const Offer& offer) {
  if (!offer.key.thread_id) return false;
  const auto account = store::thread_account(database_, offer.site, *offer.key.thread_id);
  if (!account) return tl::unexpected(account.error());
  if (account->last_page <= 1 || !account->missing.empty()) return false;
  const std::string& first = offer.key.key;
  const std::string key = first.substr(0, first.rfind(' ') + 1) + std::to_string(account->last_page);
  auto row = read_url(batch, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row || !(*row)->queued_as.empty()) return false;
  enqueue(batch, key, **row, std::nullopt);
  batch.put(store::Family::kUrls, key, store::pack(**row));
  return true;
}

void Frontier::settle(store::Batch& batch, const Lease& lease, UrlRow row, std::optional<std::int64_t> due) {
  assert(!lease.is_robots);
  batch.erase(store::Family::kQueue, row.queued_as);
  row.queued_as.clear();
  --queued_;
  if (due) {
    enqueue(batch, lease.key, row, *due > 0 ? due : std::nullopt);
    if (row.attempts > 0) retrying_.insert(lease.key);
  }
  batch.put(store::Family::kUrls, lease.key, store::pack(row));
}

// One more than asked for, since clocks are read in whole milliseconds.
std::int64_t Frontier::pause_of(const HostRow& row) const {
  const auto delay = std::max<std::int64_t>(job_.fetch.delay.count(), row.crawl_delay);
  return delay > 0 ? delay + 1 : 0;
}

HostRow& Frontier::host(const std::string& site) { return slots_.at(site)->row; }

void Frontier::put_host(store::Batch& batch, const std::string& site) const {
  batch.put(store::Family::kHosts, site, store::pack(slots_.at(site)->row));
}

void Frontier::apply_robots(const std::string& site) {
  Slot& slot = *slots_.at(site);
  const int status = slot.row.robots_status;
  if (status >= 200 && status < 300)
    slot.robots = Robots::parse(slot.row.robots_text, product_token(job_.fetch.user_agent));
  else if (status >= 400 && status < 500)
    slot.robots = Robots::allow_all("robots.txt answered " + std::to_string(status));
  else
    slot.robots = Robots::disallow_all("robots.txt could not be had");
  slot.row.crawl_delay =
      static_cast<std::int64_t>(std::min(slot.robots->crawl_delay().value_or(0), kLongestDelay) * 1000);
}

}  // namespace boardwalk::crawler
