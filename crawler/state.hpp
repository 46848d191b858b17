// The crawl as it stands in an archive, for whoever asks beside it: hosts, what waits for each, runs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crawler/report.hpp"
#include "crawler/rows.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

struct HostState {
  std::string site;
  HostRow row;
  std::optional<std::int64_t> next_due;  // epoch ms, of the first page that waits for a time of its own
};

// Every host that was ever met, by name.
[[nodiscard]] Result<std::vector<HostState>> host_states(const store::Database& database);

}  // namespace boardwalk::crawler
