// What a run did at one host.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "parsers/outcome.hpp"
#include "store/records.hpp"

namespace boardwalk::crawler {

struct HostReport {
  std::int64_t fetches = 0;  // robots.txt included
  std::int64_t bytes = 0;
  std::int64_t milliseconds = 0;  // that its answers took, together
  std::int64_t failed = 0;        // pages whose last try in this run failed
  std::array<std::int64_t, parsers::kOutcomes> outcomes{};
  store::PutCounts records;
  std::int64_t gone_posts = 0;

  [[nodiscard]] std::int64_t mean_milliseconds() const { return fetches > 0 ? milliseconds / fetches : 0; }
};
using HostReports = std::map<std::string, HostReport>;

}  // namespace boardwalk::crawler
