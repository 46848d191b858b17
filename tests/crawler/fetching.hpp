// What tests of the fetcher say in a line: fetch this, wait for that result, what do these bytes come to.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "crawler/fetcher.hpp"
#include "tests/crawler/raw_server.hpp"

namespace boardwalk::tests {

inline constexpr std::int64_t kPageBytes = 1 << 20;

// No limit that a test would meet by chance.
inline config::Job::Fetch patient() {
  config::Job::Fetch fetch;
  fetch.concurrency = 16;
  fetch.user_agent = "Heron/1.0";
  fetch.connect_timeout = fetch.timeout = std::chrono::seconds(20);
  return fetch;
}

// A fetcher whose results can be waited for by id, their codings undone.
class Fetching {
 public:
  explicit Fetching(const config::Job::Fetch& options = patient(), std::int64_t page_bytes = kPageBytes,
                    crawler::NetworkSeam seam = {})
      : fetcher_(std::make_unique<crawler::Fetcher>(
            options, page_bytes, [this](crawler::FetchResult result) { keep(std::move(result)); },
            std::move(seam))) {}

  crawler::FetchResult get(const std::string& url, bool allow_private = true) {
    crawler::FetchRequest request;
    request.url = url;
    request.allow_private = allow_private;
    return get(std::move(request));
  }

  crawler::FetchResult get(crawler::FetchRequest request) { return wait(submit(std::move(request))); }

  std::uint64_t submit(crawler::FetchRequest request) {
    request.id = ++last_id_;
    fetcher_->submit(std::move(request));
    return last_id_;
  }

  crawler::FetchResult wait(std::uint64_t id) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds(20), [&] { return results_.count(id) != 0; }))
      FAIL("no result came");
    return results_.at(id);
  }

  void stop() { fetcher_.reset(); }

  std::vector<std::uint64_t> order() {
    const std::lock_guard lock(mutex_);
    return order_;
  }

 private:
  void keep(crawler::FetchResult result) {
    undo_coding(result);
    const std::lock_guard lock(mutex_);
    const std::uint64_t id = result.id;
    order_.push_back(id);
    results_.emplace(id, std::move(result));
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, crawler::FetchResult> results_;
  std::vector<std::uint64_t> order_;
  std::uint64_t last_id_ = 0;
  std::unique_ptr<crawler::Fetcher> fetcher_;
};

inline std::string answer(const std::string& status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

// What one answer, sent byte for byte, comes to.
inline crawler::FetchResult fetched(const std::string& bytes, std::int64_t page_bytes = kPageBytes) {
  RawServer server(bytes);
  Fetching fetching(patient(), page_bytes);
  return fetching.get(server.url());
}

inline crawler::FetchRequest local_request(std::string url) {
  crawler::FetchRequest request;
  request.url = std::move(url);
  request.allow_private = true;
  return request;
}

}  // namespace boardwalk::tests
