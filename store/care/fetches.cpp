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

bool was_read(Outcome outcome) { return outcome == Outcome::kOk || outcome == Outcome::kUnchanged; }

// Records come from whole answers alone (2xx with a body), and not from pages that asked to be left out.
bool may_say_something(const Visit& visit) {
  return visit.status >= 200 && visit.status < 300 && !visit.sha256.empty() &&
         visit.outcome != Outcome::kTruncated && visit.outcome != Outcome::kTooLarge &&
         !visit.detail.starts_with(kNoIndex);
}

bool comes_before(const Fetch& a, const Fetch& b) {
  return std::tie(a.at, a.url, a.sha256, a.place) < std::tie(b.at, b.url, b.sha256, b.place);
}

Result<void> for_each_fetch(const Database& database, const std::function<void(Fetch)>& each) {
  std::string page;
  bool read_before = false;
  std::int64_t place = 0;
  return for_each_visit(database, [&](const Visit& visit) {
    if (page != visit.key) page = visit.key, read_before = false;
    const bool gone = visit.outcome == Outcome::kNotFound || visit.outcome == Outcome::kGone;
    const bool says = may_say_something(visit);
    if (gone || says)
      each({visit.fetched_at, visit.url, content_type_of(visit), says ? visit.sha256 : "", gone, read_before,
            visit.run, place});
    read_before = was_read(visit.outcome);
    ++place;
    return true;
  });
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
