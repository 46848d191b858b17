#include "crawler/run_account.hpp"

#include <utility>

#include "parsers/page_key.hpp"
#include "parsers/records.hpp"
#include "parsers/url.hpp"
#include "store/threads.hpp"

namespace boardwalk::crawler {

void RunAccount::answered(const Step& step, parsers::Outcome outcome, const std::string& detail) {
  const FetchResult& answer = step.answer;
  line_.time = answer.ended_at;
  line_.run = report_.run;
  line_.site = step.lease.site;
  line_.url = answer.url;
  line_.outcome = outcome;
  line_.status = answer.status;
  line_.bytes = static_cast<std::int64_t>(answer.body.size());
  line_.milliseconds = answer.ended_at - answer.started_at;
  if (step.lease.is_robots) line_.kind = "robots";
  if (step.page) line_.kind = to_string(step.page->kind);
  line_.detail = detail;
  ++report_.outcomes[static_cast<std::size_t>(outcome)];
  const bool asked = !step.lease.robots_denied;
  report_.fetches += asked ? 1 : 0;
  report_.pages += asked && !step.lease.is_robots ? 1 : 0;
  report_.bytes += line_.bytes;
  HostReport& here = report_.hosts[step.lease.site];
  ++here.outcomes[static_cast<std::size_t>(outcome)];
  here.fetches += asked ? 1 : 0;
  here.bytes += line_.bytes;
  here.milliseconds += line_.milliseconds;
}

void RunAccount::put(const std::string& site, const store::PutCounts& counts) {
  add(report_.records, counts);
  add(report_.hosts[site].records, counts);
  line_.added += counts.new_posts + counts.new_articles + counts.new_threads + counts.new_boards;
  line_.changed += counts.changed_posts + counts.changed_articles;
}

void RunAccount::gone(const std::string& site, int posts) {
  report_.gone_posts += posts;
  report_.hosts[site].gone_posts += posts;
  line_.gone += posts;
}

void RunAccount::settled(const UrlRow& row, std::optional<std::int64_t> due) {
  line_.tries = row.attempts;
  line_.due = due == kAtOnce ? std::nullopt : due;
  line_.via = row.via;
}

void RunAccount::failed(const std::string& key, FailedPage page) {
  answered_after_all(key);
  if (const auto url = parsers::parse_url(page.url)) ++report_.hosts[url->site()].failed;
  failed_.emplace(key, std::move(page));
  tell_failed();
}

void RunAccount::answered_after_all(const std::string& key) {
  failing_.erase(key);
  const auto page = failed_.find(key);
  if (page == failed_.end()) return;
  if (const auto url = parsers::parse_url(page->second.url)) --report_.hosts[url->site()].failed;
  failed_.erase(page);
  tell_failed();
}

void RunAccount::tell_failed() {
  report_.failed = static_cast<std::int64_t>(failed_.size());
  report_.failures.clear();
  for (const auto& [key, page] : failed_) {
    if (report_.failures.size() == RunReport::kFailuresKept) return;
    report_.failures.push_back(page);
  }
}

Result<void> RunAccount::look_at_thread(const Step& step) {
  const auto url = parsers::parse_url(step.answer.url);
  if (!url || step.lease.is_robots) return {};
  const auto key = parsers::page_key(*url);
  if (key.role != parsers::LinkRole::kThread || !key.thread_id) return {};
  const auto account = store::thread_account(database_, url->site(), *key.thread_id);
  if (!account) return tl::unexpected(account.error());
  const std::string id = parsers::thread_record_id(url->site(), *key.thread_id);
  if (account->posts > 0 && !account->complete)
    incomplete_.insert(id);
  else
    incomplete_.erase(id);
  report_.incomplete = static_cast<std::int64_t>(incomplete_.size());
  return {};
}

void RunAccount::end() {
  for (const auto& [key, page] : std::exchange(failing_, {})) failed(key, page);
  for (const auto& thread : incomplete_)
    if (report_.incomplete_threads.size() < RunReport::kFailuresKept)
      report_.incomplete_threads.push_back(thread);
}

}  // namespace boardwalk::crawler
