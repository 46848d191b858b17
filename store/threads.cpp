#include "store/threads.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "store/damage.hpp"
#include "store/index_rows.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/merge.hpp"
#include "store/packed.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/thread_layer.hpp"
#include "store/thread_rows.hpp"
#include "store/versioned.hpp"

namespace boardwalk::store {
namespace {

using parsers::PageRef;
using parsers::Thread;

template <typename Source>
Result<ThreadState> read_state(const Source& source, const std::string& site, const std::string& thread_id) {
  const auto value = source.get(Family::kThreads, thread_state_key(site, thread_id));
  if (!value) return tl::unexpected(value.error());
  if (!*value) return ThreadState{};
  auto state = parse_thread_state(**value);
  if (!state) return damaged_row("threads", "the thread " + parsers::thread_record_id(site, thread_id));
  return std::move(*state);
}

template <typename Source>
Result<std::optional<ThreadLayer>> read_layer(const Source& source, const std::string& key) {
  const auto json = source.get(Family::kThreads, key);
  if (!json) return tl::unexpected(json.error());
  if (!*json) return std::nullopt;
  auto layer = layer_from_json(**json);
  if (!layer) return tl::unexpected(layer.error());
  return std::move(*layer);
}

// The highest page number known: the thread's newest page counts its pages; a board row newer than that may
// know more.
ThreadAccount account_of(const ThreadState& state, const std::optional<ThreadLayer>& row) {
  ThreadAccount account;
  account.last_page = state.promised;
  if (row && row->thread.pages && is_newer(row->thread.page, state.page))
    account.last_page = std::max(account.last_page, *row->thread.pages);
  account.missing = state.whole.missing(account.last_page);
  account.posts = state.posts;
  account.complete = state.whole.covers(account.last_page);
  return account;
}

// All pages of one thread that are still there, and the floors that follow from their order.
class Floors {
 public:
  Floors(Batch& batch, const std::string& site, const std::string& thread_id)
      : batch_(batch), site_(site), thread_id_(thread_id) {}

  Result<void> derive(const ThreadState& state) {
    if (auto loaded = load(state); !loaded) return tl::unexpected(loaded.error());
    if (is_reversed()) return count_backwards(state.promised);
    std::int64_t floor = 0;
    int expected = 1;
    for (auto& [number, row] : pages_) {
      if (number != expected++ || !row.whole) break;
      if (row.prints_floors) {
        for (const auto printed : row.floors) floor = std::max(floor, printed);
        continue;
      }
      const auto given = number_posts(number, row, [&floor] { return ++floor; });
      if (!given) return given;
    }
    return {};
  }

 private:
  bool is_reversed() const {
    return std::any_of(pages_.begin(), pages_.end(), [](const auto& page) {
      return page.second.newest_first && !page.second.prints_floors;
    });
  }

  // The opening post comes first, then the newest down to floor 2: known once all pages are, and while each
  // post has its place on them. Those that were pushed off a page stand nowhere until the next one is read.
  Result<void> count_backwards(int last_page) {
    int expected = 1;
    const bool all = std::all_of(pages_.begin(), pages_.end(), [&expected](const auto& page) {
      return page.first == expected++ && page.second.whole;
    });
    if (!all || expected <= last_page) return {};
    const auto placed = all_placed();
    if (!placed) return tl::unexpected(placed.error());
    if (!*placed) return {};
    auto next = static_cast<std::int64_t>(place_.size());
    bool opening = true;
    for (auto& [number, row] : pages_) {
      const auto given =
          number_posts(number, row, [&] { return std::exchange(opening, false) ? 1 : next--; });
      if (!given) return given;
    }
    return {};
  }

  // Whether the pages show each post that is held of the thread and not gone.
  Result<bool> all_placed() {
    bool placed = true;
    auto scanned = batch_.scan(Family::kRecords, thread_posts_prefix(site_, thread_id_),
                               [&](std::string_view key, std::string_view value) {
                                 const auto parts = parse_record_key(key);
                                 placed = !parts || place_.contains(std::string(parts->id)) ||
                                          text_field(value, "gone_at").has_value();
                                 return placed;
                               });
    if (!scanned) return tl::unexpected(scanned.error());
    return placed;
  }

