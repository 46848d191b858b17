// The crawl step: what one finished page changes, in one batch: the page's records, bytes and visit, the
// links that it offers, its own new state, its host's, and the run's counts. After a kill each page is either
// as before or fully done.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>

#include "config/job.hpp"
#include "crawler/frontier.hpp"
#include "crawler/report.hpp"
#include "crawler/robots_answer.hpp"
#include "crawler/robots_tag.hpp"
#include "crawler/run_account.hpp"
#include "crawler/scope.hpp"
#include "crawler/sessions.hpp"
#include "crawler/step.hpp"
#include "crawler/taken_down.hpp"
#include "store/body_writer.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// Not thread-safe; used by the thread that owns the frontier. All references must outlive it.
class StepWriter {
 public:
  StepWriter(store::Database& database, const config::Job& job, const HostSettings& settings,
             const Scope& scope, Frontier& frontier, Sessions& sessions, RunReport& report,
             std::function<std::int64_t()> now, const parsers::site::RuleSet* rules);

  // Commits the step: an answer to a page or to robots.txt, or a page that robots.txt forbids. The lease
  // stays the caller's to release. On an error nothing of the step is in the archive.
  [[nodiscard]] Result<void> write(Step& step);

  // What bodies of this site are to be packed with; null: nothing.
  [[nodiscard]] Result<store::DictionaryPtr> dictionary(const std::string& site) {
    return bodies_.dictionary(site);
  }

  // What the last write() did.
  [[nodiscard]] const LogLine& log_line() const { return account_.line(); }

  // At the run's end: pages (and robots.txt files) whose last try failed and whose next one is left to a
  // later run count as failed.
  void give_up() { account_.end(); }

 private:
  [[nodiscard]] Result<void> finish_page(store::Batch& batch, Step& step);
  [[nodiscard]] Result<void> try_on(store::Batch& batch, const Step& step, const UrlRow& before, UrlRow& row,
                                    parsers::Outcome& outcome, std::string& detail,
                                    std::optional<std::int64_t>& due);
  [[nodiscard]] Result<void> finish_denied(store::Batch& batch, Step& step);
  [[nodiscard]] Result<void> finish_robots(store::Batch& batch, Step& step);
  [[nodiscard]] bool has_tries_left(const Step& step);
  [[nodiscard]] Result<void> note_other_host(const Step& step);
  [[nodiscard]] Result<bool> is_held(const Step& step, const std::string& target);
  [[nodiscard]] Result<void> robots_unreachable(const Step& step);
  [[nodiscard]] Result<void> take_rules(store::Batch& batch, const Step& step, const RobotsAnswer& means);
  [[nodiscard]] Result<void> keep(store::Batch& batch, Step& step, parsers::Outcome outcome,
                                  const std::string& detail);
  [[nodiscard]] Result<void> put_page_records(store::Batch& batch, const Step& step, UrlRow& row);
  [[nodiscard]] Result<void> put_file(store::Batch& batch, const Step& step, UrlRow& row);
  [[nodiscard]] Result<void> note_vanished(store::Batch& batch, const Step& step, const UrlRow& before,
                                           parsers::Outcome outcome);
  [[nodiscard]] Result<std::optional<std::int64_t>> follow_page(store::Batch& batch, const Step& step,
                                                                const UrlRow& before, UrlRow& row,
                                                                parsers::Outcome outcome);
  [[nodiscard]] Result<void> follow_files(store::Batch& batch, const Step& step, const UrlRow& row);
  [[nodiscard]] Result<void> follow_links(store::Batch& batch, const Step& step, const UrlRow& row);
  [[nodiscard]] Result<parsers::Outcome> follow_redirect(store::Batch& batch, const Step& step, UrlRow& row,
                                                         std::optional<std::int64_t>& due,
                                                         std::string& detail);
  [[nodiscard]] Result<bool> came_from(const UrlRow& row, const std::string& key) const;
  [[nodiscard]] Result<std::optional<std::int64_t>> next_try(const Step& step, parsers::Outcome outcome,
                                                             UrlRow& row, const std::string& detail);
  [[nodiscard]] Result<std::int64_t> after_challenge(const Step& step, UrlRow& row,
                                                     const std::string& detail);
  [[nodiscard]] RobotsTag asks(const Step& step) const;
  void note_session(const Step& step);
  void count(const Step& step, parsers::Outcome outcome);
  double roll() { return std::uniform_real_distribution<double>(0, 1)(dice_); }

  store::Database& database_;
  const config::Job& job_;
  const HostSettings& settings_;
  const Scope& scope_;
  Frontier& frontier_;
  Sessions& sessions_;
  RunReport& report_;
  std::function<std::int64_t()> now_;
  const parsers::site::RuleSet* rules_;  // may be absent
  store::BodyWriter bodies_;
  TakenDown taken_down_;
  RunAccount account_;
  std::minstd_rand dice_;  // jitter of retries
};

}  // namespace boardwalk::crawler
