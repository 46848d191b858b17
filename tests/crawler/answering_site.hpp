// A small site whose every answer a test writes.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/http_server.hpp"

namespace boardwalk::tests {

[[nodiscard]] inline sample::Response html(const std::string& body) {
  return {.headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = body};
}

// Answers by target; everything else is 404. Answers may be changed between runs.
class AnsweringSite {
 public:
  sample::Response& operator[](const std::string& target) { return answers_[target]; }

  void page(const std::string& target, const std::vector<std::string>& links, const std::string& etag = "") {
    std::string body = "<html><head><title>Herons</title></head><body><p>Reeds and water.</p>";
    for (const auto& link : links) body += "<a href=\"" + link + "\">on</a> ";
    answers_[target] = html(body + "</body></html>");
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

}  // namespace boardwalk::tests
