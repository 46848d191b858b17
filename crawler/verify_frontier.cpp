#include "crawler/verify_frontier.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "crawler/rows.hpp"
#include "store/care/sums.hpp"

namespace boardwalk::crawler {
namespace {

using store::Family;

class Check {
 public:
  Check(const store::Database& database, const store::Tell& tell) : database_(database), tell_(tell) {}

  Result<void> run() {
    if (auto done = read_urls(); !done) return done;
    if (auto done = read_queue(); !done) return done;
    if (auto done = read_hosts(); !done) return done;
    return waiting_.is_even() ? Result<void>{} : find_stray();
  }

 private:
  Result<void> read_urls() {
    return database_.scan(Family::kUrls, "", "", [this](std::string_view key, std::string_view value) {
      const auto row = store::unpack<UrlRow>(value);
      if (!row)
        tell_(
            {fmt::format("the row of the page {} does not fit its layout", key), "when it is fetched next"});
      else if (!row->queued_as.empty())
        waiting_.add(row->queued_as, key);
      return true;
    });
  }

  Result<void> read_queue() {
    return database_.scan(Family::kQueue, "", "", [this](std::string_view key, std::string_view page) {
      waiting_.take(key, page);
      auto& [ready, later] = queued_[std::string(site_of_queue_key(key))];
      ++(due_of_queue_key(key) ? later : ready);
      return true;
    });
  }

  Result<void> read_hosts() {
    auto scanned = for_each_host(database_, [this](const std::string& site, const HostRow& row) {
      const auto counted = queued_.extract(site);
      const auto [ready, later] = counted ? counted.mapped() : std::pair<std::int64_t, std::int64_t>{};
      if (row.ready != ready || row.waiting != later)
        tell_({fmt::format("{} counts {} pages to be fetched and {} that wait, where {} and {} are queued",
                           site, row.ready, row.waiting, ready, later),
               "what `status` says, and when that host is asked"});
      return true;
    });
    if (!scanned && scanned.error().kind != ErrorKind::kDamaged) return scanned;
    if (!scanned) tell_({scanned.error().message, "how hosts behind it are asked"});
    if (scanned)
      for (const auto& [site, counts] : queued_)
        tell_(
            {fmt::format("pages are queued for {}, which has no row", site), "the fetching of these pages"});
    return {};
  }

  // Which page and entry do not know each other.
  Result<void> find_stray() {
    auto scanned =
        database_.scan(Family::kUrls, "", "", [this](std::string_view key, std::string_view value) {
          const auto row = store::unpack<UrlRow>(value);
          if (!row || row->queued_as.empty()) return true;
          const auto page = database_.get(Family::kQueue, row->queued_as);
          if (page && *page != key)
            tell_({fmt::format("the page {} waits to be fetched, and the queue does not know of it", key),
                   "its next fetch"});
          return true;
        });
    if (!scanned) return scanned;
    return database_.scan(Family::kQueue, "", "", [this](std::string_view key, std::string_view page) {
      const auto row = read_url(database_, std::string(page));
      if (row && (!*row || (*row)->queued_as != key))
        tell_({fmt::format("the queue holds {}, which does not wait", page), "how often it is fetched"});
      return true;
    });
  }

  const store::Database& database_;
  const store::Tell& tell_;
  store::Sum waiting_;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> queued_;  // by site: ready, later
};

}  // namespace

Result<void> verify_frontier(const store::Database& database, const store::Tell& tell) {
  return Check(database, tell).run();
}

}  // namespace boardwalk::crawler
