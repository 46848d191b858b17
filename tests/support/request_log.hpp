// Who asked the sample forum for what, and when: the server's own record, which tests hold a crawler's
// politeness and thrift against. Thread-safe. An entry stands in the log before its answer goes out, so
// whoever has an answer finds the request here; `took_ms` and `bytes` are filled in when the answer is out.
#pragma once

#include <cstdint>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

namespace boardwalk::sample {

struct RequestRecord {
  std::uint64_t number = 0;  // from 1, in the order of arrival
  std::string method{};
  std::string target{};  // path and query as sent
  int status = 0;
  std::int64_t at_us = 0;  // microseconds since the epoch when the request was read
  double took_ms = 0;
  std::uint64_t bytes = 0;  // of the body
  std::string user_agent{};
  std::string fault{};  // what was done to the answer: error, cut, slow, redirect_loop; "" nothing
};

class RequestLog {
 public:
  // Appends to `file` as JSON lines when an answer is out; "" for none. Throws std::runtime_error when it
  // cannot.
  explicit RequestLog(const std::string& file);

  std::uint64_t next_number();
  void add(RequestRecord record);
  void finish(std::uint64_t number, std::uint64_t bytes, double took_ms);

  [[nodiscard]] std::vector<RequestRecord> entries() const;
  void clear();

 private:
  mutable std::mutex mutex_;
  std::vector<RequestRecord> entries_;
  std::uint64_t last_number_ = 0;
  std::ofstream file_;
};

}  // namespace boardwalk::sample
