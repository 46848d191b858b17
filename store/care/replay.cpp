#include "store/care/replay.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "config/cores.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"
#include "store/care/read_ahead.hpp"
#include "store/forgotten.hpp"
#include "store/records.hpp"
#include "store/vanished.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

using parsers::Outcome;

constexpr int kMostWorkers = 4;                             // of those that nobody asked for
constexpr std::size_t kBatchBytes = std::size_t{64} << 10;  // what the processor's cache holds beside a page

// One visit as far as a replay needs it.
struct Fetch {
  std::int64_t at;  // epoch ms
  std::string url, sha256, content_type;
  bool gone;      // the site said that the page is not there
  bool was_read;  // its fetch before brought what it says
  int run;
};

bool was_read(Outcome outcome) { return outcome == Outcome::kOk || outcome == Outcome::kUnchanged; }

// Records come from whole answers alone (2xx with a body), and not from pages that asked to be left out.
bool may_say_something(const Visit& visit) {
  return visit.status >= 200 && visit.status < 300 && !visit.sha256.empty() &&
         visit.outcome != Outcome::kTruncated && visit.outcome != Outcome::kTooLarge &&
         !visit.detail.starts_with(kNoIndex);
}

Result<std::vector<Fetch>> fetches_of(const Database& database) {
  std::vector<Fetch> fetches;
  std::string page;
  bool read_before = false;
  auto scanned = for_each_visit(database, [&](const Visit& visit) {
    if (page != visit.key) page = visit.key, read_before = false;
    const bool gone = visit.outcome == Outcome::kNotFound || visit.outcome == Outcome::kGone;
    if (gone || may_say_something(visit))
      fetches.push_back({visit.fetched_at, visit.url, may_say_something(visit) ? visit.sha256 : "",
                         content_type_of(visit), gone, read_before, visit.run});
    read_before = was_read(visit.outcome);
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  std::sort(fetches.begin(), fetches.end(), [](const Fetch& a, const Fetch& b) {
    return std::tie(a.at, a.url, a.sha256) < std::tie(b.at, b.url, b.sha256);
  });
  return fetches;
}

int worker_count(const Reading& reading) {
  if (reading.workers > 0) return reading.workers;
  return std::min(config::usable_cores(), kMostWorkers);
}

class Replay {
 public:
  Replay(const Database& from, const Reading& reading, Forgotten forgotten, Database& into)
      : from_(from), reading_(reading), forgotten_(std::move(forgotten)), into_(into), batch_(into) {}

  Result<std::int64_t> run() {
    const auto fetches = fetches_of(from_);
    if (!fetches) return tl::unexpected(fetches.error());
    ReadAhead<Read> pages(worker_count(reading_), fetches->size(), [&]() -> ReadAhead<Read>::Make {
      return [&, workspace = std::make_shared<parsers::Workspace>()](std::size_t place) {
        return read_page((*fetches)[place], *workspace);
      };
    });
    for (const auto& fetch : *fetches) {
      run_began_.try_emplace(fetch.run, fetch.at / 1000);
      auto page = std::move(pages.take().value());
      if (!page) return tl::unexpected(page.error());
      if (*page)
        if (auto put = put_page(fetch, **page); !put) return tl::unexpected(put.error());
      if (fetch.gone)
        if (auto marked = mark_gone(fetch); !marked) return tl::unexpected(marked.error());
      if (batch_.bytes() < kBatchBytes) continue;
      if (auto committed = into_.commit(batch_); !committed) return tl::unexpected(committed.error());
    }
    if (auto committed = into_.commit(batch_); !committed) return tl::unexpected(committed.error());
    return pages_;
  }

 private:
  using Read = Result<std::optional<parsers::ParsedPage>>;

  // nullopt: what was fetched says nothing.
  Read read_page(const Fetch& fetch, parsers::Workspace& workspace) const {
    if (fetch.sha256.empty()) return std::nullopt;
    const auto body = get_body(from_, fetch.sha256);
    if (!body) return tl::unexpected(body.error());
    const auto url = parsers::parse_url(fetch.url);
    const parsers::PageInput input{
        fetch.url,          *body,
        fetch.content_type, fetch.at / 1000,
        reading_.zone,      url && reading_.rules != nullptr ? reading_.rules->find(*url) : nullptr,
        fetch.sha256};
    auto page = parsers::parse_page(input, workspace);
    return page.outcome == Outcome::kOk ? std::optional(std::move(page)) : std::nullopt;
  }

  Result<void> put_page(const Fetch& fetch, parsers::ParsedPage& page) {
    ++pages_;
    forgotten_.take_out(page);
    if (auto put = put_records(batch_, page, reading_.min_chars); !put) return tl::unexpected(put.error());
    if (!fetch.was_read) return {};
    auto vanished = mark_vanished(batch_, page, run_began_[fetch.run]);
    return vanished ? Result<void>{} : tl::unexpected(vanished.error());
  }

  // A thread whose first page is not there any more.
  Result<void> mark_gone(const Fetch& fetch) {
    const auto url = parsers::parse_url(fetch.url);
    const auto page = url ? parsers::page_key(*url) : parsers::PageKey{};
    if (!fetch.was_read || page.role != parsers::LinkRole::kThread || !page.thread_id || page.page != 1)
      return {};
    const auto marked = mark_thread_gone(batch_, url->site(), *page.thread_id, fetch.at / 1000);
    return marked ? Result<void>{} : tl::unexpected(marked.error());
  }

  const Database& from_;
  const Reading& reading_;
  Forgotten forgotten_;
  Database& into_;
  Batch batch_;
  std::map<int, std::int64_t> run_began_;  // epoch seconds of its first fetch, by run
  std::int64_t pages_ = 0;
};

}  // namespace

Result<std::int64_t> replay(const Database& from, const Reading& reading, Database& into) {
  auto forgotten = Forgotten::load(from);
  if (!forgotten) return tl::unexpected(forgotten.error());
  return Replay(from, reading, std::move(*forgotten), into).run();
}

}  // namespace boardwalk::store
