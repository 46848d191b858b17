#include "crawler/supervision.hpp"

#include <fmt/format.h>

#include <utility>

#include "crawler/requeue.hpp"
#include "crawler/seeds.hpp"
#include "parsers/url.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::int64_t kLookEvery = 100;  // ms

}  // namespace

Supervision::Supervision(store::Database& database, const config::Job& job, Scope& scope, Frontier& frontier,
                         RunReport& report, DiskRoom::FreeBytes free, ActionBox::Tell tell)
    : database_(database),
      scope_(scope),
      frontier_(frontier),
      report_(report),
      actions_(database.directory(), std::move(tell)),
      room_(job.archive, std::move(free)) {}

Result<void> Supervision::look(std::int64_t now) {
  if (now >= looked_at_ && now - looked_at_ < kLookEvery) return {};  // clocks are set back
  looked_at_ = now;
  Result<void> fine;
  actions_.attend([&](const Action& action) {
    auto answer = carry_out(action, now);
    if (!answer && answer.error().kind != ErrorKind::kUsage) fine = tl::unexpected(answer.error());
    return answer;
  });
  if (!fine) return fine;
  room_.look(now);
  const std::string reason = reason_to_pause();
  if (reason == report_.paused) return {};
  report_.paused = reason;
  store::Batch batch(database_);
  put_run(batch, report_);
  return database_.commit(batch);
}

std::string Supervision::reason_to_pause() const {
  if (room_.short_of()) return "the archive's disk has less room than archive.min_free";
  return paused_ ? "boardwalk ctl pause" : "";
}

Result<std::string> Supervision::carry_out(const Action& action, std::int64_t now) {
  switch (action.kind) {
    case Action::Kind::kPause:
      return std::exchange(paused_, true) ? "the crawl is paused already" : "the crawl takes no more pages";
    case Action::Kind::kResume:
      return std::exchange(paused_, false) ? "the crawl goes on" : "the crawl was not paused";
    case Action::Kind::kStop:
      stop_asked_ = true;
      return "the crawl finishes what is in flight and ends";
    case Action::Kind::kSeed:
      return add_seeds(action, now);
    case Action::Kind::kBlock:
    case Action::Kind::kUnblock:
      return set_block(action, action.kind == Action::Kind::kBlock);
    case Action::Kind::kRetry:
      return retry(action);
  }
  return fail(ErrorKind::kUsage, "nothing known of that action");
}

Result<std::string> Supervision::add_seeds(const Action& action, std::int64_t now) {
  for (const auto& url : action.arguments)
    if (!parsers::parse_url(url))
      return tl::unexpected(scope_.add_seed(url).error());  // before any is queued
  std::size_t queued = 0;
  store::Batch batch(database_);
  for (const auto& url : action.arguments) {
    auto added = add_seed(scope_, frontier_, batch, url, now);
    if (!added) return tl::unexpected(added.error());
    queued += *added ? 1 : 0;
  }
  if (auto committed = commit(batch); !committed) return tl::unexpected(committed.error());
  return fmt::format("{} of {} seeds queued; the others wait already or were fetched in this run", queued,
                     action.arguments.size());
}

Result<std::string> Supervision::set_block(const Action& action, bool blocked) {
  for (const auto& site : action.arguments) {
    const auto known = read_host(database_, site);
    if (!known) return tl::unexpected(known.error());
    if (!*known)
      return fail(ErrorKind::kUsage,
                  fmt::format("\"{}\" is no host of this archive; boardwalk status lists them", site));
  }
  store::Batch batch(database_);
  for (const auto& site : action.arguments) {
    auto set = blocked ? frontier_.block(site, kForever, "boardwalk ctl block") : frontier_.unblock(site);
    if (!set) return tl::unexpected(set.error());
  }
  if (auto committed = commit(batch); !committed) return tl::unexpected(committed.error());
  return blocked ? "nothing more is asked of it, until boardwalk ctl unblock" : "it is asked again";
}

Result<std::string> Supervision::retry(const Action& action) {
  store::Batch batch(database_);
  const auto queued = requeue(frontier_, batch, action.arguments);
  if (!queued) return tl::unexpected(queued.error());
  if (auto committed = commit(batch); !committed) return tl::unexpected(committed.error());
  return fmt::format("{} of {} pages queued; the others wait already", *queued, action.arguments.size());
}

Result<void> Supervision::commit(store::Batch& batch) {
  frontier_.put_hosts(batch);
  return database_.commit(batch);
}

}  // namespace boardwalk::crawler
