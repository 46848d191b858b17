// What a run did at one host. Kept beside the run's own row, so that a step writes one of them, however many
// hosts the run asks.
//
//   kRuns   run number (8 bytes, big-endian), site  → HostReport
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "config/error.hpp"
#include "parsers/outcome.hpp"
#include "store/database.hpp"
#include "store/packed.hpp"
#include "store/records.hpp"

namespace boardwalk::crawler {

struct HostReport {
  std::int64_t fetches = 0;  // robots.txt included
  std::int64_t bytes = 0;
  std::int64_t milliseconds = 0;  // that its answers took, together
  std::int64_t failed = 0;        // pages whose last try in this run failed
  std::array<std::int64_t, 18> outcomes{};
  store::PutCounts records;
  std::int64_t gone_posts = 0;

  [[nodiscard]] std::int64_t mean_milliseconds() const { return fetches > 0 ? milliseconds / fetches : 0; }
};
using HostReports = std::map<std::string, HostReport>;

void fields(store::Packer& archive, const HostReport& row);
void fields(store::Unpacker& archive, HostReport& row);

void put_host_report(store::Batch& batch, int run, const std::string& site, const HostReport& report);
[[nodiscard]] Result<HostReports> host_reports(const store::Database& database, int run);

}  // namespace boardwalk::crawler
