#include "crawler/state.hpp"

#include <map>

namespace boardwalk::crawler {

Result<std::vector<HostState>> host_states(const store::Database& database) {
  std::map<std::string, HostState> states;
  bool damaged = false;
  auto scanned =
      database.scan(store::Family::kHosts, "", "", [&](std::string_view site, std::string_view bytes) {
        auto row = store::unpack<HostRow>(bytes);
        damaged = !row;
        if (row) states[std::string(site)].row = std::move(*row);
        return !damaged;
      });
  if (!scanned) return tl::unexpected(scanned.error());
  if (damaged)
    return fail(ErrorKind::kDamaged,
                "a host's row in the archive is damaged; restore the archive from a backup");
  scanned = database.scan(store::Family::kQueue, "", "", [&](std::string_view key, std::string_view) {
    HostState& state = states[std::string(site_of_queue_key(key))];
    const auto due = due_of_queue_key(key);
    ++(due ? state.waiting : state.ready);
    if (due && !state.next_due) state.next_due = due;
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  std::vector<HostState> list;
  for (auto& [site, state] : states) {
    state.site = site;
    list.push_back(std::move(state));
  }
  return list;
}

}  // namespace boardwalk::crawler
