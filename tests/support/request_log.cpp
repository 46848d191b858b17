#include "tests/support/request_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "tests/support/json_text.hpp"

namespace boardwalk::sample {

RequestLog::RequestLog(const std::string& file) {
  if (file.empty()) return;
  file_.open(file, std::ios::app);
  if (!file_) throw std::runtime_error(fmt::format("cannot write the log {}", file));
}

std::uint64_t RequestLog::next_number() {
  const std::lock_guard lock(mutex_);
  return ++last_number_;
}

void RequestLog::add(RequestRecord record) {
  const std::lock_guard lock(mutex_);
  entries_.push_back(std::move(record));
}

void RequestLog::finish(std::uint64_t number, std::uint64_t bytes, double took_ms) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(entries_.rbegin(), entries_.rend(),
                                  [number](const RequestRecord& entry) { return entry.number == number; });
  if (found == entries_.rend()) return;
  found->bytes = bytes;
  found->took_ms = took_ms;
  if (!file_.is_open()) return;
  file_ << fmt::format(
      R"({{"number":{},"at":{:.6f},"method":{},"target":{},"status":{},"ms":{:.3f},"bytes":{},"user_agent":{},"fault":{}}})",
      number, static_cast<double>(found->at_us) / 1e6, json_text(found->method), json_text(found->target),
      found->status, took_ms, bytes, json_text(found->user_agent), json_text(found->fault));
  file_ << '\n' << std::flush;
}

std::vector<RequestRecord> RequestLog::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_;
}

void RequestLog::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
}

}  // namespace boardwalk::sample