  // A page that is not whole any more shows what stood there before posts were deleted, where it is behind the
  // last one, or its first post has been seen on an earlier page since.
  Result<void> load(const ThreadState& state) {
    bool damaged = false;
    const std::string prefix = thread_pages_prefix(site_, thread_id_);
    auto scanned = batch_.scan(Family::kThreads, prefix, [&](std::string_view key, std::string_view value) {
      auto row = parse_thread_page(value);
      damaged |= !row || key.size() != prefix.size() + 8;
      if (damaged) return false;
      const auto number = static_cast<int>(from_big_endian(key.substr(prefix.size())));
      const bool stands = state.whole.holds(number) || (number <= state.promised && !has_moved_up(*row));
      if (stands) pages_.emplace_back(number, std::move(*row));
      return true;
    });
    if (!scanned) return scanned;
    if (damaged) return damaged_row("threads", "a page of " + parsers::thread_record_id(site_, thread_id_));
    for (const auto& [number, row] : pages_)
      for (std::size_t i = 0; i < row.posts.size(); ++i) place_[row.posts[i]] = {number, i};
    return {};
  }

  [[nodiscard]] bool has_moved_up(const ThreadPageRow& row) const {
    return !row.posts.empty() && std::any_of(pages_.begin(), pages_.end(), [&row](const auto& earlier) {
      const auto& [number, page] = earlier;
      return page.page.fetched_at > row.page.fetched_at &&
             std::find(page.posts.begin(), page.posts.end(), row.posts.front()) != page.posts.end();
    });
  }

  // Gives each post of the page the floor that `next` says. A sticky reply stands above the others on a page
  // and again in its own place: the later place counts.
  template <typename Next>
  Result<void> number_posts(int number, ThreadPageRow& row, Next next) {
    bool changed = false;
    for (std::size_t i = 0; i < row.posts.size(); ++i) {
      if (place_[row.posts[i]] != std::pair(number, i)) {
        changed |= std::exchange(row.floors[i], 0) != 0;
        continue;
      }
      const std::int64_t floor = next();
      if (std::exchange(row.floors[i], floor) == floor) continue;
      const auto set = set_floor(batch_, site_, thread_id_, row.posts[i], static_cast<int>(floor));
      if (!set) return tl::unexpected(set.error());
      changed = true;
    }
    if (changed) batch_.put(Family::kThreads, thread_page_key(site_, thread_id_, number), pack(row));
    return {};
  }

  Batch& batch_;
  const std::string& site_;
  const std::string& thread_id_;
  std::vector<std::pair<int, ThreadPageRow>> pages_;
  std::map<std::string, std::pair<int, std::size_t>> place_;
};

// One thread on its way into the archive.
class Entry {
 public:
  Entry(Batch& batch, const std::string& site, const std::string& thread_id)
      : batch_(batch), site_(site), thread_id_(thread_id) {}

  Result<bool> put(const ThreadChange& change, const PageRef& ref) {
    auto state = read_state(batch_, site_, thread_id_);
    if (!state) return tl::unexpected(state.error());
    state_ = std::move(*state);
    state_.posts += change.posts;
    if (change.page != nullptr && change.page->number >= 1)
      if (auto put = put_page(change, ref); !put) return tl::unexpected(put.error());
    put_counters(change.rows);
    put_counters(change.own);
    auto row = put_layer(thread_rows_key(site_, thread_id_), change.rows,
                         [](ThreadLayer& layer) { layer.drop_marks_of_older_rows(); });
    if (!row) return tl::unexpected(row.error());
    const auto full = change.own.empty() ? Result<std::optional<PageRef>>() : newest_first_page();
    if (!full) return tl::unexpected(full.error());
    // What a newer full page does not show any more is no longer so. Views of a part, mobile pages and, in old
    // templates, all but the first page have no place for the marks.
    auto own = put_layer(thread_own_key(site_, thread_id_), change.own, [&full](ThreadLayer& layer) {
      if (*full) layer.drop_marks_before(**full);
    });
    if (!own) return tl::unexpected(own.error());
    if (change.posts != 0 || change.page != nullptr)
      batch_.put(Family::kThreads, thread_state_key(site_, thread_id_), pack(state_));
    return put_record(*row, *own, change.page != nullptr || !change.own.empty() ? &ref : nullptr);
  }

