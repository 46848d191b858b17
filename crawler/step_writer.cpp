#include "crawler/step_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "crawler/come_back.hpp"
#include "crawler/follow.hpp"
#include "crawler/host_answer.hpp"
#include "crawler/judge.hpp"
#include "crawler/media.hpp"
#include "crawler/pace.hpp"
#include "crawler/retry.hpp"
#include "crawler/robots_tag.hpp"
#include "crawler/spellings.hpp"
#include "parsers/sniff.hpp"
#include "store/files.hpp"
#include "store/records.hpp"
#include "store/visits.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;
using parsers::Outcome;

// Whether a link goes up the way that a reader came: a thread's to the page of its board that listed it, or
// to the index. It says nothing of what is new there.
bool leads_back(LinkRole from, LinkRole to) {
  if (from == LinkRole::kThread) return to == LinkRole::kBoard || to == LinkRole::kIndex;
  return from == LinkRole::kBoard && to == LinkRole::kIndex;
}

// This look at the page is over.
void stamp(UrlRow& row, Outcome outcome, std::int64_t looked_at, std::int64_t sweep) {
  row.last_outcome = static_cast<int>(outcome);
  row.last_fetch = looked_at;
  row.sweep = sweep;
}

// When the page is looked at again by itself, if it is.
std::optional<std::int64_t> look_again(UrlRow& row, const Found& found, std::int64_t looked_at,
                                       const config::Job::Recrawl& policy) {
  const Recheck again = next_recheck(found, row.rechecks, policy);
  row.rechecks = again.step;
  return again.after ? std::optional(looked_at + *again.after) : std::nullopt;
}

}  // namespace

StepWriter::StepWriter(store::Database& database, const config::Job& job, const HostSettings& settings,
                       const Scope& scope, Frontier& frontier, Sessions& sessions, RunReport& report,
                       std::function<std::int64_t()> now, const parsers::site::RuleSet* rules)
    : database_(database),
      job_(job),
      settings_(settings),
      scope_(scope),
      frontier_(frontier),
      sessions_(sessions),
      report_(report),
      now_(std::move(now)),
      rules_(rules),
      bodies_(database),
      taken_down_(database, {rules, job.site.timezone_minutes}),
      account_(database, report),
      dice_(static_cast<unsigned>(report.started_at)) {}

Result<void> StepWriter::write(Step& step) {
  account_.begin_step();
  if (auto left_out = taken_down_.leave_out(step); !left_out) return left_out;
  store::Batch batch(database_);
  Result<void> finished;
  if (step.lease.robots_denied) {
    finished = finish_denied(batch, step);
  } else {
    note_session(step);
    finished = step.lease.is_robots ? finish_robots(batch, step) : finish_page(batch, step);
  }
  if (!finished) return finished;
  frontier_.put_hosts(batch);
  sessions_.put(batch, step.lease.site);
  report_.queued = frontier_.queued();
  put_run(batch, report_);
  if (auto committed = database_.commit(batch); !committed) return committed;
  return account_.look_at_thread(step);
}

Result<void> StepWriter::finish_denied(store::Batch& batch, Step& step) {
  step.answer.url = step.lease.row.url;
  step.answer.started_at = step.answer.ended_at = now_();
  UrlRow row = step.lease.row;
  row.attempts = 0;
  account_.answered_after_all(step.lease.key);
  stamp(row, Outcome::kRobotsDenied, step.answer.ended_at, frontier_.sweep_of(step.lease.site));
  const Found found = found_now(step, step.lease.row, Outcome::kRobotsDenied, false);
  const auto due = look_again(row, found, step.answer.ended_at, job_.recrawl);
  account_.settled(row, due);
  if (auto settled = frontier_.settle(batch, step.lease, std::move(row), due); !settled) return settled;
  count(step, Outcome::kRobotsDenied);
  return keep(batch, step, Outcome::kRobotsDenied, *step.lease.robots_denied);
}

