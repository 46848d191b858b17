// A frontier over an archive of its own, on a made-up clock; tests speak in hosts and pages.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "crawler/frontier.hpp"
#include "crawler/requeue.hpp"
#include "crawler/seeds.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::tests {

inline constexpr std::int64_t kStart = 1'767'600'000'000;  // 2026-01-05T08:00:00Z

inline const std::string kBoard = "http://a.example/forum-2-1.html";
inline const std::string kThread = "http://a.example/thread-1-1-1.html";
inline const std::string kOther = "http://a.example/thread-2-1-1.html";
inline const std::string kElsewhere = "http://b.example/thread-1-1-1.html";

class FrontierFixture {
 public:
  explicit FrontierFixture(std::int64_t delay = 0, std::int64_t per_host = 1, bool obey_robots = false) {
    job.seeds = {"http://a.example/", "http://b.example/"};
    job.fetch.obey_robots = obey_robots;
    job.fetch.delay = config::Milliseconds(delay);
    job.fetch.per_host = per_host;
    reopen();
  }

  // What a kill and the next run do: leases are gone, what was committed is there.
  void reopen(const crawler::Sweeps& sweeps = 1, std::int64_t unknown_until = 0) {
    frontier_.reset();
    database_.reset();
    auto opened = store::Database::open(directory_ / "archive", store::Database::Access::kWrite);
    REQUIRE(opened);
    database_ = std::move(*opened);
    scope_.emplace(*crawler::Scope::make(job));
    settings_.emplace(job);
    frontier_.emplace(*database_, job, *settings_, *scope_, ++run_, sweeps, memory);
    REQUIRE(frontier_->load(now, unknown_until));
  }

  bool offer(const std::string& url, parsers::LinkRole role = parsers::LinkRole::kThread,
             std::optional<std::string> listed = {}, const std::string& from = "") {
    store::Batch batch(*database_);
    crawler::Offer offer;
    const auto parsed = parsers::parse_url(url);
    REQUIRE(parsed);
    offer.key = parsers::page_key(*parsed);
    offer.url = url;
    offer.site = parsed->site();
    offer.what = {role, std::move(listed), false};
    if (!from.empty()) offer.via = parsers::page_key(*parsers::parse_url(from)).key;
    const auto queued = frontier_->offer(batch, offer, now);
    REQUIRE(queued);
    frontier_->put_hosts(batch);
    REQUIRE(database_->commit(batch));
    return queued->queued;
  }

  // Whether it was queued.
  bool seed(const std::string& url) {
    store::Batch batch(*database_);
    const auto queued = crawler::add_seed(*scope_, *frontier_, batch, url, now);
    REQUIRE(queued);
    frontier_->put_hosts(batch);
    REQUIRE(database_->commit(batch));
    return *queued;
  }

  // As `crawl --full` does, of what comes behind that page; `goes_on` is asked at each commit, which tells how
  // far it is. How many were queued.
  std::int64_t requeue_all(const std::function<bool(const std::string& behind)>& goes_on,
                           const std::string& behind = "") {
    store::Batch batch(*database_);
    const auto commit = [&](store::Batch& filled, const std::string& key) -> Result<bool> {
      frontier_->put_hosts(filled);
      REQUIRE(database_->commit(filled));
      return goes_on(key);
    };
    const auto queued = crawler::requeue_known(*database_, *frontier_, batch, commit, behind);
    REQUIRE(queued);
    REQUIRE(commit(batch, ""));
    return *queued;
  }

  void requeue_tried_ahead() { REQUIRE(crawler::requeue_tried_ahead(*database_, *frontier_, now)); }

  // As a run does whose leases are held as it ends.
  void note_leased() {
    store::Batch batch(*database_);
    frontier_->note_leased(now);
    frontier_->put_hosts(batch);
    REQUIRE(database_->commit(batch));
  }

  std::optional<crawler::Lease> take() {
    auto lease = frontier_->take(now);
    REQUIRE(lease);
    return *lease;
  }

  // The URL that is taken, or "" when there is none.
  std::string take_url() {
    held_ = take();
    return held_ ? held_->row.url : "";
  }

  void settle(const crawler::Lease& lease, parsers::Outcome outcome = parsers::Outcome::kOk,
              std::optional<std::int64_t> due = {}) {
    store::Batch batch(*database_);
    auto row = crawler::read_url(batch, lease.key);
    REQUIRE(row);
    REQUIRE(*row);
    (*row)->last_outcome = static_cast<int>(outcome);
    (*row)->last_fetch = now;
    (*row)->sweep = frontier_->sweep_of((*row)->site);
    if (due && outcome != parsers::Outcome::kOk) ++(*row)->attempts;
    REQUIRE(frontier_->settle(batch, lease, **row, due));
    auto& host = frontier_->host(lease.site);
    host.last_hit = std::max(host.last_hit, now);
    frontier_->put_hosts(batch);
    REQUIRE(database_->commit(batch));
    frontier_->release(lease);
  }

  void settle_held(parsers::Outcome outcome = parsers::Outcome::kOk, std::optional<std::int64_t> due = {}) {
    REQUIRE(held_);
    settle(*held_, outcome, due);
    held_.reset();
  }

  crawler::UrlRow row(const std::string& url) {
    auto row = crawler::read_url(*database_, parsers::page_key(*parsers::parse_url(url)).key);
    REQUIRE(row);
    REQUIRE(*row);
    return **row;
  }

  void put(const std::string& url, const crawler::UrlRow& row) {
    store::Batch batch(*database_);
    batch.put(store::Family::kUrls, parsers::page_key(*parsers::parse_url(url)).key, store::pack(row));
    REQUIRE(database_->commit(batch));
  }

  void put_row(store::Family family, const std::string& key, const std::string& bytes) {
    store::Batch batch(*database_);
    batch.put(family, key, bytes);
    REQUIRE(database_->commit(batch));
  }
  const store::Database& database() const { return *database_; }

  crawler::HostRow host(const std::string& site) {
    auto row = crawler::read_host(*database_, site);
    REQUIRE(row);
    REQUIRE(*row);
    return **row;
  }

  crawler::Frontier& frontier() { return *frontier_; }
  std::int64_t now = kStart;
  config::Job job = config::default_job();  // heeded from the next reopen() on
  crawler::FrontierMemory memory;

 private:
  TemporaryDirectory directory_;
  int run_ = 0;
  std::optional<crawler::HostSettings> settings_;
  std::optional<crawler::Scope> scope_;
  std::unique_ptr<store::Database> database_;
  std::optional<crawler::Frontier> frontier_;
  std::optional<crawler::Lease> held_;
};

}  // namespace boardwalk::tests
