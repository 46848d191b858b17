#include "crawler/host_states.hpp"

#include <utility>

namespace boardwalk::crawler {

Result<std::vector<HostState>> host_states(const store::Database& database) {
  std::vector<HostState> list;
  auto scanned = for_each_host(database, [&list](const std::string& site, HostRow row) {
    list.push_back({site, std::move(row), std::nullopt});
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  for (auto& state : list) {
    if (state.row.waiting == 0) continue;
    const std::string prefix = waiting_prefix(state.site);
    scanned =
        database.scan(store::Family::kQueue, prefix, prefix, [&](std::string_view key, std::string_view) {
          state.next_due = due_of_queue_key(key);
          return false;
        });
    if (!scanned) return tl::unexpected(scanned.error());
  }
  return list;
}

}  // namespace boardwalk::crawler
