// How the tests of the sample forum look at it: through cpp-httplib, an HTTP client that shares no code with
// the server, and by plain searches in the bytes.
#pragma once

#include <httplib.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/sample_forum.hpp"

namespace boardwalk::sample {

class ForumClient {
 public:
  explicit ForumClient(const SampleForum& forum)
      : client_(forum.base_url().substr(0, forum.base_url().size() - 1)) {
    client_.set_keep_alive(true);
    client_.set_read_timeout(10);
  }

  // The answer; status 0 when the connection broke.
  httplib::Response get(const std::string& target, const httplib::Headers& headers = {}) {
    const httplib::Result result = client_.Get(target, headers);
    return result ? *result : broken();
  }

  std::string body(const std::string& target) { return get(target).body; }
  int status(const std::string& target) { return get(target).status; }

 private:
  static httplib::Response broken() {
    httplib::Response response;
    response.status = 0;
    return response;
  }

  httplib::Client client_;
};

inline bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

inline std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
    ++count;
  return count;
}

// What stands behind every `before` up to the next `after`.
inline std::vector<std::string> between(std::string_view text, std::string_view before,
                                        std::string_view after) {
  std::vector<std::string> found;
  for (std::size_t at = text.find(before); at != std::string_view::npos; at = text.find(before, at)) {
    at += before.size();
    found.emplace_back(text.substr(at, text.find(after, at) - at));
  }
  return found;
}

// The first thread of that kind. REQUIRES: there is one.
inline const Thread& thread_of(const Model& model, Theme theme) {
  for (const Thread& thread : model.threads()) {
    if (thread.theme == theme) return thread;
  }
  throw std::logic_error("no thread of that kind");
}

}  // namespace boardwalk::sample
