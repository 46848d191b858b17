#include "crawler/host_settings.hpp"

#include <algorithm>

#include "crawler/scope.hpp"

namespace boardwalk::crawler {

HostSettings::HostSettings(const config::Job& job) : common_(job.fetch) {
  for (const auto& [names, change] : job.hosts) {
    hosts_.push_back({names, job.fetch});
    change(hosts_.back().fetch);
  }
}

const config::Job::Fetch& HostSettings::of(std::string_view site) const {
  const auto fits = [site](const std::string& name) { return matches_pattern(name, site); };
  for (const auto& host : hosts_)
    if (std::any_of(host.names.begin(), host.names.end(), fits)) return host.fetch;
  return common_;
}

std::vector<const config::Job::Fetch*> HostSettings::all() const {
  std::vector<const config::Job::Fetch*> list{&common_};
  for (const auto& host : hosts_) list.push_back(&host.fetch);
  return list;
}

}  // namespace boardwalk::crawler
