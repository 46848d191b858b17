// What a run would fetch, and why, without fetching or writing anything. What the pages then lead to nobody
// can know before.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "config/job.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

struct PlannedPage {
  std::string url;
  std::string reason;               // for a person
  std::optional<std::int64_t> due;  // epoch ms; absent: as soon as the host allows
  std::string held_back;            // why its host gives it out later; empty when nothing does
};

// Each page that a run of `job` beginning at `now` (epoch ms) finds queued, host by host in the order in
// which it takes them, until `each` returns false. With `full`, each page in scope that is known. `job_name`
// as in CrawlOptions: by it, or else by its scope, the job's last run is found.
[[nodiscard]] Result<void> plan(const store::Database& database, const config::Job& job, std::int64_t now,
                                bool full, const std::function<bool(const PlannedPage&)>& each,
                                const std::string& job_name = {});

}  // namespace boardwalk::crawler
