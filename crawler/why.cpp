#include "crawler/why.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "crawler/host_settings.hpp"
#include "crawler/page_states.hpp"
#include "crawler/report.hpp"
#include "crawler/retry.hpp"
#include "crawler/robots_cache.hpp"
#include "crawler/scope.hpp"
#include "parsers/contains.hpp"
#include "parsers/moment.hpp"
#include "store/visits.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::Outcome;

std::string time(std::int64_t milliseconds) { return parsers::utc_rfc3339(milliseconds / 1000); }

// Whether a limit ended the run, or what it asked of the site, before that page had its turn.
bool was_left(const PageState& page, const std::string& site, const RunReport& run) {
  const bool fell_due_later = page.due && run.ended_at && *page.due > *run.ended_at;
  return !fell_due_later && (run.stop.starts_with("max_") || run.stop == "outside_hours" ||
                             run.stop == "disk_full" || run.hosts_stopped.contains(site));
}

// What is looked into for one answer.
class Case {
 public:
  Case(const store::Database& database, const parsers::Url& url, const std::optional<config::Job>& job,
       std::int64_t now)
      : database_(database), url_(url), key_(parsers::page_key(url)), job_(job), now_(now) {
    why_.url = url.str();
    why_.key = key_.key;
  }

  Result<Why> close() {
    auto state = page_state(database_, key_.key);
    if (!state) return tl::unexpected(state.error());
    auto host = read_host(database_, url_.site());
    if (!host) return tl::unexpected(host.error());
    host_ = std::move(*host);
    auto judged = *state ? known(**state) : unknown();
    if (!judged) return tl::unexpected(judged.error());
    return std::move(why_);
  }

 private:
  void decide(std::string_view decision, std::string because, std::optional<std::int64_t> at = {}) {
    assert(parsers::is_one_of(decision, kDecisions));
    why_.decision = decision;
    why_.because = std::move(because);
    why_.at = at;
  }
  void fact(std::string name, std::string value) {
    if (!value.empty()) why_.facts.emplace_back(std::move(name), std::move(value));
  }

  Result<void> known(const PageState& page);
  Result<void> unknown();
  void fetched(const PageState& page, const store::Visit& last);
  Result<void> waits(const PageState& page);
  Result<std::string> refused(const PageState* page) const;
  Result<std::optional<std::string>> forbidden();

  const store::Database& database_;
  const parsers::Url& url_;
  parsers::PageKey key_;
  const std::optional<config::Job>& job_;
  std::int64_t now_;
  std::optional<HostRow> host_;
  Why why_;
};

Result<void> Case::known(const PageState& page) {
  const auto visit = store::last_visit(database_, page.key);
  if (!visit) return tl::unexpected(visit.error());
  if (*visit) fetched(page, **visit);
  const auto outcome = page.row.outcome();
  const bool settled = outcome && !(page.queued && may_pass(*outcome, page.row.last_status));
  if (!settled)
    if (auto waiting = waits(page); !waiting) return waiting;
  fact("role", std::string(to_string(page.row.link_role())));
  fact("linked from", page.row.via.empty() ? "a seed" : page.row.via);
  for (const auto& board : page.row.also_via) fact("linked from", board);
  fact("links away from a seed", std::to_string(page.row.depth));
  if (page.queued) fact("due again", page.due ? time(*page.due) : "as soon as its host allows");
  for (const auto& other : page.row.others) fact("other spelling", other);
  if (why_.url != page.row.url) {
    fact("decided there", why_.decision + ": " + why_.because);
    decide("duplicate_spelling", "the same page as " + page.row.url + ", by which it is fetched", why_.at);
  }
  return {};
}

void Case::fetched(const PageState& page, const store::Visit& last) {
  const std::string detail = last.detail.empty() ? std::string(to_string(last.outcome)) : last.detail;
  fact("run", std::to_string(last.run));
  fact("status", last.status > 0 ? std::to_string(last.status) : "");
  fact("page", last.page_kind);
  fact("robots.txt", last.robots);
  switch (last.outcome) {
    case Outcome::kOk:
    case Outcome::kUnchanged:
      return decide("fetched", fmt::format("{}, {} bytes", to_string(last.outcome), last.bytes),
                    last.fetched_at);
    case Outcome::kRedirected:
      return decide("redirected", detail, last.fetched_at);
    case Outcome::kRobotsDenied:
      return decide("robots", detail, last.fetched_at);
    case Outcome::kDenied:
      return decide("denied", detail, last.fetched_at);
    case Outcome::kChallenge:
      return decide("challenge", detail, last.fetched_at);
    case Outcome::kNotFound:
    case Outcome::kGone:
      return decide("not_there", detail, last.fetched_at);
    default:
      fact("tries in a row", page.row.attempts > 0 ? std::to_string(page.row.attempts) : "");
      return decide("failed", fmt::format("{}: {}", to_string(last.outcome), detail), last.fetched_at);
  }
}

