#include "store/care/replay.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "config/cores.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"
#include "parsers/url_list.hpp"
#include "store/bodies.hpp"
#include "store/care/fetches.hpp"
#include "store/care/read_ahead.hpp"
#include "store/forgotten.hpp"
#include "store/records.hpp"
#include "store/vanished.hpp"

namespace boardwalk::store {
namespace {

constexpr int kMostWorkers = 4;                              // of those that nobody asked for
constexpr std::size_t kReplayBatch = std::size_t{64} << 10;  // what the processor's cache holds beside a page

int worker_count(const ReplayOptions& options) {
  if (options.workers > 0) return options.workers;
  return std::min(config::usable_cores(), kMostWorkers);
}

class Replay {
 public:
  Replay(const Database& from, const ReplayOptions& options, ReadingOfRuns reading, Forgotten forgotten,
         Database& into)
      : from_(from),
        options_(options),
        reading_(std::move(reading)),
        forgotten_(std::move(forgotten)),
        into_(into),
        batch_(into) {}

  Result<Replayed> run() {
    Fetches all(from_, options_.at_once);
    for (;;) {
      const auto fetches = all.next();
      if (!fetches) return tl::unexpected(fetches.error());
      if (fetches->empty()) break;
      if (auto done = replay(*fetches); !done) return tl::unexpected(done.error());
    }
    if (auto committed = into_.commit(batch_); !committed) return tl::unexpected(committed.error());
    Replayed done{pages_, {}};
    for (const auto& [run, began] : run_began_) done.runs.insert(run);
    return done;
  }

 private:
  using Read = Result<std::optional<parsers::ParsedPage>>;

  Result<void> replay(const std::vector<Fetch>& fetches) {
    ReadAhead<Read> pages(worker_count(options_), fetches.size(), [&]() -> ReadAhead<Read>::Make {
      return [&, workspace = std::make_shared<parsers::Workspace>()](std::size_t place) {
        return read_page(fetches[place], *workspace);
      };
    });
    for (const auto& fetch : fetches) {
      run_began_.try_emplace(fetch.run, fetch.at / 1000);
      auto page = std::move(pages.take().value());
      if (!page) return tl::unexpected(page.error());
      if (*page)
        if (auto put = put_page(fetch, **page); !put) return tl::unexpected(put.error());
      if (fetch.gone)
        if (auto marked = mark_gone(fetch); !marked) return tl::unexpected(marked.error());
      if (batch_.bytes() < kReplayBatch) continue;
      if (auto committed = into_.commit(batch_); !committed) return committed;
    }
    return {};
  }

  // nullopt: what was fetched says nothing.
  Read read_page(const Fetch& fetch, parsers::Workspace& workspace) const {
    if (fetch.sha256.empty()) return std::nullopt;
    const auto body = get_body(from_, fetch.sha256);
    if (!body) return tl::unexpected(body.error());
    if (parsers::is_url_list(*body)) return std::nullopt;  // a sitemap or a feed: links alone
    const auto url = parsers::parse_url(fetch.url);
    parsers::PageInput input{fetch.url,
                             *body,
                             fetch.content_type,
                             fetch.at / 1000,
                             reading_.of(fetch.run).zone,
                             url && options_.rules != nullptr ? options_.rules->find(*url) : nullptr,
                             fetch.sha256};
    input.records_only = true;
    auto page = parsers::parse_page(input, workspace);
    return page.outcome == parsers::Outcome::kOk ? std::optional(std::move(page)) : std::nullopt;
  }

  Result<void> put_page(const Fetch& fetch, parsers::ParsedPage& page) {
    ++pages_;
    forgotten_.take_out(page);
    const auto min_chars = static_cast<std::size_t>(reading_.of(fetch.run).min_chars);
    if (auto put = put_records(batch_, page, min_chars); !put) return tl::unexpected(put.error());
    if (!fetch.was_read) return {};
    auto vanished = mark_vanished(batch_, page, run_began_[fetch.run]);
    return vanished ? Result<void>{} : tl::unexpected(vanished.error());
  }

  Result<void> mark_gone(const Fetch& fetch) {
    const auto url = parsers::parse_url(fetch.url);
    if (!url) return {};
    const auto marked = mark_page_gone(batch_, *url, options_.rules, fetch.at / 1000);
    return marked ? Result<void>{} : tl::unexpected(marked.error());
  }

  const Database& from_;
  const ReplayOptions& options_;
  ReadingOfRuns reading_;
  Forgotten forgotten_;
  Database& into_;
  Batch batch_;
  std::map<int, std::int64_t> run_began_;  // epoch seconds of its first fetch, by run
  std::int64_t pages_ = 0;
};

}  // namespace

Result<ReadingOfRuns> ReadingOfRuns::load(const Database& database, const ReplayOptions& options) {
  auto told = run_readings(database);
  if (!told) return tl::unexpected(told.error());
  return ReadingOfRuns(options, std::move(*told));
}

RunReading ReadingOfRuns::of(int run) const {
  const RunReading given{options_.zone, static_cast<std::int64_t>(options_.min_chars)};
  const auto told = told_.find(run);
  if (told == told_.end()) return given;
  return {options_.is_zone_of_all ? given.zone : told->second.zone,
          options_.is_min_chars_of_all ? given.min_chars : told->second.min_chars};
}

Result<Replayed> replay(const Database& from, const ReplayOptions& options, Database& into) {
  auto forgotten = Forgotten::load(from);
  if (!forgotten) return tl::unexpected(forgotten.error());
  auto reading = ReadingOfRuns::load(from, options);
  if (!reading) return tl::unexpected(reading.error());
  return Replay(from, options, std::move(*reading), std::move(*forgotten), into).run();
}

}  // namespace boardwalk::store
