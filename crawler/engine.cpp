#include "crawler/engine.hpp"

#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstdlib>
#include <unordered_map>
#include <utility>
#include <variant>

#include "config/cores.hpp"
#include "config/job_scope.hpp"
#include "crawler/budget.hpp"
#include "crawler/fetcher.hpp"
#include "crawler/frontier.hpp"
#include "crawler/host_settings.hpp"
#include "crawler/mailbox.hpp"
#include "crawler/media.hpp"
#include "crawler/parse_pool.hpp"
#include "crawler/requeue.hpp"
#include "crawler/robots_answer.hpp"
#include "crawler/scope.hpp"
#include "crawler/seeds.hpp"
#include "crawler/sessions.hpp"
#include "crawler/step.hpp"
#include "crawler/step_writer.hpp"
#include "crawler/supervision.hpp"
#include "crawler/sweeps.hpp"
#include "parsers/contains.hpp"
#include "store/bodies.hpp"
#include "store/run_reading.hpp"
#include "store/visits.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::Outcome;

constexpr std::size_t kBacklog = 64;  // leases beyond the connections: pages being parsed or committed
constexpr int kDeniedAtOnce = 64;     // pages that robots.txt forbids, settled before answers are looked at
constexpr std::size_t kHeldBytes = std::size_t{64} << 20;  // of bodies, as sent, between network and archive
constexpr std::int64_t kOtherClock = 60'000;               // ms by which no two system clocks differ
constexpr std::int64_t kPatience = 200;                    // ms between two looks at the interrupt flag
constexpr std::int64_t kInterruptGrace = 6'000;            // ms that fetches in flight may still take

int worker_count(const config::Job& job) {
  if (job.limits.parse_workers > 0) return static_cast<int>(job.limits.parse_workers);
  return std::max(1, config::usable_cores() - 1);
}

// A run on a made-up clock: the network's answers are told in its time.
void tell_in_own_time(FetchResult& answer, std::int64_t now) {
  if (std::abs(now - answer.ended_at) < kOtherClock) return;
  answer.started_at += now - answer.ended_at;
  answer.ended_at = now;
}

// What earlier runs left to this one.
struct Before {
  int run = 0;                     // the job's last one; 0: there was none
  std::vector<std::string> seeds;  // of that
  Sweeps sweeps;
  std::optional<std::string> requeue_behind;
  bool was_killed = false;  // the last run of any job: its last requests are unknown
};

class Crawl {
 public:
  Crawl(store::Database& database, const config::Job& job, const CrawlOptions& options, Scope scope,
        CookieFiles cookie_files, RunReport report, Before before)
      : before_(std::move(before)),
        database_(database),
        job_(job),
        options_(options),
        scope_(std::move(scope)),
        settings_(job),
        sessions_(database_, settings_, std::move(cookie_files)),
        report_(std::move(report)),
        frontier_(database_, job_, settings_, scope_, report_.run, before_.sweeps),
        supervision_(database_, job_, scope_, frontier_, report_, options_.free_bytes, options_.on_trouble),
        writer_(database_, job_, settings_, scope_, frontier_, sessions_, report_, options_.now,
                options_.rules),
        pool_({worker_count(job), job.site.timezone_minutes, options.rules, &settings_,
               static_cast<std::size_t>(job.limits.page_bytes)},
              [this](Step step) { mail_.put(std::move(step)); }),
        fetcher_(
            job.fetch, job.limits.page_bytes, [this](FetchResult answer) { mail_.put(std::move(answer)); },
            options.network) {}

  Result<RunReport> run();

 private:
  using Mail = std::variant<FetchResult, Step>;

  Result<void> begin();
  Result<void> queue_everything(store::Batch& batch);
  Result<void> loop();
  Result<void> end();
  Result<void> put_what_is_left(store::Batch& batch);

  Result<bool> stops();
  bool may_take() const;
  bool limit_reached();
  bool session_over() const;
  Result<void> fill();
  Result<FetchRequest> request_for(const Lease& lease);
  Result<void> keep_session(const FetchResult& answer);
  Result<void> handle(Mail mail);
  std::chrono::milliseconds patience() const;