 private:
  Result<void> put_page(const ThreadChange& change, const PageRef& ref) {
    const parsers::ThreadPage& page = *change.page;
    const bool is_newest = !is_newer(state_.page, ref);
    const int before = state_.promised;
    // Whether it tells how many there are: one without a pager that can be read knows of itself and perhaps
    // the next one alone, one that is cut off may have lost its pager.
    bool counts = std::any_of(change.own.begin(), change.own.end(),
                              [](const Thread* thread) { return thread->pages.has_value(); });
    // One that promises itself and no more is the last: it links to no later one.
    const bool ends = !counts && page.whole && page.pages == page.number;
    int promised = std::max(page.pages.value_or(page.number), page.number);
    lost_pager_ = !page.whole && promised <= before;
    counts = (counts || ends) && !lost_pager_;
    if (!counts || (state_.page.url.empty() && !ends)) promised = std::max(promised, before);
    if (is_newest) state_.promised = promised;
    if (is_newest && counts) state_.page = ref;
    // The page that was the last was filled up before others followed, and pages behind a last one that has
    // come nearer hold other posts when they are back: these are to be read again. In reverse order new posts
    // come to the first page.
    bool outgrown = false;  // this one is, as newer pages tell
    if (counts && promised != before) {
      const auto told = told_last();
      if (!told) return tl::unexpected(told.error());
      if (is_newest && promised < before) state_.whole.remove_behind(promised);
      outgrown = !is_newest && *told > 0 && page.number > *told;
      if (!page.newest_first) {
        if (is_newest && promised > before && *told == before) state_.whole.remove(before);
        outgrown |= !is_newest && page.number == promised && promised < *told;
      }
    }
    const std::string key = thread_page_key(site_, thread_id_, page.number);
    const auto value = batch_.get(Family::kThreads, key);
    if (!value) return tl::unexpected(value.error());
    if (*value) {
      const auto held = parse_thread_page(**value);
      if (!held) return damaged_row("threads", "a page of " + parsers::thread_record_id(site_, thread_id_));
      // A page that was once read whole stays so: of two equally whole ones the newer counts.
      if (held->whole != page.whole ? held->whole : is_newer(held->page, ref)) return {};
    }
    // In reverse order the opening post's floor is known even where none is printed.
    const std::size_t given = change.floors.size();
    const bool prints_floors = page.post_ids.empty() || (page.newest_first ? given > 1 : given > 0);
    ThreadPageRow row{page.whole, prints_floors, page.newest_first, ref, page.post_ids, {}};
    for (const auto& id : row.posts) {
      const auto floor = change.floors.find(id);
      row.floors.push_back(floor == change.floors.end() ? 0 : floor->second);
    }
    batch_.put(Family::kThreads, key, pack(row));
    if (page.whole) outgrown ? state_.whole.remove(page.number) : state_.whole.add(page.number);
    state_.floorless |= !row.prints_floors;
    if (!state_.floorless) return {};
    return Floors(batch_, site_, thread_id_).derive(state_);
  }

  // The page that was read as the thread's first one, whole, last.
  Result<std::optional<PageRef>> newest_first_page() {
    const auto value = batch_.get(Family::kThreads, thread_page_key(site_, thread_id_, 1));
    if (!value) return tl::unexpected(value.error());
    if (!*value) return std::nullopt;
    const auto row = parse_thread_page(**value);
    if (!row) return damaged_row("threads", "a page of " + parsers::thread_record_id(site_, thread_id_));
    return row->whole ? std::optional(row->page) : std::nullopt;
  }

  // The last page by the newest page, before the one that is being put, that tells: not each has a pager.
  Result<int> told_last() {
    const auto own = read_layer(batch_, thread_own_key(site_, thread_id_));
    if (!own) return tl::unexpected(own.error());
    return *own ? (*own)->thread.pages.value_or(0) : 0;
  }

  void put_counters(const std::vector<const Thread*>& told) {
    for (const Thread* thread : told) {
      if (!thread->replies && !thread->views) continue;
      const std::string key = thread_counters_prefix(site_, thread_id_) +
                              big_endian(static_cast<std::uint64_t>(thread->page.fetched_at));
      batch_.put(Family::kThreads, key,
                 pack(ThreadCounters{thread->replies.value_or(-1), thread->views.value_or(-1)}));
    }
  }