Result<void> StepWriter::finish_page(store::Batch& batch, Step& step) {
  auto held = read_url(batch, step.lease.key);  // offers since the lease may have changed it
  if (!held) return tl::unexpected(held.error());
  if (!*held)
    return fail(ErrorKind::kDamaged,
                "the archive lost the row of " + step.lease.key + "; restore it from a backup");
  UrlRow row = std::move(**held);
  const UrlRow before = row;
  account_.answered_after_all(step.lease.key);
  const bool against = counts_against_host(step.answer.outcome, step.answer.status);
  const config::Job::Fetch& fetch = settings_.of(step.lease.site);
  if (auto noted = note_answer(frontier_, step.lease, step.answer,
                               against ? Verdict::kAgainst : Verdict::kFor, fetch, job_.recrawl);
      !noted)
    return noted;
  auto [outcome, detail] = judge(step, row, fetch.media_types);
  std::optional<std::int64_t> due;
  if (auto tried = try_on(batch, step, before, row, outcome, detail, due); !tried) return tried;
  stamp(row, outcome, step.answer.ended_at, frontier_.sweep_of(step.lease.site));
  row.last_status = step.answer.status;
  const bool is_gone = outcome == Outcome::kNotFound || outcome == Outcome::kGone;
  if (is_gone || (step.answer.status == 304 && !step.page)) {
    row.etag.clear();  // a page that is back is to show it, one that is not held to be sent
    row.last_modified.clear();
  }
  const bool records = outcome == Outcome::kOk || outcome == Outcome::kUnchanged;
  if (step.answer.outcome == Outcome::kOk && records && !asks(step).noindex)
    if (auto put = is_file(row) ? put_file(batch, step, row) : put_page_records(batch, step, row); !put)
      return put;
  if (!due)  // else another spelling may lead to it
    if (auto noted = note_vanished(batch, step, before, outcome); !noted) return noted;
  if (!due && outcome == Outcome::kRedirected) {
    due = look_again(row, found_now(step, before, outcome, false), step.answer.ended_at, job_.recrawl);
  } else if (!due) {
    auto again = follow_page(batch, step, before, row, outcome);
    if (!again) return tl::unexpected(again.error());
    due = *again;
  }
  if (is_file(row) && outcome == Outcome::kNotHtml) step.answer.body.clear();  // no file that is wanted
  count(step, outcome);
  account_.settled(row, due);
  if (auto settled = frontier_.settle(batch, step.lease, std::move(row), due); !settled) return settled;
  return keep(batch, step, outcome, detail);
}

// Where the answer does not end this look at the page: `due` is when it goes on, by another spelling or with
// another try.
Result<void> StepWriter::try_on(store::Batch& batch, const Step& step, const UrlRow& before, UrlRow& row,
                                Outcome& outcome, std::string& detail, std::optional<std::int64_t>& due) {
  if (outcome == Outcome::kRedirected) {
    auto followed = follow_redirect(batch, step, row, due, detail);
    if (!followed) return tl::unexpected(followed.error());
    outcome = *followed;
    if (!due) row.hops = row.attempts = 0;  // of this look alone
    return {};
  }
  if (outcome == Outcome::kNotFound && drop_spelling(row, step.lease.row.url)) {
    if (!before.fetched() || !is_refusal(*before.outcome(), before.last_status)) row.rechecks = 0;
    due = kAtOnce;
    return {};
  }
  auto next = next_try(step, outcome, row, detail);
  if (!next) return tl::unexpected(next.error());
  due = *next;
  row.hops = 0;
  if (due && step.answer.status == 0) change_scheme(row, step.lease.row.url);
  return {};
}

// What the page asks of robots, in its headers and in itself, as far as the job heeds it.
RobotsTag StepWriter::asks(const Step& step) const {
  const config::Job::Fetch& fetch = settings_.of(step.lease.site);
  RobotsTag tag = robots_tag(step.answer.headers, product_token(fetch.user_agent));
  tag.nofollow |= step.page && step.page->nofollow;
  tag.noindex |= step.page && step.page->noindex;
  return {tag.nofollow && fetch.obey_nofollow, tag.noindex && fetch.obey_noindex};
}

Result<void> StepWriter::put_page_records(store::Batch& batch, const Step& step, UrlRow& row) {
  row.etag = step.answer.header("etag");
  row.last_modified = step.answer.header("last-modified");
  row.content_sha256 = step.content.sha256;
  auto put = store::put_records(batch, *step.page, static_cast<std::size_t>(job_.duplicates.min_chars),
                                step.content);
  if (!put) return tl::unexpected(put.error());
  account_.put(step.lease.site, *put);
  return go_on_by_posts(database_, batch, frontier_, step, put->new_posts);
}

Result<void> StepWriter::put_file(store::Batch& batch, const Step& step, UrlRow& row) {
  if (taken_down_.has_file(step.lease.key)) return {};
  row.etag = step.answer.header("etag");
  row.last_modified = step.answer.header("last-modified");
  store::put_file(batch, step.lease.key,
                  {step.sha256, parsers::media_type(step.answer.header("content-type")),
                   static_cast<std::int64_t>(step.answer.body.size())});
  return {};
}

