// A crawl as a test says it: this job over these seeds, into an archive of the test's own, and what became of
// each URL.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crawler/engine.hpp"
#include "store/visits.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::tests {

class Crawling {
 public:
  Crawling() {
    job.fetch.delay = {};
    job.fetch.per_host = 4;
    job.fetch.retry_delay = config::Milliseconds(1);
    job.fetch.max_retry_delay = config::Milliseconds(5000);
    job.archive.sync = config::Sync::kOs;
  }

  crawler::RunReport crawl(const std::vector<std::string>& seeds) {
    job.seeds = seeds;
    database_.reset();
    auto opened =
        store::Database::open(directory_ / "archive", store::Database::Access::kWrite, job.archive.sync);
    REQUIRE(opened);
    database_ = std::move(*opened);
    crawler::CrawlOptions options;
    options.now = [] {
      using namespace std::chrono;
      return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    };
    options.network = network;
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

  std::map<std::string, parsers::Outcome> outcomes() const {
    std::map<std::string, parsers::Outcome> list;
    for (const auto& [url, visit] : visits()) list[url] = visit.outcome;
    return list;
  }

  parsers::Outcome outcome_of(const std::string& url) const {
    const auto list = outcomes();
    INFO(url);
    REQUIRE(list.contains(url));
    return list.at(url);
  }

  const store::Database& database() const { return *database_; }

  config::Job job = config::default_job();
  crawler::NetworkSeam network;

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Database> database_;
};

}  // namespace boardwalk::tests