// A page in the queue that was never fetched, or whose last try failed.
Result<void> Case::waits(const PageState& page) {
  const auto refusal = refused(&page);
  if (!refusal) return tl::unexpected(refusal.error());
  if (!refusal->empty()) {
    decide("out_of_scope", "it waits for another job; this one's scope leaves it out: " + *refusal);
    return {};
  }
  const auto all = runs(database_);
  if (!all) return tl::unexpected(all.error());
  const std::int64_t blocked = host_ ? host_->held_until(asking_run(*all)) : 0;
  if (blocked > now_) {
    decide("blocked_host", host_->blocked_because, blocked);
    return {};
  }
  if (page.due && *page.due > now_) {
    decide("due_later", why_.because.empty() ? "it waits for its time" : "after " + why_.because, page.due);
    return {};
  }
  if (!all->empty() && was_left(page, url_.site(), all->back())) {
    decide("budget",
           fmt::format("run {} ended with {} before its turn came", all->back().run, all->back().stop),
           all->back().ended_at);
    return {};
  }
  decide("queued", "it waits for its turn");
  return {};
}

Result<void> Case::unknown() {
  const auto refusal = refused(nullptr);
  if (!refusal) return tl::unexpected(refusal.error());
  if (!refusal->empty()) {
    decide("out_of_scope", *refusal);
    return {};
  }
  const auto rule = forbidden();
  if (!rule) return tl::unexpected(rule.error());
  if (*rule)
    decide("robots", **rule);
  else
    decide("never_seen", "no page that was read links to it");
  return {};
}

// What of the job keeps it out, in words; empty when nothing does.
Result<std::string> Case::refused(const PageState* page) const {
  if (!key_.follow) return std::string("view: a view that holds nothing of its own");
  if (!job_) return std::string{};
  auto scope = Scope::make(*job_);
  if (!scope) return tl::unexpected(scope.error());
  if (scope->is_seed(key_.key)) return std::string{};
  const auto from = linked_from(database_, page != nullptr ? page->row : UrlRow{});
  if (!from) return tl::unexpected(from.error());
  const auto role = page != nullptr ? page->row.link_role() : key_.role;
  const int depth = page != nullptr ? page->row.depth : 0;
  std::string first(scope->refusal({from->front(), url_, key_, role, depth}, now_));
  // The row has the depth below the first one alone; what the others led to was near enough to be queued.
  const bool admitted = std::any_of(from->begin() + 1, from->end(), [&](const parsers::PageKey& board) {
    return scope->refusal({board, url_, key_, role, 0}, now_).empty();
  });
  return admitted ? std::string{} : std::move(first);
}

// The rule of the host's robots.txt that forbids it.
Result<std::optional<std::string>> Case::forbidden() {
  const HostSettings settings(job_ ? *job_ : config::default_job());
  const config::Job::Fetch& fetch = settings.of(url_.site());
  if (!host_ || host_->robots_until == 0 || !fetch.obey_robots) return std::optional<std::string>{};
  RobotsCache cache;
  const auto robots = cache.of(database_, *host_, product_token(fetch.user_agent));
  if (!robots) return tl::unexpected(robots.error());
  if (!*robots) return std::optional<std::string>{};
  const auto verdict = (*robots)->check(url_.target());
  return verdict.allowed ? std::optional<std::string>{} : std::optional(verdict.rule);
}

}  // namespace

Result<Why> why(const store::Database& database, const parsers::Url& url,
                const std::optional<config::Job>& job, std::int64_t now) {
  return Case(database, url, job, now).close();
}

Result<std::optional<config::Job>> last_job(const store::Database& database) {
  const auto all = runs(database);
  if (!all) return tl::unexpected(all.error());
  if (all->empty() || all->back().scope.empty()) return std::optional<config::Job>{};
  config::Job job = config::default_job();
  // What an earlier version took and this one does not is left as the default job has it.
  for (const auto& assignment : all->back().scope) (void)config::set_key(job, assignment);
  return std::optional(std::move(job));
}

}  // namespace boardwalk::crawler