  Result<void> read_held(Step& step) const;
  Result<void> finish(Step step);
  std::int64_t now() const { return options_.now(); }
  bool interrupted() const {
    return supervision_.stop_asked() || (options_.interrupted != nullptr && *options_.interrupted);
  }

  const Before before_;
  store::Database& database_;
  const config::Job& job_;
  const CrawlOptions& options_;
  Scope scope_;
  const HostSettings settings_;
  Sessions sessions_;
  RunReport report_;
  Frontier frontier_;
  Supervision supervision_;
  StepWriter writer_;
  std::unordered_map<std::uint64_t, Lease> fetching_;
  std::uint64_t next_id_ = 0;
  std::int64_t pages_taken_ = 0;
  std::size_t held_bytes_ = 0;
  std::size_t handed_out_ = 0;  // leases of any kind
  bool more_denied_ = false;    // what robots.txt forbids was settled, and there may be more of it
  std::optional<std::int64_t> interrupted_at_;
  Mailbox<Mail> mail_;
  ParsePool pool_;  // these two end their threads before the mailbox goes
  Fetcher fetcher_;
};

Result<RunReport> Crawl::run() {
  if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
  if (auto looped = loop(); !looped) return tl::unexpected(looped.error());
  if (auto ended = end(); !ended) return tl::unexpected(ended.error());
  return report_;
}

Result<void> Crawl::begin() {
  store::Batch batch(database_);
  if (auto offered = offer_entrances(database_, settings_, frontier_, batch, scope_, before_.seeds, now());
      !offered)
    return offered;
  begin_run(batch, report_);
  store::put_run_reading(batch, report_.run, {job_.site.timezone_minutes, job_.duplicates.min_chars});
  put_left(batch, report_.run, before_.sweeps.left);
  if (before_.run > 0) erase_left(batch, before_.run);
  if (before_.requeue_behind)
    if (auto queued = queue_everything(batch); !queued) return queued;
  frontier_.put_hosts(batch);
  if (auto committed = database_.commit(batch); !committed) return committed;
  if (auto loaded = frontier_.load(now(), before_.was_killed ? now() : 0); !loaded) return loaded;
  return requeue_tried_ahead(database_, frontier_, now());
}

Result<void> Crawl::queue_everything(store::Batch& batch) {
  bool goes_on = true;
  const auto commit = [&](store::Batch& filled, const std::string& behind) -> Result<bool> {
    report_.full_behind = behind;
    put_run(filled, report_);
    frontier_.put_hosts(filled);
    if (auto committed = database_.commit(filled); !committed) return tl::unexpected(committed.error());
    return goes_on = !interrupted();
  };
  const auto queued = requeue_known(database_, frontier_, batch, commit, *before_.requeue_behind);
  if (!queued) return tl::unexpected(queued.error());
  if (!goes_on) return {};
  report_.full_behind.clear();
  put_run(batch, report_);
  return {};
}

Result<void> Crawl::loop() {
  while (true) {
    if (auto looked = supervision_.look(now()); !looked) return looked;
    auto stop = stops();
    if (!stop) return tl::unexpected(stop.error());
    if (*stop) return {};
    auto mail = mail_.take(patience());
    if (!mail && options_.on_progress) options_.on_progress(report_);
    if (!mail) continue;
    if (auto handled = handle(std::move(*mail)); !handled) return handled;
  }
}

// Fills the free slots; true when there is nothing to wait for any more. Sets report_.stop then.
Result<bool> Crawl::stops() {
  if (interrupted() && !interrupted_at_) interrupted_at_ = now();
  if (interrupted_at_ || limit_reached()) {
    if (report_.stop.empty()) report_.stop = "interrupted";
    // Time that is over is a promise as a signal is, whatever else ends the run.
    const std::int64_t time = job_.limits.max_time.count();
    const bool late = time > 0 && now() - report_.started_at > time + kInterruptGrace;
    return handed_out_ == 0 || late || (interrupted_at_ && now() - *interrupted_at_ > kInterruptGrace);
  }
  if (supervision_.holds()) return false;
  if (auto filled = fill(); !filled) return tl::unexpected(filled.error());
  if (handed_out_ > 0 || more_denied_ || limit_reached()) return false;
  if (frontier_.has_due_soon(now())) return false;
  report_.stop = "done";
  if (!frontier_.stopped().empty()) report_.stop = frontier_.stopped().begin()->second;
  if (frontier_.waits_for_hours(now())) report_.stop = "outside_hours";
  return true;
}

