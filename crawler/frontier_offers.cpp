// The part of the frontier that decides what becomes of pages that other pages lead to.
#include <cstddef>
#include <utility>

#include "crawler/frontier.hpp"
#include "crawler/grown_thread.hpp"
#include "crawler/media.hpp"
#include "crawler/page_states.hpp"
#include "crawler/spellings.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kBoardsOfOthers = 4;  // that list a thread, kept with it

// A page in the queue that no retry waits for.
bool waits_for_a_look(const UrlRow& row) {
  return due_of_queue_key(row.queued_as) && row.fetched() && !waits_for_retry(row);
}

// Whether what was fetched as a file, since a picture's address named it first, is a page.
bool is_page_after_all(const UrlRow& row, const Offer& offer) {
  return is_file(row) && is_page(offer.what.role) && row.queued_as.empty() &&
         row.outcome() == parsers::Outcome::kNotHtml;
}

// Whether the last look led nowhere. While the spellings of such a page are tried one by one, none of them is
// put back.
bool led_astray(const UrlRow& row) {
  return row.outcome() == parsers::Outcome::kNotFound || row.outcome() == parsers::Outcome::kRedirected;
}

}  // namespace

Result<Frontier::Taken> Frontier::offer(store::Batch& batch, const Offer& offer, std::int64_t now) {
  auto held = read_url(batch, offer.key.key);
  if (!held) return tl::unexpected(held.error());
  if (*held) {
    const UrlRow& row = **held;
    const bool news = offer.what.listed &&
                      (!row.fetched() || row.sweep >= sweep_of(row.site) || row.listed != *offer.what.listed);
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
  row.replies = offer.what.replies.value_or(-1);
  row.modified = offer.what.modified.value_or(0);
  if (auto queued = enqueue(batch, offer.key.key, row, std::nullopt); !queued)
    return tl::unexpected(queued.error());
  batch.put(store::Family::kUrls, offer.key.key, store::pack(row));
  return Taken{true, offer.what.listed.has_value()};
}

Result<bool> Frontier::offer_known(store::Batch& batch, const Offer& offer, UrlRow row, std::int64_t now) {
  const std::string& key = offer.key.key;
  if (is_page_after_all(row, offer)) {
    row.role = static_cast<int>(offer.what.role);
    row.depth = offer.depth;
    row.via = offer.via;
    row.listed = offer.what.listed.value_or("");
    return make_ready(batch, key, row);
  }
  const auto shared = share(batch, offer, row);
  if (!shared) return shared;
  const std::int64_t sweep = sweep_of(row.site);
  const bool astray = row.sweep >= sweep && led_astray(row);
  bool changed = *shared;
  changed |= offer.renews ? renew_spelling(row, offer.url) : !astray && add_spelling(row, offer.url);
  const bool fell = offer.what.replies.value_or(row.replies) < row.replies;
  bool queue = false;
  bool told = offer.what.listed && row.listed != *offer.what.listed;
  if (row.fetched() && (row.queued_as.empty() || waits_for_a_look(row))) {
    queue = due_again(row, offer.what, sweep, now, job_.recrawl);
    const bool first_heard = offer.what.listed && row.listed.empty() && row.sweep == sweep;
    told = told && (queue || first_heard);
  }
  if (told) {
    row.listed = *offer.what.listed;
    row.replies = offer.what.replies.value_or(row.replies);
  }
  changed |=
      told || (offer.what.modified && std::exchange(row.modified, *offer.what.modified) != row.modified);
  if (queue && offer.what.role == parsers::LinkRole::kThread && offer.key.page == 1)
    return queue_thread(batch, offer, std::move(row), fell);
  if (queue) return make_ready(batch, key, row);
  if (changed) batch.put(store::Family::kUrls, key, store::pack(row));
  return *shared && !row.queued_as.empty();
}

// Whether a thread that this job's scope does not admit as other jobs met it is its own, too, by this offer
// of a board. If it is queued, it is given out from now on; the row is the caller's to put.
Result<bool> Frontier::share(store::Batch& batch, const Offer& offer, UrlRow& row) {
  if (offer.key.role != parsers::LinkRole::kThread || scope_.admits_all_of(row.site)) return false;
  const auto foreign = is_foreign(offer.key.key, row);
  if (!foreign || !*foreign) return foreign;
  const auto from = key_now(database_, offer.via);
  if (!from) return tl::unexpected(from.error());
  const auto url = parsers::parse_url(row.url);
  if (from->role != parsers::LinkRole::kBoard || !url || !scope_.admits(*from, *url, offer.key)) return false;
  row.also_via.push_back(offer.via);
  if (row.also_via.size() > kBoardsOfOthers) row.also_via.erase(row.also_via.begin());
  if (row.queued_as.empty()) return true;
  auto host = hosts_.change(row.site);
  if (!host) return tl::unexpected(host.error());
  const auto due = due_of_queue_key(row.queued_as);
  unqueue(batch, **host, row);
  if (auto queued = enqueue(batch, offer.key.key, row, due); !queued) return tl::unexpected(queued.error());
  return true;
}

// The pages of a changed thread; its first one when none of them can be queued. `row` is that one's.
Result<bool> Frontier::queue_thread(store::Batch& batch, const Offer& offer, UrlRow row, bool fell) {
  const std::string& first = offer.key.key;
  const auto pages = pages_to_read(database_, offer, fell);
  if (!pages) return tl::unexpected(pages.error());
  bool others = false;
  for (const auto& key : *pages) {
    auto queued = key == first ? Result<bool>(false) : requeue(batch, key);
    if (!queued) return queued;
    others |= *queued;
  }
  if (!others || pages->front() == first) return make_ready(batch, first, row);
  row.sweep = sweep_of(row.site);
  batch.put(store::Family::kUrls, first, store::pack(row));
  return true;
}

Result<bool> Frontier::requeue(store::Batch& batch, const std::string& key) {
  auto row = read_url(batch, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return false;
  (*row)->attempts = 0;
  return make_ready(batch, key, **row);
}

Result<bool> Frontier::claim(store::Batch& batch, const std::string& key, bool foreign) {
  auto row = read_url(batch, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row || (*row)->queued_as.empty()) return false;
  if (!foreign && !foreign_.contains((*row)->queued_as)) return false;
  auto host = hosts_.change((*row)->site);
  if (!host) return tl::unexpected(host.error());
  unqueue(batch, **host, **row);
  (*row)->attempts = 0;
  return make_ready(batch, key, **row);
}

// REQUIRES: it is queued, and not under way.
void Frontier::unqueue(store::Batch& batch, Host::Open& host, UrlRow& row) {
  batch.erase(store::Family::kQueue, row.queued_as);
  if (due_of_queue_key(row.queued_as)) {
    --host.row.waiting;
    host.queue.removed_waiting();
  } else {
    --host.row.ready;
  }
  const bool counts = foreign_.erase(row.queued_as) == 0 && scope_.has_site(row.site);
  if (counts) --queued_;
  row.queued_as.clear();
}

// Puts the row, too.
Result<bool> Frontier::make_ready(store::Batch& batch, const std::string& key, UrlRow& row) {
  if (!row.queued_as.empty()) {
    auto host = hosts_.change(row.site);
    if (!host) return tl::unexpected(host.error());
    if (!due_of_queue_key(row.queued_as) || (*host)->queue.is_out(key)) return false;
    unqueue(batch, **host, row);
  }
  if (auto queued = enqueue(batch, key, row, std::nullopt); !queued) return tl::unexpected(queued.error());
  batch.put(store::Family::kUrls, key, store::pack(row));
  return true;
}

}  // namespace boardwalk::crawler
