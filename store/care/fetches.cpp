#include "store/care/fetches.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <tuple>
#include <utility>

#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

using parsers::Outcome;

// Records come from whole answers alone (2xx with a body), and not from pages that asked to be left out.
bool may_say_something(const Visit& visit) {
  return visit.status >= 200 && visit.status < 300 && !visit.sha256.empty() &&
         visit.outcome != Outcome::kTruncated && visit.outcome != Outcome::kTooLarge &&
         !visit.detail.starts_with(kNoIndex);
}

bool comes_before(const Fetch& a, const Fetch& b) {
  return std::tie(a.at, a.url, a.sha256, a.place) < std::tie(b.at, b.url, b.sha256, b.place);
}

// Another spelling is tried right behind one that is not there.
Result<void> for_each_fetch(const Database& database, const std::function<void(Fetch)>& each) {
  std::optional<Fetch> gone;  // unless the next fetch of its page is one of another spelling
  const auto give = [&each](Fetch fetch) {
    if (fetch.gone || !fetch.sha256.empty()) each(std::move(fetch));
  };
  std::string page, type, sha256;  // type and sha256: of what was read of the page last
  bool was_read = false;
  bool away = false;  // the page was not there at its last fetch but those that say nothing
  std::int64_t place = 0;
  auto walked = for_each_visit(database, [&](const Visit& visit) {
    const bool same = page == visit.key;
    if (gone) {
      gone->gone = !same || gone->url == visit.url;
      give(*std::exchange(gone, std::nullopt));
    }
    if (!same) page = visit.key, was_read = false, away = false;
    const bool says = may_say_something(visit);
    Fetch fetch{
        visit.fetched_at, visit.url, content_type_of(visit), says ? visit.sha256 : "", false, was_read,
        visit.run,        place};
    if (away && visit.status == 304) fetch.content_type = type, fetch.sha256 = sha256;  // it is back
    fetch.gone = was_read && (visit.outcome == Outcome::kNotFound || visit.outcome == Outcome::kGone);
    away = fetch.gone || (away && fetch.sha256.empty());
    fetch.gone ? static_cast<void>(gone = std::move(fetch)) : give(std::move(fetch));
    const bool reads = says && (visit.outcome == Outcome::kOk || visit.outcome == Outcome::kUnchanged);
    if (reads) type = content_type_of(visit), sha256 = visit.sha256;
    was_read |= reads;
    ++place;
    return true;
  });
  if (gone) give(*std::move(gone));
  return walked;
}

}  // namespace

Result<std::vector<Fetch>> Fetches::next() {
  assert(most_ > 0);
  // Those that come first of what is left; once there are too many, a heap with the latest in front.
  std::vector<Fetch> first;
  if (ends_) return first;
  bool more = false;
  auto walked = for_each_fetch(database_, [&](Fetch fetch) {
    if (last_ && !comes_before(*last_, fetch)) return;
    if (first.size() < most_) {
      first.push_back(std::move(fetch));
      return;
    }
    if (!more) std::make_heap(first.begin(), first.end(), comes_before);
    more = true;
    if (!comes_before(fetch, first.front())) return;
    std::pop_heap(first.begin(), first.end(), comes_before);
    first.back() = std::move(fetch);
    std::push_heap(first.begin(), first.end(), comes_before);
  });
  if (!walked) return tl::unexpected(walked.error());
  std::sort(first.begin(), first.end(), comes_before);
  if (!first.empty()) last_ = first.back();
  ends_ = !more;
  return first;
}

}  // namespace boardwalk::store