Result<void> StepWriter::note_vanished(store::Batch& batch, const Step& step, const UrlRow& before,
                                       Outcome outcome) {
  // What sent its visitors elsewhere in this sweep was not gone.
  const bool astray = outcome == Outcome::kNotFound && before.outcome() == Outcome::kRedirected &&
                      before.sweep >= frontier_.sweep_of(step.lease.site);
  if (astray) return {};
  const auto vanished = vanished_posts(batch, step, before, outcome, rules_, report_.started_at);
  if (!vanished) return tl::unexpected(vanished.error());
  account_.gone(step.lease.site, *vanished);
  return {};
}

// Offers what the page leads to; tells when it is looked at again by itself, if it is.
Result<std::optional<std::int64_t>> StepWriter::follow_page(store::Batch& batch, const Step& step,
                                                            const UrlRow& before, UrlRow& row,
                                                            Outcome outcome) {
  if (!is_file(row))
    if (auto followed = follow_links(batch, step, row); !followed) return tl::unexpected(followed.error());
  if (auto followed = follow_files(batch, step, row); !followed) return tl::unexpected(followed.error());
  const bool led_on = account_.line().queued > 0;
  return look_again(row, found_now(step, before, outcome, led_on), step.answer.ended_at, job_.recrawl);
}

// What comes with the page, behind everything that it links.
Result<void> StepWriter::follow_files(store::Batch& batch, const Step& step, const UrlRow& row) {
  const config::Media wanted = settings_.of(step.lease.site).media;
  const auto url = parsers::parse_url(step.answer.url);
  const bool whole = step.answer.outcome == Outcome::kOk || step.held;
  if (!url || !whole || wanted == config::Media::kNone) return {};
  std::vector<std::string> files = step.requisites;
  if (step.page && !is_file(row)) {
    const auto named = files_of(*step.page, wanted);
    files.insert(files.begin(), named.begin(), named.end());
  }
  for (const auto& offer : files_to_fetch(files, parsers::page_key(*url), row.depth + 1, scope_)) {
    if (taken_down_.has_file(offer.key.key)) continue;
    if (auto taken = frontier_.offer(batch, offer, now_()); !taken) return tl::unexpected(taken.error());
  }
  return {};
}

Result<void> StepWriter::follow_links(store::Batch& batch, const Step& step, const UrlRow& row) {
  const auto url = parsers::parse_url(step.answer.url);
  if (!url) return {};
  const bool whole = step.answer.outcome == Outcome::kOk || step.held;
  const bool may_follow = !asks(step).nofollow;
  Following following;
  if (step.page && whole && may_follow)
    following = links_to_follow(step, *url, row, scope_, settings_.of(step.lease.site), now_());
  for (const auto& [reason, links] : following.kept_out) report_.kept_out[std::string(reason)] += links;
  auto& offers = following.offers;
  if (offers.empty())
    if (auto door = other_door(*url, row, scope_)) offers.push_back(std::move(*door));
  const parsers::PageKey here = parsers::page_key(*url);
  const bool is_index = step.page && step.page->kind == parsers::PageKind::kIndex;  // by whatever name
  bool lists = false;
  bool anything_new = false;
  for (auto& offer : offers) {
    lists |= offer.what.listed.has_value();
    const bool to_board = offer.key.role == LinkRole::kBoard;
    const bool same_board = to_board && offer.key.board_id == here.board_id;
    const bool way_back =
        leads_back(here.role, offer.key.role) || (is_index && offer.key.role == LinkRole::kIndex);
    offer.what.listing_stale =
        way_back || (lists && same_board && (!anything_new || offer.key.page != here.page + 1));
    auto taken = frontier_.offer(batch, offer, now_());
    if (!taken) return tl::unexpected(taken.error());
    anything_new |= taken->news && !offer.what.sticky;
    if (taken->queued) account_.led_on();
  }
  return {};
}

// When the page is to be tried again, if it is; counts it as failed when its tries are used up.
Result<std::optional<std::int64_t>> StepWriter::next_try(const Step& step, Outcome outcome, UrlRow& row,
                                                         const std::string& detail) {
  using Due = std::optional<std::int64_t>;
  const FetchResult& answer = step.answer;
  if (may_pass(outcome, answer.status)) {
    // While its host does not answer at all, a page uses up no tries of its own.
    const bool host_is_down = answer.status == 0 && frontier_.host(step.lease.site).failures > 1;
    if (!host_is_down || row.attempts == 0) ++row.attempts;
    const auto wait = retry_wait(outcome, answer.status, row.attempts, answer.retry_after,
                                 settings_.of(step.lease.site), roll());
    if (wait) {
      account_.will_retry(step.lease.key, {answer.url, outcome, detail});
      return Due(answer.ended_at + *wait);
    }
    row.attempts = 0;
    account_.failed(step.lease.key, {answer.url, outcome, detail});
    return Due(answer.ended_at + wait_after_failing(settings_.of(step.lease.site), job_.recrawl));
  }
  if (outcome == Outcome::kChallenge) return after_challenge(step, row, detail);
  row.attempts = 0;
  if (is_failure(outcome)) account_.failed(step.lease.key, {answer.url, outcome, detail});
  return Due();
}

