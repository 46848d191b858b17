// The crawl against a small site whose every answer a test writes.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "crawler/engine.hpp"
#include "crawler/state.hpp"
#include "store/visits.hpp"
#include "tests/support/http_server.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::tests {

// Answers by target; everything else is 404. Answers may be changed between runs.
class AnsweringSite {
 public:
  sample::Response& operator[](const std::string& target) { return answers_[target]; }

  void page(const std::string& target, const std::vector<std::string>& links, const std::string& etag = "") {
    std::string body = "<html><head><title>Herons</title></head><body><p>Reeds and water.</p>";
    for (const auto& link : links) body += "<a href=\"" + link + "\">on</a> ";
    answers_[target] = {.headers = {{"Content-Type", "text/html; charset=utf-8"}},
                        .body = body + "</body></html>"};
    if (!etag.empty()) answers_[target].headers.emplace_back("ETag", etag);
  }

  void redirect(const std::string& target, const std::string& to) {
    answers_[target] = {.status = 302, .headers = {{"Location", to}}};
  }

  [[nodiscard]] std::string url(const std::string& target = "/") const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + target;
  }

  // Times that the target was asked for since the last call of forget().
  [[nodiscard]] int asked(const std::string& target) {
    const std::lock_guard lock(mutex_);
    return asked_[target];
  }
  // Requests for anything.
  [[nodiscard]] int asked() {
    const std::lock_guard lock(mutex_);
    int all = 0;
    for (const auto& [target, times] : asked_) all += times;
    return all;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    asked_.clear();
  }

  [[nodiscard]] std::string site() const { return "127.0.0.1:" + std::to_string(server_.port()); }

 private:
  sample::Response answer(sample::Request& request) {
    const std::lock_guard lock(mutex_);
    ++asked_[request.target];
    const auto found = answers_.find(request.target);
    if (found == answers_.end()) return {.status = 404, .body = "no"};
    for (const auto& [name, value] : found->second.headers)
      if (name == "ETag" && value == request.header("if-none-match")) return {.status = 304};
    return found->second;
  }

  std::mutex mutex_;
  std::map<std::string, sample::Response> answers_;
  std::map<std::string, int> asked_;
  sample::HttpServer server_{0, [this](sample::Request& request) { return answer(request); },
                             [](const sample::Request&, std::uint64_t, std::chrono::microseconds) {}};
};

inline std::int64_t clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// An archive and the jobs that are run over it. What is due, is due at once.
class Archive {
 public:
  Archive() {
    job.fetch.delay = {};
    job.fetch.retries = 2;
    job.fetch.retry_delay = config::Milliseconds(1);
    job.archive.sync = config::Sync::kOs;
    job.recrawl = {};  // everything is due at every look
    job.recrawl.failed = std::chrono::hours(1);
  }

  crawler::RunReport crawl(const std::vector<std::string>& seeds) {
    job.seeds = seeds;
    database_.reset();
    auto opened =
        store::Database::open(directory_ / "archive", store::Database::Access::kWrite, job.archive.sync);
    REQUIRE(opened);
    database_ = std::move(*opened);
    auto report = crawler::crawl(*database_, job, {[this] { return clock_ms() + ahead; }, nullptr, {}});
    if (!report) FAIL(report.error().message);
    return *report;
  }

  // Of the last visit to this URL.
  store::Visit visit(const std::string& url) {
    store::Visit last;
    REQUIRE(store::for_each_visit(*database_, [&](const store::Visit& visit) {
      if (visit.url == url) last = visit;
      return true;
    }));
    return last;
  }

  crawler::HostRow host(const std::string& site) {
    const auto hosts = crawler::host_states(*database_);
    REQUIRE(hosts);
    for (const auto& host : *hosts)
      if (host.site == site) return host.row;
    FAIL("no row of " + site);
    return {};
  }

  config::Job job = config::default_job();
  std::int64_t ahead = 0;  // ms by which the crawl's clock goes before the fetcher's

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Database> database_;
};

}  // namespace boardwalk::tests
