// What the steps of a run add up to: its report, with what it did at each host, and one line of the log per
// step. Used by the step writer alone, within its thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "crawler/log_line.hpp"
#include "crawler/report.hpp"
#include "crawler/step.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

class RunAccount {
 public:
  // Both must outlive it.
  RunAccount(const store::Database& database, RunReport& report) : database_(database), report_(report) {}

  // Before anything else of a step.
  void begin_step() { line_ = {}; }
  // How it ended; once a step.
  void answered(const Step& step, parsers::Outcome outcome, const std::string& detail);
  void put(const std::string& site, const store::PutCounts& counts);
  void gone(const std::string& site, int posts);
  void led_on() { ++line_.queued; }
  void settled(const UrlRow& row, std::optional<std::int64_t> due);

  // A page, or a host's robots.txt, whose try failed: another is due, or none soon. `key` names it. It counts
  // as failed once, and no more when it is answered after all, as by a try that the run lasts for.
  void will_retry(const std::string& key, FailedPage page) { failing_[key] = std::move(page); }
  void failed(const std::string& key, FailedPage page);
  void answered_after_all(const std::string& key);

  // After the commit: whether pages of the thread that the step belongs to are still missing.
  [[nodiscard]] Result<void> look_at_thread(const Step& step);

  // At the run's end: what waits for another try counts as failed.
  void end();

  [[nodiscard]] const LogLine& line() const { return line_; }

 private:
  void tell_failed();

  const store::Database& database_;
  RunReport& report_;
  LogLine line_;
  std::map<std::string, FailedPage> failing_;  // those that are tried again soon
  std::map<std::string, FailedPage> failed_;
  std::set<std::string> incomplete_;  // threads, by record id
};

}  // namespace boardwalk::crawler