// A host that wants a proof of humanity is asked for nothing more until its challenge may have passed; one
// that asks to load a page again, until it is.
Result<std::int64_t> StepWriter::after_challenge(const Step& step, UrlRow& row, const std::string& detail) {
  const FetchResult& answer = step.answer;
  const config::Job::Fetch& fetch = settings_.of(step.lease.site);
  const std::int64_t pause = wait_after_failing(fetch, job_.recrawl);
  const auto last = store::last_visit(database_, step.lease.key);
  if (!last) return tl::unexpected(last.error());
  // A try that failed before it in this look counts, whatever came between.
  const bool second = row.attempts > 0 || (*last && (*last)->outcome == Outcome::kChallenge &&
                                           answer.ended_at - (*last)->fetched_at < pause);
  const bool heeds = step.page->reload && fetch.retries > 0 && !second;
  FailedPage page{answer.url, Outcome::kChallenge, detail};
  if (heeds)
    account_.will_retry(step.lease.key, std::move(page));
  else
    account_.failed(step.lease.key, std::move(page));
  row.attempts = heeds ? 1 : 0;
  const std::int64_t until = answer.ended_at + (heeds ? fetch.retry_delay.count() : pause);
  if (auto blocked = frontier_.block(step.lease.site, until, "challenge: " + detail); !blocked)
    return tl::unexpected(blocked.error());
  // The page may be all that the host wants a proof for: the others are asked for before it.
  return heeds ? until : until + pause;
}

// Once a host: the first page tells.
void StepWriter::note_session(const Step& step) {
  if (step.logged_in.value_or(true)) return;
  const auto is_it = [&step](const LoggedOut& known) { return known.site == step.lease.site; };
  if (std::any_of(report_.logged_out.begin(), report_.logged_out.end(), is_it)) return;
  report_.logged_out.push_back({step.lease.site, step.answer.url});
}

void StepWriter::count(const Step& step, Outcome outcome) {
  HostRow& host = frontier_.host(step.lease.site);
  const auto bytes = static_cast<std::int64_t>(step.answer.body.size());
  if (host.run != report_.run) {
    host.run = report_.run;
    host.run_since = step.answer.started_at;
    host.run_pages = host.run_bytes = host.run_errors = 0;
  }
  host.outcomes.resize(report_.outcomes.size());
  ++host.outcomes[static_cast<std::size_t>(outcome)];
  host.run_pages += step.lease.is_robots || step.lease.robots_denied ? 0 : 1;
  host.run_errors += is_failure(outcome) ? 1 : 0;
  host.bytes += bytes;
  host.run_bytes += bytes;
}

// The visit, and the bytes when there are any.
Result<void> StepWriter::keep(store::Batch& batch, Step& step, Outcome outcome, const std::string& detail) {
  const FetchResult& answer = step.answer;
  account_.answered(step, outcome, detail);
  store::Visit visit;
  visit.key = step.lease.key;
  visit.url = answer.url;
  visit.fetched_at = answer.ended_at;
  visit.run = report_.run;
  visit.outcome = outcome;
  visit.status = answer.status;
  visit.detail = detail;
  if (step.page && outcome == Outcome::kOk && asks(step).noindex)
    visit.detail = detail.empty() ? store::kNoIndex : fmt::format("{}; {}", store::kNoIndex, detail);
  visit.content_sha256 = step.content.sha256;
  visit.bytes = static_cast<std::int64_t>(answer.body.size());
  visit.milliseconds = static_cast<int>(answer.ended_at - answer.started_at);
  visit.headers = answer.headers;
  visit.robots = step.lease.robots_rule;
  if (step.page) visit.page_kind = to_string(step.page->kind);
  if (!answer.body.empty()) {
    visit.sha256 = step.sha256;
    if (step.redacted)
      taken_down_.put_redacted(batch, step, visit);
    else if (auto put =
                 bodies_.put(batch, step.lease.site, visit.sha256, answer.body, std::move(step.packed));
             !put)
      return put;
  }
  store::put_visit(batch, visit);
  return {};
}

}  // namespace boardwalk::crawler
