// The hosts that the crawler knows, as they stand in an archive, for whoever asks beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