bool Crawl::limit_reached() {
  std::int64_t errors = 0;
  for (std::size_t i = 0; i < report_.outcomes.size(); ++i)
    if (is_failure(static_cast<Outcome>(i))) errors += report_.outcomes[i];
  const Spent spent{pages_taken_, report_.bytes, errors, now() - report_.started_at};
  report_.stop = interrupted_at_ ? "interrupted" : run_limit_reached(spent, job_.limits);
  if (report_.stop.empty() && session_over()) report_.stop = "logged_out";
  if (report_.stop.empty() && supervision_.disk_is_full(now())) report_.stop = "disk_full";
  return !report_.stop.empty();
}

bool Crawl::session_over() const {
  return std::any_of(report_.logged_out.begin(), report_.logged_out.end(), [this](const LoggedOut& session) {
    return settings_.of(session.site).stop_when_logged_out;
  });
}

bool Crawl::may_take() const {
  return fetching_.size() < static_cast<std::size_t>(job_.fetch.concurrency) &&
         handed_out_ < static_cast<std::size_t>(job_.fetch.concurrency) + kBacklog &&
         held_bytes_ < kHeldBytes;
}

Result<void> Crawl::fill() {
  int denied = 0;
  more_denied_ = false;
  while (!more_denied_ && may_take() && !limit_reached() && !interrupted()) {
    auto lease = frontier_.take(now());
    if (!lease) return tl::unexpected(lease.error());
    if (!*lease) return {};
    ++handed_out_;
    if ((*lease)->robots_denied) {
      if (auto finished = finish(Step{.lease = std::move(**lease)}); !finished) return finished;
      more_denied_ = ++denied == kDeniedAtOnce;
      continue;
    }
    if (!(*lease)->is_robots) ++pages_taken_;
    auto request = request_for(**lease);
    if (!request) return tl::unexpected(request.error());
    fetching_.emplace(request->id, std::move(**lease));
    fetcher_.submit(std::move(*request));
  }
  return {};
}

Result<FetchRequest> Crawl::request_for(const Lease& lease) {
  const UrlRow& row = lease.row;
  FetchRequest request;
  request.id = ++next_id_;
  request.url = row.url;
  request.etag = row.etag;
  request.last_modified = row.last_modified;
  const auto url = parsers::parse_url(row.url);
  if (!url) return request;
  request.allow_private = scope_.may_be_private(url->host);
  request.settings = &settings_.of(url->site());
  if (lease.is_robots) {
    request.enough = kRobotsEnough;
  } else if (is_file(row)) {
    request.most_bytes = request.settings->media_bytes;
  }
  auto cookies = sessions_.cookies_of(url->site(), url->host);
  if (!cookies) return tl::unexpected(cookies.error());
  request.cookies = std::move(*cookies);
  return request;
}

std::chrono::milliseconds Crawl::patience() const {
  const auto next = frontier_.next_time();
  const std::int64_t wait = next ? std::clamp<std::int64_t>(*next - now(), 1, kPatience) : kPatience;
  const bool takes = may_take() && !supervision_.holds() && !interrupted() && report_.stop.empty();
  return std::chrono::milliseconds(!takes ? kPatience : more_denied_ ? 1 : wait);
}

Result<void> Crawl::handle(Mail mail) {
  if (auto* step = std::get_if<Step>(&mail)) {
    pool_.taken(*step);
    return finish(std::move(*step));
  }
  auto& answer = std::get<FetchResult>(mail);
  tell_in_own_time(answer, now());
  if (auto kept = keep_session(answer); !kept) return kept;
  auto fetched = fetching_.extract(answer.id);
  const std::size_t sent = answer.body.size();
  Step step{.lease = std::move(fetched.mapped()), .answer = std::move(answer), .sent_bytes = sent};
  held_bytes_ += step.sent_bytes;
  if (step.answer.status == 304 && !step.lease.is_robots)
    if (auto held = read_held(step); !held) return held;
  if (step.answer.body.empty() && !step.held) return finish(std::move(step));
  auto dictionary = writer_.dictionary(step.lease.site);
  if (!dictionary) return tl::unexpected(dictionary.error());
  step.dictionary = std::move(*dictionary);
  pool_.submit(std::move(step));
  return {};
}

