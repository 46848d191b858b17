// A small Discuz!-like forum with a news site beside it, served over HTTP on 127.0.0.1 from the moment of
// construction:
//
//   SampleForum forum({.threads = 40, .charset = Charset::kGbk});
//   crawl(forum.base_url());
//   for (const RequestRecord& request : forum.requests()) …
//   forum.set_day(2);                       // what a day does: forum.model()->changes(2)
//   forum.set_faults({.error_rate = 0.05});
//
// Boards, threads, posts and articles, with the words that a guest sees, are in model(). Forum pages differ
// from fetch to fetch as Discuz's do (form hash, serving time); news pages and files have an ETag and answer
// 304. The methods may be called from any thread while clients fetch. The destructor cuts off whatever is
// still being sent.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/faults.hpp"
#include "tests/support/http_server.hpp"
#include "tests/support/model.hpp"
#include "tests/support/request_log.hpp"

namespace boardwalk::sample {

class SampleForum {
 public:
  // Throws std::runtime_error when the port is taken or the log cannot be written.
  explicit SampleForum(Options options = {});

  [[nodiscard]] std::string base_url() const;  // "http://127.0.0.1:PORT/"
  [[nodiscard]] std::string site() const;      // "127.0.0.1:PORT"
  [[nodiscard]] std::shared_ptr<const Model> model() const;

  // From now on the site is as it stands at the end of that day. The address stays.
  void set_day(int day);
  void set_faults(const Faults& faults);  // Faults{} heals
  void set_robots(int status, std::string body);

  [[nodiscard]] std::vector<RequestRecord> requests() const;
  // Requests whose target begins with `prefix` ("/thread-").
  [[nodiscard]] std::size_t request_count(std::string_view prefix = "") const;
  void clear_requests();

 private:
  struct Robots {
    int status = 200;
    std::string body;
  };

  Response handle(Request& request);
  Response respond(const Request& request) const;
  Response news(const Request& request, const Model& model) const;
  [[nodiscard]] Faults faults() const;

  mutable std::mutex mutex_;  // of the next three
  std::shared_ptr<const Model> model_;
  Faults faults_;
  Robots robots_;
  RequestLog log_;
  std::atomic<int> port_;  // known to handlers before server_ is
  HttpServer server_;      // last: its threads use all above
};

}  // namespace boardwalk::sample
