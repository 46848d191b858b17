// A crawl as a test says it: this job over these seeds, into an archive of the test's own, and what became of
// each URL.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crawler/engine.hpp"
#include "crawler/rows.hpp"
#include "store/query.hpp"
#include "store/visits.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::tests {

inline std::int64_t clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

inline config::Job without_pauses() {
  config::Job job = config::default_job();
  job.fetch.delay = {};
  job.fetch.per_host = 4;
  job.fetch.retry_delay = config::Milliseconds(1);
  job.fetch.max_retry_delay = config::Milliseconds(5000);
  job.archive.sync = config::Sync::kOs;
  return job;
}

// One page after the other, and every page is due at every look.
inline config::Job at_every_look() {
  config::Job job = config::default_job();
  job.fetch.delay = {};
  job.fetch.retries = 2;
  job.fetch.retry_delay = config::Milliseconds(1);
  job.archive.sync = config::Sync::kOs;
  job.recrawl = {};
  job.recrawl.failed = std::chrono::hours(1);
  return job;
}

class Crawling {
 public:
  explicit Crawling(config::Job of = without_pauses()) : job(std::move(of)) {}

  crawler::RunReport crawl(const std::vector<std::string>& seeds) {
    crawler::CrawlOptions options;
    options.now = [this] { return clock_ms() + ahead; };
    options.network = network;
    return crawl(seeds, options);
  }

  crawler::RunReport crawl(const std::vector<std::string>& seeds, const crawler::CrawlOptions& options) {
    job.seeds = seeds;
    database_.reset();
    auto opened =
        store::Database::open(directory_ / "archive", store::Database::Access::kWrite, job.archive.sync);
    REQUIRE(opened);
    database_ = std::move(*opened);
    auto report = crawler::crawl(*database_, job, options);
    if (!report) FAIL(report.error().message);
    return *report;
  }

  // The last visit of each URL.
  std::map<std::string, store::Visit> visits() const {
    std::map<std::string, store::Visit> list;
    REQUIRE(store::for_each_visit(*database_, [&](const store::Visit& visit) {
      list[visit.url] = visit;
      return true;
    }));
    return list;
  }

  store::Visit visit(const std::string& url) const {
    const auto list = visits();
    INFO(url);
    REQUIRE(list.contains(url));
    return list.at(url);
  }

  std::map<std::string, parsers::Outcome> outcomes() const {
    std::map<std::string, parsers::Outcome> list;
    for (const auto& [url, visit] : visits()) list[url] = visit.outcome;
    return list;
  }

  parsers::Outcome outcome_of(const std::string& url) const { return visit(url).outcome; }

  // Records of that kind, duplicates among them.
  std::size_t count(store::RecordKind kind) const {
    std::size_t records = 0;
    REQUIRE(store::for_each_record(*database_, {kind}, [&](const store::Row&) { return ++records > 0; }));
    return records;
  }

  std::vector<parsers::Post> posts(const std::string& site, int tid) const {
    auto list = store::posts_of_thread(*database_, site, std::to_string(tid));
    REQUIRE(list);
    return *list;
  }

  crawler::HostRow host(const std::string& site) const {
    const auto row = crawler::read_host(*database_, site);
    REQUIRE(row);
    INFO(site);
    REQUIRE(*row);
    return **row;
  }

  const store::Database& database() const { return *database_; }

  config::Job job;
  crawler::NetworkSeam network;
  std::int64_t ahead = 0;  // ms by which the crawl's clock goes before the fetcher's

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Database> database_;
};

}  // namespace boardwalk::tests