// In the order in which the answers came, whatever order their pages are finished in.
Result<void> Crawl::keep_session(const FetchResult& answer) {
  const auto url = answer.cookies ? parsers::parse_url(answer.url) : std::nullopt;
  return url ? sessions_.note(url->site(), url->host, *answer.cookies) : Result<void>{};
}

// What a 304 speaks of: the body that came with the validators which were sent, those of the last page that
// was read. What a site showed in its place since, and a login or a challenge is a 200 too, left them.
Result<void> Crawl::read_held(Step& step) const {
  const auto last = store::last_visit(database_, step.lease.key, [](const store::Visit& visit) {
    const bool read = visit.outcome == Outcome::kOk || visit.outcome == Outcome::kUnchanged;
    return visit.status == 200 && read && !visit.sha256.empty();
  });
  if (!last) return tl::unexpected(last.error());
  if (!*last) return {};
  auto body = store::get_body(database_, (*last)->sha256);
  if (!body && body.error().kind == ErrorKind::kNotFound) return {};
  if (!body) return tl::unexpected(body.error());
  step.held = HeldPage{std::move(*body), (*last)->sha256, content_type_of(**last)};
  return {};
}

Result<void> Crawl::finish(Step step) {
  if (auto written = writer_.write(step); !written) return written;
  held_bytes_ -= step.sent_bytes;
  --handed_out_;
  frontier_.release(step.lease);
  report_.queued = frontier_.queued();
  if (options_.on_step) options_.on_step(writer_.log_line());
  if (options_.on_progress) options_.on_progress(report_);
  return {};
}

Result<void> Crawl::end() {
  assert(parsers::is_one_of(report_.stop, kStopReasons));
  report_.ended_at = now();
  report_.queued = frontier_.queued();
  report_.paused.clear();
  for (const auto& [site, limit] : frontier_.stopped())
    if (report_.hosts_stopped.size() < RunReport::kHostsKept) report_.hosts_stopped.emplace(site, limit);
  writer_.give_up();
  store::Batch batch(database_);
  put_run(batch, report_);
  if (auto left = put_what_is_left(batch); !left) return left;
  if (auto committed = database_.commit(batch); !committed) return committed;
  return database_.flush();
}

// What the next run has to know of hosts: which are in the midst of their sweep, and that they were asked
// until now, where answers are waited for no longer.
Result<void> Crawl::put_what_is_left(store::Batch& batch) {
  frontier_.note_leased(now());
  frontier_.put_hosts(batch);
  if (!came_to_its_end(report_.stop)) return {};
  const auto left = frontier_.left(now());
  if (!left) return tl::unexpected(left.error());
  put_left(batch, report_.run, *left);
  return {};
}

}  // namespace

Result<RunReport> crawl(store::Database& database, const config::Job& job, const CrawlOptions& options) {
  auto scope = Scope::make(job);
  if (!scope) return tl::unexpected(scope.error());
  auto cookie_files = read_cookie_files(HostSettings(job));
  if (!cookie_files) return tl::unexpected(cookie_files.error());
  auto before = runs(database);
  if (!before) return tl::unexpected(before.error());
  RunReport report;
  report.run = next_run(*before);
  report.process = getpid();
  report.started_at = options.now();
  report.job = options.job_name;
  report.scope = config::scope_assignments(job);
  const RunReport* last = last_run_of(*before, report.job, report.scope);
  auto sweeps = options.full ? Result<Sweeps>(new_sweep(*before)) : next_sweeps(database, *before, last);
  if (!sweeps) return tl::unexpected(sweeps.error());
  report.sweep = sweeps->run;
  Before left{last != nullptr ? last->run : 0, last != nullptr ? seeds_of(*last) : std::vector<std::string>{},
              std::move(*sweeps), requeue_behind(options.full, last),
              !before->empty() && !before->back().ended_at};
  report.full_behind = left.requeue_behind.value_or("");
  return Crawl(database, job, options, std::move(*scope), std::move(*cookie_files), std::move(report),
               std::move(left))
      .run();
}

}  // namespace boardwalk::crawler