  // `settle` takes out what is no longer so.
  template <typename Settle>
  Result<std::optional<ThreadLayer>> put_layer(const std::string& key, const std::vector<const Thread*>& told,
                                               Settle&& settle) {
    auto layer = read_layer(batch_, key);
    if (!layer) return tl::unexpected(layer.error());
    if (told.empty()) return layer;
    for (const Thread* thread : told) {
      Thread seen = *thread;
      seen.seen = {1, seen.page.fetched_at, seen.page.fetched_at, std::nullopt};
      if (lost_pager_) seen.pages.reset();
      *layer ? (*layer)->add(seen) : void(layer->emplace(std::move(seen)));
    }
    settle(**layer);
    batch_.put(Family::kThreads, key, to_json(**layer));
    return layer;
  }

  // True when it is new. `shown_on` is the page of the thread itself that is being put, if it is one.
  Result<bool> put_record(const std::optional<ThreadLayer>& row, const std::optional<ThreadLayer>& own,
                          const PageRef* shown_on) {
    if (!row && !own) return false;
    Thread thread = thread_record(row, own);
    ThreadAccount account = account_of(state_, row);
    thread.posts_archived = account.posts;
    thread.complete = account.complete;
    thread.missing_pages = std::move(account.missing);

    const std::string key = thread_key(site_, thread_id_);
    auto held = read_record(batch_, key);
    if (!held) return tl::unexpected(held.error());
    if (*held && text_field((*held)->json, "gone_at")) {
      const auto before = thread_from_json((*held)->json);
      if (!before) return tl::unexpected(before.error());
      keep_gone(*before, shown_on, thread);
    }
    const RecordRow now{0, to_json(thread)};
    write_record(batch_, key, now);
    reindex(batch_, *held ? key : "", *held ? (*held)->json : "", key, now.json);
    return !*held;
  }

  // A thread that is gone is back when a page of its own is: boards may list it for long.
  static void keep_gone(const Thread& before, const PageRef* shown_on, Thread& thread) {
    const auto gone_at = before.seen.gone_at;
    if (gone_at && (shown_on == nullptr || shown_on->fetched_at < *gone_at)) thread.seen.gone_at = gone_at;
  }

  Batch& batch_;
  const std::string& site_;
  const std::string& thread_id_;
  ThreadState state_;
  bool lost_pager_ = false;  // the page is cut off and promises no more pages than are known
};

}  // namespace

Result<bool> put_thread(Batch& batch, const std::string& site, const std::string& thread_id,
                        const ThreadChange& change, const PageRef& ref) {
  return Entry(batch, site, thread_id).put(change, ref);
}

Result<std::vector<CountersAt>> thread_counters(const Database& database, const std::string& site,
                                                const std::string& thread_id) {
  std::vector<CountersAt> all;
  bool damaged = false;
  const std::string prefix = thread_counters_prefix(site, thread_id);
  auto scanned =
      database.scan(Family::kThreads, prefix, prefix, [&](std::string_view key, std::string_view value) {
        const auto row = unpack<ThreadCounters>(value);
        damaged = !row || key.size() != prefix.size() + 8;
        if (damaged) return false;
        const auto known = [](std::int64_t count) { return count < 0 ? std::nullopt : std::optional(count); };
        all.push_back({static_cast<std::int64_t>(from_big_endian(key.substr(prefix.size()))),
                       known(row->replies), known(row->views)});
        return true;
      });
  if (!scanned) return tl::unexpected(scanned.error());
  if (damaged) return damaged_row("threads", "the counters of " + parsers::thread_record_id(site, thread_id));
  return all;
}

Result<ThreadAccount> thread_account(const Database& database, const std::string& site,
                                     const std::string& thread_id) {
  const auto state = read_state(database, site, thread_id);
  if (!state) return tl::unexpected(state.error());
  const auto row = read_layer(database, thread_rows_key(site, thread_id));
  if (!row) return tl::unexpected(row.error());
  return account_of(*state, *row);
}

}  // namespace boardwalk::store
